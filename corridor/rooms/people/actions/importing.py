"""What an import changes in persons who stand, and how it is taken back."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import ProtectedError

from corridor.foundations.access import Actor, Permission
from corridor.foundations.audit import log
from corridor.foundations.sheets.steps.moving import BuiltOn
from corridor.kernel.errors import BadInput
from corridor.kernel.wording import N_

from ..birth_days import faults_of_birth
from ..collecting import faults_of_purposes, sex_told
from ..finding import write_name_keys
from ..models import ContactChannel, NameForm, NameKey, Person, PersonName, Purpose, Sex

AT_ONCE = 500
FACTS = ("sex", "born_on", "residence_country", "source_mark", "name_order", "honorific")


@dataclass(frozen=True)
class PersonChange:
    """New values of a person by the names of the sheet's columns; "own_name", "own_language", "romanised_name" and "romanisation" are of the
    name forms, "sex_because" is the code of a purpose."""

    person: Person
    values: Mapping[str, Any]


@transaction.atomic
def change_persons(*, changes: Sequence[PersonChange], on: date, by: Actor) -> list[Person]:
    """
    Correct what is written down about many persons at once: facts, the own name and the romanised one. A corrected name was never right;
    for a name that changed see change_own_name. ``on`` is today.

    :raises BadInput: for a day of birth to come, and for a sex without a purpose that allows it.
    """
    by.require(Permission.PERSON_REGISTER)
    rows = _held(changes)
    purposes = Purpose.objects.in_bulk(field_name="code")
    problems, asked = [], []
    for change in changes:
        problems += faults_of_birth(change.values.get("born_on"), on=on, column="born_on")
        person = rows[change.person.pk]
        sex, because = sex_told(person, change.values, purposes)
        if sex != Sex.UNKNOWN and (sex != person.sex or because != person.sex_because):
            asked.append((person.pk, because))
    faults = faults_of_purposes(asked=asked, column="sex_because", on=on, by=by)
    problems += [each for each in faults if each is not None]
    if problems:
        raise BadInput(problems)
    return _write(rows, changes, purposes, by)


@transaction.atomic
def restore_persons(*, changes: Sequence[PersonChange], by: Actor) -> list[Person]:
    """Write again what stood before an import, whatever rules have come since."""
    by.require(Permission.PERSON_REGISTER)
    return _write(_held(changes), changes, Purpose.objects.in_bulk(field_name="code"), by)


def _held(changes: Sequence[PersonChange]) -> dict[Any, Person]:
    wanted = Person.objects.select_for_update(of=("self",)).filter(pk__in=[each.person.pk for each in changes])
    return {row.pk: row for row in wanted.select_related("sex_because").order_by("pk")}


def _write(
    rows: dict[Any, Person], changes: Sequence[PersonChange], purposes: Mapping[str, Purpose], by: Actor
) -> list[Person]:
    if not changes:
        return []
    names: dict[Any, dict[str, PersonName]] = {}
    for name in PersonName.objects.filter(person__in=rows, form__in=[NameForm.OWN, NameForm.ROMANISED]).order_by("-pk"):
        names.setdefault(name.person_id, {})[name.form] = name
    kept: list[PersonName] = []
    fresh: list[PersonName] = []
    gone: list[int] = []
    for change in changes:
        person = rows[change.person.pk]
        for field in FACTS:
            if field in change.values:
                setattr(person, field, change.values[field])
        person.sex_because = sex_told(person, change.values, purposes)[1]
        _name(person, names.get(person.pk, {}), change.values, kept, fresh, gone)
    changed = list(rows.values())
    Person.objects.bulk_update(changed, [*FACTS, "sex_because"], batch_size=AT_ONCE)
    PersonName.objects.filter(pk__in=gone).delete()
    PersonName.objects.bulk_update(kept, ["full_name", "language", "romanisation"], batch_size=AT_ONCE)
    PersonName.objects.bulk_create(fresh, batch_size=AT_ONCE)
    if kept or fresh or gone:
        write_name_keys(changed)
    log.record_each("people.corrected", by=by, subjects=changed)
    return changed


def _name(
    person: Person,
    stand: dict[str, PersonName],
    values: Mapping[str, Any],
    kept: list[PersonName],
    fresh: list[PersonName],
    gone: list[int],
) -> None:
    own, romanised = stand.get(NameForm.OWN), stand.get(NameForm.ROMANISED)
    if own and ("own_name" in values or "own_language" in values):
        own.full_name = values.get("own_name") or own.full_name
        own.language = values.get("own_language") or own.language
        kept.append(own)
    if "romanised_name" in values or "romanisation" in values:
        text = values.get("romanised_name", romanised.full_name if romanised else "")
        system = values.get("romanisation", romanised.romanisation if romanised else "")
        if romanised and text:
            romanised.full_name, romanised.romanisation = text, system
            kept.append(romanised)
        elif romanised:
            gone.append(romanised.pk)
        elif text:
            language = f"{own.language.split('-')[0] if own else 'und'}-Latn"
            fresh.append(
                PersonName(
                    person=person, form=NameForm.ROMANISED, language=language, full_name=text, romanisation=system
                )
            )


@transaction.atomic
def remove_imported(*, persons: Sequence[Person], by: Actor) -> int:
    """
    Take away persons whom an import wrote down by mistake.

    :raises BuiltOn: if anything stands on one of them (an enrolment, a consent, an account).
    """
    by.require(Permission.PERSON_REGISTER)
    keys = [person.pk for person in persons]
    for person in persons:
        if person.user_id is not None:
            raise BuiltOn(
                N_("%(person)s has an account now; the import cannot be taken back."), person=person.reference
            )
    try:
        with transaction.atomic():
            NameKey.objects.filter(person__in=keys).delete()
            ContactChannel.objects.filter(person__in=keys).delete()
            PersonName.objects.filter(person__in=keys).delete()
            Person.objects.filter(pk__in=keys).delete()
    except ProtectedError as held:
        first = next(iter(held.protected_objects))
        raise BuiltOn(
            N_("Something was built on these persons since (%(what)s: %(which)s); the import cannot be taken back."),
            what=str(first._meta.verbose_name), which=str(first),
        ) from None  # fmt: skip
    log.record_each("people.import_undone", by=by, subjects=persons)
    return len(persons)
