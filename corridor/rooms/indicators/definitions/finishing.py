"""How learners leave a cohort, and how far those who did are assessed and certified."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from corridor.foundations.lifecycles.timelines import Timelines
from corridor.kernel.evidence import EvidenceRow, Role, role_of
from corridor.kernel.periods import Period
from corridor.kernel.quantities import Additivity, Unit
from corridor.kernel.recompute import Rule
from corridor.rooms.assessment.counting import counting_decisions
from corridor.rooms.assessment.models import Decision, Result
from corridor.rooms.credentials.lifecycle import CredentialStatus
from corridor.rooms.credentials.models import Credential
from corridor.rooms.curricula.models import Unit as TaughtUnit
from corridor.rooms.training.counting import counted_attendance
from corridor.rooms.training.lifecycle import EnrolmentStatus
from corridor.rooms.training.models import Enrolment, ParticipantKind

from ..scopes import Scope
from .definition import Definition, Form, Gathered, Time, When
from .learners import DIMENSIONS, KEYS, Learners, narrowed

EXIT = "exit"
OWN_CHOICE = _("Our own choice.")
# How a place ended, or that it has not; suspended is an exit of its own, for the learner may come back.
EXIT_OF = {
    EnrolmentStatus.COMPLETED: "completed", EnrolmentStatus.WITHDREW: "withdrew", EnrolmentStatus.SUSPENDED: "suspended",
}  # fmt: skip


@dataclass(frozen=True)
class Entrant:
    """A place in whose cohort somebody was in the room; ``last`` is the place to which they were moved in the end, or itself."""

    enrolment: UUID
    state: str
    is_moved: bool
    state_at_last: str

    @property
    def exit(self) -> str:
        if self.state == EnrolmentStatus.TRANSFERRED:
            return "transferred_inside" if self.is_moved else "transferred_outside"
        return EXIT_OF.get(EnrolmentStatus(self.state), "attending")


def _entrants(scope: Scope, when: When) -> tuple[list[Entrant], Learners]:
    """
    Who attended at least once by the day, by the first place that they had: who came by being moved belongs to the cohort that they came from.
    A step through moved places is one statement.
    """
    places = narrowed(scope, Enrolment.objects.filter(moved_from__isnull=True))
    there = counted_attendance(Period(date.min, _after(when.day))).filter(enrolment__in=places.values("pk"))
    keys = set(there.order_by().values_list("enrolment_id", flat=True).distinct())
    last = {key: key for key in keys}
    fresh = dict(_moved(keys))
    moved = set(fresh)
    while fresh:
        last = {key: fresh.get(now, now) for key, now in last.items()}
        fresh = dict(_moved(fresh.values()))
    states = Timelines.of(Enrolment, [*keys, *last.values()])
    day = when.day
    found = [Entrant(key, states.state(key, day), key in moved, states.state(last[key], day)) for key in sorted(keys)]
    return found, Learners.of(keys)


def _moved(keys: Iterable[UUID]) -> Iterable[tuple[UUID, UUID]]:
    return Enrolment.objects.filter(moved_from__in=list(keys)).values_list("moved_from_id", "pk")


def _after(day: date) -> date:
    return Period.on(day).ends_before or date.max


def _completion(scope: Scope, when: When) -> Gathered:
    found, learners = _entrants(scope, when)
    return _rated(found, learners, when.day, lambda each: each.state_at_last == EnrolmentStatus.COMPLETED)


def _exits(scope: Scope, when: When) -> Gathered:
    found, learners = _entrants(scope, when)
    return Gathered(
        [
            EvidenceRow(
                "enrolment", str(each.enrolment), learners.subject(each.enrolment),
                codes=learners.codes(each.enrolment, when.day) | {EXIT: each.exit},
            )
            for each in found
        ]
    )  # fmt: skip


def _take_up(scope: Scope, when: When) -> Gathered:
    """Of those who completed: those about whom something was finally decided."""
    found, learners = _entrants(scope, when)
    completed = [each for each in found if each.state == EnrolmentStatus.COMPLETED]
    decided = _final_by([each.enrolment for each in completed], when.day)
    return _rated(completed, learners, when.day, lambda each: each.enrolment in decided)


def _certified(scope: Scope, when: When) -> Gathered:
    """Of those about whom something was finally decided: those competent in every required unit, with a credential that stands."""
    found, learners = _entrants(scope, when)
    final = _final_by([each.enrolment for each in found], when.day)
    assessed = [each for each in found if each.enrolment in final]
    versions = dict(
        Enrolment.objects.filter(pk__in=[each.enrolment for each in assessed]).values_list(
            "pk", "cohort__curriculum_version_id"
        )
    )
    required: dict[UUID, set[UUID]] = {}
    units = TaughtUnit.objects.filter(version__in=set(versions.values()), requirement=TaughtUnit.Requirement.REQUIRED)
    for version, unit in units.values_list("version_id", "pk"):
        required.setdefault(version, set()).add(unit)
    awarded = set(
        Credential.objects.filter(enrolment__in=[each.enrolment for each in assessed], issued_on__lte=when.day)
        .exclude(status__in=(CredentialStatus.DRAFT, CredentialStatus.REVOKED, CredentialStatus.REPLACED))
        .values_list("enrolment_id", flat=True)
    )

    def is_certified(each: Entrant) -> bool:
        wanted = required.get(versions[each.enrolment], set())
        competent = {unit for unit, result in final[each.enrolment].items() if result == Result.COMPETENT}
        return bool(wanted) and wanted <= competent and each.enrolment in awarded

    return _rated(assessed, learners, when.day, is_certified)


def _final_by(enrolments: list[UUID], day: date) -> dict[UUID, dict[UUID, str]]:
    """What the latest final decision of each unit says, of those that were final by the day and nobody appeals against."""
    rows = counting_decisions(on=day).filter(enrolment__in=enrolments).order_by("attempt")
    found: dict[UUID, dict[UUID, str]] = {}
    for each in rows.only("enrolment_id", "unit_id", "result"):
        _note(found, each)
    return found


def _note(found: dict[UUID, dict[UUID, str]], decision: Decision) -> None:
    found.setdefault(decision.enrolment_id, {})[decision.unit_id] = decision.result


def _rated(entrants: list[Entrant], learners: Learners, day: date, is_yes: Callable[[Entrant], bool]) -> Gathered:
    rows = []
    for each in entrants:
        roles = (Role.DENOMINATOR, Role.NUMERATOR) if is_yes(each) else (Role.DENOMINATOR,)
        codes = learners.codes(each.enrolment, day)
        subject = learners.subject(each.enrolment)
        rows.append(EvidenceRow("enrolment", str(each.enrolment), subject, role=role_of(*roles), codes=codes))
    return Gathered(rows)


DEFINITIONS = (
    Definition(
        code="training.completion_rate", version=1, title=_("Completion rate"),
        counted=_(
            "Of the distinct persons who attended at least once: those who had completed by the day, here or in the cohort of the alliance to "
            "which they were moved. Who came by being moved belongs to the first cohort; who never started is left out."
        ),
        unit=Unit.PERCENT, additivity=Additivity.RATE, time=Time.ON_DAY, form=Form.RATE, rule=Rule.RATE, collect=_completion,
        dimensions=DIMENSIONS, keys=KEYS, persons=True, kinds=ParticipantKind, wrong_way=_("Counting transfers as dropouts."),
        follows=OWN_CHOICE,
    ),
    Definition(
        code="training.exits", version=1, title=_("How learners left"),
        counted=_(
            "The distinct persons who attended at least once, by what had become of their place on the day: completed, moved inside the alliance, "
            "transferred outside, withdrew, suspended, still attending. The parts are the whole."
        ),
        unit=Unit.PERSONS, additivity=Additivity.DISTINCT, time=Time.ON_DAY, form=Form.PERSONS, rule=Rule.COUNT_SUBJECTS,
        collect=_exits, dimensions=(EXIT, *DIMENSIONS), keys=KEYS, persons=True, kinds=ParticipantKind,
        wrong_way=_("One number of dropouts."), follows=OWN_CHOICE,
    ),
    Definition(
        code="assessment.take_up", version=1, title=_("Assessed after completing"),
        counted=_(
            "Of the distinct persons who had completed by the day: those with at least one decision that was final by then and not overturned."
        ),
        unit=Unit.PERCENT, additivity=Additivity.RATE, time=Time.ON_DAY, form=Form.RATE, rule=Rule.RATE, collect=_take_up,
        dimensions=DIMENSIONS, keys=KEYS, persons=True, kinds=ParticipantKind,
        wrong_way=_("Counting in the numerator who came for the assessment alone."),
        follows=_("Practice of TESDA; the formula is our own choice."),
    ),
    Definition(
        code="assessment.certified_share", version=1, title=_("Certified of those assessed"),
        counted=_(
            "Of the distinct persons with a final decision by the day: those who are competent in all required units by the latest final decision "
            "of each, with a credential that was issued and stands. A decision against which somebody appeals does not count."
        ),
        unit=Unit.PERCENT, additivity=Additivity.RATE, time=Time.ON_DAY, form=Form.RATE, rule=Rule.RATE, collect=_certified,
        dimensions=DIMENSIONS, keys=KEYS, persons=True, kinds=ParticipantKind,
        wrong_way=_("Calling certified against a target a rate; counting decisions that are appealed against."),
        follows=_("Practice of TESDA; the formula is our own choice."),
    ),
)  # fmt: skip
