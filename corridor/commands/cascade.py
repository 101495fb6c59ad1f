"""``./run cascade``: who trained whom, and who of them has not taught 90 days after."""

import argparse
import csv
import json
import sys
from datetime import date
from typing import Any

from corridor.foundations import clock
from corridor.journeys.recognise import at_the_machine
from corridor.rooms.training.queries.cascade import CascadeRow, cascade_for
from corridor.rooms.training.queries.trainer_choices import Teaching

FORMS = ("text", "csv", "json")


def add(verbs: Any) -> None:
    parser = verbs.add_parser(
        "cascade",
        help="who trained whom, and who has not taught since",
        description="Who trained whom, by generation, and how far each has come with teaching: computed from cohorts, their trainers, their "
        "completed learners and signed registers.",
    )
    parser.add_argument("--on", type=date.fromisoformat, metavar="DAY", help="as on that day; else today")
    parser.add_argument(
        "--generation", default="", metavar="N", help="only this generation; unknown: trainer not written down"
    )
    parser.add_argument("--teaching", choices=Teaching.values, default="", help="only who stands there with teaching")
    parser.add_argument(
        "--not-taught",
        action="store_true",
        help="only who has not taught 90 days after; exit code 1 where somebody has not",
    )
    parser.add_argument("--form", choices=FORMS, default="text", help="how it is written; else text")
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    teaching = Teaching.HAS_NOT.value if arguments.not_taught else arguments.teaching
    view = cascade_for(
        on=arguments.on or clock.today(), by=at_the_machine(), generation=arguments.generation, teaching=teaching
    )
    rows = [_as_dict(row) for row in view.rows]
    if arguments.form == "json":
        print(json.dumps(rows, ensure_ascii=False, indent=2))
    elif arguments.form == "csv":
        writer = csv.DictWriter(sys.stdout, list(_HEADS), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
    else:
        for row in rows:
            print(
                f"{row['generation']:>7}  {row['person']:12}  {row['teaching']:15}  {row['trained_on']:10}  {row['cohort']}"
            )
        print(f"{len(rows)} persons" if rows else "Nobody.")
    return 1 if arguments.not_taught and rows else 0


_HEADS = (
    "person", "generation", "lines", "trained_by", "cohort", "trained_on", "teaching", "first_taught_on", "last_taught_on", "sessions",
    "minutes",
)  # fmt: skip


def _as_dict(row: CascadeRow) -> dict[str, object]:
    node = row.node
    return {
        "person": row.who.reference, "generation": row.generation, "lines": row.lines,
        "trained_by": ";".join(each.reference for each in row.by), "cohort": row.cohort, "trained_on": _day(node.trained_on),
        "teaching": str(row.teaching or ""), "first_taught_on": _day(node.first_taught_on),
        "last_taught_on": _day(node.last_taught_on), "sessions": len(node.own), "minutes": node.minutes,
    }  # fmt: skip


def _day(day: date | None) -> str:
    return f"{day}" if day is not None else ""
