"""A place became free: the first on the waiting list is offered it."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from corridor.foundations.access import Actor
from corridor.foundations.audit import log
from corridor.foundations.lifecycles.moving import move_all
from corridor.foundations.notices.events import Event
from corridor.foundations.notices.telling import tell

from .capacity import BEFORE_TEACHING, free_in
from .lifecycle import EnrolmentStatus
from .models import Cohort, Enrolment

# So long an offer that nobody gave another day stands.
OFFER_STANDS = timedelta(days=7)


def move_up(cohorts: Iterable[Cohort], *, on: date, at: datetime | None, by: Actor) -> list[Enrolment]:
    """
    Offer what is free in these cohorts to the first who wait, while teaching has not begun. The caller holds the cohorts and an open
    transaction. Without ``at`` nobody is told.
    """
    offered = []
    for cohort in cohorts:
        free = free_in(cohort)
        if free and cohort.status in BEFORE_TEACHING:
            first = Enrolment.objects.select_for_update(of=("self",)).filter(cohort=cohort, waiting__isnull=False)
            offered += write_offers(
                list(first.order_by("waiting")[:free]), until=on + OFFER_STANDS, on=on, at=at, by=by
            )
    return offered


def write_offers(
    enrolments: list[Enrolment], *, until: date, on: date, at: datetime | None, by: Actor
) -> list[Enrolment]:
    """Select these, take them off the waiting list, and tell them until when. The caller holds them, their cohorts and a transaction."""
    if not enrolments:
        return []
    Enrolment.objects.filter(pk__in=[each.pk for each in enrolments]).update(waiting=None, offer_until=until)
    for each in enrolments:
        each.waiting, each.offer_until = None, until
    move_all(enrolments, to=EnrolmentStatus.SELECTED, on=on, by=by)
    log.record_each("training.place_offered", by=by, subjects=enrolments)
    if at is None:
        return enrolments
    keys = [each.pk for each in enrolments]
    rows = Enrolment.objects.filter(pk__in=keys, person__user__isnull=False).select_related("cohort", "person")
    for each in rows:
        assert each.person.user_id is not None  # only such rows were asked for
        tell(
            Event.PLACE_OFFERED, to=[each.person.user_id], about=each.cohort.reference, link="/learn/", at=at, by=by,
            places={"day": until.isoformat()},
        )  # fmt: skip
    return enrolments
