"""A share of the decisions is looked at again: drawn, judged by a second assessor, settled where the two do not agree."""

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction

from corridor.foundations.access import Actor, Permission
from corridor.foundations.audit import log
from corridor.foundations.lifecycles.moving import move
from corridor.kernel.errors import AccessDenied, BadInput, Problem
from corridor.kernel.wording import N_
from corridor.rooms.curricula.models import Unit
from corridor.rooms.people.merging import same_person_ids
from corridor.rooms.people.models import Person
from corridor.rooms.training.models import Cohort

from ..capability import require_licensed
from ..independence import require_independent, require_unconflicted
from ..lifecycle import DecisionStatus
from ..models import Appointment, Decision, Result, Sample, SamplingPlan, Settling
from ..moderating import drawn_from
from ..refusals import JudgedAlready, NoDisagreement, NotAppointed, NothingToDraw, OwnAssessor
from ..telling import tell_second


@transaction.atomic
def draw_sample(
    *, cohort: Cohort, share: int, least: int, seed: str, on: date, by: Actor, unit: Unit | None = None
) -> SamplingPlan:
    """
    Draw a share of each assessor's decisions in a cohort (in one unit, or all) for a second judgement. The seed is written down, so that
    anybody can draw them again.

    :raises NothingToDraw: if no decision is left that was not drawn.
    """
    by.require(Permission.DECISION_MODERATE, on=cohort)
    problems = []
    if not 1 <= share <= 100:
        problems.append(Problem(N_("Draw 1 to 100 percent."), column="share"))
    if not 0 <= least <= 100:
        problems.append(Problem(N_("Draw at least 0 to 100 of each assessor."), column="least"))
    if not seed.strip():
        problems.append(
            Problem(N_("Give a seed: any word or number. With it the draw can be repeated."), column="seed")
        )
    if problems:
        raise BadInput(problems)
    # Hold the cohort: two draws at once must not draw the same decision.
    Cohort.objects.select_for_update(of=("self",), no_key=True).get(pk=cohort.pk)
    rows = Decision.objects.filter(enrolment__cohort=cohort, sample__isnull=True).exclude(
        status=DecisionStatus.OVERTURNED
    )
    rows = rows.filter(unit=unit) if unit is not None else rows
    drawn = drawn_from(
        list(rows.select_related("enrolment__cohort", "unit")), share=share, least=least, seed=seed.strip()
    )
    if not drawn:
        raise NothingToDraw(N_("Every decision of %(cohort)s was drawn, or there is none."), cohort=cohort.reference)
    plan = SamplingPlan.objects.create(
        cohort=cohort, unit=unit, share=share, least=least, seed=seed.strip(), drawn_on=on, by_label=by.label
    )
    Sample.objects.bulk_create([Sample(plan=plan, decision=each) for each in drawn], batch_size=500)
    log.record("assessment.sample_drawn", by=by, subject=plan, count=len(drawn))
    return plan


@transaction.atomic
def assign_second(*, samples: Sequence[Sample], second: Person, on: date, by: Actor, at: datetime | None = None) -> int:
    """
    Let a second assessor judge these. They are appointed to the cohort, licensed, independent, and somebody else than the first. Without
    ``at`` nobody is told.

    :raises OwnAssessor: for the first assessor. :raises JudgedAlready: if it was judged. :raises NotAppointed, NotLicensed,
        AssessorIsTrainer, ConflictOfInterest:
    """
    held = _hold(samples)
    for each in held:
        by.require(Permission.DECISION_MODERATE, on=each)
        if each.judged_on is not None:
            raise JudgedAlready(N_("%(decision)s was judged a second time already."), decision=str(each.decision))
    _require_second(held, second, on=on)
    Sample.objects.filter(pk__in=[each.pk for each in held]).update(second=second)
    log.record_each("assessment.second_named", by=by, subjects=held)
    if at is not None:
        tell_second(held, second=second.pk, at=at, by=by)
    return len(held)


