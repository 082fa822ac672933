"""The real servers that the tests use are real, empty, and gone afterwards."""

import signal
import subprocess
import sys
import time

import pika
import psycopg
import pytest
from sqlalchemy import create_engine, inspect, make_url

from tests.support import postgres
from tests.support.servers import OwnProcess, free_port, own_folder
from tests.support.skips import CannotHave


def test_a_fresh_postgres_is_a_real_and_empty_one(fresh_postgres):
    engine = create_engine(fresh_postgres)

    assert engine.dialect.name == "postgresql"
    assert inspect(engine).get_table_names() == []
    engine.dispose()


def test_no_two_fresh_databases_are_the_same(fresh_postgres, postgres_url):
    assert make_url(fresh_postgres).database != make_url(postgres_url).database
    with psycopg.connect(fresh_postgres.replace("+psycopg", "")) as connection:
        connection.execute("CREATE TABLE left_behind ()")


def test_rabbitmq_keeps_a_message_in_a_quorum_queue(rabbitmq_url):
    connection = pika.BlockingConnection(pika.URLParameters(rabbitmq_url))
    channel = connection.channel()
    channel.confirm_delivery()
    channel.queue_declare("trial", durable=True, arguments={"x-queue-type": "quorum"})

    channel.basic_publish("", "trial", b"kept", mandatory=True)

    assert channel.queue_delete("trial").method.message_count == 1
    connection.close()


def test_both_kinds_of_database_start_empty(empty_database_url):
    engine = create_engine(empty_database_url)

    assert inspect(engine).get_table_names() == []
    engine.dispose()


def test_the_browser_shows_a_page(browser):
    page = browser.new_page()
    page.set_content("<h1>Rujukan</h1>")

    assert page.inner_text("h1") == "Rujukan"
    page.close()


def test_a_process_of_ours_is_ended_by_its_id(tmp_path):
    process = OwnProcess(["sleep", "600"], log=tmp_path / "log")
    assert process.is_running

    process.end()

    assert not process.is_running


def test_a_server_that_dies_says_why(tmp_path):
    command = ["/bin/sh", "-c", "echo the disk is full; exit 1"]
    process = OwnProcess(command, log=tmp_path / "log")

    with pytest.raises(CannotHave, match="the disk is full"):
        process.wait_until(lambda: False, seconds=10)


def test_a_program_that_is_not_there_cannot_be_had(tmp_path):
    with pytest.raises(CannotHave, match="does not start"):
        OwnProcess([str(tmp_path / "nothing")], log=tmp_path / "log")


def test_a_folder_of_ours_is_new_and_a_port_is_free():
    assert own_folder() != own_folder()
    assert 1024 < free_port() < 65536


RUN_THAT_IS_KILLED = """
import os, pathlib, signal, sys
from tests.support import postgres
from tests.support.servers import OwnProcess
server = OwnProcess(["sleep", "600"], log=pathlib.Path(sys.argv[1]))
print(server.pid, flush=True)
os.kill(os.getpid(), signal.SIGKILL)
"""


def test_a_server_does_not_outlive_a_killed_run(tmp_path):
    run = subprocess.run(
        [sys.executable, "-c", RUN_THAT_IS_KILLED, str(tmp_path / "log")],
        capture_output=True,
        text=True,
        check=False,
    )

    server, until = int(run.stdout), time.monotonic() + 10
    while is_there(server) and time.monotonic() < until:
        time.sleep(0.02)
    assert run.returncode == -signal.SIGKILL
    assert not is_there(server)


def is_there(pid):
    """A process that has ended but that nobody has waited for is not there any more."""
    states = subprocess.run(["ps", "-o", "stat=", "-p", str(pid)], capture_output=True, check=False)
    return states.stdout.strip() not in (b"", b"Z", b"Zs")


@pytest.mark.containers
def test_a_killed_postgres_comes_back_with_what_was_committed():
    server = postgres.LocalPostgres(postgres.wheel_programs())
    plain = server.url.replace("+psycopg", "")
    with psycopg.connect(plain) as connection:
        connection.execute("CREATE TABLE kept AS SELECT 1")

    server.process.end(signal.SIGKILL)
    server.start()

    with psycopg.connect(plain) as connection:
        assert connection.execute("SELECT * FROM kept").fetchall() == [(1,)]
    server.process.end()
