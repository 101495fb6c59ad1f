"""Who completed, as persons and as completions."""

from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from corridor.kernel.evidence import EvidenceRow
from corridor.kernel.periods import Period
from corridor.kernel.quantities import Additivity, Unit
from corridor.kernel.recompute import Rule
from corridor.rooms.assessment.lifecycle import DecisionStatus
from corridor.rooms.assessment.models import Decision
from corridor.rooms.training.counting import counted_attendance
from corridor.rooms.training.lifecycle import EnrolmentStatus
from corridor.rooms.training.models import EnrolmentChange, ParticipantKind

from ..reading_once import shared
from ..scopes import Scope
from .definition import Definition, Form, Gathered, Time, When
from .learners import CLAIMANTS, DIMENSIONS, KEYS, PATHS, Learners


def entered_in(period: Period) -> Q:
    """Days inside the period, of a change's ``effective_on``."""
    inside = Q(effective_on__gte=period.starts_on)
    return inside if period.ends_before is None else inside & Q(effective_on__lt=period.ends_before)


@shared
def completed(scope: Scope, when: When) -> Gathered:
    """Enrolments that were completed in the period: with evidence, and beside them those without."""
    entered = EnrolmentChange.objects.filter(
        entered_in(when.period), to_status=EnrolmentStatus.COMPLETED, enrolment__status=EnrolmentStatus.COMPLETED
    )
    changes = scope.narrow(entered, {key: f"enrolment__{path}" for key, path in PATHS.items()}).annotate(
        is_attended=Exists(counted_attendance().filter(enrolment=OuterRef("enrolment_id")))
    )
    # Two sets, not two conditions on each row: a room's index by state would be searched once for every enrolment.
    decided = Decision.objects.filter(status=DecisionStatus.FINAL, enrolment__status=EnrolmentStatus.COMPLETED)
    backed = set(decided.order_by().values_list("enrolment_id", flat=True).distinct())
    days: dict[UUID, date] = {}
    found: Any = changes.order_by("-effective_on").values_list("enrolment_id", "effective_on", "is_attended")
    for enrolment, day, is_attended in found.iterator(chunk_size=2_000):
        days[enrolment] = day
        if is_attended:
            backed.add(enrolment)
    learners = Learners.of(days)
    rows, left_out = [], []
    for enrolment, day in sorted(days.items()):
        row = EvidenceRow(
            "enrolment", str(enrolment), learners.subject(enrolment), codes=learners.codes(enrolment, day)
        )
        (rows if enrolment in backed else left_out).append(row)
    return Gathered(rows, left_out, {str(enrolment): day for enrolment, day in days.items()})


_EVIDENCE = _("Completed without a signed attendance or a final decision")

DEFINITIONS = (
    Definition(
        code="training.persons_completed",
        version=1,
        title=_("Persons who completed"),
        counted=_(
            "Distinct persons with at least one enrolment that was completed in the period and is backed by a signed attendance "
            "(present or late in a locked session) or a final decision. Each person counts once, after merges."
        ),
        unit=Unit.PERSONS,
        additivity=Additivity.DISTINCT,
        time=Time.PERIOD,
        form=Form.PERSONS,
        rule=Rule.COUNT_SUBJECTS,
        collect=completed,
        dimensions=DIMENSIONS,
        keys=KEYS,
        claimants=CLAIMANTS,
        persons=True,
        kinds=ParticipantKind,
        left_out=_EVIDENCE,
        wrong_way=_("Adding sites, kinds or periods."),
        follows=_("Our own choice."),
    ),
    Definition(
        code="training.completions",
        version=1,
        title=_("Completions"),
        counted=_(
            "Enrolments that were completed in the period and are backed by a signed attendance or a final decision. One person "
            "may complete twice."
        ),
        unit=Unit.COMPLETIONS,
        additivity=Additivity.ADDS,
        time=Time.PERIOD,
        form=Form.VOLUME,
        rule=Rule.COUNT_RECORDS,
        collect=completed,
        dimensions=DIMENSIONS,
        keys=KEYS,
        persons=True,
        kinds=ParticipantKind,
        left_out=_EVIDENCE,
        wrong_way=_("Calling them people."),
        follows=_("Our own choice."),
    ),
)
