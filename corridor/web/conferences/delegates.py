"""Delegates for the secretariat: the list, letters, cards, what is asked; and the door, which works without a network."""

import json
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from corridor.foundations import clock
from corridor.foundations.access import Permission
from corridor.kernel.errors import BadInput, NotFound, Problem, Refusal
from corridor.kernel.wording import N_
from corridor.rooms.conferences import actions, queries
from corridor.rooms.conferences.actions import QuestionDraft, ScanDraft
from corridor.rooms.conferences.lifecycle import VisaLetterStatus
from corridor.rooms.conferences.printing.papers import print_cards
from corridor.rooms.members.application_kinds import AnswerKind, Need
from corridor.web.fields import read_after
from corridor.web.posting import form_status, posted, shown_on
from corridor.web.ui.languages import country_name
from corridor.web.ui.names import member_called, reader_language
from corridor.web.ui.sheets import sheet_answer, wanted_sheet
from corridor.web.wording import sentence

from .delegate_forms import DelegateFilter, OpeningForm, QuestionForm, RefuseForm
from .registering import own_pdf

PER_PAGE = 50
form_page = require_http_methods(["GET", "POST"])


@require_GET
def delegate_list(request: HttpRequest, reference: str) -> HttpResponse:
    by = request.actor
    conference = queries.get_conference(reference=reference, by=by)
    by.require(Permission.DELEGATE_VIEW)
    asked = DelegateFilter(request.GET)
    chosen = asked.cleaned_data if asked.is_valid() else {}
    found = queries.list_delegates(
        conference=reference, by=by, words=chosen.get("q", ""), state=chosen.get("state", ""), after=read_after(request)
    )
    rows = list(found[: PER_PAGE + 1])
    counts = queries.count_delegates(conference=reference, by=by)
    registration, is_open = queries.registration_of(conference=conference, on=clock.today(), by=by)
    words = [("", _("All"), "all"), ("here", _("Here"), "here"), ("awaited", _("Awaited"), "awaited"),
             ("letters", _("Letters wanted"), "letters"), ("withdrawn", _("Withdrawn"), "withdrawn")]  # fmt: skip
    shown = {
        "conference": conference, "form": asked, "rows": rows[:PER_PAGE], "counts": counts, "registration": registration, "is_open": is_open,
        "tabs": [(code, word, counts[name]) for code, word, name in words],
        "next_after": rows[PER_PAGE - 1].reference if len(rows) > PER_PAGE else "",
        "asked": queries.questions_of(conference=conference, language=reader_language(), by=by),
        "may_plan": by.may(Permission.CONFERENCE_PLAN), "may_check_in": by.may(Permission.DELEGATE_CHECK_IN),
    }  # fmt: skip
    return render(request, "conferences/delegates.html", shown, status=200 if asked.is_valid() else 422)


@require_GET
def participants(request: HttpRequest, reference: str) -> HttpResponse:
    """The list of participants as a sheet: only those who agreed to stand on it."""
    by = request.actor
    queries.get_conference(reference=reference, by=by)
    rows = queries.participants_of(conference=reference, by=by)
    heads = [_("Name"), _("Name in Latin letters"), _("Organisation"), _("Country or region")]
    cells = (
        [
            each.name, each.latin_name, member_called(each.organisation).text if each.organisation else each.comes_from,
            country_name(each.country) if each.country else "",
        ]
        for each in rows
    )  # fmt: skip
    return sheet_answer(wanted_sheet(request) or "xlsx", f"participants-{reference}", heads, cells)


@require_GET
def cards(request: HttpRequest, reference: str) -> HttpResponse:
    by = request.actor
    conference = queries.get_conference(reference=reference, by=by)
    found = [
        each
        for each in queries.list_delegates(conference=reference, by=by)
        if each.status == "registered" and each.name
    ]
    if not found:
        raise NotFound(N_("Nobody is registered yet; there is no name card to print."))
    is_sheet = request.GET.get("paper") != "a6"
    return own_pdf(print_cards(conference, found, is_sheet=is_sheet), f"cards-{reference}")


@form_page
def opening(request: HttpRequest, reference: str) -> HttpResponse:
    by = request.actor
    conference = queries.get_conference(reference=reference, by=by)
    by.require(Permission.CONFERENCE_PLAN)
    registration, _is_open = queries.registration_of(conference=conference, on=clock.today(), by=by)
    day = timedelta(days=1)
    first = (
        {"opens_on": registration.opens_on, "closes_on": registration.closes_before - day, "places": registration.places}
        if registration else {"opens_on": clock.today(), "closes_on": conference.starts_on}
    )  # fmt: skip
    form, status = OpeningForm(posted(request), initial=first), form_status(request)
    if form.is_bound and form.is_valid():
        given = form.cleaned_data
        try:
            actions.open_registration(
                conference=conference,
                opens_on=given["opens_on"],
                closes_before=given["closes_on"] + day,
                places=given["places"],
                by=by,
            )
        except Refusal as refusal:
            status = shown_on(form, refusal)
        else:
            messages.success(request, _("The days of registration are set."))
            return redirect("delegates", reference)
    return _form(request, form, status, reference, _("When may delegates register?"), _("Set these days"))


