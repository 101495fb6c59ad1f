"""How learners leave a cohort, and how far those who did are assessed and certified."""

from collections.abc import Callable
from datetime import date
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from corridor.kernel.evidence import EvidenceRow, Role, role_of
from corridor.kernel.quantities import Additivity, Unit
from corridor.kernel.recompute import Rule
from corridor.rooms.assessment.models import Result
from corridor.rooms.credentials.models import CredentialKind
from corridor.rooms.curricula.models import Unit as TaughtUnit
from corridor.rooms.training.lifecycle import EnrolmentStatus
from corridor.rooms.training.models import Enrolment, ParticipantKind

from ..scopes import Scope
from .definition import Definition, Form, Gathered, Time, When
from .entrants import EXIT, Entrant, awarded_by, certified_by, decided_by, entrants
from .learners import DIMENSIONS, KEYS, Learners

OWN_CHOICE = _("Our own choice.")
OF_UNITS = (CredentialKind.STATEMENT, CredentialKind.UNIT, CredentialKind.MODULE)


def _completion(scope: Scope, when: When) -> Gathered:
    found, learners = entrants(scope, when)
    return _rated(found, learners, when.day, lambda each: each.state_at_last == EnrolmentStatus.COMPLETED)


def _exits(scope: Scope, when: When) -> Gathered:
    found, learners = entrants(scope, when)
    return Gathered(
        [
            EvidenceRow(
                "enrolment", str(each.enrolment), learners.subject(each.enrolment),
                codes=learners.codes(each.enrolment, when.day) | {EXIT: each.exit},
            )
            for each in found
        ]
    )  # fmt: skip


def _attained(scope: Scope, when: When) -> Gathered:
    """Of those who attended: those who hold the award by then, from here or from where they were moved."""
    found, learners = entrants(scope, when)
    awarded = awarded_by([place for each in found for place in each.places], when.day)
    return _rated(found, learners, when.day, lambda each: not awarded.isdisjoint(each.places))


def _take_up(scope: Scope, when: When) -> Gathered:
    """Of those who completed: those about whom something was finally decided."""
    found, learners = entrants(scope, when)
    completed = [each for each in found if each.state == EnrolmentStatus.COMPLETED]
    decided = decided_by([each.enrolment for each in completed], when.day)
    return _rated(completed, learners, when.day, lambda each: each.enrolment in decided)


def _certified(scope: Scope, when: When) -> Gathered:
    """Of those about whom something was finally decided: those competent in every required unit, with an award that stands."""
    found, learners = entrants(scope, when)
    final = decided_by([each.enrolment for each in found], when.day)
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
    awarded = awarded_by([each.enrolment for each in assessed], when.day)

    def is_certified(each: Entrant) -> bool:
        wanted = required.get(versions[each.enrolment], set())
        competent = {unit for unit, result in final[each.enrolment].items() if result == Result.COMPETENT}
        return bool(wanted) and wanted <= competent and each.enrolment in awarded

    return _rated(assessed, learners, when.day, is_certified)


def _units_certified(scope: Scope, when: When) -> Gathered:
    """Of those about whom something was finally decided: those with papers about single units that stand, and without the award."""
    found, learners = entrants(scope, when)
    final = decided_by([each.enrolment for each in found], when.day)
    assessed = [each for each in found if each.enrolment in final]
    places = [each.enrolment for each in assessed]
    single = certified_by(places, when.day, kinds=OF_UNITS) - awarded_by(places, when.day)
    return _rated(assessed, learners, when.day, lambda each: each.enrolment in single)


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
        code="assessment.certified_share", version=2, title=_("Certified of those assessed"),
        counted=_(
            "Of the distinct persons with a final decision by the day: those who are competent in all required units by the latest final decision "
            "of each, with an award that was issued and stands on it. A decision against which somebody appeals does not count; who holds papers "
            "about single units alone is counted apart."
        ),
        unit=Unit.PERCENT, additivity=Additivity.RATE, time=Time.ON_DAY, form=Form.RATE, rule=Rule.RATE, collect=_certified,
        dimensions=DIMENSIONS, keys=KEYS, persons=True, kinds=ParticipantKind,
        wrong_way=_("Calling certified against a target a rate; counting decisions that are appealed against."),
        follows=_("Practice of TESDA; the formula is our own choice."),
    ),
    Definition(
        code="assessment.units_certified_share", version=1, title=_("Certified in single units of those assessed"),
        counted=_(
            "Of the distinct persons with a final decision by the day: those who hold a paper about single units, a module or a statement of units, "
            "that was issued and stands on it, and no award. A decision against which somebody appeals does not count."
        ),
        unit=Unit.PERCENT, additivity=Additivity.RATE, time=Time.ON_DAY, form=Form.RATE, rule=Rule.RATE, collect=_units_certified,
        dimensions=DIMENSIONS, keys=KEYS, persons=True, kinds=ParticipantKind,
        wrong_way=_("Adding it to the share of whole awards."),
        follows=_("Practice of TESDA; the formula is our own choice."),
    ),
    Definition(
        code="credentials.attainment_rate", version=1, title=_("Attained the award"),
        counted=_(
            "Of the distinct persons who attended at least once: those for whom by the day an award was issued that stands, here or in the cohort of "
            "the alliance to which they were moved. Statements of single units are no award. Who came by being moved belongs to the first cohort."
        ),
        unit=Unit.PERCENT, additivity=Additivity.RATE, time=Time.ON_DAY, form=Form.RATE, rule=Rule.RATE, collect=_attained,
        dimensions=DIMENSIONS, keys=KEYS, persons=True, kinds=ParticipantKind, wrong_way=_("Dividing by those who completed."),
        follows=_("EQAVET 4"),
    ),
)  # fmt: skip
