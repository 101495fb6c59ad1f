"""``./run occupations import FILE``: read what occupations are called in; the product holds none of its own."""

import argparse
import csv
import json
from pathlib import Path
from typing import Any

from corridor.foundations.access import NIGHTLY
from corridor.foundations.vocabularies.languages import is_language
from corridor.kernel.errors import BadInput, Problem
from corridor.kernel.wording import N_
from corridor.rooms.demand.actions import read_occupations
from corridor.rooms.demand.drafts import OccupationDraft

TITLE, ALIASES = "title_", "aliases_"


def add(verbs: Any) -> None:
    parser = verbs.add_parser(
        "occupations",
        help="read what occupations are called in",
        description="Keep the words for the occupations of ISCO-08.",
    )
    inner = parser.add_subparsers(metavar="WHAT", required=True)
    take = inner.add_parser(
        "import",
        help="read a CSV with the columns code and title_LANGUAGE, and aliases_LANGUAGE",
        description="Read codes of ISCO-08 with their titles and other words for them, one column per language (title_en, aliases_lo); "
        "other words have ; between them. Titles that are there already are written over; other columns are left aside.",
    )
    take.add_argument("file", type=Path, metavar="FILE", help="a CSV in UTF-8")
    take.add_argument("--json", action="store_true", help="answer as JSON")
    take.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    count = read_occupations(occupations=_occupations(arguments.file), by=NIGHTLY)
    if arguments.json:
        print(json.dumps({"occupations": count}))
    else:
        print(f"{count:,} occupations are read in; they can be looked for in every language of the file.")
    return 0


def _occupations(path: Path) -> list[OccupationDraft]:
    if not path.is_file():
        raise BadInput([Problem(N_("There is no such file."), file=path.name)])
    with path.open(encoding="utf-8-sig", newline="") as stream:
        rows = csv.DictReader(stream)
        named = rows.fieldnames or ()
        titles, aliases = _family(named, TITLE), _family(named, ALIASES)
        if "code" not in named or not (titles or aliases):
            raise BadInput(
                [Problem(N_("The columns code and title_ with a language (title_en) are looked for."), file=path.name)]
            )
        return [
            OccupationDraft(
                row["code"].strip(),
                {tag: row[name].strip() for name, tag in titles.items() if (row[name] or "").strip()},
                {
                    tag: [word.strip() for word in row[name].split(";") if word.strip()]
                    for name, tag in aliases.items()
                    if (row[name] or "").strip()
                },
            )
            for row in rows
            if row["code"].strip()
        ]


def _family(named: Any, prefix: str) -> dict[str, str]:
    return {
        name: name.removeprefix(prefix)
        for name in named
        if name.startswith(prefix) and is_language(name.removeprefix(prefix))
    }
