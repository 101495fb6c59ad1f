"""A learner's own path: every cohort with its units, done and missing, attendance, and the certificates."""

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from corridor.foundations.access import Actor
from corridor.foundations.notices import reading
from corridor.rooms.assessment import queries as assessment
from corridor.rooms.credentials import queries as credentials
from corridor.rooms.curricula import queries as curricula
from corridor.rooms.people import queries as people
from corridor.rooms.training import queries as training
from corridor.rooms.training.queries import PathStep
from corridor.rooms.training.queries import path as paths

# So many of the latest notices stand on the path; all of them on a page of their own.
NEWS = 3


@dataclass(frozen=True)
class UnitDone:
    """A unit on the path with the latest decision about it, None before the first, and the hours attended of it."""

    unit: Any
    decision: Any | None
    hours: Any = None
    # The last day on which the learner may appeal against it; None: not any more, not yet, or there is an appeal.
    appeal_until: Any = None

    @property
    def is_done(self) -> bool:
        return self.decision is not None and self.decision.status == "final" and self.decision.result == "competent"


@dataclass(frozen=True)
class Stretch:
    """One enrolment: what was attended, unit by unit what was decided, and the certificate that came of it."""

    step: PathStep
    units: list[UnitDone]
    certificates: list[Any]
    files: list[Any] = field(default_factory=list)
    # Document of a file -> the codes of the units of which it is evidence.
    taken: Any = field(default_factory=dict)

    @property
    def tells_hours(self) -> bool:
        """Where sessions are of units, or hours are asked for: else nothing could be said of a unit."""
        return any(each.hours is not None and (each.hours.minutes or each.hours.needed) for each in self.units)

    @property
    def is_open(self) -> bool:
        return self.step.enrolment.status in {"enrolled", "attending", "suspended"}

    @property
    def done(self) -> int:
        return sum(each.is_done for each in self.units)

    @property
    def next_unit(self) -> UnitDone | None:
        return next((each for each in self.units if not each.is_done), None)

    @property
    def hours(self) -> int:
        return self.step.minutes_attended // 60


@dataclass(frozen=True)
class LearningPath:
    person: Any
    stretches: list[Stretch]
    next_session: Any | None = None
    news: list[Any] = field(default_factory=list)

    @property
    def now(self) -> list[Stretch]:
        return [each for each in self.stretches if each.step.enrolment.status in {"enrolled", "attending"}]


def learning_path(*, on: date, at: datetime, by: Actor) -> LearningPath:
    """As it may be seen at that instant. :raises NotFound: if the account is of no person."""
    person = people.get_self(by=by)
    steps = training.learner_path(person=person.pk, by=by)
    latest = {
        (each.enrolment_id, each.unit_id): each
        for each in assessment.list_decisions(at=at, by=by)
        if each.enrolment.person_id == person.pk
    }
    held: dict[Any, list[Any]] = {}
    for row in credentials.list_credentials(by=by):
        if row.credential.enrolment.person_id == person.pk and row.credential.status != "draft":
            held.setdefault(row.credential.enrolment_id, []).append(row.credential)
    units = _units([step.enrolment.cohort.curriculum_version for step in steps], by=by)
    places = [step.enrolment for step in steps]
    hours = paths.hours_on_path(enrolments=places, by=by)
    files = paths.evidence_of_places(enrolments=places, by=by)
    until = assessment.appeal_days(decisions=list(latest.values()), on=on, by=by)
    taken = assessment.taken_documents(documents=[each.document_id for some in files.values() for each in some], by=by)

    def done(place: Any, unit: Any) -> UnitDone:
        decision = latest.get((place, unit.pk))
        last = until.get(decision.pk) if decision is not None else None
        return UnitDone(unit, decision, hours.get((place, unit.pk)), last)

    return LearningPath(
        person,
        [
            Stretch(
                step,
                [done(step.enrolment.pk, unit) for unit in units[step.enrolment.cohort.curriculum_version_id]],
                held.get(step.enrolment.pk, []),
                files.get(step.enrolment.pk, []),
                taken,
            )
            for step in steps
        ],
        next(iter(training.next_sessions(by=by, at=at, count=1)), None),
        reading.list_notices(by=by, limit=NEWS).rows,
    )


def _units(versions: list[Any], *, by: Actor) -> dict[Any, list[Any]]:
    """The units of each version on the path, read once a version: a path holds few."""
    return {
        version.pk: curricula.get_version(
            reference=version.curriculum.reference, version=version.version, by=by
        ).units
        for version in {version.pk: version for version in versions}.values()
    }  # fmt: skip
