"""The sheet of persons who were erased: loaded after the figures that counted them were kept."""

from collections.abc import Sequence
from datetime import UTC, datetime, time

from corridor.foundations.access import Actor
from corridor.foundations.sheets import columns as read
from corridor.foundations.sheets.kinds import Column, Row, SheetKind
from corridor.foundations.sheets.refusing import refusals_in
from corridor.foundations.sheets.resolving import Findings, by_reference
from corridor.rooms.credentials.personal_data import SignedTexts
from corridor.rooms.people.models import Person

from .erase_person import erase_person

NOON = time(12, tzinfo=UTC)


def _take_erasures(rows: Sequence[Row], *, by: Actor, at: datetime) -> int:  # noqa: ARG001 (each row has its day)
    findings, persons = Findings(), by_reference(Person.objects.all(), (row["person"] for row in rows))
    found = [findings.find(row, "person", persons) for row in rows]
    findings.refuse_if_any()
    for row, person in zip(rows, found, strict=True):
        if person is not None:
            with refusals_in([row]):
                erase_person(
                    person=person, confirmed=person.reference, reason=row["reason"],
                    at=datetime.combine(row["erased_on"], NOON), by=by, signed_texts=row["signed_texts"],
                )  # fmt: skip
    return len(rows)


ERASURES = SheetKind(
    name="erasures",
    pattern="erasures.*",
    columns=(
        Column("person", read.reference(30)),
        Column("erased_on", read.day),
        Column("reason", read.text(300), about="of the house, without a personal value"),
        Column("signed_texts", read.choice(SignedTexts)),
    ),
    take=_take_erasures,
    unique=("person",),
    optional=True,
)
