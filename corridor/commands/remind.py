"""``./run remind``: tell members what is due tonight, before it is too late. The worker does it by itself; a second time tells nobody twice."""

import argparse
from datetime import date
from typing import Any

from corridor.foundations import clock
from corridor.foundations.access import NIGHTLY
from corridor.journeys.remind_members import remind_members


def add(verbs: Any) -> None:
    parser = verbs.add_parser(
        "remind",
        help="remind members of what is due",
        description="Tell whoever speaks for a member before it would be at risk, and before and after the deadline of a data call. Each "
        "reminder goes out once, however often this is run; the worker runs it every night.",
    )
    parser.add_argument("--on", type=date.fromisoformat, metavar="DAY", help="as on that day; else today")
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    told = remind_members(on=arguments.on or clock.today(), at=clock.now(), by=NIGHTLY)
    print(
        f"at risk: {told.at_risk}; before a deadline: {told.before_deadline}; after a deadline: {told.after_deadline}"
    )
    return 0
