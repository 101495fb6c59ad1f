"""``./run obligations late | remind``: what is late in the alliance, and telling members of what is due."""

import argparse
import json
from datetime import date
from typing import Any

from corridor.foundations import clock
from corridor.foundations.access import NIGHTLY
from corridor.journeys.recognise import at_the_machine
from corridor.journeys.remind_obligations import remind_of_obligations
from corridor.journeys.what_is_late import KINDS, what_is_late

MOST = 10_000


def add(verbs: Any) -> None:
    parser = verbs.add_parser(
        "obligations",
        help="what is late, and reminders of what is due",
        description="Look at what is late in the alliance, and remind members of what they owe under agreements.",
    )
    inner = parser.add_subparsers(metavar="WHAT", required=True)
    late = inner.add_parser(
        "late", help="what is late, the longest first", description="What is late, the longest first."
    )
    late.add_argument("--on", type=date.fromisoformat, metavar="DAY", help="as on that day; else today")
    late.add_argument("--kind", choices=KINDS, default="", help="only of this kind")
    late.add_argument("--member", default="", metavar="REF", help="only of this member, by reference")
    late.add_argument("--most", type=int, default=100, metavar="N", help="at most so many lines; else 100")
    late.add_argument("--json", action="store_true", help="answer as JSON")
    late.set_defaults(run=run_late)
    remind = inner.add_parser(
        "remind",
        help="remind members of what is due",
        description="Tell whoever speaks for a member before and after the day of what it owes. Each reminder goes out once, however often this "
        "is run; the worker runs it every night.",
    )
    remind.add_argument("--on", type=date.fromisoformat, metavar="DAY", help="as on that day; else today")
    remind.set_defaults(run=run_remind)


def run_late(arguments: argparse.Namespace) -> int:
    """Exit code 1 where something is late."""
    found = what_is_late(
        on=arguments.on or clock.today(), by=at_the_machine(), kind=arguments.kind, member=arguments.member,
        limit=max(1, min(arguments.most, MOST)),
    )  # fmt: skip
    if arguments.json:
        said = [
            {"due_on": f"{each.due}", "kind": each.kind, "reference": each.reference, "member": each.whose.reference, "what": each.words}
            for each in found
        ]  # fmt: skip
        print(json.dumps(said, ensure_ascii=False, indent=2))
    else:
        for each in found:
            print(f"{each.due}  {each.kind:13}  {each.reference:24}  {each.whose.reference}: {each.words}")
        print(f"{len(found)} late" if found else "Nothing is late.")
    return 1 if found else 0


def run_remind(arguments: argparse.Namespace) -> int:
    told = remind_of_obligations(on=arguments.on or clock.today(), at=clock.now(), by=NIGHTLY)
    print(f"before the day: {told.before}; after it: {told.after}")
    return 0
