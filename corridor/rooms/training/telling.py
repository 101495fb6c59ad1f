"""Telling those whom a session concerns: its trainers, and the learners on the roll, as far as they have accounts."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from corridor.foundations.access import Actor
from corridor.foundations.notices.events import Event
from corridor.foundations.notices.telling import tell

from .clashes import LEARNING
from .models import CohortTrainer, Enrolment, Session, SessionTrainer
from .teaching_days import teaching_on


def tell_of(session: Session, event: Event, *, at: datetime, by: Actor, places: Mapping[str, str]) -> int:
    """Return how many accounts were told; who acted is not among them."""
    return tell(event, to=concerned_by(session), about=str(session), link="/timetable/", at=at, by=by, places=places)


def concerned_by(session: Session) -> list[UUID]:
    """The accounts of who teaches the session or its cohort on that day, and of who learns in it."""
    with_account = {"person__user__isnull": False}
    named = SessionTrainer.objects.filter(session=session, **with_account)
    teaching = CohortTrainer.objects.filter(teaching_on(session.held_on), cohort=session.cohort_id, **with_account)
    learning = Enrolment.objects.filter(cohort=session.cohort_id, status__in=LEARNING, **with_account)
    keys: list[UUID] = []
    for rows in (named, teaching, learning):
        keys += rows.values_list("person__user", flat=True)  # type: ignore[attr-defined]
    return list(dict.fromkeys(keys))
