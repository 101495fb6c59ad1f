"""Sign an agreement here, or write down a signature on paper with its scan."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from corridor.foundations import clock
from corridor.foundations.access import Permission
from corridor.journeys.sign_on_paper import SignedPaper, sign_on_paper
from corridor.kernel.errors import Refusal
from corridor.kernel.wording import N_
from corridor.rooms.agreements import actions, queries
from corridor.rooms.agreements.refusals import AlreadySigned, NotProposed
from corridor.web.posting import form_status, posted, posted_files, shown_on

from .forms import PaperForm, SignForm


@require_http_methods(["GET", "POST"])
def sign(request: HttpRequest, reference: str) -> HttpResponse:
    """The text, its fingerprint and one signature. Another text than the one read is answered with both fingerprints."""
    reading = queries.read_text(reference=reference, by=request.actor)
    mine = request.actor.ids_with(Permission.AGREEMENT_SIGN, "member")
    parties = [party for party in reading.agreement.parties.all() if party.organisation_id in mine]
    if not parties:
        request.actor.require(Permission.AGREEMENT_SIGN)
    first = {"signed_hash": reading.agreement.canonical_hash, "member": parties[0].organisation.reference}
    form = SignForm(posted(request), initial=first, parties=parties)
    status = form_status(request)
    if form.is_valid():
        chosen = form.cleaned_data
        party = queries.get_party(reference=reference, member=chosen["member"], by=request.actor)
        try:
            agreement = actions.sign_agreement(
                party=party, signed_hash=chosen["signed_hash"], signed_as=chosen["signed_as"], on=clock.today(),
                at=clock.now(), by=request.actor,
            )  # fmt: skip
        except Refusal as refusal:
            status = shown_on(form, refusal)
        else:
            messages.success(request, _signed(agreement))
            return redirect("agreement", reference)
    elif request.method == "GET":
        _require_open(reading.agreement, parties)
    shown = {"form": form, "reading": reading, "agreement": reading.agreement, "parties": parties}
    return render(request, "agreements/sign.html", shown, status=status)


@require_http_methods(["GET", "POST"])
def paper(request: HttpRequest, reference: str) -> HttpResponse:
    request.actor.require(Permission.AGREEMENT_SIGN_ON_PAPER)
    agreement = queries.get_agreement(reference=reference, by=request.actor)
    waiting = [party for party in agreement.parties.all() if not party.is_signed()]
    form = PaperForm(posted(request), posted_files(request), parties=waiting, initial={"signed_on": clock.today()})
    status = form_status(request)
    if form.is_valid():
        chosen = form.cleaned_data
        given = SignedPaper(
            party=queries.get_party(reference=reference, member=chosen["member"], by=request.actor),
            signed_on=chosen["signed_on"], signed_as=chosen["signed_as"], attested_by=chosen["attested_by"],
            file_name=chosen["scan"].name, content=chosen["scan"].read(),
        )  # fmt: skip
        try:
            agreement = sign_on_paper(paper=given, on=clock.today(), at=clock.now(), by=request.actor)
        except Refusal as refusal:
            status = shown_on(form, refusal)
        else:
            messages.success(request, _signed(agreement))
            return redirect("agreement", reference)
    shown = {"form": form, "agreement": agreement, "waiting": waiting}
    return render(request, "agreements/paper.html", shown, status=status)


def _signed(agreement) -> str:
    if agreement.status == "proposed":
        return _("The signature under %(agreement)s is kept. Others have still to sign.") % {
            "agreement": agreement.reference
        }
    return _("That was the last signature: %(agreement)s is signed by all.") % {"agreement": agreement.reference}


def _require_open(agreement, parties) -> None:
    """Who comes to sign what cannot be signed (any more) is told so at once."""
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
