"""What rows of acts name: a session by cohort and number, a place by cohort and seat; their keys are new at every load."""

from corridor.foundations.sheets.columns import reference, whole
from corridor.foundations.sheets.kinds import Column, Row
from corridor.foundations.sheets.resolving import NOTHING_THERE
from corridor.kernel.errors import BadInput
from corridor.rooms.training.models import Cohort, Enrolment, Session

COHORT = Column("cohort", reference(40))
SESSION = Column("session", whole(1, 9_999), about="its number in the cohort")
SEAT = Column("seat", whole(1, 9_999), about="as on the register sheet")


def cohort_named(row: Row, column: str = "cohort") -> Cohort:
    """:raises BadInput: with the row, if there is none."""
    found = Cohort.objects.select_related("site").filter(reference=row[column]).first()
    if found is None:
        raise BadInput([row.problem(column, NOTHING_THERE, cell=row[column])])
    return found


def session_named(row: Row) -> Session:
    """:raises BadInput: with the row, if there is none."""
    rows = Session.objects.select_related("cohort__site", "cohort__programme")
    found = rows.filter(cohort__reference=row["cohort"], number=row["session"]).first()
    if found is None:
        raise BadInput([row.problem("session", NOTHING_THERE, cell=f"{row['cohort']} {row['session']}")])
    return found


def place_named(row: Row) -> Enrolment:
    """:raises BadInput: with the row, if there is none."""
    rows = Enrolment.objects.select_related("cohort__site", "person")
    found = rows.filter(cohort__reference=row["cohort"], number=row["seat"]).first()
    if found is None:
        raise BadInput([row.problem("seat", NOTHING_THERE, cell=f"{row['cohort']} {row['seat']}")])
    return found
