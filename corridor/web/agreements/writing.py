"""Draft an agreement, put it before its parties, suspend it, end it."""

from datetime import timedelta

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from corridor.foundations import clock
from corridor.foundations.access import Actor, Permission
from corridor.kernel.errors import NotFound, Refusal
from corridor.rooms.agreements import actions, queries
from corridor.rooms.agreements.drafts import AgreementDraft, AgreementStep, PartyDraft, TextDraft
from corridor.rooms.agreements.lifecycle import AgreementStatus
from corridor.rooms.conferences import queries as conferences
from corridor.rooms.members import queries as members
from corridor.web.posting import form_status, posted, shown_on
from corridor.web.wording import sentence

from .forms import DraftForm, MoveForm


@require_http_methods(["GET", "POST"])
def draft(request: HttpRequest) -> HttpResponse:
    request.actor.require(Permission.AGREEMENT_DRAFT)
    form = DraftForm(posted(request), initial={"starts_on": clock.today()})
    status = form_status(request)
    if form.is_valid():
        try:
            made = actions.draft_agreement(agreement=_draft_of(form, by=request.actor), by=request.actor)
        except NotFound as refusal:
            form.add_error(None, sentence(refusal))
        except Refusal as refusal:
            status = shown_on(form, refusal)
        else:
            messages.success(
                request,
                _("%(agreement)s is drafted. Read it once more, then propose it.") % {"agreement": made.reference},
            )
            return redirect("agreement", made.reference)
    return render(request, "agreements/draft.html", {"form": form}, status=status)


@require_POST
def propose(request: HttpRequest, reference: str) -> HttpResponse:
    agreement = queries.get_agreement(reference=reference, by=request.actor)
    actions.propose_agreement(agreement=agreement, on=clock.today(), by=request.actor)
    messages.success(
        request, _("%(agreement)s is before its parties; its text stays as it is.") % {"agreement": reference}
    )
    return redirect("agreement", reference)


@require_http_methods(["GET", "POST"])
def move(request: HttpRequest, reference: str) -> HttpResponse:
    request.actor.require(Permission.AGREEMENT_TERMINATE)
    agreement = queries.get_agreement(reference=reference, by=request.actor)
    form = MoveForm(posted(request), initial={"on": clock.today()}, status=agreement.status)
    status = form_status(request)
    if form.is_valid():
        chosen = form.cleaned_data
        step = AgreementStep(agreement, AgreementStatus(chosen["to"]), chosen["on"], chosen["reason"])
        try:
            actions.move_agreements(steps=[step], by=request.actor)
        except Refusal as refusal:
            status = shown_on(form, refusal)
        else:
            messages.success(request, _("The state of %(agreement)s is written down.") % {"agreement": reference})
            return redirect("agreement", reference)
    return render(request, "agreements/move.html", {"form": form, "agreement": agreement}, status=status)


def _draft_of(form: DraftForm, *, by: Actor) -> AgreementDraft:
    """:raises NotFound: for a member or an announcement that is not there."""
    chosen = form.cleaned_data
    said = chosen["announcement"]
    return AgreementDraft(
        starts_on=chosen["starts_on"],
        ends_before=chosen["ends_on"] + timedelta(days=1) if chosen["ends_on"] else None,
        announcement=conferences.get_announcement(reference=said, by=by) if said else None,
        texts=[TextDraft(language, title, body, standing) for language, title, body, standing in form.given_texts()],
        parties=[
            PartyDraft(members.get_organisation(reference=reference, by=by), role)
            for reference, role in form.named_parties()
        ],
    )
