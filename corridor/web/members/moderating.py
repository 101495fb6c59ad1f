"""Organisations that others wrote down: proposing one, and the secretariat's queue."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from corridor.foundations import clock
from corridor.foundations.access import Permission
from corridor.kernel.errors import Refusal
from corridor.rooms.members import actions, queries
from corridor.rooms.members.drafts import OrganisationDraft
from corridor.web.posting import form_status, posted, shown_on

from .profile_forms import ProposeForm, SettleForm

form_page = require_http_methods(["GET", "POST"])


@form_page
def propose(request: HttpRequest) -> HttpResponse:
    by = request.actor
    if not by.holds_somewhere(Permission.ORGANISATION_PROPOSE):
        by.require(Permission.ORGANISATION_PROPOSE)
    form, status = ProposeForm(posted(request)), form_status(request)
    if form.is_bound and form.is_valid():
        given = form.cleaned_data
        draft = OrganisationDraft(
            reference="", kind=given["kind"], country=given["country"], city=given["city"], source=given["source"],
            names={given["language"]: given["name"]},
        )  # fmt: skip
        try:
            made = actions.propose_organisation(draft=draft, by=by)
        except Refusal as refusal:
            status = shown_on(form, refusal)
        else:
            messages.success(
                request,
                _("%(reference)s is written down. It is unconfirmed until the secretariat has looked at it.")
                % {"reference": made.reference},
            )
            return redirect("members")
    shown = {
        "form": form, "title": _("Name an organisation that is not known here"), "button": _("Write it down"),
        "back": (_("Members"), reverse("members")),
        "lead": _("An employer, a school, an authority. It is in no figure until the secretariat confirms it."),
    }  # fmt: skip
    return render(request, "partials/form_page.html", shown, status=status)


@require_GET
def queue(request: HttpRequest) -> HttpResponse:
    shown = {"rows": queries.unconfirmed(by=request.actor)}
    return render(request, "members/unconfirmed.html", shown)


@form_page
def settle(request: HttpRequest, reference: str) -> HttpResponse:
    by = request.actor
    organisation = queries.get_unconfirmed(reference=reference, by=by)
    form, status = SettleForm(posted(request)), form_status(request)
    if form.is_bound and form.is_valid():
        given = form.cleaned_data
        try:
            match request.POST.get("do"):
                case "refuse":
                    actions.refuse_organisation(organisation=organisation, reason=given["reason"], by=by)
                case "merge":
                    stays = queries.get_organisation(reference=given["into"], by=by)
                    actions.merge_organisations(
                        gone=organisation, stays=stays, reason=given["reason"], on=clock.today(), at=clock.now(), by=by
                    )
                case _:
                    actions.confirm_organisation(organisation=organisation, by=by)
        except Refusal as refusal:
            status = shown_on(form, refusal)
        else:
            messages.success(request, _("Your answer is written down."))
            return redirect("members-unconfirmed")
    shown = {
        "form": form, "organisation": organisation,
        "pairs": queries.pairs_with(organisation=organisation, by=by),
    }  # fmt: skip
    return render(request, "members/settle.html", shown, status=status)
