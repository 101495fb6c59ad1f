"""What the conferences' room holds about the human being behind an address: registrations as a delegate, told and emptied."""

from collections.abc import Collection
from datetime import datetime
from functools import reduce
from operator import or_

from django.db.models import Q, QuerySet

from corridor.foundations.access import Actor, Permission
from corridor.kernel.personal_data import OnErasure, PersonalPart
from corridor.kernel.wording import N_

from .actions.forgetting import empty_delegates
from .lifecycle import DelegateStatus
from .models import Delegate


def personal_data(addresses: Collection[str]) -> list[PersonalPart]:
    """One statement."""
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
        )
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
