"""``./run equipment due``: calibrations that are due, faults that are open, and parts that run out, site by site."""

import argparse
import json
from datetime import date
from typing import Any

from corridor.foundations import clock
from corridor.journeys.recognise import at_the_machine
from corridor.rooms.sites.queries import equipment_due


def add(verbs: Any) -> None:
    parser = verbs.add_parser(
        "equipment", help="what waits to be calibrated or mended", description="Look after the equipment of sites."
    )
    inner = parser.add_subparsers(metavar="WHAT", required=True)
    due = inner.add_parser(
        "due",
        help="calibrations that are due, open faults, parts to be ordered",
        description="One a line: the site, what waits (calibration, fault or part), its number, and since when.",
    )
    due.add_argument("--on", type=date.fromisoformat, metavar="DAY", help="as on that day; else today")
    due.add_argument("--site", default="", metavar="SITE", help="only of this site, by reference")
    due.add_argument("--json", action="store_true", help="answer as JSON")
    due.set_defaults(run=run_due)


def run_due(arguments: argparse.Namespace) -> int:
    """Exit code 1 where something waits."""
    on = arguments.on or clock.today()
    found = equipment_due(on=on, site=arguments.site, by=at_the_machine())
    if arguments.json:
        said = [
            {
                "site": each.site, "what": each.what, "number": each.number, "words": each.words,
                "since": each.since.isoformat() if each.since else None,
            }
            for each in found
        ]  # fmt: skip
        print(json.dumps(said, ensure_ascii=False, indent=2))
    else:
        for each in found:
            print(f"{each.site:24}  {each.what:11}  {each.number:16}  {each.since or '-'!s:10}  {each.words}")
        if not found:
            print("nothing waits")
    return 1 if found else 0
