"""Persons, by themselves and by who may see persons."""

from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q, QuerySet

from corridor.foundations.access import Actor
from corridor.kernel.errors import NotFound
from corridor.kernel.wording import N_

from ..models import Person, PersonName


@dataclass(frozen=True)
class PersonPage:
    """``next_after`` goes into ``after`` for the next page; empty on the last one."""

    rows: list[Person]
    next_after: str = ""


def get_person(*, reference: str, by: Actor) -> Person:
    """
    A person with ``names`` read. A merged record is answered as itself: ``merged_into`` says which one stays.

    :raises NotFound: if there is none of that reference, or none for this actor.
    """
    persons = Person.objects.visible_to(by).select_related("merged_into").prefetch_related("names")
    found = persons.filter(reference=reference).first()
    if found is None:
        raise NotFound(N_("There is no person %(reference)s."), reference=reference)
    return found


def get_self(*, by: Actor) -> Person:
    """The person behind the asking account. :raises NotFound: if the account is of no person."""
    found = Person.objects.prefetch_related("names").filter(pk=by.person_id).first() if by.person_id else None
    if found is None:
        raise NotFound(N_("This account belongs to no person."))
    return found


def list_merged(*, into: Person, by: Actor) -> QuerySet[Person]:
    """The records that were merged into this one, the earliest merge first, each with ``names`` read; as far as the actor may see them."""
    merged = Person.objects.visible_to(by).filter(merged_into=into)
    return merged.prefetch_related("names").order_by("merged_at", "reference")


def list_persons(*, by: Actor, search: str = "", after: str = "", limit: int = 50) -> PersonPage:
    """
    Persons whom this actor may see, by reference, a page at a time; merged records are left out.

    ``search`` finds part of any form of a name in any script, or of the reference.
    """
    found = Person.objects.visible_to(by).filter(merged_into__isnull=True)
    if search:
        named = PersonName.objects.filter(person=OuterRef("pk"), full_name__icontains=search)
        found = found.filter(Q(reference__icontains=search) | Exists(named))
    if after:
        found = found.filter(reference__gt=after)
    rows = list(found.prefetch_related("names").order_by("reference")[: limit + 1])
    return PersonPage(rows[:limit], rows[limit - 1].reference if len(rows) > limit else "")
