"""Draft an agreement, put it before its parties, suspend it, end it."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from corridor.foundations import clock
from corridor.foundations.access import Actor, Permission
from corridor.foundations.vocabularies.languages import written_languages
from corridor.kernel.errors import NotFound, Refusal
from corridor.rooms.agreements import actions, queries
from corridor.rooms.agreements.drafts import AgreementDraft, AgreementStep, LineDraft, PartyDraft, TextDraft
from corridor.rooms.agreements.lifecycle import AgreementStatus
from corridor.rooms.agreements.sides import require_writer
from corridor.rooms.agreements.templates import texts_of
from corridor.rooms.conferences import queries as conferences
from corridor.rooms.members import queries as members
from corridor.web.posting import form_status, posted, shown_on
from corridor.web.wording import sentence

from .changing_forms import ProposeForm
from .forms import DraftForm, MoveForm


@require_http_methods(["GET", "POST"])
def draft(request: HttpRequest) -> HttpResponse:
    request.actor.require(Permission.AGREEMENT_DRAFT)
    code = request.GET.get("kind", "")
    kind = queries.get_kind(code=code, by=request.actor) if code else None
    first = {"starts_on": clock.today()} | (_clauses(kind) if kind else {})
    form = DraftForm(posted(request), initial=first)
    status = form_status(request)
    if form.is_valid():
        try:
            given = replace(draft_of(form, by=request.actor), kind=kind)
            made = actions.draft_agreement(agreement=given, by=request.actor)
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
    shown = {"form": form, "kind": kind, "kinds": queries.list_kinds(by=request.actor)}
    return render(request, "agreements/draft.html", shown, status=status)


@require_http_methods(["GET", "POST"])
def propose(request: HttpRequest, reference: str) -> HttpResponse:
    agreement = queries.get_agreement(reference=reference, by=request.actor)
    require_writer(agreement, by=request.actor)
    form, status = ProposeForm(posted(request), initial={"reason": agreement.why}), form_status(request)
    if form.is_valid():
        try:
            actions.propose_agreement(
                agreement=agreement, on=clock.today(), at=clock.now(), by=request.actor, reason=form.cleaned_data["reason"]
            )  # fmt: skip
        except Refusal as refusal:
            status = shown_on(form, refusal)
        else:
            messages.success(
                request, _("%(agreement)s is before its parties; its text stays as it is.") % {"agreement": reference}
            )
            return redirect("agreement", reference)
    shown = {
        "form": form, "title": _("Propose it to its parties"), "button": _("Propose it to its parties"),
        "lead": _("Its parties are told, and read why. From then on it changes only by an answer of a party."),
        "back": (reference, reverse("agreement", args=[reference])),
    }  # fmt: skip
    return render(request, "partials/form_page.html", shown, status=status)


@require_http_methods(["GET", "POST"])
def move(request: HttpRequest, reference: str) -> HttpResponse:
    request.actor.require(Permission.AGREEMENT_TERMINATE)
    agreement = queries.get_agreement(reference=reference, by=request.actor)
    form = MoveForm(posted(request), initial={"on": clock.today()}, status=agreement.status)
    status = form_status(request)
    if form.is_valid():
        chosen = form.cleaned_data
        try:
            step = AgreementStep(
                agreement, AgreementStatus(chosen["to"]), chosen["on"], chosen["reason"],
                queries.get_agreement(reference=chosen["successor"], by=request.actor) if chosen["successor"] else None,
            )  # fmt: skip
            actions.move_agreements(steps=[step], at=clock.now(), by=request.actor)
        except NotFound as refusal:
            form.add_error("successor", sentence(refusal))
        except Refusal as refusal:
            status = shown_on(form, refusal)
        else:
            messages.success(request, _("The state of %(agreement)s is written down.") % {"agreement": reference})
            return redirect("agreement", reference)
    return render(request, "agreements/move.html", {"form": form, "agreement": agreement}, status=status)


def _clauses(kind: Any) -> dict[str, Any]:
    """What a draft of that kind begins with: its clauses, with places that are filled when the draft is kept."""
    shown = {}
    for text in texts_of(kind):
        shown |= {f"title_{text.language}": text.title, f"body_{text.language}": text.body}
    return shown


def draft_of(form: Any, *, by: Actor, before: AgreementDraft | None = None) -> AgreementDraft:
    """
    What was sent. ``before``: what stood there; its texts and lines in languages that the form does not hold stay, and so does what the
    form does not ask for.

    :raises NotFound: for a member, an announcement or an agreement that is not there.
    """
    chosen = form.cleaned_data
    said, under = chosen.get("announcement"), chosen.get("parent")
    held = {code for code, _own_name in written_languages()}
    announcement = before.announcement if before else None
    if "announcement" in chosen:
        announcement = conferences.get_announcement(reference=said, by=by) if said else None
    return AgreementDraft(
        starts_on=chosen["starts_on"],
        ends_before=chosen["ends_on"] + timedelta(days=1) if chosen["ends_on"] else None,
        announcement=announcement,
        parent=queries.get_agreement(reference=under, by=by) if under else None,
        texts=[
            *(text for text in (before.texts if before else ()) if text.language not in held),
            *(TextDraft(language, title, body, standing) for language, title, body, standing in form.given_texts()),
        ],
        lines=[
            *(line for line in (before.lines if before else ()) if line.language not in held),
            *(LineDraft(number, language, text) for number, language, text in form.given_lines()),
        ],
        parties=[
            PartyDraft(members.get_organisation(reference=reference, by=by), role)
            for reference, role in form.named_parties()
        ],
    )
