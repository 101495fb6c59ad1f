"""The forms of a person's name: one more, a new own name after which the old one is a former one, and striking a wrong one."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from django.db import transaction

from corridor.foundations.access import Actor, Permission
from corridor.foundations.audit import log
from corridor.foundations.contested import contested
from corridor.kernel.errors import BadInput, Problem
from corridor.kernel.wording import N_

from ..drafts import NameOfPerson
from ..fields import PersonField, require_field
from ..finding import write_name_keys
from ..models import NameForm, Person, PersonName
from ..name_rules import faults_of_names
from ..refusals import OwnNameStays


def write_name(*, person: Person, name: NameOfPerson, by: Actor) -> PersonName:
    """Write down one more form of the name. Refuses as write_names."""
    return write_names(names=[(person, name)], by=by)[0]


@transaction.atomic
def write_names(*, names: Sequence[tuple[Person, NameOfPerson]], by: Actor) -> list[PersonName]:
    """
    Write down more forms of names.

    :raises BadInput: for each that stands there, is a second own name, or marks parts that do not stand inside the whole.
    """
    persons = {person.pk: person for person, _ in names}
    held = {key: _hold(person, by=by) for key, person in sorted(persons.items())}
    made = [PersonName(person=held[person.pk], **_values(name)) for person, name in names]
    with contested(lambda: _check(names)):
        _check(names)
        PersonName.objects.bulk_create(made, batch_size=500)
    write_name_keys(held.values())
    log.record_each("people.name_written", by=by, subjects=list(held.values()))
    return made


@transaction.atomic
def change_own_name(*, person: Person, name: NameOfPerson, on: date, by: Actor) -> PersonName:
    """
    From that day on the person is called otherwise; what was the own name becomes a former one, and stays findable. One that began on that
    very day was never in use: the new one stands in its place.

    :raises BadInput: if the new name is empty, or the same, or the one that stands began later.
    """
    held = _hold(person, by=by)
    own = held.names.select_for_update().get(form=NameForm.OWN)
    if problems := faults_of_names([name], others=[_named(own)], who=held.reference, is_change=True):
        raise BadInput(problems)
    if own.valid_from is not None and on < own.valid_from:
        begun = Problem(
            N_("The own name is in use from %(day)s; a new one begins later."),
            {"day": own.valid_from},
            column="valid_from",
        )
        raise BadInput([begun])
    if own.valid_from == on:
        own.delete()
    else:
        own.form, own.valid_before = NameForm.FORMER, on
        own.save(update_fields=["form", "valid_before"])
    made = PersonName.objects.create(person=held, **_values(name) | {"form": NameForm.OWN, "valid_from": on})
    write_name_keys([held])
    log.record("people.own_name_changed", by=by, subject=held)
    return made


@transaction.atomic
def strike_name(*, person: Person, name: int, by: Actor) -> Person:
    """
    Take away a form that was never right. A name that was once right is a former one: see change_own_name.

    :raises OwnNameStays: for the own name; everybody has one.
    """
    held = _hold(person, by=by)
    for row in held.names.filter(pk=name):
        if row.form == NameForm.OWN:
            raise OwnNameStays(N_("%(person)s keeps a name; write the right one instead."), person=held.reference)
        row.delete()
    write_name_keys([held])
    log.record("people.name_struck", by=by, subject=held)
    return held


def _hold(person: Person, *, by: Actor) -> Person:
    by.require(Permission.PERSON_EDIT, on=person)
    require_field(PersonField.NAMES, person, by=by)
    return Person.objects.select_for_update(of=("self",)).get(pk=person.pk)


def _check(names: Sequence[tuple[Person, NameOfPerson]]) -> None:
    fresh: dict[UUID, list[NameOfPerson]] = {}
    for person, name in names:
        fresh.setdefault(person.pk, []).append(name)
    there: dict[UUID, list[NameOfPerson]] = {}
    for row in PersonName.objects.filter(person__in=fresh):
        there.setdefault(row.person_id, []).append(_named(row))
    who = {person.pk: person.reference for person, _ in names}
    problems = [
        problem
        for key, several in fresh.items()
        for problem in faults_of_names(several, others=there.get(key, []), who=who[key])
    ]
    if problems:
        raise BadInput(problems)


def _named(row: PersonName) -> NameOfPerson:
    return NameOfPerson(NameForm(row.form), row.language, row.full_name, romanisation=row.romanisation)


def _values(name: NameOfPerson) -> dict[str, object]:
    return {
        "form": name.form,
        "language": name.language,
        "full_name": " ".join(name.full_name.split()),
        "romanisation": name.romanisation,
        "family_part": name.family_part,
        "given_part": name.given_part,
        "valid_from": name.valid_from,
        "valid_before": name.valid_before,
    }
