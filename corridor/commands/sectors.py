"""``./run sectors import FILE``: read a classification of economic activities in; the product holds none of its own."""

import argparse
import csv
import json
from pathlib import Path
from typing import Any

from corridor.foundations.access import NIGHTLY
from corridor.foundations.vocabularies.languages import is_language
from corridor.kernel.errors import BadInput, Problem
from corridor.kernel.wording import N_
from corridor.rooms.members.actions import read_sector_codes
from corridor.rooms.members.drafts import SectorCodeDraft

TITLE = "title_"


def add(verbs: Any) -> None:
    parser = verbs.add_parser(
        "sectors", help="read a classification of activities in", description="Keep the codes of what organisations do."
    )
    inner = parser.add_subparsers(metavar="WHAT", required=True)
    take = inner.add_parser(
        "import",
        help="read a CSV with the columns code and title_LANGUAGE",
        description="Read codes and their titles, one column per language (title_en, title_zh-Hans). Titles of codes that are there "
        "already are written over; other columns are left aside.",
    )
    take.add_argument("file", type=Path, metavar="FILE", help="a CSV in UTF-8")
    take.add_argument("--scheme", default="isic-4", metavar="NAME", help="what it is called here (default: isic-4)")
    take.add_argument("--json", action="store_true", help="answer as JSON")
    take.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    count = read_sector_codes(codes=_codes(arguments.file, arguments.scheme), by=NIGHTLY)
    if arguments.json:
        print(json.dumps({"scheme": arguments.scheme, "codes": count}))
    else:
        print(f"{count:,} codes of {arguments.scheme} are read in.")
    return 0


def _codes(path: Path, scheme: str) -> list[SectorCodeDraft]:
    if not path.is_file():
        raise BadInput([Problem(N_("There is no such file."), file=path.name)])
    with path.open(encoding="utf-8-sig", newline="") as stream:
        rows = csv.DictReader(stream)
        named = [name for name in rows.fieldnames or () if name.startswith(TITLE)]
        titles = {name: name.removeprefix(TITLE) for name in named if is_language(name.removeprefix(TITLE))}
        if "code" not in (rows.fieldnames or ()) or not titles:
            raise BadInput(
                [Problem(N_("The columns code and title_ with a language (title_en) are looked for."), file=path.name)]
            )
        return [
            SectorCodeDraft(
                scheme,
                row["code"].strip(),
                {tag: row[name].strip() for name, tag in titles.items() if row[name].strip()},
            )
            for row in rows
            if row["code"].strip()
        ]
