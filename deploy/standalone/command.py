"""What ``make run`` and ``make demo`` start."""

import argparse
import os
import sys
from collections.abc import Sequence

from deploy.standalone.first_start import greeting, prepare
from deploy.standalone.network import build
from deploy.standalone.running import Running
from deploy.standalone.seed.training import seed
from deploy.standalone.settings import Settings, WrongSetting


def serve(arguments: Sequence[str]) -> int:
    """Build the network, greet, serve until stopped; return the exit code."""
    parser = argparse.ArgumentParser(prog="rajut", description="The whole network in one process.")
    parser.add_argument("--demo", action="store_true", help="with a training unit to try things on")
    asked = parser.parse_args(arguments)
    try:
        settings = Settings.read(os.environ, demo=asked.demo)
        network = build(settings.folder, settings.web)
        running = Running(
            network, bind=settings.bind, port=settings.port, proxies=settings.trusted_proxies
        )
        prepare(network)
        lines = seed(network) if asked.demo else greeting(network)
    except (WrongSetting, OSError) as error:
        sys.stderr.write(f"rajut: {error}\n")
        return 2
    sys.stdout.write(f"\nRAJUT: {settings.public_url}/\n")
    sys.stdout.write("".join(f"  {line}\n" for line in lines) + "  Ctrl-C: berhenti / stop\n\n")
    sys.stdout.flush()
    running.serve()
    return 0
