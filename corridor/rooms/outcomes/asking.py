"""
Whom a wave may ask. Where the purpose ``follow_up`` rests on consent, nobody is asked, reached or spoken of on a day on which they do not agree;
they stay in the wave as not asked, so that no share gets better by asking fewer.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from corridor.foundations.access import Actor
from corridor.kernel.errors import Problem
from corridor.kernel.wording import N_
from corridor.rooms.people.models import Purpose
from corridor.rooms.people.purposes import FOLLOW_UP
from corridor.rooms.people.queries import persons_to_use
from corridor.rooms.training.models import Enrolment

from .models import Answer, AnswerSource, FollowUp, Wave
from .refusals import NobodyMayBeAsked


@dataclass(frozen=True, kw_only=True)
class FollowUpReport:
    """What is known of one graduate in one wave. Unknown is never "no"."""

    enrolment: Enrolment
    attempts: int
    asked_on: date | None = None
    reached_on: date | None = None
    answered_on: date | None = None
    source: AnswerSource | None = None
    working: Answer = Answer.UNKNOWN
    relevant: Answer = Answer.UNKNOWN
    occupation_code: str = ""


def require_purpose(wave: Wave, *, on: date) -> None:
    """:raises NobodyMayBeAsked: names what is to be written down first."""
    purpose = Purpose.objects.filter(code=FOLLOW_UP).first()
    if purpose is None or (purpose.ended_on is not None and purpose.ended_on <= on):
        raise NobodyMayBeAsked(
            N_("Wave %(wave)s would ask nobody: the purpose “%(purpose)s” is not written down. Write it down under “Purposes” first."),
            wave=wave.reference, purpose=FOLLOW_UP,
        )  # fmt: skip


def unagreed(reports: Sequence[FollowUpReport], *, by: Actor) -> list[Problem]:
    """A problem for each graduate who was asked, reached or spoken of on a day on which they did not agree to it."""
    days: dict[date, set[UUID]] = {}
    for report in reports:
        for day in _days_of(report):
            days.setdefault(day, set()).add(report.enrolment.person_id)
    agreed = {day: persons_to_use(persons=persons, purpose=FOLLOW_UP, on=day, by=by) for day, persons in days.items()}
    problems = []
    for report in reports:
        unasked = [day for day in _days_of(report) if report.enrolment.person_id not in agreed[day]]
        if unasked:
            places = {"learner": str(report.enrolment), "day": unasked[0]}
            message = N_(
                "%(learner)s had not agreed to be asked on %(day)s. Leave them as not asked, or write their consent down first."
            )
            problems.append(Problem(message, places, column="asked_on"))
    return problems


def not_to_ask(rows: Iterable[FollowUp], *, on: date, by: Actor) -> frozenset[UUID]:
    """The keys of those of the rows, with their enrolments, that nobody asks that day, because the graduate does not agree."""
    found = {row.pk: row.enrolment.person_id for row in rows}
    agreed = persons_to_use(persons=found.values(), purpose=FOLLOW_UP, on=on, by=by)
    return frozenset(key for key, person in found.items() if person not in agreed)


def _days_of(report: FollowUpReport) -> list[date]:
    return [day for day in (report.asked_on, report.reached_on, report.answered_on) if day is not None]
