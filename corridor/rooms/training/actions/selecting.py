"""Choosing among those who applied: what is judged, points, offers, the waiting list, and what the applicants answer."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from corridor.foundations.access import Actor, Permission
from corridor.foundations.audit import log
from corridor.kernel.errors import AccessDenied, BadInput, Problem
from corridor.kernel.wording import N_

from ..capacity import hold_limited, require_enough
from ..lifecycle import EnrolmentStatus
from ..models import Cohort, Enrolment, ExitReason, SelectionCriterion, SelectionScore
from ..moving_up import write_offers
from ..refusals import NothingOffered, OfferRanOut
from .enrolling import EnrolmentStep, take_enrolment_steps

MOST_CRITERIA, MOST_POINTS = 10, 1_000


@dataclass(frozen=True, kw_only=True)
class Criterion:
    """What gives points: at most so many; with fewer than ``least`` nobody is selected."""

    title: str
    most: int
    least: int = 0


@transaction.atomic
def set_criteria(*, cohort: Cohort, criteria: Sequence[Criterion], by: Actor) -> list[SelectionCriterion]:
    """
    What the cohort judges its applicants by, in that order. One that goes takes its points along.

    :raises BadInput: for a title that is empty or stands twice, points that cannot be, or fewer than somebody has already.
    """
    by.require(Permission.LEARNER_ENROL, on=cohort)
    Cohort.objects.select_for_update(of=("self",)).get(pk=cohort.pk)
    standing = {each.title: each for each in SelectionCriterion.objects.filter(cohort=cohort)}
    _refuse_criteria(criteria, standing)
    gone = [each.pk for title, each in standing.items() if title not in {wanted.title for wanted in criteria}]
    SelectionScore.objects.filter(criterion__in=gone).delete()
    SelectionCriterion.objects.filter(pk__in=gone).delete()
    # Out of the way first: a place in the order is there once.
    for place, each in enumerate(SelectionCriterion.objects.filter(cohort=cohort), start=1_000):
        SelectionCriterion.objects.filter(pk=each.pk).update(position=place)
    kept = []
    for position, wanted in enumerate(criteria, start=1):
        row = standing.get(wanted.title) or SelectionCriterion(cohort=cohort, title=wanted.title)
        row.position, row.most, row.least = position, wanted.most, wanted.least
        row.save()
        kept.append(row)
    log.record("training.criteria_set", by=by, subject=cohort, count=len(kept))
    return kept


@transaction.atomic
def record_scores(*, cohort: Cohort, scores: Mapping[tuple[int, str], int | None], at: datetime, by: Actor) -> int:
    """
    Write down points by seat and title of the criterion; None takes what stood away. Return how many are written.

    :raises BadInput: for a seat that has not applied, a criterion that is not there, or more points than there are.
    """
    by.require(Permission.LEARNER_ENROL, on=cohort)
    criteria = {each.title: each for each in SelectionCriterion.objects.filter(cohort=cohort)}
    seats = {each.number: each for each in Enrolment.objects.filter(cohort=cohort)}
    problems = []
    for (number, title), points in scores.items():
        places = {"number": number, "title": title}
        if number not in seats:
            problems.append(Problem(N_("Nobody has seat %(number)s."), places, column="seats"))
        elif title not in criteria:
            problems.append(Problem(N_("“%(title)s” is not judged here."), places, column="seats"))
        elif points is not None and not 0 <= points <= criteria[title].most:
            message = N_("Seat %(number)s: “%(title)s” gives 0 to %(most)s points.")
            problems.append(Problem(message, {**places, "most": criteria[title].most}, column="seats"))
    if problems:
        raise BadInput(problems)
    pairs = {(seats[number].pk, criteria[title].pk): points for (number, title), points in scores.items()}
    held = {(each.enrolment_id, each.criterion_id): each for each in _hold_scores(cohort)}
    gone = [held[pair].pk for pair, points in pairs.items() if points is None and pair in held]
    SelectionScore.objects.filter(pk__in=gone).delete()
    wanted = [
        (pair, points)
        for pair, points in pairs.items()
        if points is not None and (pair not in held or held[pair].points != points)
    ]
    SelectionScore.objects.bulk_create(
        [
            SelectionScore(enrolment_id=enrolment, criterion_id=criterion, points=points, by_label=by.label, scored_at=at)
            for (enrolment, criterion), points in wanted
        ],
        update_conflicts=True, unique_fields=["enrolment", "criterion"], update_fields=["points", "by_label", "scored_at"],
        batch_size=500,
    )  # fmt: skip
    if wanted or gone:
        log.record("training.scores_recorded", by=by, subject=cohort, count=len(wanted) + len(gone))
    return len(wanted)


@transaction.atomic
def offer_places(
    *, enrolments: Collection[Enrolment], until: date, on: date, by: Actor, at: datetime | None = None
) -> list[Enrolment]:
    """
    Offer these applicants a place each, to be taken up by the end of ``until``; they are told ``at`` that instant.

    :raises NoPlaceLeft: if the cohort has fewer. :raises WrongMoment: names the first who is not an applicant any more.
    :raises BadInput: for a last day that has passed.
    """
    held, limited = _hold(enrolments, by=by)
    if until < on:
        raise BadInput([Problem(N_("The last day to take up a place is not in the past."), column="until")])
    offered = write_offers(held, until=until, on=on, at=at, by=by)
    require_enough(limited, {each.cohort_id for each in held})
    return offered


@transaction.atomic
def put_on_waiting_list(*, enrolments: Sequence[Enrolment], by: Actor) -> int:
    """
    These applicants wait, in this order, behind those who wait already; who waits already keeps the place. Return how many are new.

    :raises BadInput: if one is not an applicant any more.
    """
    held, _limited = _hold(enrolments, by=by)
    order = {each.pk: place for place, each in enumerate(enrolments)}
    last: dict[object, int] = {}
    for cohort, waiting in Enrolment.objects.filter(
        cohort__in={each.cohort_id for each in held}, waiting__isnull=False
    ).values_list("cohort_id", "waiting"):
        last[cohort] = max(waiting or 0, last.get(cohort, 0))
    new = sorted((each for each in held if each.waiting is None), key=lambda each: order[each.pk])
    if wrong := [each for each in new if each.status != EnrolmentStatus.APPLIED]:
        message = N_("Seat %(number)s is “%(now)s”; only applicants wait.")
        raise BadInput(
            [
                Problem(message, {"number": each.number, "now": EnrolmentStatus(each.status).label}, column="seats")
                for each in wrong
            ]
        )
    for each in new:
        each.waiting = last[each.cohort_id] = last.get(each.cohort_id, 0) + 1
    Enrolment.objects.bulk_update(new, ["waiting"], batch_size=500)
    log.record_each("training.waiting_listed", by=by, subjects=new)
    return len(new)


@transaction.atomic
def answer_offer(*, enrolment: Enrolment, accepts: bool, on: date, by: Actor, at: datetime | None = None) -> Enrolment:
    """
    The applicant takes up the offered place, or declines it and the first who waits moves up. Whoever gives places may write it down too.

    :raises NothingOffered: if there is no offer. :raises OfferRanOut: after its last day. :raises AccessDenied: for everybody else.
    """
    _require_own(enrolment, by)
    held = Enrolment.objects.select_related("cohort").get(pk=enrolment.pk)
    if held.status != EnrolmentStatus.SELECTED:
        raise NothingOffered(
            N_("There is no offer for seat %(number)s of %(cohort)s to answer."),
            number=held.number, cohort=held.cohort.reference,
        )  # fmt: skip
    if accepts and held.offer_until is not None and held.offer_until < on:
        raise OfferRanOut(
            N_("The place in %(cohort)s could be taken up until the end of %(day)s. Ask the site for another."),
            cohort=held.cohort.reference, day=held.offer_until,
        )  # fmt: skip
    step = (
        EnrolmentStep(enrolment=held, to=EnrolmentStatus.ENROLLED, on=on)
        if accepts
        else EnrolmentStep(enrolment=held, to=EnrolmentStatus.WITHDREW, on=on, exit_reason=ExitReason.DECLINED)
    )
    take_enrolment_steps(steps=[step], at=at, by=by)
    return held


@transaction.atomic
def end_late_offers(*, cohort: Cohort, on: date, by: Actor, at: datetime | None = None) -> int:
    """End the offers whose last day has passed, so that the next move up. Return how many ended."""
    by.require(Permission.LEARNER_ENROL, on=cohort)
    late = Enrolment.objects.filter(cohort=cohort, status=EnrolmentStatus.SELECTED, offer_until__lt=on)
    steps = [
        EnrolmentStep(enrolment=each, to=EnrolmentStatus.WITHDREW, on=on, exit_reason=ExitReason.OFFER_RAN_OUT)
        for each in late.select_related("cohort")
    ]
    return take_enrolment_steps(steps=steps, at=at, by=by)


def _require_own(enrolment: Enrolment, by: Actor) -> None:
    if by.may(Permission.LEARNER_ENROL, on=enrolment.cohort):
        return
    if not by.may(Permission.LEARNER_APPLY, on=enrolment.person):
        raise AccessDenied(N_("An offer is answered by the person to whom it was made."))


def _hold(enrolments: Collection[Enrolment], *, by: Actor) -> tuple[list[Enrolment], list[Cohort]]:
    for cohort in {each.cohort_id: each.cohort for each in enrolments}.values():
        by.require(Permission.LEARNER_ENROL, on=cohort)
    limited = hold_limited({each.cohort_id for each in enrolments})
    rows = Enrolment.objects.select_for_update(of=("self",)).filter(pk__in=[each.pk for each in enrolments])
    return list(rows.select_related("cohort").order_by("pk")), limited


def _hold_scores(cohort: Cohort) -> list[SelectionScore]:
    rows = SelectionScore.objects.select_for_update(of=("self",)).filter(enrolment__cohort=cohort)
    return list(rows.order_by("pk"))


def _refuse_criteria(criteria: Sequence[Criterion], standing: Mapping[str, SelectionCriterion]) -> None:
    problems = []
    if len(criteria) > MOST_CRITERIA:
        problems.append(Problem(N_("At most %(most)s things are judged."), {"most": MOST_CRITERIA}, column="criteria"))
    titles = [each.title for each in criteria]
    for each in criteria:
        places = {"title": each.title, "most": MOST_POINTS}
        if not each.title.strip() or len(each.title) > 80 or titles.count(each.title) > 1:
            problems.append(
                Problem(N_("Each thing that is judged has a short name of its own."), places, column="criteria")
            )
        if not (1 <= each.most <= MOST_POINTS and 0 <= each.least <= each.most):
            message = N_("“%(title)s”: write 1 to %(most)s points, and a least that can be reached.")
            problems.append(Problem(message, places, column="criteria"))
        elif each.title in standing and standing[each.title].scores.filter(points__gt=each.most).exists():
            message = N_("“%(title)s”: somebody has more points than that already.")
            problems.append(Problem(message, places, column="criteria"))
    if problems:
        raise BadInput(problems)
