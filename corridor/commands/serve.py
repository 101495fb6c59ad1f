"""``./run serve``: answer requests."""

import argparse
import os
import sys
from typing import Any

from corridor.foundations.guard.starting import refuse_if_unsafe


def add(verbs: Any) -> None:
    parser = verbs.add_parser("serve", help="answer requests", description="Answer requests until Ctrl-C.")
    parser.add_argument(
        "--host", default="127.0.0.1", help="the address to listen on (default: 127.0.0.1, this machine alone)"
    )
    parser.add_argument("--port", type=int, default=8000, help="the port to listen on (default: 8000)")
    parser.add_argument(
        "--workers", type=int, default=2, help="processes that answer, one request each at a time (default: 2)"
    )
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    refuse_if_unsafe()
    words = [
        sys.executable, "-m", "granian", "corridor.wsgi:application", "--interface", "wsgi",
        "--host", arguments.host, "--port", str(arguments.port), "--workers", str(arguments.workers),
        # Two single-threaded processes answer most on two cores: threads wait for each other.
        "--blocking-threads", "1", "--no-ws", "--log-level", "warning",
    ]  # fmt: skip
    # In place of this process, so that whoever started it stops it by the same number.
    sys.stdout.flush()
    os.execv(sys.executable, words)  # noqa: S606 (our own words, no shell)
