"""Persons, by themselves and by who may see persons."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet

from corridor.foundations.access import Actor
from corridor.kernel.errors import NotFound
from corridor.kernel.periods import months_ago
from corridor.kernel.wording import N_

from ..finding import found_by
from ..models import CertificateName, ContactChannel, Person
from ..models.contacts import CONFIRMED_FOR_MONTHS

# The keys of the persons whom an actor reaches through sites, as a later room answers them.
type Reached = QuerySet[Any, Any] | None


@dataclass(frozen=True)
class PersonPage:
    """``next_after`` goes into ``after`` for the next page; empty on the last one."""

    rows: list[Person]
    next_after: str = ""


def get_person(*, reference: str, by: Actor, reached: Reached = None) -> Person:
    """
    A person with ``names`` read. A merged record is answered as itself: ``merged_into`` says which one stays.

    :raises NotFound: if there is none of that reference, or none for this actor.
    """
    persons = Person.objects.visible_to(by, reached=reached).select_related("merged_into").prefetch_related("names")
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


def list_persons(
    *,
    by: Actor,
    search: str = "",
    country: str = "",
    without: str = "",
    on: date | None = None,
    reached: Reached = None,
    after: str = "",
    limit: int = 50,
) -> PersonPage:
    """
    Persons whom this actor may see, by reference, a page at a time; merged records are left out.

    ``search`` finds any form of a name in any script, from the beginning of any of its words (of a Chinese name: any character), with or
    without accents and spaces; and the reference. ``country`` is where they live. ``without`` is "certificate_name" (none confirmed) or
    "contact" (no channel confirmed in the twelve months before ``on``). ``reached``: see find_persons in the journeys.
    """
    found: QuerySet[Person] = Person.objects.visible_to(by, reached=reached).filter(merged_into__isnull=True)
    if search:
        found = found_by(found, search)
    if country:
        found = found.filter(residence_country=country)
    if without == "certificate_name":
        confirmed = CertificateName.objects.filter(person=OuterRef("pk"), ended_at__isnull=True)
        found = found.filter(~Exists(confirmed), erased_at__isnull=True)
    if without == "contact" and on is not None:
        since = months_ago(on, CONFIRMED_FOR_MONTHS)
        works = ContactChannel.objects.filter(person=OuterRef("pk"), ended_on__isnull=True, confirmed_on__gt=since)
        found = found.filter(~Exists(works), erased_at__isnull=True)
    if after:
        found = found.filter(reference__gt=after)
    rows = list(found.prefetch_related("names").order_by("reference")[: limit + 1])
    return PersonPage(rows[:limit], rows[limit - 1].reference if len(rows) > limit else "")
