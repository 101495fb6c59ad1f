"""Attestations: what members endorse, who trains and who assesses; each signed when it is given, and verified like a certificate."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_safe

from corridor.foundations import clock
from corridor.foundations.access import Permission
from corridor.journeys.find_persons import names_to_show
from corridor.journeys.guard_keys import require_proved_twice
from corridor.journeys.sign_here import SecondFactorWanted
from corridor.kernel.errors import NotFound, Refusal
from corridor.rooms.credentials import queries as credentials
from corridor.rooms.credentials.actions.attesting import (
    EndorsementDraft,
    attest_person,
    change_attestation,
    give_endorsement,
)
from corridor.rooms.credentials.addresses import token_of
from corridor.rooms.credentials.drafts import Why
from corridor.rooms.credentials.lifecycle import AttestationStatus
from corridor.rooms.credentials.lists import as_text
from corridor.rooms.credentials.queries import attestations
from corridor.rooms.credentials.queries.choices import AttestationKind
from corridor.rooms.curricula import queries as curricula
from corridor.rooms.members import queries as members
from corridor.rooms.people import queries as people
from corridor.web.agreements.proving import ask_for_second_factor, has_given_second_factor
from corridor.web.posting import form_status, posted, shown_on
from corridor.web.ui.names import reader_language
from corridor.web.wording import sentence

from .attestation_forms import CERTIFICATE, CURRICULUM, AttestationStepForm, AttestForm, EndorseForm
from .documents import CREDENTIAL, for_the_holder
from .verdict_words import page_of

PER_PAGE = 50


@require_GET
def attestation_list(request: HttpRequest) -> HttpResponse:
    by = request.actor
    rows = list(attestations.list_attestations(by=by, after=request.GET.get("after", ""))[: PER_PAGE + 1])
    shown = {
        "rows": rows[:PER_PAGE], "persons": _persons(request, rows), "next": rows[PER_PAGE - 1].reference if len(rows) > PER_PAGE else "",
        "may_endorse": by.holds_somewhere(Permission.KEY_MAKE), "may_attest": by.may(Permission.CREDENTIAL_AWARD),
    }  # fmt: skip
    return render(request, "credentials/attestations.html", shown)


@require_http_methods(["GET", "POST"])
def endorse(request: HttpRequest) -> HttpResponse:
    """A member says what it thinks of something, and signs it with its own key."""
    by, on = request.actor, clock.today()
    if not by.holds_somewhere(Permission.KEY_MAKE):
        by.require(Permission.KEY_MAKE)
    form, status = EndorseForm(posted(request)), form_status(request)
    form.offer(
        endorsers=members.spoken_for(permission=Permission.KEY_MAKE, on=on, by=by),
        versions=curricula.list_versions(by=by),
        members=members.members_on(day=on, by=by).prefetch_related("names").order_by("reference"),
    )
    if form.is_bound and form.is_valid():
        given = form.cleaned_data
        try:
            draft = EndorsementDraft(
                endorser=given["endorser"], about=_endorsed(form, request), claims=form.claims(),
                expires_before=form.expires_before(),
            )  # fmt: skip
            require_proved_twice(is_given=has_given_second_factor(request), by=by)
            made = give_endorsement(draft=draft, on=on, at=clock.now(), by=by)
        except SecondFactorWanted as wanted:
            return ask_for_second_factor(request, wanted)
        except NotFound as unknown:
            form.add_error("address", sentence(unknown))
        except Refusal as refusal:
            status = shown_on(form, refusal)
        else:
            messages.success(request, _("The endorsement is signed."))
            return redirect("attestation", made.reference)
    shown = {
        "form": form, "title": _("Endorse something"), "button": _("Sign it"),
        "lead": _("A member says in its own words what it thinks of a certificate, of what is taught or of another member. It entitles nobody."),
        "back": (_("Attestations"), reverse("attestations")),
    }  # fmt: skip
    return render(request, "partials/form_page.html", shown, status=status)


@require_http_methods(["GET", "POST"])
def attest(request: HttpRequest) -> HttpResponse:
    """That somebody trains or assesses, as the register and the licences say today."""
    by, on = request.actor, clock.today()
    by.require(Permission.CREDENTIAL_AWARD)
    form, status = AttestForm(posted(request)), form_status(request)
    rights = [each for each in credentials.list_entitlements(by=by) if each.covers(on)]
    form.offer(versions=curricula.list_versions(by=by), rights=rights)
    if form.is_bound and form.is_valid():
        given = form.cleaned_data
        try:
            made = attest_person(
                kind=AttestationKind(given["kind"]), person=people.get_person(reference=given["person"], by=by),
                version=given["version"], right=given["right"], on=clock.today(given["right"].site.zone), at=clock.now(), by=by,
                expires_before=form.expires_before(),
            )  # fmt: skip
        except NotFound as unknown:
            form.add_error("person", sentence(unknown))
        except Refusal as refusal:
            status = shown_on(form, refusal)
        else:
            messages.success(request, _("The attestation is signed."))
            return redirect("attestation", made.reference)
    shown = {
        "form": form, "title": _("Attest a trainer or an assessor"), "button": _("Sign it"),
        "lead": _("For the units that the register of trainers, or the licences in force today, hold for the person."),
        "back": (_("Attestations"), reverse("attestations")),
    }  # fmt: skip
    return render(request, "partials/form_page.html", shown, status=status)


@require_http_methods(["GET", "POST"])
def attestation(request: HttpRequest, reference: str) -> HttpResponse:
    found = attestations.get_attestation(reference=reference, by=request.actor)
    form, status = AttestationStepForm(posted(request)), form_status(request)
    form.offer(found.status)
    if form.is_bound and form.is_valid():
        try:
            change_attestation(
                attestation=found, to=AttestationStatus(form.cleaned_data["to"]), why=Why(form.cleaned_data["why"]),
                on=clock.today(), at=clock.now(), by=request.actor,
            )  # fmt: skip
        except Refusal as refusal:
            status = shown_on(form, refusal)
        else:
            messages.success(request, _("It is done, and the status list says so from now on."))
            return redirect("attestation", reference)
    elif form.is_bound:
        _require_change(request, found)
    verdict = credentials.verify(raw=found.document, at=clock.now(), by=request.actor) if found.document else None
    shown = {
        "attestation": found, "persons": _persons(request, [found]), "form": form, "page": page_of(verdict) if verdict else None,
        "has_proof": credentials.has_proof(credential=found, by=request.actor),
        "may_change": bool(form.fields["to"].choices) and _may_change(request, found),
    }  # fmt: skip
    return render(request, "credentials/attestation.html", shown, status=status)


@login_not_required
@require_safe
def attestation_file(request: HttpRequest, token: str) -> HttpResponse:
    """The signed document, for whoever was given its address."""
    found = attestations.get_attestation_by_token(token=token, by=request.actor)
    return for_the_holder(found.document.encode(), CREDENTIAL, f"{found.reference}.json")


@login_not_required
@require_safe
def attestation_proof(request: HttpRequest, token: str) -> HttpResponse:
    """The proof of its day. It names nobody."""
    found = attestations.get_attestation_by_token(token=token, by=request.actor)
    proof = credentials.proof_of(credential=found, by=request.actor)
    return for_the_holder(as_text(proof).encode(), "application/json", f"{found.reference}-proof.json")


def _endorsed(form: EndorseForm, request: HttpRequest) -> Any:
    given = form.cleaned_data
    if given["what"] == CERTIFICATE:
        token = token_of(given["address"].strip()) or given["address"].strip()
        return credentials.get_credential_by_token(token=token, by=request.actor)
    return given["version"] if given["what"] == CURRICULUM else given["member"]


def _may_change(request: HttpRequest, found: Any) -> bool:
    if found.kind == AttestationKind.ENDORSEMENT:
        return request.actor.may(Permission.KEY_MAKE, on=found.issuer)
    return request.actor.may(Permission.CREDENTIAL_REVOKE)


def _require_change(request: HttpRequest, found: Any) -> None:
    if found.kind == AttestationKind.ENDORSEMENT:
        request.actor.require(Permission.KEY_MAKE, on=found.issuer)
    else:
        request.actor.require(Permission.CREDENTIAL_REVOKE)


def _persons(request: HttpRequest, rows: Sequence[Any]) -> dict[UUID, Any]:
    """What those are called of whom somebody is attested, where the reader may see them."""
    keys = [row.person_id for row in rows if row.person_id]
    return names_to_show(persons=keys, language=reader_language(), by=request.actor)
