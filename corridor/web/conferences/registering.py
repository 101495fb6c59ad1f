"""Registering for a conference without an account, and the page behind the delegate's own link."""

from typing import Any

from axes.helpers import get_client_ip_address
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from corridor.foundations import clock
from corridor.kernel.errors import NotFound, Refusal
from corridor.kernel.wording import N_
from corridor.rooms.conferences import actions, queries
from corridor.rooms.conferences.actions import KEPT_FOR, DelegateDraft
from corridor.rooms.conferences.printing.papers import print_cards, print_visa_letter, spaced
from corridor.rooms.members import queries as members
from corridor.web.documents.answers import pdf_answer
from corridor.web.posting import form_status, posted, shown_on
from corridor.web.ui.names import member_called, reader_language

from .delegate_forms import RegisterForm, VisaForm

form_page = require_http_methods(["GET", "POST"])


@login_not_required
@never_cache
@form_page
def register(request: HttpRequest, reference: str) -> HttpResponse:
    on, by = clock.today(), request.actor
    conference = queries.get_conference(reference=reference, by=by)
    registration, is_open = queries.registration_of(conference=conference, on=on, by=by)
    asked = queries.questions_of(conference=conference, language=reader_language(), by=by)
    names = sorted(
        ((each.reference, member_called(each).text) for each in members.members_on(day=on, by=by)),
        key=lambda each: each[1],
    )
    form = RegisterForm(
        posted(request),
        answers=asked,
        language=reader_language(),
        members=names,
        initial={"language": request.LANGUAGE_CODE},
    )
    status = form_status(request)
    if form.is_bound and form.is_valid():
        given = form.cleaned_data
        try:
            draft = DelegateDraft(
                name=given["name"], latin_name=given["latin_name"], email=given["email"], language=given["language"],
                organisation=members.get_organisation(reference=given["member"], by=by) if given["member"] else None,
                comes_from=given["comes_from"], country=given["country"], answers=form.answers(), agrees_to_be_listed=given["is_listed"],
            )  # fmt: skip
            made = actions.register_delegate(
                conference=conference,
                delegate=draft,
                on=on,
                at=clock.now(),
                by=by,
                address=get_client_ip_address(request) or "",
            )
        except NotFound:
            form.add_error("member", _("Choose a member of the list."))
        except Refusal as refusal:
            status = shown_on(form, refusal)
        else:
            said = _(
                "You are registered as %(reference)s. The address of this page is the key to it; it was sent to you too."
            )
            messages.success(request, said % {"reference": made.delegate.reference})
            return redirect("delegate-own", made.secret)
    shown = {
        "conference": conference, "registration": registration, "is_open": is_open, "form": form, "days": KEPT_FOR.days, "on": on,
    }  # fmt: skip
    return render(request, "conferences/register.html", shown, status=status)


@login_not_required
@never_cache
@require_GET
def own(request: HttpRequest, secret: str) -> HttpResponse:
    by, delegate = actions.recognise_delegate(secret=secret, by=request.actor)
    letter = queries.get_visa_letter(delegate=delegate, by=by)
    shown = {
        "delegate": delegate, "secret": secret, "letter": letter, "card": spaced(delegate.card),
        "refused": next((each.reason for each in letter.changes.all() if each.to_status == "refused"), "") if letter else "",
        "answers": queries.answers_of(delegate=delegate, language=reader_language(), by=by), "days": KEPT_FOR.days,
        "is_coming": delegate.status == "registered", "is_over": delegate.conference.ends_before <= clock.today(),
    }  # fmt: skip
    return _private(render(request, "conferences/delegate_own.html", shown))


@login_not_required
@never_cache
@require_GET
def own_card(request: HttpRequest, secret: str) -> HttpResponse:
    _by, delegate = actions.recognise_delegate(secret=secret, by=request.actor)
    if delegate.status != "registered":
        raise NotFound(N_("There is no name card for a registration that was taken back."))
    return own_pdf(print_cards(delegate.conference, [delegate], is_sheet=False), f"card-{delegate.reference}")


@login_not_required
@never_cache
@form_page
def visa(request: HttpRequest, secret: str) -> HttpResponse:
    by, delegate = actions.recognise_delegate(secret=secret, by=request.actor)
    form, status = VisaForm(posted(request), initial={"nationality": delegate.country}), form_status(request)
    if form.is_bound and form.is_valid():
        try:
            actions.ask_for_visa_letter(delegate=delegate, at=clock.now(), by=by, **form.cleaned_data)
        except Refusal as refusal:
            status = shown_on(form, refusal)
        else:
            messages.success(request, _("Your letter is asked for. It stands here once the secretariat has issued it."))
            return redirect("delegate-own", secret)
    shown = {
        "form": form, "title": _("Ask for a letter for a visa"), "button": _("Ask for it"),
        "lead": _("What you write here stands in the letter and is used for nothing else."),
        "back": (delegate.reference, reverse("delegate-own", args=[secret])),
    }  # fmt: skip
    return _private(render(request, "partials/form_page.html", shown, status=status))


@login_not_required
@never_cache
@require_GET
def visa_letter(request: HttpRequest, secret: str) -> HttpResponse:
    by, delegate = actions.recognise_delegate(secret=secret, by=request.actor)
    letter = queries.get_visa_letter(delegate=delegate, by=by)
    if letter is None or letter.status != "issued" or not letter.passport:
        raise NotFound(N_("There is no letter here: it was not issued, or the conference is over."))
    issued = next(each.effective_on for each in letter.changes.all() if each.to_status == "issued")
    return own_pdf(print_visa_letter(letter, issued_on=issued), f"letter-{delegate.reference}")


@login_not_required
@never_cache
@require_POST
def change(request: HttpRequest, secret: str) -> HttpResponse:
    """One of: list, unlist, withdraw, forget."""
    by, delegate = actions.recognise_delegate(secret=secret, by=request.actor)
    match request.POST.get("what", ""):
        case "list" | "unlist" as what:
            actions.change_listing(delegate=delegate, is_listed=what == "list", at=clock.now(), by=by)
            messages.success(request, _("It is written down."))
        case "withdraw":
            actions.withdraw_delegate(delegate=delegate, on=clock.today(), by=by)
            messages.success(request, _("Your registration is taken back; the place is free for somebody else."))
        case "forget":
            actions.forget_own(delegate=delegate, at=clock.now(), by=by)
            messages.success(request, _("Everything that says who you are is gone. The link works no more."))
            return redirect("conference", delegate.conference.reference)
        case _:
            raise NotFound(N_("There is nothing of that name to do here."))
    return redirect("delegate-own", secret)


def own_pdf(content: bytes, name: str) -> HttpResponse:
    return _private(pdf_answer(content, name))


def _private(response: Any) -> HttpResponse:
    # Not "no-referrer": a browser would then send the forms of the page without their origin, and they would be refused.
    response["Referrer-Policy"] = "same-origin"
    found: HttpResponse = response
    return found
