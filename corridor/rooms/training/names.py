"""How learners are called on a screen: in their own script, with a romanised form beside it."""

from collections.abc import Iterable
from typing import NamedTuple
from uuid import UUID

from corridor.rooms.people.models import NameForm, PersonName


class Name(NamedTuple):
    """Whole names as they are written; the language of the own one is BCP 47. Empty where there is none."""

    own_name: str = ""
    own_language: str = ""
    romanised_name: str = ""


def names_of(persons: Iterable[UUID]) -> dict[UUID, Name]:
    """The names of those persons, in one statement; everybody asked for is there."""
    wanted = list(persons)
    found = dict.fromkeys(wanted, Name())
    forms = [NameForm.OWN, NameForm.ROMANISED]
    rows = PersonName.objects.filter(person__in=wanted, form__in=forms)
    for person, form, language, name in rows.values_list("person_id", "form", "language", "full_name"):
        if form == NameForm.OWN:
            found[person] = found[person]._replace(own_name=name, own_language=language)
        else:
            found[person] = found[person]._replace(romanised_name=name)
    return found
