"""How a person can be reached: written down, confirmed, preferred, ended."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet

from corridor.foundations.access import Actor, Permission
from corridor.foundations.audit import log
from corridor.foundations.contested import contested
from corridor.kernel.errors import BadInput, NotFound, Problem
from corridor.kernel.wording import N_

from ..fields import PersonField, require_field
from ..models import ContactChannel, ContactKind, ContactUse, Person
from ..reaching import normalised


@dataclass(frozen=True, kw_only=True)
class NewContact:
    """``country`` is where a telephone number without its country's code is read; else where the person lives."""

    person: Person
    kind: ContactKind
    value: str
    country: str = ""
    use: ContactUse = ContactUse.ALSO
    confirmed_on: date | None = None


def write_contact(*, contact: NewContact, by: Actor) -> ContactChannel:
    """Refuses as write_contacts."""
    return write_contacts(contacts=[contact], by=by)[0]


@transaction.atomic
def write_contacts(*, contacts: Sequence[NewContact], by: Actor) -> list[ContactChannel]:
    """
    Write down ways to reach persons; of each person at most one is tried first.

    :raises BadInput: with the reason for every value that cannot be one, and for every one that stands there.
    """
    _require(list({each.person.pk: each.person for each in contacts}.values()), by=by)
    made, problems = _made(contacts, by=by)
    problems += _taken(made)
    if problems:
        raise BadInput(problems)
    first = [each for each in made if each.use == ContactUse.FIRST]
    _open(first).update(use=ContactUse.ALSO)
    with contested(lambda: _refuse(_taken(made))):
        ContactChannel.objects.bulk_create(made, batch_size=500)
    log.record_each("people.contact_written", by=by, subjects=[each.person for each in made])
    return made


@dataclass(frozen=True, kw_only=True)
class ChannelsOfKind:
    """All the channels of one kind that a person shall have, each with the last day on which it was confirmed."""

    person: Person
    kind: ContactKind
    channels: Mapping[str, date | None]


@transaction.atomic
def set_contacts(*, wanted: Sequence[ChannelsOfKind], on: date, by: Actor) -> None:
    """
    Make these the open channels of their kinds: what is not among them ends that day, what is new is written, days are corrected.

    :raises BadInput: as write_contacts.
    """
    if not wanted:
        return
    persons = {each.person.pk: each.person for each in wanted}
    _require(list(persons.values()), by=by)
    stand: dict[tuple[UUID, str], dict[str, ContactChannel]] = {}
    for row in ContactChannel.objects.filter(person__in=persons, ended_on__isnull=True):
        stand.setdefault((row.person_id, row.kind), {})[row.value] = row
    changed, new = [], []
    for each in wanted:
        open_ones = stand.get((each.person.pk, each.kind), {})
        for row in open_ones.values():
            if row.value not in each.channels:
                row.ended_on, row.use = on, ContactUse.ALSO
                changed.append(row)
            elif row.confirmed_on != (seen_on := each.channels[row.value]):
                row.confirmed_on, row.confirmed_by = seen_on, by.label if seen_on else ""
                changed.append(row)
        new += [
            NewContact(person=each.person, kind=each.kind, value=value, confirmed_on=seen_on)
            for value, seen_on in each.channels.items()
            if value not in open_ones
        ]
    ContactChannel.objects.bulk_update(changed, ["ended_on", "use", "confirmed_on", "confirmed_by"], batch_size=500)
    log.record_each("people.contacts_set", by=by, subjects=list(persons.values()))
    if new:
        write_contacts(contacts=new, by=by)


@transaction.atomic
def confirm_contact(*, contact: UUID, person: Person, on: date, by: Actor) -> ContactChannel:
    """Say that somebody saw it work on that day."""
    row = _hold(contact, person, by=by)
    row.confirmed_on, row.confirmed_by = on, by.label
    row.save(update_fields=["confirmed_on", "confirmed_by"])
    log.record("people.contact_confirmed", by=by, subject=person)
    return row


@transaction.atomic
def prefer_contact(*, contact: UUID, person: Person, by: Actor) -> ContactChannel:
    """Try this one first from now on."""
    row = _hold(contact, person, by=by)
    _open([row]).update(use=ContactUse.ALSO)
    row.use = ContactUse.FIRST
    row.save(update_fields=["use"])
    log.record("people.contact_preferred", by=by, subject=person)
    return row


@transaction.atomic
def end_contact(*, contact: UUID, person: Person, on: date, by: Actor) -> ContactChannel:
    """It reaches the person no longer. What was written stays as history."""
    row = _hold(contact, person, by=by)
    row.ended_on, row.use = on, ContactUse.ALSO
    row.save(update_fields=["ended_on", "use"])
    log.record("people.contact_ended", by=by, subject=person)
    return row


def _require(persons: Sequence[Person], *, by: Actor) -> None:
    for person in persons:
        by.require(Permission.PERSON_EDIT, on=person)
        require_field(PersonField.CONTACTS, person, by=by)
    # Held, so that two who each make one the first one are one after the other.
    keys = [person.pk for person in persons]
    for start in range(0, len(keys), 500):
        list(Person.objects.select_for_update(of=("self",)).filter(pk__in=keys[start : start + 500]).order_by("pk"))


def _hold(contact: UUID, person: Person, *, by: Actor) -> ContactChannel:
    _require([person], by=by)
    row = ContactChannel.objects.select_for_update(of=("self",)).filter(pk=contact, person=person).first()
    if row is None or row.ended_on is not None:
        raise NotFound(N_("There is no such way to reach %(person)s any more."), person=person.reference)
    return row


def _made(contacts: Sequence[NewContact], *, by: Actor) -> tuple[list[ContactChannel], list[Problem]]:
    made, problems = [], []
    for each in contacts:
        country = each.country or each.person.residence_country
        try:
            value = normalised(each.kind, each.value, country=country)
        except BadInput as bad:
            problems += bad.problems
            continue
        made.append(
            ContactChannel(
                person=each.person, kind=each.kind, value=value, use=each.use, confirmed_on=each.confirmed_on,
                confirmed_by=by.label if each.confirmed_on else "",
            )
        )  # fmt: skip
    return made, problems


def _open(rows: Sequence[ContactChannel]) -> QuerySet[ContactChannel]:
    return ContactChannel.objects.filter(person__in={row.person_id for row in rows}, ended_on__isnull=True)


def _taken(rows: Sequence[ContactChannel]) -> list[Problem]:
    seen = set(_open(rows).values_list("person_id", "kind", "value"))
    firsts: set[UUID] = set()
    problems = []
    for row in rows:
        key = (row.person_id, row.kind, row.value)
        if key in seen:
            problems.append(Problem(N_("“%(value)s” stands there already."), {"value": row.value}, column="value"))
        if row.use == ContactUse.FIRST and row.person_id in firsts:
            problems.append(Problem(N_("Only one is tried first."), column="use"))
        seen.add(key)
        firsts |= {row.person_id} if row.use == ContactUse.FIRST else set()
    return problems


def _refuse(problems: Sequence[Problem]) -> None:
    if problems:
        raise BadInput(tuple(problems))
