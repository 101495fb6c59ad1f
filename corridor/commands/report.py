"""``./run report build EDITION --out DIR | check DIR``: an edition as a folder, and the check that needs only that folder."""

import argparse
import json
from pathlib import Path
from typing import Any

from corridor.foundations import clock
from corridor.foundations.access import NIGHTLY
from corridor.journeys.note_transfer import note_edition
from corridor.journeys.recognise import at_the_machine
from corridor.rooms.indicators.definitions import recipe_of
from corridor.rooms.indicators.packs.building import build_pack
from corridor.rooms.indicators.packs.checking import PackCheck, check_pack
from corridor.rooms.indicators.queries import pack_edition
from corridor.rooms.people.rights_words import Occasion

from .leaving import add_words, leaving_of

MOST_LINES = 40


def add(verbs: Any) -> None:
    parser = verbs.add_parser(
        "report",
        help="write an edition as a folder, or check such a folder",
        description="An edition as files that anyone can check without us.",
    )
    inner = parser.add_subparsers(metavar="WHAT", required=True)
    build = inner.add_parser(
        "build",
        help="write DIR/public (HTML, PDF, XLSX, JSON), DIR/evidence (the rows, for auditors) and the manifest",
        description="Write a published edition into a new or empty folder.",
    )
    build.add_argument("edition", metavar="EDITION", help="the edition's reference: 2024")
    build.add_argument("--out", metavar="DIR", type=Path, required=True, help="a new or empty folder")
    build.add_argument("--language", metavar="TAG", default="en", help="the language of the words: en, zh-Hans, lo")
    build.add_argument("--json", action="store_true", help="answer as JSON")
    build.add_argument("--dry-run", action="store_true", help="read everything and write nothing")
    add_words(build)
    build.set_defaults(run=run_build)
    check = inner.add_parser(
        "check",
        help="count the rows in DIR again and compare them with what every file prints",
        description="Opens only DIR: no database, no network. Exit code 1 if anything differs.",
    )
    check.add_argument(
        "folder", metavar="DIR", type=Path, help="a folder that report build wrote, with or without evidence"
    )
    check.add_argument("--json", action="store_true", help="answer as JSON")
    check.set_defaults(run=run_check)


def run_build(arguments: argparse.Namespace) -> int:
    edition = pack_edition(
        reference=arguments.edition, language=arguments.language, at=clock.now(), by=at_the_machine()
    )
    if leaving := leaving_of(
        arguments, occasion=Occasion.EDITION, about=f"Evidence of the edition {edition.reference}"
    ):
        note_edition(edition=edition.reference, leaving=leaving, on=clock.today(), at=clock.now(), by=NIGHTLY)
    files = [] if arguments.dry_run else build_pack(edition, arguments.out)
    if arguments.json:
        said = {
            "edition": edition.reference,
            "fingerprint": edition.fingerprint,
            "figures": [each.reference for each in edition.figures],
            "files": [path.relative_to(arguments.out).as_posix() for path in files],
        }
        print(json.dumps(said, ensure_ascii=False, indent=2))
        return 0
    print(f"Edition {edition.reference}: {len(edition.figures)} figures, {len(files)} files in {arguments.out}")
    print(f"fingerprint  {edition.fingerprint}")
    if arguments.dry_run:
        print("Nothing was written.")
    return 0


def run_check(arguments: argparse.Namespace) -> int:
    """Exit code 1 if anything differs."""
    found = check_pack(arguments.folder, recipe_of=recipe_of)
    if arguments.json:
        print(json.dumps(_as_json(found), ensure_ascii=False, indent=2))
    else:
        print(_as_text(found))
    return 0 if found.is_right else 1


def _as_json(found: PackCheck) -> dict[str, Any]:
    return {
        "edition": found.edition,
        "right": found.is_right,
        "fingerprint": found.fingerprint or None,
        "figures": found.figures,
        "recounted": found.recounted,
        "evidence": found.has_evidence,
        "wrong_figures": list(found.wrong_figures),
        "findings": [
            {
                "figure": each.figure or None,
                "file": each.file,
                "place": each.place,
                "printed": each.printed,
                "expected": each.expected,
            }
            for each in found.findings
        ],
    }


def _as_text(found: PackCheck) -> str:
    lines = [f"Edition {found.edition}: {found.figures} figures, {found.recounted} counted again from their rows."]
    if not found.has_evidence:
        lines.append(
            "There is no evidence folder: only the files and the fingerprint were checked, nothing was counted again."
        )
    for each in found.findings[:MOST_LINES]:
        who = f"{each.figure}  " if each.figure else ""
        lines.append(f"DIFFERS  {who}{each.file}  {each.place}: {each.printed}, expected {each.expected}")
    if len(found.findings) > MOST_LINES:
        lines.append(f"and {len(found.findings) - MOST_LINES} more; --json tells all")
    if found.wrong_figures:
        lines.append(f"Figures that differ: {', '.join(found.wrong_figures)}")
    if found.fingerprint:
        lines += [f"fingerprint  {found.fingerprint}", "Compare it with the one on the edition's page."]
    else:
        lines.append("The fingerprint cannot be computed without the rows: a small count is hidden from this folder.")
    lines.append("Something differs." if found.findings else "Everything agrees.")
    return "\n".join(lines)
