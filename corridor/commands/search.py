"""``./run search rebuild``: write the index of the search box again."""

import argparse
import json
from typing import Any

from corridor.foundations.access import NIGHTLY
from corridor.journeys.keep_index import rebuild_index


def add(verbs: Any) -> None:
    parser = verbs.add_parser(
        "search", help="write the index of the search box again", description="Look after the index of the search box."
    )
    inner = parser.add_subparsers(metavar="WHAT", required=True)
    rebuild = inner.add_parser(
        "rebuild",
        help="write the whole index again",
        description="Write the whole index again, and the letters of the list of people: for a restored database, and after an update that says so. "
        "The worker keeps it in step from then on.",
    )
    rebuild.add_argument("--json", action="store_true", help="answer as JSON")
    rebuild.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    forms = rebuild_index(by=NIGHTLY)
    if arguments.json:
        print(json.dumps(forms))
        return 0
    for kind, count in forms.items():
        print(f"{kind:14}{count:>9,}")
    return 0
