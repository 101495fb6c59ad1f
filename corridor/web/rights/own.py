"""What is held about me, a copy of it, and what I ask to be put right or erased."""

import re
from datetime import date, datetime
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from corridor.foundations import clock
from corridor.foundations.documents.receiving import Upload
from corridor.foundations.vocabularies.countries import country_name
from corridor.foundations.vocabularies.languages import language_name
from corridor.journeys import tell_my_data as journey
from corridor.journeys.answer_requests import ask_correction
from corridor.journeys.open_record import who_looked_at_me
from corridor.kernel.errors import Refusal
from corridor.kernel.personal_data import PersonalPart
from corridor.rooms.people.actions.requests import Correction, ask_erasure, withdraw_request
from corridor.rooms.people.queries import get_self
from corridor.rooms.people.queries import rights as queries
from corridor.rooms.people.rights_words import Part
from corridor.web.posting import form_status, posted, posted_files, shown_on
from corridor.web.ui.days import day_text, instant_text
from corridor.web.ui.names import role_name

from .forms import AskErasureForm, CorrectForm

FIRST_ROWS = 8
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_INSTANT = re.compile(r"\d{4}-\d{2}-\d{2}T[\d:.]+[+-]\d{2}:\d{2}")
_COUNTRIES = frozenset({"country", "from", "residence_country", "to"})


@never_cache
@require_GET
def my_data(request: HttpRequest) -> HttpResponse:
    if request.actor.person_id is None:
        return _account(request)
    told = journey.tell_my_data(person=get_self(by=request.actor), by=request.actor)
    shown = {
        "told": told, "parts": _parts(request, told), "exports": journey.own_exports(by=request.actor),
        "requests": queries.own_requests(by=request.actor)[:20], "at": clock.now(),
        "looked": who_looked_at_me(by=request.actor).count(),
    }  # fmt: skip
    return render(request, "rights/my_data.html", shown)


def _account(request: HttpRequest) -> HttpResponse:
    """The same for an account with which no record of a person stands."""
    told = journey.tell_my_account(by=request.actor)
    return render(request, "rights/my_account.html", {"told": told, "parts": _parts(request, told)})


@never_cache
@require_GET
def account_file(request: HttpRequest) -> HttpResponse:
    said = journey.my_account_as_json(language=get_language() or "en", at=clock.now(), by=request.actor)
    response = JsonResponse(said, json_dumps_params={"ensure_ascii": False, "indent": 2})
    response["Content-Disposition"] = 'attachment; filename="my-account.json"'
    response["Cache-Control"] = "private, no-store"
    return response


def _parts(request: HttpRequest, told: journey.MyData) -> list[dict[str, object]]:
    return [
        {
            "part": part,
            "roles": journey.roles_that_see(part=part, by=request.actor),
            "rows": [
                [(word, shown_value(part, name, row.get(name))) for name, word in part.heads.items()]
                for row in part.rows[:FIRST_ROWS]
            ],
            "more": max(len(part.rows) - FIRST_ROWS, 0),
        }
        for part in told.parts
    ]


def shown_value(part: PersonalPart, name: str, value: object) -> str:
    """A code as its word, a day, a country, a language and a role as the reader writes them; anything else as it is held."""
    if value is None or value == "":
        return ""
    written = str(value)
    if name in part.words:
        return _(str(part.words[name].get(written, written)))
    if name in journey.LANGUAGE_FIELDS:
        return language_name(written, get_language() or "en")
    if name == "role":
        return role_name(written)
    if _DAY.fullmatch(written):
        return day_text(date.fromisoformat(written))
    if _INSTANT.fullmatch(written):
        return instant_text(datetime.fromisoformat(written))
    return country_name(written, get_language() or "en") if name in _COUNTRIES else written


@require_POST
def make_copy(request: HttpRequest) -> HttpResponse:
    person = get_self(by=request.actor)
    made = journey.make_export(person=person, language=get_language() or "en", at=clock.now(), by=request.actor)
    if made.ready_at is None:
        messages.success(request, _("Your copy is being made; it stands here when it is ready."))
    else:
        messages.success(request, _("Your copy is ready. Only you can open it, and it goes after some days."))
    return redirect("my-data")


@never_cache
@require_GET
def download(request: HttpRequest, key: UUID) -> HttpResponse:
    content = journey.open_export(key=key, at=clock.now(), by=request.actor)
    response = HttpResponse(content, content_type="application/zip")
    response["Content-Disposition"] = 'attachment; filename="my-data.zip"'
    response["Cache-Control"] = "private, no-store"
    return response


@require_http_methods(["GET", "POST"])
def correct(request: HttpRequest) -> HttpResponse:
    person, form, status = (
        get_self(by=request.actor),
        CorrectForm(posted(request), posted_files(request)),
        form_status(request),
    )
    if form.is_valid():
        try:
            made = ask_correction(
                person=person, correction=_correction(form), on=clock.today(), at=clock.now(), by=request.actor
            )
        except Refusal as refusal:
            status = shown_on(form, refusal)
        else:
            messages.success(request, _("Your request %(request)s is sent.") % {"request": made.reference})
            return redirect("own-request", made.reference)
    return render(request, "rights/correct.html", {"form": form}, status=status)


def _correction(form: CorrectForm) -> Correction:
    given, upload = form.cleaned_data, None
    if given["file"]:
        upload = Upload(given["file"].name, given["file"].read(), title=given["file"].name, kind="evidence")
    return Correction(Part(given["part"]), given["should_be"], given["words"], upload)


@require_http_methods(["GET", "POST"])
def erase(request: HttpRequest) -> HttpResponse:
    person, form, status = get_self(by=request.actor), AskErasureForm(posted(request)), form_status(request)
    if form.is_valid():
        words = form.cleaned_data["words"]
        try:
            made = ask_erasure(person=person, words=words, on=clock.today(), at=clock.now(), by=request.actor)
        except Refusal as refusal:
            status = shown_on(form, refusal)
        else:
            messages.success(request, _("Your request %(request)s is sent.") % {"request": made.reference})
            return redirect("own-request", made.reference)
    told = journey.tell_my_data(person=person, by=request.actor)
    return render(request, "rights/ask_erasure.html", {"form": form, "told": told}, status=status)


@require_http_methods(["GET", "POST"])
def request_page(request: HttpRequest, reference: str) -> HttpResponse:
    found = queries.get_request(reference=reference, by=request.actor)
    if request.method == "POST":
        withdraw_request(request=found, on=clock.today(), by=request.actor)
        messages.success(request, _("It is taken back."))
        return redirect("own-request", found.reference)
    return render(request, "rights/own_request.html", {"asked": found, "changes": changes_of(found)})


def changes_of(asked) -> list[dict[str, object]]:  # type: ignore[no-untyped-def]
    rows = sorted(asked.changes.all(), key=lambda each: each.recorded_at, reverse=True)
    return [{"day": each.effective_on, "status": each.to_status, "by": ""} for each in rows]