@transaction.atomic
def judge_sample(*, sample: Sample, result: Result, note: str, on: date, by: Actor) -> Sample:
    """
    The second judgement, in the name of who was named for it, without the first before their eyes.

    :raises AccessDenied: for anybody else. :raises JudgedAlready: a second judgement does not change.
    """
    (held,) = _hold([sample])
    selves = same_person_ids({by.person_id})[by.person_id] if by.person_id else set()
    # Who keeps the whole alliance's records writes down what came on paper.
    is_on_paper = by.holds_everywhere(Permission.DECISION_RECORD)
    if held.second is None or (held.second_id not in selves and not is_on_paper):
        raise AccessDenied(N_("The second judgement is given by who was named for it."))
    by.require(Permission.DECISION_RECORD, on=held)
    if held.judged_on is not None:
        raise JudgedAlready(N_("%(decision)s was judged a second time already."), decision=str(held.decision))
    _require_second([held], held.second, on=on)
    if result == Result.NOT_YET_COMPETENT and not note.strip():
        raise BadInput([Problem(N_("Say what is missing."), column="note")])
    held.result, held.note, held.judged_on = result, note.strip()[:1_000], on
    held.save(update_fields=["result", "note", "judged_on"])
    log.record("assessment.judged_again", by=by, subject=held)
    return held


@transaction.atomic
def settle_sample(*, sample: Sample, settling: Settling, reason: str, on: date, by: Actor) -> Sample:
    """
    Say what follows where two assessors do not agree. Set aside, the decision counts nowhere and the learner is assessed again.

    :raises NoDisagreement: if there is nothing to settle. :raises AccessDenied: for either of the two.
    """
    (held,) = _hold([sample])
    by.require(Permission.DECISION_MODERATE, on=held)
    if held.state != "disagreed":
        raise NoDisagreement(N_("There is nothing to settle about %(decision)s."), decision=str(held.decision))
    if by.person_id is not None and by.person_id in {held.second_id, held.decision.assessor_id}:
        raise AccessDenied(N_("You judged this one. Somebody else settles it."))
    if not reason.strip():
        raise BadInput([Problem(N_("Say why."), column="reason")])
    held.settled, held.settled_on, held.settled_by = settling, on, by.label
    held.reason = reason.strip()[:500]
    held.save(update_fields=["settled", "settled_on", "settled_by", "reason"])
    if settling == Settling.OVERTURNED:
        move(held.decision, to=DecisionStatus.OVERTURNED, on=on, by=by)
    log.record("assessment.sample_settled", by=by, subject=held)
    return held


def _hold(samples: Sequence[Sample]) -> list[Sample]:
    keys = [each.pk for each in samples]
    list(Decision.objects.select_for_update(of=("self",)).filter(sample__in=keys).order_by("pk").values_list("pk"))
    rows = Sample.objects.select_for_update(of=("self",)).select_related(
        "decision__enrolment__cohort__site",
        "decision__unit__version__curriculum",
        "decision__assessor",
        "second",
        "plan",
    )
    return list(rows.filter(pk__in=keys).order_by("pk"))


def _require_second(samples: Sequence[Sample], second: Person, *, on: date) -> None:
    selves = same_person_ids({second.pk})[second.pk]
    for each in samples:
        if each.decision.assessor_id in selves:
            raise OwnAssessor(
                N_("%(assessor)s made decision %(decision)s; somebody else judges a second time."),
                assessor=second.reference, decision=str(each.decision),
            )  # fmt: skip
    cohorts = {each.decision.enrolment.cohort_id: each.decision.enrolment.cohort for each in samples}
    there = set(
        Appointment.objects.filter(cohort__in=cohorts, person=second, appointed_on__lte=on).values_list(
            "cohort_id", flat=True
        )
    )
    for key, cohort in cohorts.items():
        if key not in there:
            raise NotAppointed(
                N_("%(assessor)s is not appointed to assess %(cohort)s."),
                assessor=second.reference, cohort=cohort.reference,
            )  # fmt: skip
    places = [each.decision.enrolment for each in samples]
    require_independent([(second, place) for place in places])
    require_unconflicted([(second, place, on) for place in places])
    require_licensed((each.decision.unit, second, on) for each in samples)
