"""
What the members' room holds about the human being behind accounts and addresses: seats, who stood in, applications judged and applications filled in.

It stands before the people's room and knows no persons: journeys/tell_my_data.py brings the accounts and the addresses of one.
"""

from collections.abc import Collection
from functools import reduce
from operator import or_
from uuid import UUID

from django.db.models import Q, QuerySet

from corridor.foundations.access import Actor, Permission
from corridor.foundations.audit import log
from corridor.kernel.personal_data import OnErasure, PersonalPart
from corridor.kernel.wording import N_

from .lifecycle import ApplicationStatus
from .models import Application, Letter, Reviewer, Seat, Substitute

_FOR_GOOD = N_(
    "For good: who spoke for a member is part of its record. After an erasure the account has no name any more."
)
_NO_NAME = N_("Members must know that somebody spoke for them; the account behind it has no name any more.")


def personal_data(accounts: Collection[UUID], addresses: Collection[str]) -> list[PersonalPart]:
    """Four statements."""
    seats = Seat.objects.filter(user__in=accounts).select_related("organisation").order_by("held_from", "pk")
    stood_in = Substitute.objects.filter(user__in=accounts).select_related("seat__organisation")
    judged = Reviewer.objects.filter(user__in=accounts).select_related("application").order_by("pk")
    return [
        PersonalPart(
            "seats", N_("Seats"), ("members.Seat", "members.Substitute"), Permission.SEAT_VIEW,
            N_("To know who speaks for whom, from when and until when."), _FOR_GOOD, OnErasure.STAYS, _NO_NAME,
            {"way": N_("Way"), "role": N_("Role"), "member": N_("Member"), "from": N_("From"), "before": N_("Before")},
            [
                *(_held("own", seat, seat.held_from, seat.held_before) for seat in seats),
                *(_held("for_another", each.seat, each.starts_on, each.ends_before) for each in stood_in),
            ],
            {"way": {"own": N_("Own seat"), "for_another": N_("In the place of somebody else")}},
        ),
        PersonalPart(
            "reviews", N_("Applications that you were asked to judge"), ("members.Reviewer",), Permission.APPLICATION_VIEW,
            N_("To show that an application was judged, and by whom."), _FOR_GOOD, OnErasure.STAYS,
            N_("The applicant must be able to see that it was judged; the account behind it has no name any more."),
            {"application": N_("Application")},
            [{"application": each.application.reference} for each in judged],
        ),
        PersonalPart(
            "applications", N_("Applications with your address"), ("members.Application", "members.Letter"),
            Permission.APPLICATION_VIEW, N_("To write to whoever fills an application in."),
            N_("As long as the application is kept; name and address go with an erasure."), OnErasure.EMPTIED,
            N_("The application is that of an organisation and stays; your name, your address and the letters to you go."),
            {
                "reference": N_("Reference"), "name": N_("Name"), "address": N_("Address"), "started_at": N_("Begun at"),
                "status": N_("State"),
            },
            [
                {
                    "reference": each.reference, "name": each.contact_name, "address": each.contact_email,
                    "started_at": each.started_at.isoformat(timespec="minutes"), "status": each.status,
                }
                for each in _filled_in(addresses).order_by("started_at", "pk")
            ],
            {"status": dict(ApplicationStatus.choices)},
        ),
    ]  # fmt: skip


def forget(*, addresses: Collection[str], by: Actor) -> int:
    """Make the contact of the applications with these addresses empty, and the letters to it. Return how many there were."""
    by.require(Permission.PERSON_ERASE)
    held = list(_filled_in(addresses).select_for_update(of=("self",)))
    keys = [each.pk for each in held]
    Letter.objects.filter(application__in=keys).update(body="")
    Application.objects.filter(pk__in=keys).update(contact_name="", contact_email="")
    log.record_each("members.application_contact_emptied", by=by, subjects=held)
    return len(held)


def _filled_in(addresses: Collection[str]) -> QuerySet[Application]:
    if not addresses:
        return Application.objects.none()
    return Application.objects.filter(reduce(or_, (Q(contact_email__iexact=each) for each in addresses)))


def _held(way: str, seat: Seat, starts_on: object, ends_before: object) -> dict[str, str | int | None]:
    return {
        "way": way,
        "role": seat.role,
        "member": seat.organisation.reference if seat.organisation else None,
        "from": str(starts_on),
        "before": str(ends_before) if ends_before else None,
    }
