"""Who manages a site, and under which brands it stands."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from corridor.foundations import clock
from corridor.foundations.access import Permission
from corridor.foundations.accounts import queries as accounts
from corridor.journeys import equip_site, leave_site
from corridor.kernel.errors import NotFound, Refusal
from corridor.rooms.agreements import queries as agreements
from corridor.rooms.sites import actions, queries
from corridor.rooms.sites.drafts import ListingDraft
from corridor.web.posting import form_status, posted, shown_on
from corridor.web.wording import sentence

from .forms import AcceptForm, AgreementForm, ListingForm, ManagerForm

form_page = require_http_methods(["GET", "POST"])


@form_page
def appoint_manager(request: HttpRequest, reference: str) -> HttpResponse:
    by = request.actor
    by.require(Permission.SITE_STAFF)
    site = queries.get_site(reference=reference, by=by)
    form = ManagerForm(posted(request), initial={"on": clock.today()})

    def act(given: dict[str, Any]) -> None:
        user = accounts.get_account(username=given["username"], by=by)
        actions.appoint_manager(site=site, user=user, held_from=given["on"], by=by)

    words = {
        "title": _("Appoint a manager"), "button": _("Appoint"), "done": _("The account manages the site from that day."),
        "lead": _("A site's manager opens its cohorts, gives places in them and signs its registers."),
    }  # fmt: skip
    return _answer(request, reference, form, act, words)


@form_page
def relieve_manager(request: HttpRequest, reference: str) -> HttpResponse:
    by = request.actor
    by.require(Permission.SITE_STAFF)
    site = queries.get_site(reference=reference, by=by)
    first = {"on": clock.today(), "username": request.GET.get("username", "")[:150]}
    form = ManagerForm(posted(request), initial=first)

    def act(given: dict[str, Any]) -> None:
        user = accounts.get_account(username=given["username"], by=by)
        actions.relieve_manager(site=site, user=user, held_before=given["on"], by=by)

    words = {
        "title": _("Relieve a manager"), "button": _("Relieve"), "done": _("The account no longer manages the site from that day."),
        "lead": _("From that day on the account manages the site no more."),
    }  # fmt: skip
    return _answer(request, reference, form, act, words)


@form_page
def name_agreement(request: HttpRequest, reference: str) -> HttpResponse:
    by = request.actor
    by.require(Permission.SITE_CHANGE_STATE)
    site = queries.get_site(reference=reference, by=by)
    first = {"agreement": site.agreement.reference if site.agreement else ""}
    form = AgreementForm(posted(request), initial=first)

    def act(given: dict[str, Any]) -> None:
        named = given["agreement"]
        agreement = agreements.get_agreement(reference=named, by=by) if named else None
        equip_site.name_agreement(site=site, agreement=agreement, today=clock.today(), by=by)

    words = {
        "title": _("Name the agreement"), "button": _("Write it down"), "done": _("The agreement of the site is written down."),
        "lead": _("In which agreement was this place agreed? That it opened, and what other parties gave it, is delivered under that agreement."),
    }  # fmt: skip
    return _answer(request, reference, form, act, words)


@form_page
def list_site(request: HttpRequest, reference: str) -> HttpResponse:
    by = request.actor
    by.require(Permission.SITE_EDIT)
    site = queries.get_site(reference=reference, by=by)
    form = ListingForm(posted(request), initial={"starts_on": clock.today()})
    form.offer(queries.list_brands(by=by))

    def act(given: dict[str, Any]) -> None:
        draft = ListingDraft(site, given["brand"], given["starts_on"], form.ends_before())
        actions.list_sites_under_brands(listings=[draft], by=by)

    words = {
        "title": _("List it under a brand"), "button": _("List it"), "done": _("The site stands under the brand from that day."),
        "lead": _("One place may carry several brands; it still counts once as a place."),
    }  # fmt: skip
    return _answer(request, reference, form, act, words)


@form_page
def accept_listing(request: HttpRequest, reference: str, brand: str) -> HttpResponse:
    by = request.actor
    by.require(Permission.SITE_CHANGE_STATE)
    listing = queries.get_listing(site=reference, brand=brand, on=clock.today(), by=by)
    form = AcceptForm(posted(request), initial={"on": clock.today()})

    def act(given: dict[str, Any]) -> None:
        actions.accept_listing(listing=listing, on=given["on"], by=by)

    words = {
        "title": _("Accept the listing"), "button": _("Accept it"), "done": _("The listing is accepted."),
        "lead": _("The owner of %(brand)s accepts the place. Unveiled is not accepted.") % {"brand": listing.brand.name},
    }  # fmt: skip
    return _answer(request, reference, form, act, words)


@form_page
def end_listing(request: HttpRequest, reference: str, brand: str) -> HttpResponse:
    by = request.actor
    by.require(Permission.SITE_EDIT)
    listing = queries.get_listing(site=reference, brand=brand, on=clock.today(), by=by)
    form = AcceptForm(posted(request), initial={"on": clock.today()})
    form.fields["on"].label = _("Without it from the day")

    def act(given: dict[str, Any]) -> None:
        leave_site.end_listing(listing=listing, ends_before=given["on"], by=by)

    words = {
        "title": _("End the listing"), "button": _("End it"), "done": _("The listing ends."),
        "lead": _("The place leaves %(brand)s. Cohorts that count for it are finished first.") % {"brand": listing.brand.name},
    }  # fmt: skip
    return _answer(request, reference, form, act, words)


def _answer(
    request: HttpRequest, reference: str, form: Form, act: Callable[[dict[str, Any]], None], words: dict[str, str]
) -> HttpResponse:
    """Act on what was sent and go back to the site's page, or show the form (again)."""
    status = form_status(request)
    if form.is_bound and form.is_valid():
        try:
            act(form.cleaned_data)
        except NotFound as unknown:
            form.add_error(
                next((name for name in ("username", "agreement") if name in form.fields), None), sentence(unknown)
            )
        except Refusal as refusal:
            status = shown_on(form, refusal)
        else:
            messages.success(request, words["done"])
            return redirect("site", reference)
    shown = {"form": form, "back": (reference, reverse("site", args=[reference])), **words}
    return render(request, "partials/form_page.html", shown, status=status)
