"""``./run retention preview|apply``: what has been kept as long as its rule says."""

import argparse
import json
from typing import Any

from corridor.foundations import clock
from corridor.foundations.access import NIGHTLY
from corridor.journeys.keep_no_longer import DueRecords, apply_retention, preview_retention
from corridor.journeys.remind_retention import remind_of_retention

SHOWN = 20


def add(verbs: Any) -> None:
    parser = verbs.add_parser(
        "retention",
        help="show, and let go, what has been kept as long as its rule says",
        description="Keep records no longer than the rules of the secretariat say.",
    )
    inner = parser.add_subparsers(metavar="WHAT", required=True)
    preview = inner.add_parser(
        "preview",
        help="say what would go today, and change nothing",
        description="List by rule what would go today, and what stays for a reason of law or for a kept figure.",
    )
    preview.add_argument(
        "--remind", action="store_true", help="also tell the secretariat, once a month; the worker does it every night"
    )
    preview.set_defaults(run=run_preview)
    apply = inner.add_parser(
        "apply",
        help="let it go; without --yes only say what would go",
        description="Let go what the preview lists. An erasure cannot be taken back.",
    )
    apply.add_argument("--yes", action="store_true", help="do it")
    apply.set_defaults(run=run_apply)
    for each in (preview, apply):
        each.add_argument("--json", action="store_true", help="answer as JSON")


def run_preview(arguments: argparse.Namespace) -> int:
    _show(preview_retention(on=clock.today(), by=NIGHTLY), as_json=arguments.json)
    if arguments.remind:
        remind_of_retention(on=clock.today(), at=clock.now(), by=NIGHTLY)
    return 0


def run_apply(arguments: argparse.Namespace) -> int:
    if not arguments.yes:
        _show(preview_retention(on=clock.today(), by=NIGHTLY), as_json=arguments.json)
        if not arguments.json:
            print("Nothing was changed; --yes lets it go.")
        return 0
    gone = apply_retention(on=clock.today(), at=clock.now(), by=NIGHTLY)
    if arguments.json:
        print(json.dumps({"by_kind": gone.by_kind, "copies": gone.exports}))
        return 0
    for kind, count in gone.by_kind.items():
        print(f"{kind}: {count} let go.")
    print(f"{gone.exports} copies of own data were over.")
    return 0


def _show(rows: list[DueRecords], *, as_json: bool) -> None:
    if as_json:
        said = [
            {
                "kind": each.rule.kind, "months": each.rule.months, "ending": each.rule.ending, "held": each.held,
                "counted": each.counted,
                "due": [{"reference": one.reference, "over_on": one.over_on.isoformat()} for one in each.due],
            }
            for each in rows
        ]  # fmt: skip
        print(json.dumps(said, ensure_ascii=False))
        return
    if not rows:
        print("There is no rule; everything is kept.")
    for each in rows:
        print(
            f"{each.rule.kind} ({each.rule.months} months, then {each.rule.ending}): {len(each.due)} due, "
            f"{each.held} held, {each.counted} behind kept figures."
        )
        for one in each.due[:SHOWN]:
            print(f"  {one.reference}  since {one.over_on}")
        if len(each.due) > SHOWN:
            print(f"  and {len(each.due) - SHOWN} more; --json tells all")
