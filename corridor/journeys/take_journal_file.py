"""Events that came as a file: from the phone of a trainer, or from the house at a site that has no network."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from corridor.foundations.access import Actor, Permission
from corridor.foundations.audit import log
from corridor.foundations.journal.files import device_of, file_of, read_file
from corridor.foundations.journal.models import Device, Event
from corridor.foundations.journal.reading import MOST_EVENTS, Batch, EventDraft
from corridor.kernel.errors import AccessDenied, BadInput, Problem
from corridor.kernel.wording import N_
from corridor.rooms.training import queries
from corridor.rooms.training.models import Session

from ._devices.carrying import take_carried
from .apply_device_events import take_events


@dataclass(frozen=True, slots=True)
class Taken:
    """
    How many events a file held, how many of them were new, and how many were other than the first time; of the photos and films that it
    carried how many are there now that were not, and how many could not be taken.
    """

    held: int
    new: int
    other: int
    files: int = 0
    left: int = 0


def take_journal_file(*, body: bytes, on: date, at: datetime, by: Actor) -> Taken:
    """
    Take in a file. Brought twice, or by two people, it is taken once; what was sent over a network meanwhile is known.

    :raises AccessDenied: for whoever neither takes nor corrects registers, nor assesses. :raises BadInput, FileIsNotGenuine, DeviceIsAnothers:
    """
    if not may_take_file(by=by):
        raise AccessDenied(N_("Only who takes or corrects registers, or assesses, brings a journal."))
    told = read_file(body)
    vouches = by.holds_everywhere(Permission.REGISTER_CORRECT)
    devices: dict[UUID, Device] = {each.key: device_of(each, may_vouch=vouches, at=at, by=by) for each in told.devices}
    chains: dict[UUID, list[EventDraft]] = defaultdict(list)
    for draft in told.events:
        if draft.device not in devices:
            raise BadInput(
                [Problem(N_("The file does not say whose device made an event. Nothing was taken."), column="file")]
            )
        chains[draft.device].append(draft)
    before, other = Event.objects.count(), 0
    for key, drafts in chains.items():
        drafts.sort(key=lambda each: each.sequence)
        for start in range(0, len(drafts), MOST_EVENTS):
            # The first that a file holds is the first that can come by it: the phone keeps what it sent for long.
            elsewhere = tuple(each for each in told.elsewhere if each.device == key)
            batch = Batch(key, 1, tuple(drafts[start : start + MOST_EVENTS]), elsewhere)
            taken = take_events(device=devices[key], batch=batch, route=Event.Route.FILE, on=on, at=at, by=by)
            other += len(taken.other)
        log.record("journal.file_taken", by=by, subject=devices[key], count=len(drafts))
    files, left = take_carried(files=told.carried, devices=devices, on=on, at=at)
    return Taken(len(told.events), Event.objects.count() - before, other, files, left)


def may_take_file(*, by: Actor) -> bool:
    """Whether somebody works with devices at all: only they have a file to bring."""
    return any(
        by.holds_somewhere(each)
        for each in (Permission.REGISTER_TAKE, Permission.REGISTER_CORRECT, Permission.DECISION_RECORD)
    )


def give_journal_file(*, by: Actor) -> bytes:
    """
    The events of the registers that the reader may correct, for another house: all of them, since who has them already knows. What their devices did
    elsewhere is not told, only that it stands between them.

    :raises AccessDenied: for everybody else.
    """
    if by.holds_everywhere(Permission.REGISTER_CORRECT):
        return file_of(Event.objects.order_by("device", "sequence", "pk"))
    if not by.holds_somewhere(Permission.REGISTER_CORRECT):
        raise AccessDenied(N_("Only who corrects registers carries the journal of a place."))
    sessions = Session.objects.filter(cohort__in=queries.cohorts_to_correct(by=by)).values("pk")
    return file_of(Event.objects.filter(subject__in=sessions).order_by("device", "sequence", "pk"))
