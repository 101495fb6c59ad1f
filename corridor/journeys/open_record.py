"""Oversight opens one record for reading, for an hour at most, and writes down why; those it is about are told and can read it."""

from collections.abc import Callable
from datetime import datetime

from django.db.models import QuerySet

from corridor.foundations.access import Actor, Permission
from corridor.foundations.grants import looking, queries
from corridor.foundations.grants.drafts import Closed
from corridor.foundations.grants.models import Override, RecordKind
from corridor.foundations.grants.refusals import SeenAnyway
from corridor.foundations.sheets.steps.opening import import_named
from corridor.kernel.errors import BadInput, NotFound, Problem
from corridor.kernel.wording import N_
from corridor.rooms.members.opening import application_named
from corridor.rooms.people.opening import record_named

from .record_kinds import KINDS


def _import_named(reference: str) -> Closed | None:
    """Its sender is told."""
    found = import_named(reference)
    return None if found is None else Closed(found.pk, str(found.pk), (found.sender_id,) if found.sender_id else ())


# How each is found by who may not see it. What else names persons (cohorts, registers, decisions, certificates, documents) is open to all who
# oversee, by their office: docs/adr/0017.
OPENED: dict[RecordKind, Callable[[str], Closed | None]] = {
    RecordKind.PERSON: record_named,
    RecordKind.APPLICATION: application_named,
    RecordKind.IMPORT: _import_named,
}


def open_record(*, kind: str, reference: str, minutes: int, reason: str, at: datetime, by: Actor) -> Override:
    """
    :raises AccessDenied: for anyone but oversight. :raises NotFound: for an unknown reference. :raises BadInput: as begin_override.
    :raises SeenAnyway: for a record that the actor sees by office.
    """
    by.require(Permission.OVERRIDE_BEGIN)
    if kind not in OPENED:
        raise BadInput([Problem(N_("Records of this kind are not opened this way."), column="kind")])
    found = OPENED[RecordKind(kind)](reference.strip())
    if found is None:
        raise NotFound(N_("There is no record %(reference)s of this kind."), reference=reference)
    if _is_seen(kind, found.reference, by):
        raise SeenAnyway(N_("You see this record already; nothing needs to be opened."))
    return looking.begin_override(
        kind=RecordKind(kind), record=found, minutes=minutes, reason=reason, at=at, by=by
    )  # fmt: skip


def who_looked_at_me(*, by: Actor) -> QuerySet[Override]:
    """Everybody who opened the reader's own record, or a file they sent, when and why."""
    return queries.overrides_told_of(records=by.ids_with(Permission.RIGHTS_USE, "person"), by=by)


def who_looked_at(*, application: object, by: Actor) -> QuerySet[Override]:
    """Who opened this application, for whoever holds its link. :raises AccessDenied: for anybody else."""
    by.require(Permission.APPLICATION_FILL, on=application)  # type: ignore[arg-type]
    return queries.overrides_of(record=application.pk, by=by, own=True)  # type: ignore[attr-defined]


def _is_seen(kind: str, reference: str, by: Actor) -> bool:
    try:
        KINDS[kind].find(reference, by)
    except NotFound:
        return False
    return True
