"""Acts with files: photos and papers that show what was judged, and those that learners add to their own place. The files stand in living/files/."""

from collections.abc import Sequence
from datetime import date, datetime
from hashlib import sha256
from pathlib import Path

from corridor.foundations.access import Actor
from corridor.foundations.documents.receiving import Upload
from corridor.foundations.sheets.columns import many, text, whole
from corridor.foundations.sheets.kinds import Column, Row
from corridor.kernel.errors import BadInput
from corridor.kernel.wording import N_
from corridor.rooms.assessment import actions
from corridor.rooms.training.actions.own_evidence import add_own_evidence
from corridor.rooms.training.models import OwnEvidence

from .acts import FOLDER, ActKind
from .judged_things import DECISION, UNIT, Known, unit_named
from .naming import COHORT, SEAT, existing, place_named

FILE = Column("file", text(200), about="a file in living/files/")
SHOWN = Column("criteria", many(text(10)), required=False, about="what it shows, by codes as 1.2")
EVIDENCE_COLUMNS = (*DECISION, FILE, Column("caption", text(200), required=False), SHOWN)
OWN_COLUMNS = (
    COHORT,
    SEAT,
    Column("unit", text(20), required=False, about="empty: for the whole"),
    FILE,
    Column("words", text(300), about="what the learner says it shows"),
)
TAKEN_COLUMNS = (COHORT, SEAT, UNIT, Column("attempt", whole(1, 20)), FILE, SHOWN)


def acts_in(folder: Path) -> tuple[ActKind, ...]:
    """The kinds of acts that bring files of that folder."""
    files = folder / FOLDER / "files"

    def content_of(row: Row) -> bytes:
        path = files / row["file"]
        if path.name != row["file"] or not path.is_file():
            raise BadInput([row.problem("file", N_("There is no file living/files/%(name)s."), name=row["file"])])
        return path.read_bytes()

    def add(rows: Sequence[Row], *, by: Actor, on: date, at: datetime) -> None:
        known = Known(on=on)
        for row in rows:
            content = content_of(row)
            actions.add_evidence(draft=_draft(row, content, known), content=content, at=at, by=by)

    def declare(rows: Sequence[Row], *, by: Actor, on: date, at: datetime) -> None:
        known = Known(on=on)
        for row in rows:
            actions.declare_evidence(draft=_draft(row, content_of(row), known), at=at, by=by)

    def add_own(rows: Sequence[Row], *, by: Actor, on: date, at: datetime) -> None:  # noqa: ARG001 (acts are told all three)
        row = rows[0]
        place = place_named(row)
        upload = Upload(row["file"], content_of(row), row["words"])
        unit = unit_named(row, place.cohort) if row["unit"] else None
        add_own_evidence(enrolment=place, unit=unit, upload=upload, words=row["words"], at=at, by=by)

    return (
        ActKind("evidence", EVIDENCE_COLUMNS, add, together=()),
        ActKind("evidence_on_its_way", EVIDENCE_COLUMNS, declare, together=()),
        ActKind("own_files", OWN_COLUMNS, add_own),
        ActKind("own_files_taken", TAKEN_COLUMNS, _take),
    )


def _draft(row: Row, content: bytes, known: Known) -> actions.EvidenceDraft:
    place = known.place(row)
    unit = known.unit(row, place.cohort)
    return actions.EvidenceDraft(
        enrolment=place, unit=unit, file_name=row["file"], size=len(content), sha256=sha256(content).hexdigest(),
        attempt=row["attempt"], caption=row["caption"],
        criteria=tuple(known.criterion(row, "criteria", code, unit=unit) for code in row["criteria"]),
    )  # fmt: skip


def _take(rows: Sequence[Row], *, by: Actor, on: date, at: datetime) -> None:
    row, known = rows[0], Known(on=on)
    place = known.place(row)
    unit = known.unit(row, place.cohort)
    own = OwnEvidence.objects.select_related("document", "enrolment__cohort").filter(
        enrolment=place, document__file_name=row["file"]
    )
    found = existing(own.first(), row, "file")
    criteria = [known.criterion(row, "criteria", code, unit=unit) for code in row["criteria"]]
    actions.take_own_file(own=found, unit=unit, attempt=row["attempt"], criteria=criteria, at=at, by=by)
