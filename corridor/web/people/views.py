"""The records of persons: the list for who keeps them, and one record, which its person sees too."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from corridor.foundations import clock
from corridor.foundations.access import Permission
from corridor.journeys.find_persons import get_person, get_self, list_persons, may_list
from corridor.kernel.errors import AccessDenied
from corridor.kernel.wording import N_
from corridor.rooms.people import queries
from corridor.rooms.people.fields import fields_edited, fields_seen, is_own
from corridor.rooms.training import queries as training
from corridor.web.fields import read_after
from corridor.web.ui.names import reader_language

from .forms import SEXES, PersonFilter

PER_PAGE = 50


@require_GET
def person_list(request: HttpRequest) -> HttpResponse:
    by = request.actor
    if not may_list(by=by):
        raise AccessDenied(N_("The list of people is for the secretariat and for the managers of sites."))
    asked = PersonFilter(request.GET)
    given = asked.cleaned_data if asked.is_valid() else {}
    narrowed = {
        "search": given.get("q", "").strip(),
        "country": given.get("country", ""),
        "without": given.get("without", ""),
    }
    found = list_persons(by=by, **narrowed, on=clock.today(), after=read_after(request), limit=PER_PAGE)
    shown = {
        "form": asked,
        "rows": [(person, SEXES.get(person.sex, "")) for person in found.rows],
        "next_after": found.next_after,
        "is_narrowed": any(narrowed.values()),
        "may_register": by.may(Permission.PERSON_REGISTER),
        "may_merge": by.may(Permission.PERSON_MERGE),
        "may_describe": by.may(Permission.PURPOSE_DESCRIBE),
    }
    return render(request, "people/people.html", shown, status=200 if asked.is_valid() else 422)


@require_GET
def person_page(request: HttpRequest, reference: str) -> HttpResponse:
    return _record(request, get_person(reference=reference, by=request.actor))


@require_GET
def own_record(request: HttpRequest) -> HttpResponse:
    return _record(request, get_self(by=request.actor))


def _record(request: HttpRequest, person: Any) -> HttpResponse:
    by, on = request.actor, clock.today()
    shown = {
        "person": person,
        "sex": SEXES.get(person.sex, ""),
        "sees": {str(field) for field in fields_seen(person, by=by)},
        "edits": {str(field) for field in fields_edited(person, by=by)},
        "contacts": [(each, each.is_unconfirmed(on=on)) for each in queries.list_contacts(person=person, by=by)],
        "certificate_names": queries.list_certificate_names(person=person, by=by),
        "consents": queries.list_consents(person=person, language=reader_language(), on=on, by=by),
        "papers": [
            (each, each.expires_on is not None and each.expires_on < on)
            for each in queries.list_papers(person=person, by=by)
        ],
        "merged": list(queries.list_merged(into=person, by=by)),
        "undone": queries.list_undone_merges(person=person, by=by),
        "path": training.learner_path(person=person.pk, by=by),
        "taught": training.offices_of(person=person, by=by),
        "is_own": is_own(person, by=by),
        "may_list": may_list(by=by),
        "may_erase": by.may(Permission.PERSON_ERASE) and person.erased_at is None,
        "may_merge": by.may(Permission.PERSON_MERGE),
        "may_move": by.holds_somewhere(Permission.LEARNER_ENROL),
    }
    return render(request, "people/person.html", shown)
