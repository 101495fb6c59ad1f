"""Contributions to a conference: for who judges them all, and for the member its own."""

from datetime import date
from typing import Any

from django.db.models import Avg, Count, Prefetch, QuerySet

from corridor.foundations.access import Actor, Permission
from corridor.kernel.errors import NotFound
from corridor.kernel.wording import N_

from ..lifecycle import ContributionStatus
from ..models import Conference, Contribution, ContributionCall, ContributionChange


def call_of(*, conference: Conference, on: date, by: Actor) -> tuple[ContributionCall | None, bool]:  # noqa: ARG001 (public)
    """The days of the call, and whether one may send in on that day."""
    found = ContributionCall.objects.filter(conference=conference).first()
    return found, found is not None and found.opens_on <= on < found.closes_before


def list_contributions(*, conference: str, by: Actor, state: str = "") -> QuerySet[Any]:
    """Those this actor may see, each with ``score`` (the mean) and ``judged`` (by how many) for who judges; the best first."""
    found: QuerySet[Any] = Contribution.objects.visible_to(by).filter(conference__reference=conference)
    if state:
        found = found.filter(status=state)
    if by.may(Permission.CONTRIBUTION_VIEW):
        found = found.annotate(score=Avg("reviews__score"), judged=Count("reviews")).order_by("-score", "reference")
    else:
        found = found.order_by("reference")
    return found.select_related("member").prefetch_related("member__names", "speakers")


def contributions_to_place(*, conference: Conference, by: Actor) -> QuerySet[Contribution]:
    """Those that are accepted and have no place on the agenda yet, for who puts it together; with speakers and member's names."""
    by.require(Permission.CONFERENCE_PLAN)
    found = Contribution.objects.filter(
        conference=conference, status=ContributionStatus.ACCEPTED, item__isnull=True
    ).select_related("member")
    return found.prefetch_related("speakers", "member__names").order_by("reference")


def get_contribution(*, reference: str, by: Actor) -> Contribution:
    """With speakers, changes and letters. :raises NotFound: if there is none, or none for this actor."""
    changes = Prefetch("changes", ContributionChange.objects.order_by("effective_on", "recorded_at", "pk"))
    found = (
        Contribution.objects.visible_to(by).select_related("conference", "member", "item__hall")
        .prefetch_related("speakers", "letters", "member__names", "conference__titles", changes).filter(reference=reference).first()
    )  # fmt: skip
    if found is None:
        raise NotFound(N_("There is no contribution %(reference)s."), reference=reference)
    return found


def reviews_of(*, contribution: Contribution, by: Actor) -> list[Any]:
    """How it was judged; only for who judges."""
    return list(contribution.reviews.all()) if by.may(Permission.CONTRIBUTION_VIEW) else []
