"""``./run announcements silent``: whose report day has passed without a report."""

import argparse
import json
from datetime import date
from typing import Any

from corridor.foundations import clock
from corridor.foundations.access import NIGHTLY
from corridor.rooms.conferences import queries


def add(verbs: Any) -> None:
    parser = verbs.add_parser(
        "announcements",
        help="look after what was announced",
        description="Look after what was announced on the stages of conferences.",
    )
    inner = parser.add_subparsers(metavar="WHAT", required=True)
    silent = inner.add_parser(
        "silent",
        help="list the announcements whose report day has passed without a report",
        description="List the announcements whose report day has passed without a report, the longest silent first. "
        "Ends with 1 where there is one.",
    )
    silent.add_argument("--on", type=date.fromisoformat, metavar="DAY", help="as on that day; else today")
    silent.add_argument("--conference", default="", metavar="REFERENCE", help="only those of this conference")
    silent.add_argument("--json", action="store_true", help="answer as JSON")
    silent.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    on = arguments.on or clock.today()
    if arguments.conference:
        queries.get_conference(reference=arguments.conference, by=NIGHTLY)
    rows = [
        _said(each, on) for each in queries.silent_announcements(by=NIGHTLY, on=on, conference=arguments.conference)
    ]
    if arguments.json:
        print(json.dumps({"on": on.isoformat(), "silent": rows}, ensure_ascii=False, indent=1))
    else:
        for row in rows:
            print(f"{row['reference']}  {row['due_on']}  {row['days']:>4} days  {row['owner']}  {row['title']}")
        print(f"{len(rows)} silent on {on}.")
    return 1 if rows else 0


def _said(announcement: Any, on: date) -> dict[str, Any]:
    titles = {each.language: each.text for each in announcement.titles.all()}
    return {
        "reference": announcement.reference, "conference": announcement.conference.reference, "owner": announcement.owner.reference,
        "title": titles.get("en") or next(iter(titles.values()), ""), "due_on": announcement.due_then.isoformat(),
        "days": (on - announcement.due_then).days,
    }  # fmt: skip