@form_page
def question(request: HttpRequest, reference: str) -> HttpResponse:
    by = request.actor
    conference = queries.get_conference(reference=reference, by=by)
    by.require(Permission.CONFERENCE_PLAN)
    form, status = QuestionForm(posted(request)), form_status(request)
    if form.is_bound and form.is_valid():
        given = form.cleaned_data
        draft = QuestionDraft(
            code=given["code"],
            answer=AnswerKind(given["answer"]),
            need=Need(given["need"]),
            titles=form.titles(),
            options=form.options_named(),
        )
        try:
            actions.ask_delegates(conference=conference, questions=[draft], by=by)
        except Refusal as refusal:
            status = shown_on(form, refusal)
        else:
            messages.success(request, _("Delegates are asked this from now on."))
            return redirect("delegates", reference)
    return _form(request, form, status, reference, _("Ask delegates something"), _("Ask it"))


@require_POST
def take_question_away(request: HttpRequest, reference: str, key: UUID) -> HttpResponse:
    queries.get_conference(reference=reference, by=request.actor)
    found = queries.get_question(conference=reference, key=key, by=request.actor)
    actions.stop_asking(question=found, by=request.actor)
    messages.success(request, _("The question is no longer asked."))
    return redirect("delegates", reference)


@require_POST
def issue_letter(request: HttpRequest, reference: str, delegate: str) -> HttpResponse:
    letter = _letter(request, reference, delegate)
    actions.decide_on_visa_letter(letter=letter, to=VisaLetterStatus.ISSUED, on=clock.today(), by=request.actor)
    messages.success(request, _("The letter of %(delegate)s is issued.") % {"delegate": delegate})
    return redirect("delegates", reference)


@form_page
def refuse_letter(request: HttpRequest, reference: str, delegate: str) -> HttpResponse:
    letter = _letter(request, reference, delegate)
    form, status = RefuseForm(posted(request)), form_status(request)
    if form.is_bound and form.is_valid():
        try:
            actions.decide_on_visa_letter(
                letter=letter,
                to=VisaLetterStatus.REFUSED,
                on=clock.today(),
                by=request.actor,
                reason=form.cleaned_data["reason"],
            )
        except Refusal as refusal:
            status = shown_on(form, refusal)
        else:
            messages.success(request, _("The letter of %(delegate)s is refused.") % {"delegate": delegate})
            return redirect("delegates", reference)
    return _form(request, form, status, reference, _("Refuse the letter"), _("Refuse it"))


@never_cache
@require_GET
def door(request: HttpRequest, reference: str) -> HttpResponse:
    """The page at the door. It names nobody: names come as a list that the phone keeps, and forgets with the page."""
    conference = queries.get_conference(reference=reference, by=request.actor)
    request.actor.require(Permission.DELEGATE_CHECK_IN)
    return render(request, "conferences/door.html", {"conference": conference})


@never_cache
@require_GET
def door_names(request: HttpRequest, reference: str) -> HttpResponse:
    conference = queries.get_conference(reference=reference, by=request.actor)
    rows = queries.door_list(conference=conference, by=request.actor)
    arrived = queries.arrived_at_door(conference=conference, by=request.actor)
    return JsonResponse(
        {
            "delegates": [{"print": mark, "name": name, "whence": whence} for mark, name, whence in rows],
            "arrived": arrived,
        }
    )


@require_POST
def door_scans(request: HttpRequest, reference: str) -> HttpResponse:
    """Scans that a phone kept, as JSON: {"device": ..., "scans": [{"key", "print", "at"}]}. Sent again they are the same scans."""
    conference = queries.get_conference(reference=reference, by=request.actor)
    request.actor.require(Permission.DELEGATE_CHECK_IN)
    try:
        device, scans = _read_scans(request.body)
        taken = actions.check_in(
            conference=conference, scans=scans, device=device, at=clock.real_now(), by=request.actor
        )
    except BadInput as refusal:
        return JsonResponse({"code": refusal.code, "message": sentence(refusal)}, status=422)
    return JsonResponse({"kept": [str(each) for each in taken.kept], "unknown": [str(each) for each in taken.unknown]})


def _read_scans(body: bytes) -> tuple[str, list[ScanDraft]]:
    """:raises BadInput: for what is no list of scans."""
    try:
        sent = json.loads(body)
        scans = [
            ScanDraft(
                UUID(str(each["key"])), str(each["print"]), datetime.fromisoformat(str(each["at"])).astimezone(UTC)
            )
            for each in sent["scans"]
        ]
        return str(sent.get("device", "")), scans
    except (ValueError, TypeError, KeyError, AttributeError, OverflowError) as wrong:
        raise BadInput(
            [Problem(N_("These are no scans: send device, and for each scan key, print and at."), column="scans")]
        ) from wrong


def _letter(request: HttpRequest, reference: str, delegate: str) -> Any:
    found = queries.get_delegate(reference=delegate, by=request.actor)
    letter = queries.get_visa_letter(delegate=found, by=request.actor)
    if letter is None or found.conference.reference != reference:
        raise NotFound(N_("%(delegate)s has asked for no letter."), delegate=delegate)
    request.actor.require(Permission.CONFERENCE_PLAN)
    return letter


def _form(request: HttpRequest, form: Any, status: int, reference: str, title: str, button: str) -> HttpResponse:
    shown = {
        "form": form,
        "title": title,
        "button": button,
        "lead": "",
        "back": (_("Delegates"), reverse("delegates", args=[reference])),
    }
    return render(request, "partials/form_page.html", shown, status=status)
