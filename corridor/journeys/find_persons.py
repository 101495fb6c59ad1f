"""
Finding persons, for whoever may see them: everybody, those at one's sites, oneself.

The people's room knows records; the training room, which comes later, knows who learns where. Here both are put together.
"""

from collections.abc import Iterable, Sequence
from datetime import date
from itertools import batched
from uuid import UUID

from django.db.models import QuerySet

from corridor.foundations.access import Actor, Permission
from corridor.rooms.people import queries as people
from corridor.rooms.people.models import Person
from corridor.rooms.people.names import AT_ONCE, names_of
from corridor.rooms.people.naming import PersonCalled
from corridor.rooms.people.queries import PersonPage
from corridor.rooms.training import queries as training


def list_persons(
    *,
    by: Actor,
    search: str = "",
    country: str = "",
    without: str = "",
    on: date | None = None,
    after: str = "",
    limit: int = 50,
) -> PersonPage:
    """As the people's room lists them, with those at the actor's sites."""
    return people.list_persons(
        by=by, search=search, country=country, without=without, on=on, after=after, limit=limit, reached=_reached(by)
    )


def get_person(*, reference: str, by: Actor) -> Person:
    """A person as the people's room answers it, who knows at which of the actor's sites they are. :raises NotFound: as there."""
    return _placed(people.get_person(reference=reference, by=by, reached=_reached(by)), by=by)


def visible_persons(*, by: Actor) -> QuerySet[Person]:
    """Whom this actor sees, for who looks among them."""
    return Person.objects.visible_to(by, reached=_reached(by))


def names_to_show(*, persons: Iterable[UUID], language: str, by: Actor) -> dict[UUID, PersonCalled]:
    """What a reader of that language calls those of these persons whom this actor sees; who is not in it goes by the reference."""
    wanted = list(dict.fromkeys(persons))
    seen: list[UUID] = []
    for part in batched(wanted, AT_ONCE):
        seen += visible_persons(by=by).filter(pk__in=part).values_list("pk", flat=True)
    return {key: name for key, name in names_of(seen, language=language).items() if name.name}


def get_self(*, by: Actor) -> Person:
    """The person behind the asking account. :raises NotFound: if the account is of no person."""
    return _placed(people.get_self(by=by), by=by)


def may_list(*, by: Actor) -> bool:
    """Whether the actor sees more persons than themself."""
    return by.may(Permission.PERSON_VIEW) or bool(by.ids_with(Permission.PERSON_VIEW, "site"))


def placed(*, persons: Sequence[Person], by: Actor) -> Sequence[Person]:
    """The same persons, each knowing at which of the actor's sites they are; three statements."""
    sites = training.sites_of(persons=persons, by=by)
    for person in persons:
        person.reached_at = sites[person.pk]
    return persons


def _reached(by: Actor) -> people.persons.Reached:
    return training.persons_reached(by=by) if by.ids_with(Permission.PERSON_VIEW, "site") else None


def _placed(person: Person, *, by: Actor) -> Person:
    return placed(persons=[person], by=by)[0]
