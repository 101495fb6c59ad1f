"""Persons, for who may see persons; everyone may see the person behind the own account."""

from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import Router, Schema

from corridor.rooms.people import queries

from .asking import After, Limit, Page, Reference, Search
from .etags import tagged

TAG = "people"
router = Router()


class NameOut(Schema):
    """One form of a name, whole, as it is written."""

    form: str
    language: str
    full_name: str


class PersonOut(Schema):
    """``merged_into`` is the record that stays, where two were of one human being."""

    reference: str
    names: list[NameOut]
    sex: str
    born_on: date | None
    residence_country: str
    source_mark: str
    merged_into: str | None


@router.get("/people", response=Page[PersonOut])
def list_people(request: HttpRequest, search: Search = "", after: After = "", limit: Limit = 50) -> dict[str, Any]:
    """Persons whom this account may see, by reference; merged records are left out."""
    found = queries.list_persons(by=request.auth, search=search, after=after, limit=limit)
    return {"rows": [_person(each) for each in found.rows], "next": found.next_after or None}


@router.get("/people/{reference}", response=PersonOut)
def get_person(request: HttpRequest, response: HttpResponse, reference: Reference) -> PersonOut:
    return tagged(_person(queries.get_person(reference=reference, by=request.auth)), response)


def _person(person: Any) -> PersonOut:
    return PersonOut(
        reference=person.reference,
        names=[
            NameOut(form=each.form, language=each.language, full_name=each.full_name) for each in person.names.all()
        ],
        sex=person.sex,
        born_on=person.born_on,
        residence_country=person.residence_country,
        source_mark=person.source_mark,
        merged_into=person.merged_into.reference if person.merged_into_id else None,
    )
