"""The phones and computers of accounts, and what was done on them. An erasure takes the names of the devices; what was done on them stays."""

from collections.abc import Collection
from uuid import UUID

from django.db.models import Count

from corridor.foundations.access import Actor, Permission
from corridor.kernel.personal_data import OnErasure, PersonalPart
from corridor.kernel.wording import N_

from .models import Device, Event

NAMELESS = "–"


def personal_data(accounts: Collection[UUID]) -> list[PersonalPart]:
    """Two statements. What an event says of a learner is told by the room that holds the mark."""
    devices = Device.objects.filter(user__in=accounts)
    counted = (
        Event.objects.filter(received_from__in=accounts)
        .order_by()
        .values("device", "kind")
        .annotate(events=Count("pk"))
        .order_by("device", "kind")
    )
    rows: list[dict[str, str | int | None]] = [
        {"what": each.name, "since": each.registered_at.isoformat(timespec="minutes"), "events": None}
        for each in devices
    ]
    rows += [{"what": each["kind"], "since": None, "events": each["events"]} for each in counted]
    return [
        PersonalPart(
            "devices", N_("Devices and what they kept"), ("journal.Device", "journal.Event"), Permission.RIGHTS_USE,
            N_("To take what was done without a network, and to show who did it."),
            N_("As long as the registers that it fills."), OnErasure.EMPTIED,
            N_("Devices lose their names. What was done on them shows who taught, and stays under their numbers."),
            {"what": N_("Device or kind of event"), "since": N_("Since"), "events": N_("Events")}, rows,
        )
    ]  # fmt: skip


def forget(accounts: Collection[UUID], *, by: Actor) -> int:
    """Take the names off the devices of these accounts; return of how many."""
    by.require(Permission.PERSON_ERASE)
    return Device.objects.filter(user__in=accounts).update(name=NAMELESS)
