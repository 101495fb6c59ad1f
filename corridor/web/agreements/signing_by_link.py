"""
The page of a link by which somebody without an account signs.

Looking at it changes nothing. It is told to no other site (SECURE_REFERRER_POLICY), kept by no browser, and named in no index.
"""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from corridor.foundations import clock
from corridor.foundations.attempts import TooManyAttempts
from corridor.kernel.errors import Refusal
from corridor.rooms.agreements import actions, queries
from corridor.rooms.agreements.links import masked
from corridor.rooms.agreements.refusals import (
    AlreadySigned,
    CodeIsOver,
    LinkExpired,
    LinkReplaced,
    LinkUsed,
    NotProposed,
    SignerHasLeft,
    WrongCode,
)
from corridor.web.errors import answer
from corridor.web.posting import form_status, posted, shown_on
from corridor.web.ui.names import member_called
from corridor.web.unkept import unseen
from corridor.web.wording import sentence

from .signing import changed_since, printed_answer
from .signing_forms import LinkForm

# These open nothing any more; the page says which of them it is, for only the holder of the link reads it.
CLOSED = (LinkUsed, LinkExpired, LinkReplaced, NotProposed, SignerHasLeft, AlreadySigned)


@login_not_required
@never_cache
@require_http_methods(["GET", "POST"])
def own(request: HttpRequest, secret: str) -> HttpResponse:
    try:
        link, by = actions.recognise_signer(secret=secret, at=clock.now(), by=request.actor)
        _speak(request, link.signer.language)
        reading = queries.read_text(reference=link.signer.party.agreement.reference, by=by)
    except CLOSED as over:
        return _closed(request, over)
    form, status = LinkForm(posted(request), initial={"signed_hash": link.canonical_hash}), form_status(request)
    try:
        if form.is_bound and form.is_valid():
            given = form.cleaned_data
            agreement = actions.sign_by_link(
                secret=secret, signed_hash=given["signed_hash"], name=given["name"], code=given["code"], on=clock.today(),
                at=clock.now(), by=request.actor,
            )  # fmt: skip
            messages.success(request, _thanks(agreement, link))
            return redirect("agreement", agreement.reference)
    except CLOSED as over:
        return _closed(request, over)
    except (WrongCode, CodeIsOver) as wrong:
        form.add_error("code", sentence(wrong))
        status = 422
    except TooManyAttempts as enough:
        form.add_error("code", sentence(enough))
        status = 429
    except Refusal as refusal:
        status = shown_on(form, refusal)
    shown = _shown(secret, link, reading, form) | changed_since(reading.agreement, by=by)
    shown["lines"] = queries.lines_of(agreement=reading.agreement, by=by)
    return unseen(render(request, "agreements/sign_by_link.html", shown, status=status))


@login_not_required
@never_cache
@require_POST
def code(request: HttpRequest, secret: str) -> HttpResponse:
    try:
        link = actions.send_code(secret=secret, at=clock.now(), by=request.actor)
    except CLOSED as over:
        return _closed(request, over)
    except TooManyAttempts as enough:
        return unseen(
            answer(request, 429, text=sentence(enough), way_out=_("The letters that were sent are in your mailbox."))
        )
    _speak(request, link.signer.language)
    said = _("A code is on its way to %(address)s. It works for a quarter of an hour.")
    messages.success(request, said % {"address": masked(link.signer.email)})
    return redirect(reverse("signing-link", args=[secret]) + "#h-sign")


@login_not_required
@never_cache
@require_GET
def as_pdf(request: HttpRequest, secret: str) -> HttpResponse:
    try:
        link, by = actions.recognise_signer(secret=secret, at=clock.now(), by=request.actor)
    except CLOSED as over:
        return _closed(request, over)
    _speak(request, link.signer.language)
    reference = link.signer.party.agreement.reference
    return printed_answer(queries.agreement_pdf(reference=reference, on=clock.today(), by=by), reference)


def _shown(secret: str, link: Any, reading: Any, form: LinkForm) -> dict[str, Any]:
    """The reader's own version first and beside it the prevailing one, or one that binds where the own does not; the others below."""
    here = translation.get_language()
    prevailing = next((text for text in reading.texts if text.standing == "prevailing"), None)
    own_version = (
        next((text for text in reading.texts if text.language.lower() == here), prevailing) or reading.texts[0]
    )
    binding = prevailing
    if binding is None and own_version.standing == "convenience":
        binding = next((text for text in reading.texts if text.standing == "equal"), None)
    beside = [text for text in (own_version, binding) if text is not None]
    first = list({text.language: text for text in beside}.values())
    at = clock.now()
    return {
        "secret": secret, "signer": link.signer, "agreement": reading.agreement, "reading": reading, "form": form,
        "first": first, "rest": [text for text in reading.texts if text not in first], "until": link.expires_at.date(),
        "address": masked(link.signer.email), "prevailing": prevailing,
        "has_code": link.code_expires_at is not None and at < link.code_expires_at,
    }  # fmt: skip


def _speak(request: HttpRequest, language: str) -> None:
    """The signer's language, until the reader chooses another."""
    if settings.LANGUAGE_COOKIE_NAME not in request.COOKIES:
        translation.activate(language)
        request.LANGUAGE_CODE = language


def _closed(request: HttpRequest, over: Refusal) -> HttpResponse:
    if isinstance(over, LinkUsed):
        way_out = _("Nothing more is to be done. The page of the agreement shows who has still to sign.")
    else:
        way_out = _("The secretariat, or who speaks for the member, tells you how it stands and can send a new link.")
    reference = str(over.places.get("agreement", ""))
    back = reverse("agreement", args=[reference]) if reference else ""
    return unseen(answer(request, 410, text=sentence(over), way_out=way_out, back=back, rule=over.code))


def _thanks(agreement: Any, link: Any) -> str:
    places = {"agreement": agreement.reference, "member": member_called(link.signer.party.organisation).text}
    if agreement.status == "proposed":
        return _("Thank you: %(agreement)s is signed for %(member)s. Others have still to sign.") % places
    return _("Thank you: %(agreement)s is signed for %(member)s. That was the last signature.") % places
