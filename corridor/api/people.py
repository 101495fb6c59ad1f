"""Persons, for who may see persons; everyone may see the person behind the own account."""

from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import Router, Schema

from corridor.foundations.access import Actor
from corridor.journeys import find_persons
from corridor.rooms.people.fields import PersonField, fields_seen

from .asking import After, Limit, Page, Reference, Search
from .etags import tagged
from .leaving import Read, note_read

TAG = "people"
router = Router()


class PersonNameOut(Schema):
    """One form of a name, whole, as it is written."""

    form: str
    language: str
    full_name: str
    romanisation: str
    family_part: str
    given_part: str
    valid_from: date | None
    valid_before: date | None


class PersonOut(Schema):
    """
    ``merged_into`` is the record that stays, where two were of one human being. What the account may not see is null or empty; ``born_on``
    is the first day of what is known, as ``birth_precision`` says.
    """

    reference: str
    names: list[PersonNameOut]
    name_order: str
    honorific: str
    sex: str | None
    born_on: date | None
    birth_precision: str | None
    birth_calendar: str | None
    residence_country: str | None
    source_mark: str
    merged_into: str | None


@router.get("/people", response=Page[PersonOut])
def list_people(
    request: HttpRequest, response: HttpResponse, read: Read, search: Search = "", after: After = "", limit: Limit = 50
) -> dict[str, Any]:
    """
    Persons whom this account may see, by reference; merged records are left out. Those whose data leave their country with the answer are
    written into the ledger of transfers; ``Corridor-Transfers`` names what was written.
    """
    by = request.auth
    found = find_persons.list_persons(by=by, search=search, after=after, limit=limit)
    note_read(request, response, read, about="/people", persons=[each.pk for each in found.rows])
    placed = find_persons.placed(persons=found.rows, by=by)
    return {"rows": [_person(each, by=by) for each in placed], "next": found.next_after or None}


@router.get("/people/{reference}", response=PersonOut)
def get_person(request: HttpRequest, response: HttpResponse, reference: Reference, read: Read) -> PersonOut:
    """A record; if it leaves its country with the answer, the ledger of transfers says so."""
    found = find_persons.get_person(reference=reference, by=request.auth)
    note_read(request, response, read, about="/people", persons=[found.pk])
    return tagged(_person(found, by=request.auth), response)


def _person(person: Any, *, by: Actor) -> PersonOut:
    seen = fields_seen(person, by=by)
    sees_birth = PersonField.BIRTH in seen
    return PersonOut(
        reference=person.reference,
        names=[
            PersonNameOut(
                form=each.form,
                language=each.language,
                full_name=each.full_name,
                romanisation=each.romanisation,
                family_part=each.family_part,
                given_part=each.given_part,
                valid_from=each.valid_from,
                valid_before=each.valid_before,
            )
            for each in person.names.all()
        ],
        name_order=person.name_order,
        honorific=person.honorific,
        sex=person.sex if PersonField.SEX in seen else None,
        born_on=person.born_on if sees_birth else None,
        birth_precision=person.birth_precision if sees_birth else None,
        birth_calendar=person.birth_calendar if sees_birth else None,
        residence_country=person.residence_country if PersonField.RESIDENCE in seen else None,
        source_mark=person.source_mark,
        merged_into=person.merged_into.reference if person.merged_into_id else None,
    )
