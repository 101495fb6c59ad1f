"""``./run ror import FILE``: read the file of the Research Organization Registry in."""

import argparse
import json
from pathlib import Path
from typing import Any

from corridor.foundations import clock
from corridor.foundations.access import NIGHTLY
from corridor.rooms.members.actions import read_ror
from corridor.rooms.members.ror_file import read_ror_file


def add(verbs: Any) -> None:
    parser = verbs.add_parser(
        "ror",
        help="read the file of the Research Organization Registry in",
        description="Keep what organisations are looked up in.",
    )
    inner = parser.add_subparsers(metavar="WHAT", required=True)
    take = inner.add_parser(
        "import",
        help="read its JSON (schema 2), ZIP or CSV",
        description="Read the data dump of ROR: its JSON in schema 2, alone or in the ZIP as it is published, or its CSV. "
        "Records that are there already are written over. Nothing is attached to any organisation by it.",
    )
    take.add_argument("file", type=Path, metavar="FILE", help="the file as ROR publishes it")
    take.add_argument("--json", action="store_true", help="answer as JSON")
    take.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    count = read_ror(records=read_ror_file(arguments.file), at=clock.real_now(), by=NIGHTLY)
    if arguments.json:
        print(json.dumps({"records": count}))
    else:
        print(f"{count:,} records of ROR are read in; organisations can be looked up among them.")
    return 0
