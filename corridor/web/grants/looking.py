"""Opening one record for an hour with a written reason, reading who did, and seeing the product as a role does."""

from uuid import UUID

from allauth.account.decorators import reauthentication_required
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from corridor.foundations import clock
from corridor.foundations.access import Permission, Role
from corridor.foundations.grants import looking, queries
from corridor.journeys import open_record as journey
from corridor.journeys.place_of_grant import find_place
from corridor.kernel.errors import NotFound, Refusal
from corridor.web.posting import form_status, posted, shown_on
from corridor.web.wording import sentence

from .access import PAGES
from .forms import OpenForm, PlaceForm, roles_to_give


# Whoever finds this browser open must not be able to look: it asks for a password, a code or a passkey unless that was just given.
@require_http_methods(["GET", "POST"])
@reauthentication_required(app="corridor")
def open_record(request: HttpRequest) -> HttpResponse:
    by = request.actor
    by.require(Permission.OVERRIDE_BEGIN)
    asked = {name: request.GET.get(name, "")[:80] for name in ("kind", "reference")}
    form, status = OpenForm(posted(request), initial={k: v for k, v in asked.items() if v}), form_status(request)
    if form.is_bound and form.is_valid():
        given = form.cleaned_data
        try:
            made = journey.open_record(**given, at=clock.real_now(), by=by)
        except NotFound as unknown:
            form.add_error("reference", sentence(unknown))
            status = 422
        except Refusal as refusal:
            status = shown_on(form, refusal)
        else:
            messages.success(request, _("The record is open for you, for reading. Those whom it is about are told."))
            return redirect(PAGES[made.record_kind], made.record_reference)
    shown = {
        "form": form, "title": _("Open a record with a reason"), "button": _("Open it for reading"),
        "back": (_("My rights"), reverse("own-rights")),
        "lead": _(
            "For what cannot wait and has no other way. It closes by itself, it gives reading alone, "
            "and those whom it is about read who looked, when and why."
        ),
    }  # fmt: skip
    return render(request, "partials/form_page.html", shown, status=status)


@require_POST
def close_record(request: HttpRequest, key: UUID) -> HttpResponse:
    override = queries.get_override(key=key, by=request.actor)
    looking.end_override(override=override, at=clock.real_now(), by=request.actor)
    messages.success(request, _("The record is closed again."))
    return redirect("own-rights")


@require_GET
def who_looked(request: HttpRequest) -> HttpResponse:
    return render(request, "grants/looked.html", {"rows": list(journey.who_looked_at_me(by=request.actor)[:200])})


@require_http_methods(["GET", "POST"])
def see_as(request: HttpRequest) -> HttpResponse:
    by = request.actor
    by.require(Permission.ACCESS_SEE_AS)
    form, status = PlaceForm(posted(request)), form_status(request)
    form.offer([*roles_to_give(), Role.VISITOR.value])
    if form.is_bound and form.is_valid():
        given = form.cleaned_data
        try:
            place = find_place(kind=given["kind"], reference=given["reference"], by=by)
            looking.begin_viewing(role=Role(given["role"]), place=place, at=clock.real_now(), by=by)
        except Refusal as refusal:
            status = shown_on(form, refusal)
        else:
            return redirect("/desk/")
    shown = {
        "form": form, "title": _("See as a role"), "button": _("See as this role"), "back": (_("My rights"), reverse("own-rights")),
        "lead": _(
            "You see what somebody in that role sees, as nobody in particular, and only read. It ends by itself after 30 minutes. "
            "No row about a person shows that you may not see yourself."
        ),
    }  # fmt: skip
    return render(request, "partials/form_page.html", shown, status=status)


@require_POST
def end_seeing(request: HttpRequest) -> HttpResponse:
    looking.end_viewing(at=clock.real_now(), by=request.actor)
    return redirect("/desk/")
