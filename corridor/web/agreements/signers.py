"""Who signs for each party: naming them, the links by which those without an account sign, and how an agreement is signed."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from corridor.foundations import clock
from corridor.foundations.access import Permission
from corridor.kernel.errors import Refusal
from corridor.rooms.agreements import actions, queries
from corridor.rooms.agreements.drafts import SignerDraft
from corridor.web.posting import form_status, posted, shown_on
from corridor.web.ui.days import day_text
from corridor.web.ui.names import member_called

from .signing_forms import HowForm, SignerForm

form_page = require_http_methods(["GET", "POST"])


@require_GET
def signers(request: HttpRequest, reference: str) -> HttpResponse:
    signing = queries.get_signing(reference=reference, by=request.actor, at=clock.now())
    return render(request, "agreements/signers.html", {"signing": signing, "agreement": signing.agreement})


@form_page
def add(request: HttpRequest, reference: str, member: str) -> HttpResponse:
    by = request.actor
    party = queries.get_party(reference=reference, member=member, by=by)
    by.require(Permission.AGREEMENT_NAME_SIGNERS, on=party)
    form = SignerForm(posted(request), accounts=_accounts(party, by), initial={"language": request.LANGUAGE_CODE})
    status = form_status(request)
    if form.is_bound and form.is_valid():
        try:
            signer = actions.name_signer(party=party, draft=_draft_of(form), at=clock.now(), by=by)
        except Refusal as refusal:
            status = shown_on(form, refusal)
        else:
            messages.success(request, _("“%(office)s” signs for %(member)s.") % _places(signer))
            return redirect("agreement-signers", reference)
    lead = _("An office that signs for %(member)s.") % {"member": member_called(party.organisation).text}
    return _form_page(request, form, _("Name a signer"), _("Name this signer"), reference, status, lead)


@form_page
def change(request: HttpRequest, reference: str, key: UUID) -> HttpResponse:
    by = request.actor
    signer = queries.get_signer(reference=reference, key=key, by=by)
    there = {
        "office": signer.office, "person_name": signer.person_name, "email": signer.email, "language": signer.language,
        "position": signer.position, "account": signer.account.username if signer.account else "",
    }  # fmt: skip
    form, status = (
        SignerForm(posted(request), accounts=_accounts(signer.party, by), initial=there),
        form_status(request),
    )
    if form.is_bound and form.is_valid():
        try:
            actions.change_signer(signer=signer, draft=_draft_of(form), at=clock.now(), by=by)
        except Refusal as refusal:
            status = shown_on(form, refusal)
        else:
            messages.success(
                request, _("What is known of “%(office)s” is written down.") % {"office": form.cleaned_data["office"]}
            )
            return redirect("agreement-signers", reference)
    return _form_page(request, form, _("Change a signer"), _("Write it down"), reference, status)


@require_POST
def end(request: HttpRequest, reference: str, key: UUID) -> HttpResponse:
    signer = queries.get_signer(reference=reference, key=key, by=request.actor)
    actions.end_signer(signer=signer, at=clock.now(), by=request.actor)
    messages.success(request, _("“%(office)s” signs for %(member)s no more; its link opens nothing.") % _places(signer))
    return redirect("agreement-signers", reference)


@require_POST
def send_link(request: HttpRequest, reference: str, key: UUID) -> HttpResponse:
    signer = queries.get_signer(reference=reference, key=key, by=request.actor)
    made = actions.make_link(signer=signer, at=clock.now(), by=request.actor)
    said = _(
        "A link is on its way to %(address)s; it works once, until %(day)s. One that was sent before opens nothing any more."
    )
    messages.success(request, said % {"address": signer.email, "day": day_text(made.link.expires_at.date())})
    return redirect("agreement-signers", reference)


@require_POST
def end_link(request: HttpRequest, reference: str, key: UUID) -> HttpResponse:
    signer = queries.get_signer(reference=reference, key=key, by=request.actor)
    actions.end_link(signer=signer, at=clock.now(), by=request.actor)
    messages.success(request, _("The link of “%(office)s” opens nothing any more.") % {"office": signer.office})
    return redirect("agreement-signers", reference)


@form_page
def how(request: HttpRequest, reference: str) -> HttpResponse:
    by = request.actor
    by.require(Permission.AGREEMENT_DRAFT)
    agreement = queries.get_agreement(reference=reference, by=by)
    there = {
        "quorum": agreement.quorum, "order": agreement.signing_order, "read_quorum": agreement.quorum,
        "read_order": agreement.signing_order,
    }  # fmt: skip
    form, status = HowForm(posted(request), initial=there), form_status(request)
    if form.is_bound and form.is_valid():
        given = form.cleaned_data
        try:
            actions.set_signing(
                agreement=agreement, quorum=given["quorum"], order=given["order"],
                read=(given["read_quorum"], given["read_order"]), by=by,
            )  # fmt: skip
        except Refusal as refusal:
            status = shown_on(form, refusal)
        else:
            messages.success(request, _("How %(agreement)s is signed is written down.") % {"agreement": reference})
            return redirect("agreement-signers", reference)
    return _form_page(request, form, _("How it is signed"), _("Write it down"), reference, status)


def _form_page(
    request: HttpRequest, form: Any, title: str, button: str, reference: str, status: int, lead: str = ""
) -> HttpResponse:
    back = (_("Signers of %(agreement)s") % {"agreement": reference}, reverse("agreement-signers", args=[reference]))
    shown = {"form": form, "title": title, "button": button, "back": back, "lead": lead}
    return render(request, "partials/form_page.html", shown, status=status)


def _draft_of(form: SignerForm) -> SignerDraft:
    given = form.cleaned_data
    return SignerDraft(
        office=given["office"], person_name=given["person_name"], email=given["email"], language=given["language"],
        account=form.accounts.get(given["account"]), position=given["position"],
    )  # fmt: skip


def _accounts(party: Any, by: Any) -> dict[str, UUID]:
    return queries.accounts_that_sign(party=party, on=clock.today(), by=by)


def _places(signer: Any) -> dict[str, str]:
    return {"office": signer.office, "member": member_called(signer.party.organisation).text}
