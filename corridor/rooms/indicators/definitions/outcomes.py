"""What became of graduates: unknown is never no."""

from collections import defaultdict
from typing import Any

from django.utils.translation import gettext_lazy as _

from corridor.foundations.lifecycles.moving import with_status_on
from corridor.kernel.evidence import EvidenceRow, Role, role_of
from corridor.kernel.quantities import Additivity, Unit
from corridor.kernel.recompute import Rule
from corridor.kernel.refusals import NotYetDue
from corridor.kernel.wording import N_
from corridor.rooms.outcomes.lifecycle import WaveStatus
from corridor.rooms.outcomes.models import Answer, AnswerSource, FollowUp, Wave
from corridor.rooms.training.models import ParticipantKind

from ..scopes import Scope
from .definition import Definition, Form, Gathered, Time, When
from .learners import DIMENSIONS, KEYS, PATHS, Learners

SAID = {Answer.YES.value, Answer.NO.value}
NOT_ANSWERED = "none"


def _employed(scope: Scope, when: When) -> Gathered:
    months = int(scope.get("months"))
    waves = with_status_on(Wave.objects.filter(months=months, closes_on__gte=when.period.first_day), when.day)
    states: dict[Any, str] = dict(waves.values_list("pk", "status_then"))
    closed = [key for key, state in states.items() if state == WaveStatus.CLOSED]
    if states and not closed:
        raise NotYetDue(
            N_("No wave at %(months)s months was closed by %(day)s, so there is nothing to count yet."),
            months=months,
            day=when.day,
        )
    asked = FollowUp.objects.filter(wave__in=closed)
    follow_ups = scope.narrow(asked, {key: f"enrolment__{path}" for key, path in PATHS.items()}).order_by("pk")
    found: list[tuple[Any, ...]] = list(
        follow_ups.values_list(
            "pk", "enrolment_id", "attempts", "reached_on", "answered_on", "source", "working", "wave__closes_on"
        )
    )
    learners = Learners.of({enrolment for _key, enrolment, *_steps in found})
    said: dict[str, set[str]] = defaultdict(set)
    for _key, enrolment, *_steps, working, _closes_on in found:
        said[learners.subject(enrolment)] |= {working} & SAID
    rows, left_out = [], []
    for key, enrolment, attempts, reached_on, answered_on, source, working, closes_on in found:
        subject = learners.subject(enrolment)
        # Two answers that contradict each other are none, until somebody named decides.
        contradicts = len(said[subject]) > 1
        answered = answered_on is not None and working in SAID and not contradicts
        roles = [Role.ELIGIBLE, Role.TO_ASK]
        roles += [Role.ASKED] if attempts > 0 else []
        roles += [Role.REACHED] if reached_on is not None else []
        roles += [Role.ANSWERED] if answered else []
        roles += [Role.ANSWERED_SELF] if answered and source == AnswerSource.SELF else []
        roles += [Role.YES] if answered and working == Answer.YES else []
        codes = learners.codes(enrolment, closes_on) | {"answer_source": source if answered else NOT_ANSWERED}
        row = EvidenceRow("follow_up", str(key), subject, role=role_of(*roles), codes=codes)
        rows.append(row)
        if contradicts:
            left_out.append(row)
    return Gathered(rows, left_out)


DEFINITIONS = (
    Definition(
        code="outcomes.employed_any",
        version=1,
        title=_("In any work"),
        counted=_(
            "Of those who completed and were to be asked so many months later: in any paid work or self-employment in the week "
            "asked about. Waves closed by the last day count; whoever did not answer is unknown, never a no."
        ),
        unit=Unit.PERCENT,
        additivity=Additivity.RATE,
        time=Time.PERIOD,
        form=Form.OUTCOME,
        rule=Rule.OUTCOME,
        collect=_employed,
        dimensions=DIMENSIONS,
        keys=(*KEYS, "months"),
        needs=("months",),
        own_keys=("months",),
        persons=True,
        kinds=ParticipantKind,
        left_out=_("Answers that contradict each other"),
        wrong_way=_("Reading “known to work” as “works”."),
        follows=_("EQAVET 5b; the number of months is named."),
    ),
)
