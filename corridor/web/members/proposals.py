"""Proposals to the council about members: made by the secretariat, decided by the council, carried out on a day."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from corridor.foundations import clock
from corridor.foundations.access import Permission
from corridor.journeys.propose_step import propose_step
from corridor.kernel.errors import Refusal
from corridor.rooms.indicators import queries as indicators
from corridor.rooms.members import actions, queries
from corridor.rooms.members.lifecycle import MembershipStatus, ProposalStatus
from corridor.web.posting import form_status, posted, shown_on

from .evidence_rows import evidence_rows
from .forms import DayForm, DecisionForm, ProposalForm, WhyForm

form_page = require_http_methods(["GET", "POST"])


@require_GET
def proposal_list(request: HttpRequest) -> HttpResponse:
    request.actor.require(Permission.MEMBER_VIEW_ANY_STATE)
    return render(request, "members/proposals.html", {"proposals": queries.list_proposals(by=request.actor)})


@form_page
def propose(request: HttpRequest, reference: str) -> HttpResponse:
    by, on = request.actor, clock.today()
    by.require(Permission.MEMBER_PROPOSE)
    organisation = queries.get_organisation(reference=reference, by=by)
    form, status = ProposalForm(posted(request)), form_status(request)
    if form.is_valid():
        try:
            made = propose_step(
                organisation=organisation, to=MembershipStatus(form.cleaned_data["to"]), reason=form.cleaned_data["reason"],
                on=on, at=clock.now(), by=by,
            )  # fmt: skip
        except Refusal as refusal:
            status = shown_on(form, refusal)
        else:
            messages.success(request, _("%(proposal)s waits for the council.") % {"proposal": made.reference})
            return redirect("proposal", made.reference)
    risk = indicators.risk_of(organisation=organisation, on=on, by=by)
    shown = {
        "form": form,
        "organisation": organisation,
        "risk": risk,
        "rows": evidence_rows(risk.counted) if risk else [],
    }
    return render(request, "members/propose.html", shown, status=status)


@form_page
def proposal_page(request: HttpRequest, reference: str) -> HttpResponse:
    """The council decides here; everyone else who may see it reads it."""
    by = request.actor
    proposal = queries.get_proposal(reference=reference, by=by)
    may_decide = by.may(Permission.PROPOSAL_DECIDE) and proposal.status == ProposalStatus.PROPOSED
    form, status = DecisionForm(posted(request)), form_status(request)
    if request.method == "POST":
        by.require(Permission.PROPOSAL_DECIDE)
    if form.is_valid():
        try:
            actions.decide_proposal(
                proposal=proposal, agreed=form.cleaned_data["decision"] == "agreed", minute=form.cleaned_data["minute"],
                on=clock.today(), at=clock.now(), by=by,
            )  # fmt: skip
        except Refusal as refusal:
            status = shown_on(form, refusal)
        else:
            messages.success(request, _("The decision is minuted."))
            return redirect("proposal", reference)
    shown = {
        "proposal": proposal, "organisation": proposal.membership.organisation, "rows": evidence_rows(proposal.evidence.all()),
        "form": form if may_decide or form.is_bound else None,
        "may_carry_out": by.may(Permission.MEMBER_CHANGE_STATE) and proposal.status == ProposalStatus.AGREED,
        "may_take_back": by.may(Permission.MEMBER_PROPOSE) and proposal.status in {ProposalStatus.PROPOSED, ProposalStatus.AGREED},
        "steps": [
            {"day": each.effective_on, "status": each.to_status, "by": each.by_label, "reason": each.reason}
            for each in sorted(proposal.changes.all(), key=lambda each: (each.effective_on, each.recorded_at), reverse=True)
        ],
    }  # fmt: skip
    return render(request, "members/proposal.html", shown, status=status)


@form_page
def carry_out(request: HttpRequest, reference: str) -> HttpResponse:
    by = request.actor
    by.require(Permission.MEMBER_CHANGE_STATE)
    proposal = queries.get_proposal(reference=reference, by=by)
    form, status = DayForm(posted(request), initial={"on": clock.today()}), form_status(request)
    if form.is_valid():
        try:
            actions.carry_out_proposal(proposal=proposal, on=form.cleaned_data["on"], by=by)
        except Refusal as refusal:
            status = shown_on(form, refusal)
        else:
            messages.success(request, _("The membership has moved as the council agreed."))
            return redirect("member", proposal.membership.organisation.reference)
    lead = _("The council agreed. From that day the member is “%(state)s”.") % {"state": proposal.get_to_status_label()}
    shown = {
        "form": form, "title": _("Carry it out"), "button": _("Carry it out"), "lead": lead,
        "back": (reference, reverse("proposal", args=[reference])),
    }  # fmt: skip
    return render(request, "partials/form_page.html", shown, status=status)


@form_page
def take_back(request: HttpRequest, reference: str) -> HttpResponse:
    by = request.actor
    by.require(Permission.MEMBER_PROPOSE)
    proposal = queries.get_proposal(reference=reference, by=by)
    form, status = WhyForm(posted(request)), form_status(request)
    if form.is_valid():
        try:
            actions.take_back_proposal(proposal=proposal, reason=form.cleaned_data["reason"], on=clock.today(), by=by)
        except Refusal as refusal:
            status = shown_on(form, refusal)
        else:
            messages.success(request, _("The proposal is taken back."))
            return redirect("proposal", reference)
    shown = {
        "form": form, "title": _("Take it back"), "button": _("Take it back"), "lead": "",
        "back": (reference, reverse("proposal", args=[reference])),
    }  # fmt: skip
    return render(request, "partials/form_page.html", shown, status=status)
