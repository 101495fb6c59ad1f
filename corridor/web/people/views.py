"""The records of persons: the list for who keeps them, and one record, which its person sees too."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from corridor.foundations.access import Permission
from corridor.rooms.people import queries
from corridor.rooms.training import queries as training
from corridor.web.fields import read_after

from .forms import SEXES, PersonFilter

PER_PAGE = 50


@require_GET
def person_list(request: HttpRequest) -> HttpResponse:
    request.actor.require(Permission.PERSON_VIEW)
    asked = PersonFilter(request.GET)
    words = asked.cleaned_data["q"].strip() if asked.is_valid() else ""
    found = queries.list_persons(by=request.actor, search=words, after=read_after(request), limit=PER_PAGE)
    shown = {
        "form": asked,
        "rows": [(person, SEXES.get(person.sex, "")) for person in found.rows],
        "next_after": found.next_after,
        "is_narrowed": bool(words),
        "may_register": request.actor.may(Permission.PERSON_REGISTER),
    }
    return render(request, "people/people.html", shown, status=200 if asked.is_valid() else 422)


@require_GET
def person_page(request: HttpRequest, reference: str) -> HttpResponse:
    return _record(request, queries.get_person(reference=reference, by=request.actor))


@require_GET
def own_record(request: HttpRequest) -> HttpResponse:
    return _record(request, queries.get_self(by=request.actor))


def _record(request: HttpRequest, person: Any) -> HttpResponse:
    by = request.actor
    shown = {
        "person": person,
        "sex": SEXES.get(person.sex, ""),
        "merged": list(queries.list_merged(into=person, by=by)),
        "path": training.learner_path(person=person.pk, by=by),
        "is_own": by.person_id == person.pk,
        "may_list": by.may(Permission.PERSON_VIEW),
        "may_erase": by.may(Permission.PERSON_ERASE) and person.erased_at is None,
        "may_merge": by.may(Permission.PERSON_MERGE) and person.merged_into is None,
    }
    return render(request, "people/person.html", shown)
