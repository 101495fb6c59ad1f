"""
The doors for wallets (OpenID4VCI 1.0), and the page on which a holder makes an offer.

Wallets have no session and no cookie: what they may is in what they send, so these doors need no token against forged forms.
"""

import json
from typing import Any

import segno
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from corridor.foundations import clock
from corridor.kernel.errors import AccessDenied, Refusal
from corridor.kernel.wording import N_
from corridor.rooms.credentials import actions, queries
from corridor.rooms.credentials.proofs.json_reading import read_object
from corridor.rooms.credentials.proofs.refusals import CannotRead
from corridor.rooms.credentials.wallet import metadata
from corridor.rooms.credentials.wallet.proving import make_nonce
from corridor.rooms.credentials.wallet.refusals import (
    AccessRefused,
    EncryptionRefused,
    OtherConfiguration,
    OtherGrant,
    OtherIdentifier,
    ProofOfKeyRefused,
    RequestRefused,
    WalletRefused,
)
from corridor.web.unkept import unkept_json
from corridor.web.wording import sentence

from .documents import for_all
from .holding import for_holders

_LARGEST = 20_000


@login_not_required
@require_safe
def issuer_metadata(request: HttpRequest) -> HttpResponse:
    return _described(request, metadata.issuer_metadata())


@login_not_required
@require_safe
def server_metadata(request: HttpRequest) -> HttpResponse:
    return _described(request, metadata.server_metadata())


@login_not_required
@require_safe
def type_metadata(request: HttpRequest) -> HttpResponse:
    return _described(request, metadata.type_metadata())


@csrf_exempt
@login_not_required
@require_POST
def token(request: HttpRequest) -> HttpResponse:
    sent = request.POST
    try:
        if sent.get("grant_type") != metadata.GRANT:
            raise OtherGrant(N_("Only a pre-authorised code is taken here."))
        code, typed = sent.get("pre-authorized_code", ""), sent.get("tx_code", "")
        if not code or not typed:
            raise WalletRefused(N_("The code of the offer and the transaction code are needed."))
        access = actions.exchange_code(code=code, typed=typed, at=clock.real_now(), by=request.actor)
    except WalletRefused as refusal:
        return _refused(refusal)
    return unkept_json({"access_token": access.token, "token_type": "Bearer", "expires_in": access.seconds})


@csrf_exempt
@login_not_required
@require_POST
def nonce(request: HttpRequest) -> HttpResponse:  # noqa: ARG001
    return unkept_json({"c_nonce": make_nonce(at=clock.real_now())})


@csrf_exempt
@login_not_required
@require_POST
def credential(request: HttpRequest) -> HttpResponse:
    try:
        scheme, _space, access = request.headers.get("Authorization", "").partition(" ")
        if scheme.lower() != "bearer" or not access:
            raise AccessRefused(N_("The access token is not known here, was used, or has ended."))
        proof = _asked(request.body)
        text = actions.give_to_wallet(
            access=access.strip(), proof=proof, at=clock.real_now(), signed_at=clock.now(), by=request.actor
        )
    except WalletRefused as refusal:
        return _refused(refusal)
    return unkept_json({"credentials": [{"credential": text}]})


@for_holders
@require_http_methods(["GET", "HEAD", "POST"])
def wallet_page(request: HttpRequest, reference: str) -> HttpResponse:
    """What a wallet is, and for the holder an offer with its QR, shown once."""
    by = request.actor
    found = queries.get_credential(reference=reference, by=by)
    if not queries.is_holder(credential=found, by=by):
        raise AccessDenied(N_("Only the holder of a certificate takes it into a wallet."))
    shown: dict[str, Any] = {
        "credential": found,
        "is_in_force": queries.is_in_force(credential=found, by=by),
        "wallets": queries.taken_into_wallets(credential=found, by=by),
    }
    status = 200
    if request.method == "POST":
        try:
            offer = actions.offer_to_wallet(credential=found, at=clock.real_now(), by=by)
            shown |= {"offer": offer, "drawn": _drawn(offer.address)}
        except Refusal as refusal:
            shown, status = {**shown, "refused": sentence(refusal)}, 409
    return render(request, "credentials/wallet.html", shown, status=status)


def _asked(body: bytes) -> object:
    """The one proof in a request for a credential, as the specification writes it."""
    try:
        sent = read_object(body, max_bytes=_LARGEST)
    except CannotRead as refusal:
        raise RequestRefused(refusal.message, **refusal.places) from None
    if "credential_response_encryption" in sent:
        raise EncryptionRefused(N_("The answer is not wrapped again: the connection is."))
    if "credential_identifier" in sent:
        raise OtherIdentifier(N_("No credential was given a name of its own. Ask by its configuration."))
    asked = sent.get("credential_configuration_id")
    if not isinstance(asked, str):
        raise RequestRefused(N_("Say which credential is asked for: credential_configuration_id."))
    if asked != metadata.CONFIGURATION:
        raise OtherConfiguration(N_("That credential was not offered."))
    proofs = sent.get("proofs")
    given = proofs.get("jwt") if isinstance(proofs, dict) and set(proofs) == {"jwt"} else None
    if not isinstance(given, list) or len(given) != 1:
        raise ProofOfKeyRefused(N_("Exactly one proof of one key is needed: proofs.jwt."))
    return given[0]


def _described(request: HttpRequest, said: dict[str, Any]) -> HttpResponse:
    return for_all(request, json.dumps(said, ensure_ascii=False, indent=1), "application/json", seconds=3600)


def _refused(refusal: WalletRefused) -> HttpResponse:
    """In English: it is read by who makes wallets. The wallet says it in its own words."""
    is_access = isinstance(refusal, AccessRefused)
    response = unkept_json(
        {"error": refusal.error, "error_description": str(refusal)}, status=401 if is_access else 400
    )
    if is_access:
        response["WWW-Authenticate"] = f'Bearer error="{refusal.error}"'
    return response


def _drawn(address: str) -> SafeString:
    rows = list(segno.make(address, error="l", micro=False).matrix_iter(border=4))
    squares = "".join(f"M{x} {y}h1v1h-1z" for y, row in enumerate(rows) for x, is_dark in enumerate(row) if is_dark)
    return format_html(
        '<svg viewBox="0 0 {size} {size}" shape-rendering="crispEdges" aria-hidden="true" class="wallet-code">'
        '<path fill="#fff" d="M0 0h{size}v{size}H0z"/><path fill="#000" d="{path}"/></svg>',
        size=len(rows), path=squares,
    )  # fmt: skip
