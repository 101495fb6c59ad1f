"""``./run doubles people | organisations``: look for records that may be one. Nothing is merged by it."""

import argparse
import json
from typing import Any

from corridor.foundations import clock
from corridor.foundations.access import NIGHTLY
from corridor.journeys.find_doubles import search_people
from corridor.rooms.members.actions import look_for_doubles
from corridor.rooms.members.queries import get_pair, list_pairs
from corridor.rooms.people.queries import get_double, list_doubles

from .saying import sentence

SHOWN = 20


def add(verbs: Any) -> None:
    parser = verbs.add_parser(
        "doubles",
        help="look for records that may be one",
        description="Look for records that may be of one human being or one organisation, and keep the likely pairs. "
        "Nothing is merged: a person answers each pair on its page.",
    )
    inner = parser.add_subparsers(metavar="WHAT", required=True)
    people = inner.add_parser(
        "people",
        help="persons under several names",
        description="Compare names in every script, days of birth and contacts.",
    )
    people.add_argument("--json", action="store_true", help="answer as JSON")
    people.set_defaults(run=run_people)
    organisations = inner.add_parser(
        "organisations",
        help="organisations under several names",
        description="Compare names in every script, places and public numbers. Only what is new or changed is compared, unless --all.",
    )
    organisations.add_argument("--all", action="store_true", help="compare everything again")
    organisations.add_argument("--json", action="store_true", help="answer as JSON")
    organisations.set_defaults(run=run_organisations)


def run_people(arguments: argparse.Namespace) -> int:
    found = search_people(at=clock.now(), by=NIGHTLY)
    pairs = list_doubles(by=NIGHTLY, at_most=1_000_000 if arguments.json else SHOWN)
    if arguments.json:
        said = {
            "persons": found.persons, "compared": found.compared, "likely": found.likely, "new": found.new,
            "pairs": [
                {"one": each.one.reference, "other": each.other.reference, "score": each.score, "page": f"/people/doubles/{each.pk}/"}
                for each in pairs
            ],
        }  # fmt: skip
        print(json.dumps(said, ensure_ascii=False, indent=2))
        return 0
    print(f"{found.persons} persons, {found.compared} pairs compared, {found.likely} likely, {found.new} of them new.")
    for each in pairs:
        print(f"{each.score:3d}  {each.one.reference}  {each.other.reference}")
        for clue in get_double(key=each.pk, by=NIGHTLY).clues:
            print(f"     {clue.points:+d} {sentence(clue)}")
    return 0


def run_organisations(arguments: argparse.Namespace) -> int:
    found = look_for_doubles(at=clock.now(), by=NIGHTLY, everything=arguments.all)
    pairs = list_pairs(by=NIGHTLY)
    if arguments.json:
        said = {
            "compared": found.compared, "scored": found.scored, "waiting": found.waiting,
            "pairs": [
                {
                    "one": each.one.reference, "other": each.other.reference, "score": each.score,
                    "page": f"/members/doubles/{each.pk}/",
                }
                for each in pairs
            ],
        }  # fmt: skip
        print(json.dumps(said, ensure_ascii=False, indent=2))
        return 0
    print(
        f"{found.compared} organisations compared, {found.scored} pairs scored, {found.waiting} wait to be looked at."
    )
    for each in pairs[:SHOWN]:
        print(f"{each.score:3d}  {each.one.reference}  {each.other.reference}")
        for clue in get_pair(key=each.pk, by=NIGHTLY).clues:
            print(f"     {clue.points:+d} {sentence(clue)}")
    return 0
