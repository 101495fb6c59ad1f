"""A person's record by its reference, for who may open it for an hour though they may not see it (journeys/open_record.py asks the right)."""

from typing import NamedTuple
from uuid import UUID

from corridor.foundations.access import Role, Source
from corridor.foundations.grants.holding import Holder

from .models import Person


class Closed(NamedTuple):
    """A record without its contents: what is needed to open it, and to tell the person."""

    key: UUID
    reference: str
    user_id: UUID | None


def record_named(reference: str) -> Closed | None:
    row = Person.objects.filter(reference=reference).values_list("pk", "reference", "user_id").first()
    return Closed(*row) if row else None


def account_of(person: UUID) -> Holder | None:
    """The person's own account, which sees the own record."""
    row = Person.objects.filter(pk=person, user__is_active=True).values_list("user_id", "user__username").first()
    return Holder(*row, Role.LEARNER, ("person", person), Source.SELF) if row else None
