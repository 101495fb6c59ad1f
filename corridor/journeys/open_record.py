"""Oversight opens one person's record for reading, for an hour at most, and writes down why; the person is told and can read it."""

from datetime import datetime

from django.db.models import QuerySet

from corridor.foundations.access import Actor, Permission
from corridor.foundations.grants import looking, queries
from corridor.foundations.grants.drafts import Place
from corridor.foundations.grants.models import Override
from corridor.kernel.errors import NotFound
from corridor.kernel.wording import N_
from corridor.rooms.people.opening import record_named


def open_person(*, reference: str, minutes: int, reason: str, at: datetime, by: Actor) -> Override:
    """:raises AccessDenied: for anyone but oversight. :raises NotFound: for an unknown reference. :raises BadInput: as begin_override."""
    by.require(Permission.OVERRIDE_BEGIN)
    found = record_named(reference)
    if found is None:
        raise NotFound(N_("There is no person %(reference)s."), reference=reference)
    return looking.begin_override(
        record=Place("person", found.key, found.reference), minutes=minutes, reason=reason,
        concerned=[found.user_id] if found.user_id else [], at=at, by=by,
    )  # fmt: skip


def who_looked_at_me(*, by: Actor) -> QuerySet[Override]:
    """Everybody who opened the reader's own record that way, when and why. :raises NotFound: for an account of no person."""
    if by.person_id is None:
        raise NotFound(N_("This account belongs to no person."))
    return queries.overrides_of(record=by.person_id, by=by, own=True)
