"""What the conferences' room holds about the human being behind accounts and addresses: registrations, and contributions judged."""

from collections.abc import Collection
from datetime import datetime
from functools import reduce
from operator import or_
from uuid import UUID

from django.db.models import Q, QuerySet

from corridor.foundations.access import Actor, Permission
from corridor.kernel.personal_data import OnErasure, PersonalPart
from corridor.kernel.wording import N_

from .actions.forgetting import empty_delegates
from .lifecycle import DelegateStatus
from .models import ContributionReview, Delegate


def personal_data(accounts: Collection[UUID], addresses: Collection[str]) -> list[PersonalPart]:
    """Two statements."""
    rows = _registered(addresses).select_related("conference").order_by("registered_at", "pk")
    return [
        PersonalPart(
            "delegates", N_("Registrations for conferences"),
            (
                "conferences.Delegate", "conferences.DelegateAnswer", "conferences.DelegateChoice", "conferences.VisaLetter",
                "conferences.Scan",
            ),
            Permission.DELEGATE_VIEW, N_("To prepare the conference, for the name card and for letters to you."),
            N_("Until ninety days after the conference; the number of a passport until its last day."), OnErasure.EMPTIED,
            N_("The count of delegates stays; names, address, answers and passport go."),
            {
                "reference": N_("Registration"), "conference": N_("Conference"), "name": N_("Name"), "address": N_("Address"),
                "registered_at": N_("Registered at"), "status": N_("State"),
            },
            [
                {
                    "reference": each.reference, "conference": each.conference.reference, "name": each.name, "address": each.email,
                    "registered_at": each.registered_at.isoformat(timespec="minutes"), "status": each.status,
                }
                for each in rows
            ],
            {"status": dict(DelegateStatus.choices)},
        ),
        PersonalPart(
            "contribution_reviews", N_("Contributions that you judged"), ("conferences.ContributionReview",),
            Permission.CONTRIBUTION_VIEW, N_("To show that a contribution was judged, and by whom."),
            N_("For good: a decision must show that it was judged. After an erasure the account has no name any more."),
            OnErasure.STAYS, N_("The member must be able to trust that it was judged; the account behind it has no name any more."),
            {"contribution": N_("Contribution"), "score": N_("Judgement"), "on": N_("On")},
            [
                {"contribution": each.contribution.reference, "score": each.score, "on": each.reviewed_on.isoformat()}
                for each in ContributionReview.objects.filter(user__in=accounts).select_related("contribution").order_by("pk")
            ],
        ),
    ]  # fmt: skip


def forget(*, addresses: Collection[str], at: datetime, by: Actor) -> int:
    """Empty the registrations with these addresses. Return how many there were."""
    by.require(Permission.PERSON_ERASE)
    found = list(_registered(addresses).select_for_update(of=("self",)))
    empty_delegates(delegates=found, at=at, by=by)
    return len(found)


def _registered(addresses: Collection[str]) -> QuerySet[Delegate]:
    if not addresses:
        return Delegate.objects.none()
    return Delegate.objects.filter(reduce(or_, (Q(email__iexact=each) for each in addresses)))
