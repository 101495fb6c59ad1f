"""What rows of acts name: a session by cohort and number, a place by cohort and seat; their keys are new at every load."""

from collections.abc import Mapping
from typing import Any

from corridor.foundations.sheets.columns import reference, whole
from corridor.foundations.sheets.kinds import Column, Row
from corridor.foundations.sheets.resolving import NOTHING_THERE
from corridor.kernel.errors import BadInput
from corridor.rooms.training.models import Cohort, Enrolment, Session

COHORT = Column("cohort", reference(40))
SESSION = Column("session", whole(1, 9_999), about="its number in the cohort")
SEAT = Column("seat", whole(1, 9_999), about="as on the register sheet")


def existing[Found](found: Found | None, row: Row, column: str, *, cell: object = None) -> Found:
    """What a row names. ``cell`` tells it where one column does not. :raises BadInput: with the row, if nothing was found."""
    if found is None:
        raise BadInput([row.problem(column, NOTHING_THERE, cell=row[column] if cell is None else cell)])
    return found


def all_existing[Found](known: Mapping[Any, Found], row: Row, column: str) -> list[Found]:
    """The same for a cell that names several, in its order: the first that is not known is refused."""
    return [existing(known.get(each), row, column, cell=each) for each in row[column]]


def cohort_named(row: Row, column: str = "cohort") -> Cohort:
    """:raises BadInput: with the row, if there is none."""
    return existing(Cohort.objects.select_related("site").filter(reference=row[column]).first(), row, column)


def session_named(row: Row) -> Session:
    """:raises BadInput: with the row, if there is none."""
    rows = Session.objects.select_related("cohort__site", "cohort__programme")
    found = rows.filter(cohort__reference=row["cohort"], number=row["session"]).first()
    return existing(found, row, "session", cell=f"{row['cohort']} {row['session']}")


def place_named(row: Row) -> Enrolment:
    """:raises BadInput: with the row, if there is none."""
    rows = Enrolment.objects.select_related("cohort__site", "person")
    found = rows.filter(cohort__reference=row["cohort"], number=row["seat"]).first()
    return existing(found, row, "seat", cell=f"{row['cohort']} {row['seat']}")
