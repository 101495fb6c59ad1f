"""Every way the journal is read."""

import json
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from corridor.foundations.access import Actor
from corridor.kernel.errors import NotFound
from corridor.kernel.wording import N_

from .models import Device, Event

MOST_SHOWN = 200


def my_devices(*, by: Actor) -> QuerySet[Device]:
    return Device.objects.filter(user=by.user_id) if by.user_id else Device.objects.none()


def get_my_device(*, key: UUID, by: Actor) -> Device:
    """:raises NotFound: if it is registered for another account, or for none."""
    found = my_devices(by=by).filter(pk=key).first()
    if found is None:
        raise NotFound(N_("You have no such device."))
    return found


def last_of_chain(device: Device, *, oldest: int = 1) -> int:
    """
    The highest number up to which every event of the device is here. A device sends again what comes after: so a house that was restored from an
    older copy is told everything once more. What came before ``oldest`` the device does not have any more, and nobody waits for it.
    """
    last = 0
    for number in (
        Event.objects.filter(device=device).order_by("sequence").values_list("sequence", flat=True).distinct()
    ):
        if number > max(last + 1, oldest):
            break
        last = number
    return last


def payload_of(event: Event) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(event.content)["payload"]
    return found


def events_about(*, subject: UUID) -> QuerySet[Event]:
    """All that devices ever said about one thing, in the order in which it was received."""
    return (
        Event.objects.filter(subject=subject).select_related("device__user").order_by("received_at", "sequence", "pk")
    )
