"""Sign an agreement here, or write down a signature on paper with its scan; the agreement as a file to print."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from corridor.foundations import clock
from corridor.foundations.access import Permission
from corridor.journeys.sign_here import SecondFactorWanted, sign_here
from corridor.journeys.sign_on_paper import SignedPaper, sign_on_paper
from corridor.kernel.errors import Refusal
from corridor.kernel.wording import N_
from corridor.rooms.agreements import queries
from corridor.rooms.agreements.refusals import AlreadySigned, NotASigner, NotProposed, NotTheirTurn
from corridor.web.documents.answers import file_answer, pdf_answer
from corridor.web.posting import form_status, posted, posted_files, shown_on

from .differing import shown_differences
from .proving import ask_for_second_factor, has_given_second_factor, require_fresh_proof
from .signing_forms import PaperForm, SignForm


@require_http_methods(["GET", "POST"])
def sign(request: HttpRequest, reference: str) -> HttpResponse:
    """The text, its fingerprint and one signature. Another text than the one read is answered with both fingerprints."""
    by = request.actor
    reading = queries.read_text(reference=reference, by=by)
    mine = by.ids_with(Permission.AGREEMENT_SIGN, "member")
    parties = [party for party in reading.agreement.parties.all() if party.organisation_id in mine]
    if not parties:
        by.require(Permission.AGREEMENT_SIGN)
    places = queries.places_to_sign(agreement=reading.agreement, by=by)
    if request.method == "GET" or not places:
        _require_open(reading.agreement, parties, places)
    first = {"signed_hash": reading.agreement.canonical_hash, "member": places[0].key}
    form = SignForm(posted(request), initial=first, places=places)
    status = form_status(request)
    if form.is_bound and form.is_valid():
        require_fresh_proof(request)
        chosen = form.cleaned_data
        place = chosen["member"]
        try:
            agreement = sign_here(
                party=place.party, signer=place.signer, signed_hash=chosen["signed_hash"],
                signed_as=chosen.get("signed_as", ""), is_second_factor_given=has_given_second_factor(request),
                on=clock.today(), at=clock.now(), by=by,
            )  # fmt: skip
        except SecondFactorWanted as wanted:
            return ask_for_second_factor(request, wanted)
        except Refusal as refusal:
            status = shown_on(form, refusal)
        else:
            messages.success(request, said_of(agreement))
            return redirect("agreement", reference)
    shown = {
        "form": form, "reading": reading, "agreement": reading.agreement, "parties": parties,
        "lines": queries.lines_of(agreement=reading.agreement, by=by), **changed_since(reading.agreement, by=by),
    }  # fmt: skip
    return render(request, "agreements/sign.html", shown, status=status)


@require_http_methods(["GET", "POST"])
def paper(request: HttpRequest, reference: str) -> HttpResponse:
    request.actor.require(Permission.AGREEMENT_SIGN_ON_PAPER)
    agreement = queries.get_agreement(reference=reference, by=request.actor)
    waiting = queries.signers_for_paper(agreement=agreement, by=request.actor)
    form = PaperForm(posted(request), posted_files(request), places=waiting, initial={"signed_on": clock.today()})
    status = form_status(request)
    if form.is_valid():
        chosen = form.cleaned_data
        place = chosen["member"]
        given = SignedPaper(
            party=place.party, signer=place.signer, signed_on=chosen["signed_on"], signed_as=chosen["signed_as"],
            attested_by=chosen["attested_by"], file_name=chosen["scan"].name, content=chosen["scan"].read(),
        )  # fmt: skip
        try:
            agreement = sign_on_paper(paper=given, on=clock.today(), at=clock.now(), by=request.actor)
        except Refusal as refusal:
            status = shown_on(form, refusal)
        else:
            messages.success(request, said_of(agreement))
            return redirect("agreement", reference)
    shown = {"form": form, "agreement": agreement, "waiting": waiting}
    return render(request, "agreements/paper.html", shown, status=status)


@require_GET
def signature_scan(request: HttpRequest, reference: str, key: UUID) -> HttpResponse:
    document, content = queries.open_signature_scan(reference=reference, key=key, by=request.actor)
    return file_answer(document, content)


@require_GET
def as_pdf(request: HttpRequest, reference: str) -> HttpResponse:
    return printed_answer(queries.agreement_pdf(reference=reference, on=clock.today(), by=request.actor), reference)


def printed_answer(content: bytes, reference: str) -> HttpResponse:
    response = pdf_answer(content, reference)
    response["X-Robots-Tag"] = "noindex"
    return response


def changed_since(agreement: Any, *, by: Any) -> dict[str, Any]:
    """What has changed since this side signed an earlier text; nothing where it signed none."""
    before = queries.signed_before(agreement=agreement, by=by)
    if before is None:
        return {"signed_before": None}
    compared = queries.compare_versions(reference=agreement.reference, first=before.was, second=before.now, by=by)
    return {"signed_before": before, "rows": shown_differences(compared.differences)}


def said_of(agreement: Any) -> str:
    if agreement.status == "proposed":
        return _("The signature under %(agreement)s is kept. Others have still to sign.") % {
            "agreement": agreement.reference
        }
    return _("That was the last signature: %(agreement)s is signed by all.") % {"agreement": agreement.reference}


def _require_open(agreement: Any, parties: list[Any], places: list[Any]) -> None:
    """Who comes to sign what cannot be signed (any more, yet, or by them) is told so at once."""
    if all(party.is_signed() for party in parties):
        raise AlreadySigned(
            N_("%(member)s signed %(agreement)s on %(day)s."), agreement=agreement.reference,
            member=parties[0].organisation.reference, day=parties[0].signed_on,
        )  # fmt: skip
    if agreement.status != "proposed":
        raise NotProposed(
            N_("%(agreement)s is “%(now)s”; it can be signed once it is proposed, and only then."),
            agreement=agreement.reference, now=agreement.get_status_display(),
        )  # fmt: skip
    member = next(party.organisation.reference for party in parties if not party.is_signed())
    if not places:
        raise NotASigner(
            N_("For %(member)s others sign %(agreement)s, or you have signed it: its signers are listed on a page of their own."),
            member=member, agreement=agreement.reference,
        )  # fmt: skip
    if all(place.first is not None for place in places):
        raise NotTheirTurn(
            N_("%(agreement)s is signed in order: first %(who)s signs, then %(member)s."),
            agreement=agreement.reference, who=places[0].first, member=member,
        )  # fmt: skip
