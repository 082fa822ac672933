"""Calls to another service: its errors come back as ours, its absence as not available."""

import json

import httpx
import pytest

from shared.contracts.event import Publisher
from shared.errors import (
    AlreadyThere,
    AuditUnavailable,
    Invalid,
    NotFound,
    NotSignedIn,
    RajutError,
    Stale,
    TokenRevoked,
    Unavailable,
)
from shared.http.calls import CallInTransaction, Calls, in_process, over_network
from shared.http.problems import MEDIA_TYPE
from shared.identifiers import new_id
from shared.storage.work import correlation_id
from tests.support.parts import parts_over
from tests.support.servers import free_port
from tests.support.sheet_app import PREFIX, RAISED, an_app, an_error, every_error
from tests.support.sheets import begin, kept


@pytest.fixture
def database_url(tmp_path):
    """One kind of database is enough where the database is not what is tested."""
    return f"sqlite:///{tmp_path / 'database.sqlite3'}"


class Rule(RajutError):
    """An error that a service declares beside its own rule."""

    status = 409
    code = "too_many_open_referrals"
    id = "Rujukan terbuka terlalu banyak."
    en = "Too many open referrals."


@pytest.fixture
def line(app):
    """A line to the toy in this process."""
    return in_process(lambda: app, "http://127.0.0.1:8000").to(Publisher.INTAKE)


def a_line(answer, token=""):
    """A line to somebody who always answers so."""
    transport = httpx.MockTransport(answer)
    made = httpx.Client(base_url="http://there", transport=transport)
    return Calls(lambda _: made).to(Publisher.REFERRAL, token=token)


@pytest.mark.parametrize("kind", [*every_error(), Rule], ids=lambda kind: kind.__name__)
def test_the_error_of_the_other_side_is_ours(line, kind):
    error = RAISED["it"] = an_error(kind)

    with pytest.raises(RajutError) as raised:
        line.get(f"{PREFIX}/raised/it")

    got = raised.value
    assert (got.status, got.code) == (kind.status, kind.code)
    assert (got.says("id"), got.says("en")) == (error.says("id"), error.says("en"))
    assert got.fields == error.fields
    if kind is not Rule:
        assert type(got) is kind


@pytest.mark.parametrize("kind", [NotFound, Stale, TokenRevoked, AlreadyThere, AuditUnavailable])
def test_it_can_be_caught_by_its_class(line, kind):
    RAISED["it"] = kind()

    with pytest.raises(kind):
        line.get(f"{PREFIX}/raised/it")


def test_an_error_that_comes_from_afar_is_told_to_our_caller_the_same_way(web, line):
    RAISED["far"] = Invalid(fields={"name": ["too_long"], "age": ["Umur tidak cocok."]})
    with pytest.raises(Invalid) as raised:
        line.get(f"{PREFIX}/raised/far")
    RAISED["near"] = raised.value

    near, far = (web.get(f"{PREFIX}/raised/{name}").json for name in ("near", "far"))

    assert near | {"correlation_id": ""} == far | {"correlation_id": ""}


def test_a_fault_of_the_other_side_is_its_absence(line):
    RAISED["it"] = ZeroDivisionError()

    with pytest.raises(Unavailable):
        line.get(f"{PREFIX}/raised/it")


@pytest.mark.parametrize("status", [400, 401, 404, 500, 502, 504])
@pytest.mark.parametrize("body", [b"", b"<html>Bad Gateway</html>", b"[]", b'"x"', b"\xff", b"{}"])
def test_who_answers_in_its_place_counts_as_its_absence(status, body):
    with pytest.raises(Unavailable):
        a_line(lambda _: httpx.Response(status, content=body)).get("/x")


@pytest.mark.parametrize(
    "error", [httpx.ConnectError, httpx.ReadTimeout, httpx.RemoteProtocolError]
)
def test_no_answer_is_its_absence(error):
    def refuse(request):
        raise error("nobody", request=request)

    with pytest.raises(Unavailable):
        a_line(refuse).get("/x")


def test_a_closed_port_is_its_absence():
    calls = over_network({Publisher.REFERRAL: f"http://127.0.0.1:{free_port()}"})

    with pytest.raises(Unavailable):
        calls.to(Publisher.REFERRAL).get("/x")


def test_what_is_sent_carries_the_token_the_key_and_the_correlation():
    seen = []

    def answer(request):
        seen.append(request)
        return httpx.Response(200, json={"ok": True})

    token = correlation_id.set("0123456789")
    try:
        body = a_line(answer, token="t").post("/x", {"a": 1}, key="k")
    finally:
        correlation_id.reset(token)

    (request,) = seen
    assert body == {"ok": True}
    assert request.headers["Authorization"] == "Bearer t"
    assert request.headers["Idempotency-Key"] == "k"
    assert request.headers["X-Correlation-Id"] == "0123456789"
    assert json.loads(request.content) == {"a": 1}


def test_an_empty_token_and_an_empty_key_are_not_sent():
    seen = []

    def answer(request):
        seen.append(request)
        return httpx.Response(204)

    assert a_line(answer).post("/x") is None
    assert a_line(answer).get("/x", a=None, b=1) is None
    assert not {"authorization", "idempotency-key"} & set(seen[0].headers)
    assert str(seen[1].url) == "http://there/x?b=1"


def test_nobody_is_called_while_a_transaction_is_open(ground):
    never = a_line(lambda _: pytest.fail("it was called"))

    with begin(ground), pytest.raises(CallInTransaction):
        never.get("/x")
    with ground.database.begin(), pytest.raises(CallInTransaction):
        never.post("/x")


def test_a_route_that_calls_in_its_transaction_is_a_fault(web):
    assert web.get(f"{PREFIX}/called-in-transaction").status_code == 500


def test_after_a_transaction_others_may_be_called_again(ground):
    with begin(ground):
        pass

    assert a_line(lambda _: httpx.Response(204)).get("/x") is None


def test_the_same_correlation_runs_through_a_call_in_this_process(ground, line, officer):
    sheet = kept(ground)
    app = an_app(parts_over(ground))
    inner = in_process(lambda: app, "http://127.0.0.1:8000")
    bearer = officer["Authorization"].removeprefix("Bearer ")
    token = correlation_id.set(told := str(new_id()))
    try:
        answer = inner.to(Publisher.INTAKE, token=bearer).ask("GET", f"{PREFIX}/{sheet.id}")
        still = correlation_id.get()
    finally:
        correlation_id.reset(token)

    assert answer.headers["X-Correlation-Id"] == still == told
    assert answer.body["id"] == str(sheet.id)


def test_without_a_token_the_other_side_knows_nobody(line):
    with pytest.raises(NotSignedIn):
        line.get(PREFIX)


def test_the_media_type_of_the_other_side_is_a_problem_document(web):
    RAISED["it"] = NotFound()

    assert web.get(f"{PREFIX}/raised/it").mimetype == MEDIA_TYPE
