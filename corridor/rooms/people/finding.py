"""The plain letters by which a person is found: written beside the names, asked by the list of persons."""

import re
from collections.abc import Iterable, Mapping
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from corridor.foundations.inserting import insert_rows
from corridor.foundations.likeness.letters import latin_forms, plain, squeezed
from corridor.foundations.prefixes import begins_with
from corridor.foundations.search.grams import folded

from .models import NameKey, Person, PersonName

LONGEST = 60
AT_ONCE = 500
# Scripts that put no space between words: a search may begin at any character of the name.
_UNSPACED = re.compile(
    "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u1100-\u11ff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\U00020000-\U0003ffff]"
)
MOST_BEGINNINGS = 24
MOST_WORDS = 4
# So many rows of a word are counted to tell the rare ones.
COUNTED = 2_000


def letters_of(reference: str, names: Iterable[str]) -> frozenset[str]:
    """
    Where a search for this person may begin: the reference, and each form of a name from each of its words on, without spaces.

    "ບຸນມີ ສີສະຫວາດ" also gives its letters in Latin script; of a Chinese name each character begins one: 陈美 and 美. Letters that are written in
    several ways stand in one, as in the search box: 陳 as 陈, ي as ی.
    """
    keys = {folded(plain(reference).replace(" ", "")), reference.casefold()}
    for name in names:
        for form in {plain(name), *latin_forms(name)}:
            keys.update(_beginnings(folded(form)))
    return frozenset(key[:LONGEST] for key in keys if key)


def _beginnings(form: str) -> set[str]:
    words = form.split()
    found = {"".join(words[place:]) for place in range(len(words))}
    if _UNSPACED.search(form):
        whole = "".join(words)
        found |= {whole[place:] for place in range(min(len(whole), MOST_BEGINNINGS))}
    return found


def write_name_keys(persons: Iterable[Person]) -> int:
    """Write down the letters of these persons anew, in the caller's transaction; four statements per 500. Return how many."""
    count = 0
    wanted = list(persons)
    for start in range(0, len(wanted), AT_ONCE):
        part = wanted[start : start + AT_ONCE]
        names: dict[UUID, list[str]] = {person.pk: [] for person in part}
        for key, name in PersonName.objects.filter(person__in=part).values_list("person_id", "full_name"):
            names[key].append(name)
        NameKey.objects.filter(person__in=part).delete()
        count += _write(part, names)
    return count


def write_new_keys(persons: Iterable[Person], names: Iterable[PersonName]) -> int:
    """The same for persons who were made just now, with the names that were made for them."""
    said: dict[UUID, list[str]] = {}
    for name in names:
        said.setdefault(name.person_id, []).append(name.full_name)
    return _write(persons, said)


def _write(persons: Iterable[Person], names: Mapping[UUID, Iterable[str]]) -> int:
    rows = [
        (person.pk, letters)
        for person in persons
        for letters in sorted(letters_of(person.reference, names.get(person.pk, ())))
    ]
    insert_rows(NameKey, ["person", "letters"], rows)
    return len(rows)


def found_by(persons: QuerySet[Person], search: str) -> QuerySet[Person]:
    """
    Those of the persons of whom a name in any script, or the reference, holds what was asked: the words in any order, each from its
    beginning on, or written together ("chenmei").
    """
    words = folded(plain(search)).split()[:MOST_WORDS]
    if not words:
        return persons.none()
    whole = folded(squeezed(search))[:LONGEST]
    if len(words) == 1:
        return persons.filter(_led_by(whole))
    # The rarest word leads to the candidates, who are asked for the others one by one: half of a country may bear the same family name.
    rarest, *others = sorted({word[:LONGEST] for word in words}, key=_how_many)
    each = _led_by(rarest)
    for word in others:
        each &= Q(_has(word))
    return persons.filter(_led_by(whole) | each)


def _led_by(letters: str) -> Q:
    """Through the index of letters to the persons; of letters that many bear, through the persons in their order until a page is full."""
    return Q(_has(letters)) if _how_many(letters) == COUNTED else Q(pk__in=_with(letters).values("person"))


def _has(letters: str) -> Exists:
    return Exists(_with(letters).filter(person=OuterRef("pk")))


def _how_many(letters: str) -> int:
    return _with(letters)[:COUNTED].count()


def _with(letters: str) -> QuerySet[NameKey]:
    return NameKey.objects.filter(begins_with("letters", letters))
