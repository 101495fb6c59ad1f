"""How learners are called on a screen: in their own script, with a romanised form beside it."""

from collections.abc import Iterable
from typing import NamedTuple
from uuid import UUID

from django.utils.translation import gettext

from corridor.rooms.people.models import NameForm, Person, PersonName
from corridor.rooms.people.naming import romanised_first


class Name(NamedTuple):
    """Whole names as they are written; the language of the own one is BCP 47. Empty where there is none."""

    own_name: str = ""
    own_language: str = ""
    romanised_name: str = ""


def names_of(persons: Iterable[UUID]) -> dict[UUID, Name]:
    """The names of those persons, in one statement; everybody asked for is there."""
    wanted = list(persons)
    found = dict.fromkeys(wanted, Name())
    romanised: dict[UUID, list[PersonName]] = {}
    for row in PersonName.objects.filter(person__in=wanted, form__in=[NameForm.OWN, NameForm.ROMANISED]):
        if row.form == NameForm.OWN:
            found[row.person_id] = found[row.person_id]._replace(own_name=row.full_name, own_language=row.language)
        else:
            romanised.setdefault(row.person_id, []).append(row)
    for person, rows in romanised.items():
        first = romanised_first(rows)
        found[person] = found[person]._replace(romanised_name=first.full_name if first else "")
    nameless = [person for person, name in found.items() if not name.own_name]
    if nameless:
        for key in Person.objects.filter(pk__in=nameless, erased_at__isnull=False).values_list("pk", flat=True):
            found[key] = Name(own_name=gettext("Erased person"))
    return found
