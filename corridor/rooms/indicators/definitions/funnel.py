"""How many came how far, from the application to the award: each stage is a part of the one before."""

from collections.abc import Mapping
from itertools import batched
from uuid import UUID

from django.db import models
from django.utils.translation import gettext_lazy as _

from corridor.kernel.evidence import UNKNOWN, EvidenceRow
from corridor.kernel.quantities import Additivity, Unit
from corridor.kernel.recompute import Rule
from corridor.rooms.training.lifecycle import EnrolmentStatus
from corridor.rooms.training.models import Enrolment, EnrolmentChange, ParticipantKind

from ..scopes import Scope
from .definition import Definition, Form, Gathered, Time, When
from .entrants import EXIT, Entrant, attended_by, awarded_by, decided_by, with_states
from .learners import AT_ONCE, DIMENSIONS, KEYS, Learners, narrowed

STAGE, REASON = "stage", "exit_reason"
NOT_LEFT = "none"
_S = EnrolmentStatus
# Who reached a later state passed the earlier ones, whatever was written down.
_STATES = (_S.APPLIED, _S.SELECTED, _S.ENROLLED, _S.ATTENDING, _S.COMPLETED)
_LEFT = frozenset({_S.WITHDREW.value, _S.NEVER_STARTED.value})


class Stage(models.TextChoices):
    """In the order of the way; the first three are said by the records of the place, the others by what stands behind it."""

    APPLIED = "applied", _("Applied")
    SELECTED = "selected", _("Selected")
    ENROLLED = "enrolled", _("Enrolled")
    ATTENDED = "attended", _("Attended")
    COMPLETED = "completed", _("Completed")
    ASSESSED = "assessed", _("Assessed")
    CERTIFIED = "certified", _("Certified")


def _stages(scope: Scope, when: When) -> Gathered:
    firsts = narrowed(scope, Enrolment.objects.filter(moved_from__isnull=True))
    reasons = dict(firsts.order_by().values_list("pk", "exit_reason"))
    ranks = _ranks(reasons, when)
    found = with_states(ranks, when.day)
    places = [place for each in found for place in each.places]
    attended, decided = attended_by(places, when.day), decided_by(places, when.day).keys()
    awarded = awarded_by(places, when.day)
    learners = Learners.of(ranks)
    rows, beside = [], []
    for each in found:
        codes = learners.codes(each.enrolment, when.day) | _exit_codes(each, reasons[each.enrolment])
        subject = learners.subject(each.enrolment)
        passed = [
            Stage.APPLIED, Stage.SELECTED, Stage.ENROLLED,
        ][: min(ranks[each.enrolment], 2) + 1]  # fmt: skip
        # Each later stage with whether its evidence is there; the way ends at the first that is not reached.
        later = (
            (Stage.ATTENDED, len(passed) == 3 and not attended.isdisjoint(each.places)),
            (Stage.COMPLETED, each.state_at_last == _S.COMPLETED),
            (Stage.ASSESSED, not decided.isdisjoint(each.places)),
            (Stage.CERTIFIED, not awarded.isdisjoint(each.places)),
        )
        is_on_the_way = True
        for stage, is_there in later:
            is_on_the_way = is_on_the_way and is_there
            if is_on_the_way:
                passed.append(stage)
            elif is_there:
                beside.append(
                    EvidenceRow("enrolment", str(each.enrolment), subject, codes=codes | {STAGE: stage.value})
                )
        rows += [
            EvidenceRow("enrolment", str(each.enrolment), subject, codes=codes | {STAGE: stage.value})
            for stage in passed
        ]
    return Gathered(rows, beside)


def _ranks(keys: Mapping[UUID, str], when: When) -> dict[UUID, int]:
    """How far each place had come by the day, by its states; places of which nothing was written by then are not there yet."""
    ranks: dict[UUID, int] = {}
    states = {state.value: rank for rank, state in enumerate(_STATES)}
    for some in batched(keys, AT_ONCE):
        changes = EnrolmentChange.objects.filter(enrolment__in=some, effective_on__lte=when.day)
        for key, state in changes.order_by().values_list("enrolment_id", "to_status"):
            ranks[key] = max(ranks.get(key, 0), states.get(state, 0))
    return ranks


def _exit_codes(each: Entrant, reason: str) -> dict[str, str]:
    has_left = each.state in _LEFT
    return {EXIT: each.exit, REASON: (reason or UNKNOWN) if has_left else NOT_LEFT}


DEFINITIONS = (
    Definition(
        code="training.funnel", version=1, title=_("From the application to the award"),
        counted=_(
            "Distinct persons of the same cohorts at each stage that they had reached by the day: applied, selected, enrolled, attended (a signed "
            "attendance), completed, assessed (a final decision), certified (an award that stands). Each stage is a part of the one before. Who was "
            "moved inside the alliance goes on in the first cohort."
        ),
        unit=Unit.PERSONS, additivity=Additivity.DISTINCT, time=Time.ON_DAY, form=Form.PERSONS, rule=Rule.COUNT_SUBJECTS,
        collect=_stages, dimensions=(STAGE, EXIT, REASON, *DIMENSIONS), keys=(*KEYS, STAGE), persons=True, kinds=ParticipantKind,
        left_out=_("Completed, assessed or certified without the stage before: prior learning, or who came for the assessment alone"),
        wrong_way=_("Stages of different cohorts, or against different targets."), follows=_("Our own choice."),
    ),
)  # fmt: skip
