"""``./run check``: look at our own health and settings."""

import argparse
import json
import tempfile
from collections.abc import Callable
from io import StringIO
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import CommandError, call_command
from django.core.management.base import SystemCheckError
from django.db import DatabaseError, connection

from corridor.foundations.access import NIGHTLY
from corridor.foundations.audit.sealing import check_chain
from corridor.foundations.guard.starting import dangers
from corridor.kernel.errors import Refusal
from corridor.rooms.credentials.proofs.json_reading import read_object
from corridor.rooms.credentials.queries import lists_behind, newer_elsewhere

MOST_BYTES = 10_000_000


def add(verbs: Any) -> None:
    parser = verbs.add_parser(
        "check",
        help="look at our own health and settings",
        description="Look at settings, database, storage and audit chain, and say what is wrong with each.",
    )
    parser.add_argument(
        "--held",
        type=Path,
        metavar="FILE",
        help="a checkpoint of certificates that a member kept: whether the records here are older",
    )
    parser.add_argument("--json", action="store_true", help="answer as JSON")
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    found = {name: look() for name, look in LOOKS.items()}
    if arguments.held:
        found["held"] = _held(arguments.held)
    if arguments.json:
        print(json.dumps({"healthy": not any(found.values()), "wrong": found}, ensure_ascii=False))
    else:
        for name, wrong in found.items():
            print(f"{name}: {'in order' if not wrong else wrong[0]}")
            for more in wrong[1:]:
                print(f"{' ' * (len(name) + 2)}{more}")
    return 1 if any(found.values()) else 0


def _code() -> list[str]:
    try:
        call_command("check", verbosity=0, stdout=StringIO())
    except SystemCheckError as wrong:
        return str(wrong).splitlines()
    return []


def _database() -> list[str]:
    try:
        connection.ensure_connection()
    except DatabaseError as wrong:
        return [f"The database does not answer: {wrong}"]
    try:
        call_command("migrate", check_unapplied=True, verbosity=0, stdout=StringIO())
    except (CommandError, SystemExit):
        return ["The tables are not those of this version: run ./run migrate."]
    return []


def _storage() -> list[str]:
    wrong = []
    for folder in (settings.VAR_DIR, settings.DOCUMENTS_DIR):
        there = next(parent for parent in (Path(folder), *Path(folder).parents) if parent.exists())
        try:
            with tempfile.TemporaryFile(dir=there):
                pass
        except OSError as problem:
            wrong.append(f"Nothing can be written below {folder}: {problem.strerror}.")
    return wrong


def _audit() -> list[str]:
    try:
        report = check_chain()
    except DatabaseError:
        return ["The audit log cannot be read."]
    return [] if report.first_broken is None else [f"The chain is broken at entry {report.first_broken}."]


def _published() -> list[str]:
    """An older copy of the records was put back: what was revoked since would come to life again."""
    try:
        behind = lists_behind()
    except DatabaseError:
        return ["The status lists cannot be read."]
    return [
        f"The status list {listed.number} of {listed.organisation.reference} was published as number {seen.sequence}, and the records "
        f"know number {listed.sequence}: an older copy was put back. Nothing is signed until ./run keys catch-up has run."
        for listed, seen in behind
    ]


def _held(path: Path) -> list[str]:
    """What somebody kept elsewhere knows of newer lists than the records here."""
    try:
        known = newer_elsewhere(document=read_object(path.read_bytes(), max_bytes=MOST_BYTES), by=NIGHTLY)
    except (OSError, Refusal):
        return [f"{path} is no checkpoint of certificates."]
    return [
        f"{address} had been signed {there} times by then, and the records here know {here}: an older copy was put back."
        for address, here, there in known
    ]


LOOKS: dict[str, Callable[[], list[str]]] = {
    "settings": dangers,
    "code": _code,
    "database": _database,
    "storage": _storage,
    "audit": _audit,
    "published": _published,
}
