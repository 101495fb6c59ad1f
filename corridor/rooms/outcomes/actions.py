"""Every way a follow-up wave can change: planned, opened on the people it will ask, answered, closed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from django.db import transaction

from corridor.foundations.access import Actor, Permission
from corridor.foundations.audit import log
from corridor.foundations.lifecycles.moving import move
from corridor.kernel.errors import BadInput, Problem
from corridor.kernel.periods import ONE_DAY, add_months
from corridor.kernel.wording import N_
from corridor.rooms.training.lifecycle import EnrolmentStatus
from corridor.rooms.training.models import Cohort, Enrolment

from .asking import FollowUpReport, require_purpose, unagreed
from .lifecycle import WaveStatus
from .models import Answer, AnswerSource, FollowUp, Wave, WaveCohort
from .refusals import NobodyToAsk, NotLongEnoughAgo, WaveIsClosed, WaveIsNotOpen


@dataclass(frozen=True, kw_only=True)
class WavePlan:
    """A wave to plan: everybody who completed one of the cohorts is asked, that many months after the cohort's last day."""

    reference: str
    months: int
    opens_on: date
    closes_on: date
    cohorts: Sequence[Cohort] = field(default_factory=tuple)


@transaction.atomic
def plan_waves(*, plans: Sequence[WavePlan], by: Actor) -> list[Wave]:
    """
    Plan waves, all or none.

    :raises NobodyToAsk: if a wave has no cohort.
    :raises NotLongEnoughAgo: if a cohort's last day is not those months back when the wave closes.
    :raises BadInput: for a reference in use, or days that run backwards.
    """
    by.require(Permission.WAVE_PLAN)
    taken = set(
        Wave.objects.filter(reference__in=[plan.reference for plan in plans]).values_list("reference", flat=True)
    )
    for plan in plans:
        _require_sense(plan, taken)
        taken.add(plan.reference)
    waves = Wave.objects.bulk_create(
        [
            Wave(
                reference=plan.reference, months=plan.months, opens_on=plan.opens_on, closes_on=plan.closes_on,
                status=WaveStatus.PLANNED,
            )
            for plan in plans
        ],
        batch_size=500,
    )  # fmt: skip
    WaveCohort.objects.bulk_create(
        [
            WaveCohort(wave=wave, cohort=cohort)
            for wave, plan in zip(waves, plans, strict=True)
            for cohort in plan.cohorts
        ],
        batch_size=500,
    )
    log.record_each("outcomes.wave_planned", by=by, subjects=waves)
    return waves


@transaction.atomic
def open_wave(*, wave: Wave, on: date, by: Actor) -> Wave:
    """
    Open a wave. Who is to be asked is settled now: everybody who has completed one of its cohorts. Who does not agree stays in it and is not asked.

    :raises NobodyMayBeAsked: while the purpose is not written down.
    """
    by.require(Permission.WAVE_PLAN)
    wave = Wave.objects.select_for_update().get(pk=wave.pk)
    require_purpose(wave, on=on)
    move(wave, to=WaveStatus.OPEN, on=on, by=by)
    cohorts = WaveCohort.objects.filter(wave=wave).values("cohort")
    graduates = Enrolment.objects.filter(cohort__in=cohorts, status=EnrolmentStatus.COMPLETED)
    rows = FollowUp.objects.bulk_create(
        [FollowUp(wave=wave, enrolment_id=key) for key in graduates.order_by("pk").values_list("pk", flat=True)],
        batch_size=500,
    )
    log.record("outcomes.wave_opened", by=by, subject=wave, count=len(rows))
    return wave


