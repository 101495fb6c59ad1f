"""
What was published last, kept as files beside the database: whoever puts back an older copy of the records finds here that a revocation is missing.

Each file is written after the commit and never made older. The example alliance, whose day stands still, keeps none.
"""

import fcntl
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction

from corridor.kernel.wording import N_

from .models import StatusList
from .refusals import OlderThanPublished


@dataclass(frozen=True)
class Remembered:
    """The last list that left: how often it had been signed by then, when, and its reasons as they were served."""

    sequence: int
    signed_at: str
    companion: str


def remembered(reference: str, number: int) -> Remembered | None:
    """What is known of a member's list; None where it never left, or the file cannot be read."""
    found = _read(_file_of(f"{reference}-{number}"))
    try:
        return Remembered(int(found["sequence"]), str(found["signed_at"]), str(found["companion"])) if found else None
    except (KeyError, TypeError, ValueError):
        return None


def remember_later(listed: StatusList) -> None:
    """Keep what a list says once the transaction is through. A disk that is full stops no revocation; it is logged."""
    signed_at = listed.signed_at.isoformat() if listed.signed_at else ""
    said = {"sequence": listed.sequence, "signed_at": signed_at, "companion": listed.signed_companion}
    keep = partial(_keep, f"{listed.organisation.reference}-{listed.number}", said)
    if _is_kept():
        transaction.on_commit(keep, robust=True)


def remember_number_later(name: str, number: int) -> None:
    """The same for what is counted alone: the editions of the register, the trees of the days."""
    if _is_kept():
        transaction.on_commit(partial(_keep, name, {"sequence": number}), robust=True)


def remember_text_later(name: str, number: int, text: str) -> None:
    """The same with what was published under that number."""
    if _is_kept():
        transaction.on_commit(partial(_keep, name, {"sequence": number, "text": text}), robust=True)


def remembered_text(name: str) -> tuple[int, str]:
    """The highest number that left under that name, and its text; 0 and nothing where none did."""
    found = _read(_file_of(name)) or {}
    number, text = found.get("sequence"), found.get("text")
    return (number, text) if isinstance(number, int) and isinstance(text, str) else (0, "")


def remembered_number(name: str) -> int:
    """The highest number that left under that name; 0 where none did."""
    found = _read(_file_of(name))
    number = found.get("sequence") if found else 0
    return number if isinstance(number, int) else 0


def require_newest(listed: StatusList) -> None:
    """:raises OlderThanPublished: if the records know an older list than the one that was published."""
    seen = remembered(listed.organisation.reference, listed.number)
    if seen is not None and seen.sequence > listed.sequence:
        raise OlderThanPublished(
            N_(
                "The status list %(list)s of %(member)s was published as number %(seen)s, and the records know number %(known)s: "
                "an older copy of them was put back. Nothing is signed until ./run keys catch-up has taken over what was published."
            ),
            list=listed.number, member=listed.organisation.reference, seen=seen.sequence, known=listed.sequence,
        )  # fmt: skip


def lists_behind() -> list[tuple[StatusList, Remembered]]:
    """Lists that were published with a higher number than the records know."""
    found = []
    for listed in StatusList.objects.select_related("organisation").order_by("organisation__reference", "number"):
        seen = remembered(listed.organisation.reference, listed.number)
        if seen is not None and seen.sequence > listed.sequence:
            found.append((listed, seen))
    return found


def _is_kept() -> bool:
    return settings.EXAMPLE_DAY is None and settings.PUBLISHED_DIR is not None


def _file_of(name: str) -> Path | None:
    return Path(settings.PUBLISHED_DIR) / f"{name}.json" if _is_kept() else None


def _read(path: Path | None) -> dict[str, Any] | None:
    if path is None:
        return None
    try:
        found = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError):
        return None
    return found if isinstance(found, dict) else None


def _keep(name: str, said: dict[str, Any]) -> None:
    path = _file_of(name)
    if path is None:
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    with _alone(path.parent):
        before = _read(path)
        if before is not None and before.get("sequence", 0) >= said["sequence"]:
            return
        fresh = path.with_suffix(f".{os.getpid()}.new")
        fresh.write_text(json.dumps(said, ensure_ascii=False), "utf-8")
        fresh.replace(path)


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """One writer at a time on this machine."""
    with (folder / ".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
