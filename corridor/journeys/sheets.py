"""Sheets that need more than one room, and documents, which belong to none: for ``load_alliance``."""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from corridor.foundations.access import Actor
from corridor.foundations.documents.models import Visibility
from corridor.foundations.documents.storing import NewDocument, store_documents
from corridor.foundations.sheets.columns import choice, day, reference, text
from corridor.foundations.sheets.kinds import Column, Row, SheetKind
from corridor.kernel.errors import BadInput
from corridor.kernel.wording import N_
from corridor.rooms.training.columns import SESSION_COLUMNS
from corridor.rooms.training.sheets import signatures_in

from .announcement_sheets import EVIDENCE, MERGES
from .award_sheet import AWARDS
from .erasure_sheet import ERASURES
from .lock_session import lock_sessions
from .photo_sheet import photos_in
from .proposal_sheet import PROPOSALS

DOCUMENT_COLUMNS = (
    Column("reference", reference()),
    Column("file", text(200), about="a file in the folder documents/"),
    Column("title", text(300)),
    Column("attested_by", text(200), required=False, about="the office that says it is a true copy, never a name"),
    Column("attested_on", day, required=False),
    Column("visibility", choice(Visibility)),
)


def _documents_in(folder: Path) -> SheetKind:
    """The list of documents whose files stand beside it, in documents/."""

    def take(rows: Sequence[Row], *, by: Actor, at: datetime) -> int:
        problems = [
            row.problem("file", N_("There is no file documents/%(name)s."), name=row["file"])
            for row in rows
            if Path(row["file"]).name != row["file"] or not (folder / "documents" / row["file"]).is_file()
        ]
        if problems:
            raise BadInput(problems)
        stored = store_documents(
            documents=[
                NewDocument(
                    reference=row["reference"],
                    title=row["title"],
                    file_name=row["file"],
                    content=(folder / "documents" / row["file"]).read_bytes(),
                    attested_by=row["attested_by"],
                    attested_on=row["attested_on"],
                    visibility=row["visibility"],
                )
                for row in rows
            ],
            at=at,
            by=by,
        )
        return len(stored)

    return SheetKind("documents", "documents.csv", DOCUMENT_COLUMNS, take, unique=("reference",))


def _take_locks(rows: Sequence[Row], *, by: Actor, at: datetime) -> int:  # noqa: ARG001
    return len(lock_sessions(signatures=signatures_in(rows), by=by))


def sheets_in(*, folder: Path, by: Actor) -> tuple[SheetKind, ...]:
    """The kinds of sheet that journeys take, for a folder."""
    return (
        _documents_in(folder),
        photos_in(folder=folder, by=by),
        SheetKind("session_locks", "sessions.csv", SESSION_COLUMNS, _take_locks, unique=("cohort", "number")),
        EVIDENCE,
        MERGES,
        AWARDS,
        ERASURES,
        PROPOSALS,
    )