@transaction.atomic
def record_follow_ups(*, wave: Wave, reports: Sequence[FollowUpReport], by: Actor) -> int:
    """
    Write down attempts, contacts and answers; what is said of a graduate replaces what was known before. Return how many.

    :raises WaveIsNotOpen, WaveIsClosed:
    :raises BadInput: for somebody the wave does not ask, or who did not agree on a day on which they were asked, reached or spoken of; for an answer
        without a source, days outside the wave or out of order.
    """
    by.require(Permission.OUTCOME_RECORD)
    wave = Wave.objects.select_for_update().get(pk=wave.pk)
    _require_open(wave)
    known = {each.enrolment_id: each for each in FollowUp.objects.filter(wave=wave)}
    problems = [problem for report in reports for problem in _problems_of(report, wave, known)]
    problems += unagreed(reports, by=by)
    if problems:
        raise BadInput(problems)
    rows = []
    for report in reports:
        row = known[report.enrolment.pk]
        row.attempts, row.asked_on, row.reached_on = report.attempts, report.asked_on, report.reached_on
        row.answered_on, row.source = report.answered_on, report.source or ""
        row.working, row.relevant, row.occupation_code = report.working, report.relevant, report.occupation_code
        rows.append(row)
    said = ["attempts", "asked_on", "reached_on", "answered_on", "source", "working", "relevant", "occupation_code"]
    FollowUp.objects.bulk_update(rows, said, batch_size=200)
    log.record("outcomes.follow_ups_recorded", by=by, subject=wave, count=len(rows))
    return len(rows)


@transaction.atomic
def close_wave(*, wave: Wave, on: date, by: Actor) -> Wave:
    """Close a wave: whoever has not answered stays unknown."""
    by.require(Permission.WAVE_PLAN)
    wave = Wave.objects.select_for_update().get(pk=wave.pk)
    move(wave, to=WaveStatus.CLOSED, on=on, by=by)
    log.record("outcomes.wave_closed", by=by, subject=wave)
    return wave


def _require_sense(plan: WavePlan, taken: set[str]) -> None:
    if plan.reference in taken:
        raise BadInput(
            [Problem(N_("There is already a wave %(reference)s."), {"reference": plan.reference}, column="reference")]
        )
    if plan.closes_on < plan.opens_on:
        raise BadInput([Problem(N_("A wave closes on or after the day it opens."), column="closes_on")])
    if not plan.cohorts:
        raise NobodyToAsk(N_("Wave %(wave)s names no cohort, so it would ask nobody."), wave=plan.reference)
    for cohort in plan.cohorts:
        due_on = add_months(cohort.ends_before - ONE_DAY, plan.months)
        if due_on > plan.closes_on:
            raise NotLongEnoughAgo(
                N_("%(cohort)s can be asked after %(months)s months from %(day)s on; wave %(wave)s closes before."),
                cohort=cohort.reference, months=plan.months, day=due_on, wave=plan.reference,
            )  # fmt: skip


def _require_open(wave: Wave) -> None:
    if wave.status == WaveStatus.CLOSED:
        raise WaveIsClosed(N_("Wave %(wave)s is closed; no answer is taken in after closing."), wave=wave.reference)
    if wave.status != WaveStatus.OPEN:
        raise WaveIsNotOpen(N_("Wave %(wave)s is not open yet."), wave=wave.reference)


def _problems_of(report: FollowUpReport, wave: Wave, known: Mapping[UUID, FollowUp]) -> list[Problem]:
    learner: dict[str, object] = {"learner": str(report.enrolment), "wave": wave.reference}
    if report.enrolment.pk not in known:
        return [
            Problem(N_("Wave %(wave)s does not ask %(learner)s: they did not complete one of its cohorts."), learner)
        ]
    problems = []
    days = {"asked_on": report.asked_on, "reached_on": report.reached_on, "answered_on": report.answered_on}
    for column, day in days.items():
        if day is not None and not wave.opens_on <= day <= wave.closes_on:
            problems.append(Problem(N_("%(day)s is outside the wave."), {"day": day}, column=column))
    if (report.attempts > 0) != (report.asked_on is not None):
        problems.append(Problem(N_("Whoever was tried has a day of asking, and nobody else."), column="asked_on"))
    if report.reached_on is not None and report.asked_on is None:
        problems.append(Problem(N_("Nobody is reached without being asked."), column="reached_on"))
    has_answer = report.working != Answer.UNKNOWN or report.relevant != Answer.UNKNOWN
    if has_answer and report.answered_on is None:
        problems.append(Problem(N_("An answer has a day."), column="answered_on"))
    if report.answered_on is not None and report.source is None:
        problems.append(Problem(N_("An answer has a source."), column="source"))
    if report.source == AnswerSource.SELF and report.answered_on is not None and report.reached_on is None:
        problems.append(Problem(N_("Who answers in person was reached."), column="reached_on"))
    return problems
