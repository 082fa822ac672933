"""Containers, but only of an image that is here already: a test run pulls nothing."""

import os
import shutil
import subprocess
from collections.abc import Callable
from typing import Any

from tests.support.servers import Watch, at_the_end
from tests.support.skips import CannotHave


def local_image(name: str) -> str:
    """The newest tag of a local image, such as postgres:17; raises CannotHave without one."""
    docker = shutil.which("docker")
    if docker is None:
        raise CannotHave("no docker program")
    command = [docker, "image", "ls", "--format", "{{.Repository}}:{{.Tag}}", name]
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=20, check=True)
    except (subprocess.CalledProcessError, subprocess.TimeoutExpired) as why:
        raise CannotHave("no Docker daemon answers") from why
    tags = [tag for tag in done.stdout.split() if not tag.endswith(":<none>")]
    if not tags:
        raise CannotHave(f"no image {name} on this machine, and none is pulled")
    return tags[0]


def start(make: Callable[[], Any]) -> Any:
    """Starts a testcontainers container, without its reaper (an image we would have to pull)."""
    os.environ["TESTCONTAINERS_RYUK_DISABLED"] = "true"
    try:
        container = make()
        container.start()
    except Exception as why:  # docker, requests and urllib3 each raise their own
        raise CannotHave(f"the container did not start: {why}") from why
    watch = Watch('docker rm -f "$1"', container.get_wrapped_container().id)

    def remove() -> None:
        watch.call_off()
        container.stop()

    at_the_end(remove)
    return container
