"""Revise a draft, answer a proposal with another text, amend what is in force."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from corridor.foundations import clock
from corridor.kernel.errors import NotFound, Refusal
from corridor.rooms.agreements import actions, queries
from corridor.rooms.agreements.sides import require_writer
from corridor.rooms.agreements.writing import standing_draft
from corridor.web.posting import form_status, posted, shown_on
from corridor.web.wording import sentence

from .changing_forms import ChangeForm, ReviseForm, first_values
from .differing import shown_conflicts
from .writing import draft_of

form_page = require_http_methods(["GET", "POST"])


@form_page
def revise(request: HttpRequest, reference: str) -> HttpResponse:
    agreement = queries.get_agreement(reference=reference, by=request.actor)
    require_writer(agreement, by=request.actor)
    first = first_values(standing_draft(agreement)) | {"version": agreement.version}
    first["parent"] = agreement.parent.reference if agreement.parent else ""
    form = ReviseForm(posted(request), initial=first | _base_of(agreement, request))
    # Under what it stands is settled when it is drafted.
    del form.fields["parent"]
    status = form_status(request)
    if form.is_valid():
        try:
            draft = draft_of(form, by=request.actor, before=standing_draft(agreement))
            actions.revise_draft(
                agreement=agreement, draft=draft, version=form.cleaned_data["version"], by=request.actor,
                base=form.cleaned_data["base"],
            )  # fmt: skip
        except NotFound as refusal:
            form.add_error(None, sentence(refusal))
        except Refusal as refusal:
            status = shown_on(form, refusal)
        else:
            messages.success(request, _("The draft of %(agreement)s is kept.") % {"agreement": reference})
            return redirect("agreement", reference)
    shown = {
        "form": form, "agreement": agreement, "title": _("Revise the draft"), "button": _("Keep the draft"),
        "lead": _("Nobody can sign it before it is proposed."), "conflicts": _conflicts(agreement, request),
    }  # fmt: skip
    return render(request, "agreements/change.html", shown, status=status)


@form_page
def counter(request: HttpRequest, reference: str) -> HttpResponse:
    """Another text in the place of the one that is before the parties."""
    agreement = queries.get_agreement(reference=reference, by=request.actor)
    sides = queries.sides_of(agreement=agreement, by=request.actor)
    standing = standing_draft(agreement)
    first = first_values(standing) | {"over": agreement.canonical_hash} | _base_of(agreement, request)
    form = ChangeForm(posted(request), initial=first, sides=sides)
    status = form_status(request)
    if form.is_valid():
        given = form.cleaned_data
        try:
            actions.counter_agreement(
                agreement=agreement, draft=draft_of(form, by=request.actor, before=standing), over=given["over"],
                on=clock.today(), at=clock.now(), reason=given["reason"], by=request.actor, member=form.member,
                base=given["base"],
            )  # fmt: skip
        except NotFound as refusal:
            form.add_error(None, sentence(refusal))
        except Refusal as refusal:
            status = shown_on(form, refusal)
        else:
            messages.success(
                request,
                _("Your text of %(agreement)s is before the parties; all sign it anew.") % {"agreement": reference},
            )
            return redirect("agreement", reference)
    shown = {
        "form": form, "agreement": agreement, "title": _("Answer with another text"),
        "button": _("Put it before the parties"), "conflicts": _conflicts(agreement, request),
        "lead": _("Signatures given so far stay to be read and count no more; everybody signs your text anew."),
    }  # fmt: skip
    return render(request, "agreements/change.html", shown, status=status)


@require_POST
def take_back_counter(request: HttpRequest, reference: str) -> HttpResponse:
    agreement = queries.get_agreement(reference=reference, by=request.actor)
    member = request.POST.get("member", "")
    actions.take_back_counter(agreement=agreement, on=clock.today(), at=clock.now(), by=request.actor, member=member)
    messages.success(
        request, _("The text of %(agreement)s before yours is before the parties again.") % {"agreement": reference}
    )
    return redirect("agreement", reference)


@form_page
def amend(request: HttpRequest, reference: str) -> HttpResponse:
    agreement = queries.get_agreement(reference=reference, by=request.actor)
    sides = queries.sides_of(agreement=agreement, by=request.actor)
    standing = standing_draft(agreement)
    form = ChangeForm(posted(request), initial=first_values(standing), sides=sides)
    status = form_status(request)
    if form.is_valid():
        try:
            made = actions.amend_agreement(
                agreement=agreement, draft=draft_of(form, by=request.actor, before=standing), on=clock.today(),
                reason=form.cleaned_data["reason"], by=request.actor, member=form.member,
            )  # fmt: skip
        except NotFound as refusal:
            form.add_error(None, sentence(refusal))
        except Refusal as refusal:
            status = shown_on(form, refusal)
        else:
            messages.success(
                request,
                _("The amendment %(agreement)s is drafted. Read what it changes, then propose it.")
                % {"agreement": made.reference},
            )
            return redirect("agreement", made.reference)
    shown = {
        "form": form, "agreement": agreement, "title": _("Amend the agreement"), "button": _("Keep the draft"),
        "lead": _("You write on a copy. It is proposed and signed by all parties; until then the agreement stays as it is."),
    }  # fmt: skip
    return render(request, "agreements/change.html", shown, status=status)


def _base_of(agreement: Any, request: HttpRequest) -> dict[str, Any]:
    """The version of what an amendment amends, as its writer reads it now."""
    if agreement.amends_id is None:
        return {}
    return {"base": queries.read_amendment(reference=agreement.reference, by=request.actor).current.number}


def _conflicts(agreement: Any, request: HttpRequest) -> list[Any]:
    if agreement.amends_id is None:
        return []
    return shown_conflicts(queries.read_amendment(reference=agreement.reference, by=request.actor).conflicts)
