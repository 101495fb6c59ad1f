"""A person's record by its reference, for who may open it for an hour though they may not see it (journeys/open_record.py asks the right)."""

from collections.abc import Collection
from uuid import UUID

from corridor.foundations.access import Role, Source
from corridor.foundations.grants.drafts import Closed
from corridor.foundations.grants.holding import Holder

from .merging import same_person_ids
from .models import Person
from .records import records_of


def record_named(reference: str) -> Closed | None:
    """The accounts that are told are those of all records of that human being."""
    found = Person.objects.filter(reference=reference).first()
    if found is None:
        return None
    accounts = tuple(each.user_id for each in records_of(found) if each.user_id)
    return Closed(found.pk, found.reference, accounts)


def account_of(person: UUID) -> Holder | None:
    """The person's own account, which sees the own record."""
    row = Person.objects.filter(pk=person, user__is_active=True).values_list("user_id", "user__username").first()
    return Holder(*row, Role.LEARNER, ("person", person), Source.SELF) if row else None


def all_records_of(persons: Collection[UUID]) -> dict[UUID, frozenset[UUID]]:
    """The keys of all records of each of these, merged ones too: one that is opened opens every other. Nothing is asked where there is none."""
    return same_person_ids(persons) if persons else {}
