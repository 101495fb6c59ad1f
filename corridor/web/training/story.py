"""A cohort's page: who learns, what was taught, what was decided, and what this reader may do next."""

from collections import Counter
from dataclasses import dataclass
from datetime import date
from typing import Any

from corridor.foundations.access import Actor, Permission
from corridor.rooms.assessment import queries as assessment
from corridor.rooms.assessment.queries import UnitDue
from corridor.rooms.credentials import queries as credentials
from corridor.rooms.training import queries
from corridor.rooms.training.lifecycle import CohortStatus
from corridor.rooms.training.queries import LearnerRow
from corridor.rooms.training.queries.choices import Moment

BEFORE_THE_END = {CohortStatus.PLANNED.value, CohortStatus.RECRUITING.value, CohortStatus.RUNNING.value}
TO_CLOSE = {CohortStatus.RUNNING.value, CohortStatus.FINISHED.value}


@dataclass(frozen=True)
class CohortStory:
    """``learners`` are those whom the reader may see; ``trainers`` and ``units`` are empty for who may not see them."""

    cohort: Any
    on: date
    learners: list[LearnerRow]
    sessions: list[Any]
    trainers: list[Any]
    units: list[UnitDue]
    certificates: list[Any]
    may: dict[str, bool]
    # Who could be reached at the latest moment, while it matters; None for who may not see the learners.
    contact: Any = None

    @property
    def due(self) -> list[Any]:
        """Sessions of earlier days whose register is not signed."""
        return [each for each in self._by_time() if each.held_on < self.on and each.status in {"planned", "held"}]

    @property
    def today(self) -> list[Any]:
        return [each for each in self._by_time() if each.held_on == self.on and each.status != "cancelled"]

    @property
    def coming(self) -> list[Any]:
        return [each for each in self._by_time() if each.held_on > self.on and each.status == "planned"][:5]

    def _by_time(self) -> list[Any]:
        """As they begin: one that was moved or makes up for another keeps its number."""
        return sorted(self.sessions, key=lambda each: (each.begins_at, each.number))

    @property
    def states(self) -> list[tuple[str, int]]:
        """How many learners stand in each state."""
        return Counter(row.enrolment.status for row in self.learners).most_common()

    @property
    def decided(self) -> tuple[int, int]:
        """Final decisions of those that are to be made."""
        return sum(each.final for each in self.units), sum(each.candidates for each in self.units)

    def stations(self) -> dict[str, dict[str, str]]:
        programme = self.cohort.programme
        agreement, announcement = programme.agreement, programme.announcement
        found = {
            "agreement": {"word": agreement.reference, "url": f"/agreements/{agreement.reference}/"},
            "programme": {"word": programme.reference, "url": f"/programmes/{programme.reference}/"},
            "site": {"word": self.cohort.site.city, "url": f"/sites/{self.cohort.site.reference}/"},
            "cohort": {"word": self.cohort.reference},
        }
        if announcement is not None and announcement.confirmed_on is not None:
            conference = announcement.conference
            found["conference"] = {
                "word": str(conference.starts_on.year),
                "url": f"/conferences/{conference.reference}/",
            }
            found["announcement"] = {"word": announcement.reference, "url": f"/announcements/{announcement.reference}/"}
        if self.cohort.sessions_planned:
            found["session"] = {
                "word": f"{self.cohort.sessions_locked} / {self.cohort.sessions_planned}",
                "url": "#sessions",
            }
        if self.decided[0]:
            found["decision"] = {"word": f"{self.decided[0]} / {self.decided[1]}", "url": "decisions/"}
        if self.certificates:
            found["credential"] = {"word": str(len(self.certificates)), "url": "#certificates"}
        return found


def cohort_story(*, reference: str, on: date, by: Actor) -> CohortStory:
    """:raises NotFound: if there is no such cohort, or none that the reader may see."""
    cohort = queries.get_cohort(reference=reference, by=by)
    sees_decisions = by.may(Permission.DECISION_VIEW, on=cohort)
    is_open = cohort.status in BEFORE_THE_END
    return CohortStory(
        cohort=cohort,
        on=on,
        learners=queries.list_learners(cohort=cohort, by=by),
        sessions=list(queries.list_sessions(cohort=cohort, by=by)),
        trainers=queries.list_trainers(cohort=cohort, by=by),
        units=assessment.cohort_units(cohort=cohort, by=by) if sees_decisions else [],
        contact=_contact(cohort, by),
        certificates=[
            each for each in credentials.list_credentials(by=by, cohort=cohort) if each.credential.status != "draft"
        ],
        may={
            "describe": is_open and by.may(Permission.COHORT_OPEN, on=cohort),
            "see_learners": by.may(Permission.LEARNER_VIEW, on=cohort),
            "enrol": is_open and by.may(Permission.LEARNER_ENROL, on=cohort),
            "move": by.may(Permission.LEARNER_ENROL, on=cohort),
            "plan": is_open and by.may(Permission.SESSION_PLAN, on=cohort),
            "appoint_trainer": is_open and by.may(Permission.TRAINER_APPOINT, on=cohort),
            "appoint_assessor": is_open and by.may(Permission.ASSESSOR_APPOINT, on=cohort),
            "see_decisions": sees_decisions,
            "record": by.may(Permission.DECISION_RECORD, on=cohort),
            "close": cohort.status in TO_CLOSE and by.may(Permission.COHORT_CLOSE, on=cohort),
            "award": cohort.status == CohortStatus.ASSESSED and by.may(Permission.CREDENTIAL_AWARD, on=cohort),
        },
    )


def _contact(cohort: Any, by: Actor) -> Any:
    if not by.may(Permission.LEARNER_VIEW, on=cohort):
        return None
    rows = queries.touch_of(cohort=cohort, by=by)
    at_exit = queries.contactable(rows, Moment.EXIT)
    return at_exit if at_exit.tried else queries.contactable(rows, Moment.ENTRY)
