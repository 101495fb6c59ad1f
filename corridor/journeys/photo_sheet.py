"""The sheet of photos for registers: each a file in the folder photos/ and the person who agreed to it."""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from corridor.foundations.access import Actor
from corridor.foundations.documents.receiving import Upload
from corridor.foundations.sheets.columns import day, reference, text
from corridor.foundations.sheets.kinds import Column, Row, SheetKind
from corridor.foundations.sheets.refusing import refusals_in
from corridor.foundations.sheets.resolving import Findings, by_reference
from corridor.kernel.wording import N_
from corridor.rooms.people.actions import keep_photo
from corridor.rooms.people.models import Person
from corridor.rooms.people.parts_sheets import noon

PHOTO_COLUMNS = (
    Column("person", reference(30)),
    Column("file", text(200), about="a file in the folder photos/"),
    Column("kept_on", day, about="a day on which the person agrees to register_photo"),
)


def photos_in(*, folder: Path, by: Actor) -> SheetKind:  # noqa: ARG001 (journeys are always told)
    """The list of photos whose files stand beside it, in photos/."""

    def take(rows: Sequence[Row], *, by: Actor, at: datetime) -> int:  # noqa: ARG001
        findings, persons = Findings(), by_reference(Person.objects.all(), (row["person"] for row in rows))
        for row in rows:
            findings.find(row, "person", persons)
            if Path(row["file"]).name != row["file"] or not (folder / "photos" / row["file"]).is_file():
                findings.add(row, "file", N_("There is no file photos/%(name)s."), name=row["file"])
        findings.refuse_if_any()
        for row in rows:
            person = persons[row["person"]]
            upload = Upload(row["file"], (folder / "photos" / row["file"]).read_bytes(), title=person.reference)
            with refusals_in([row]):
                keep_photo(person=person, upload=upload, on=row["kept_on"], at=noon(row["kept_on"]), by=by)
        return len(rows)

    return SheetKind("person_photos", "person_photos.*", PHOTO_COLUMNS, take, unique=("person",), optional=True)
