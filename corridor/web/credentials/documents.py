"""
What is read by machines and kept by holders: DID documents, status lists, signed credentials, certificates. All public, none of them a page.

A status list and its reasons change with every revocation, so they are kept by others for minutes only. What a holder's token opens is
kept by nobody on the way and named in no index.
"""

from datetime import datetime
from hashlib import sha256
from typing import Any, cast

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response
from django.utils.http import http_date
from django.views.decorators.http import require_safe

from corridor.foundations import clock
from corridor.rooms.credentials import queries

from .asked_days import instant_asked_for

CREDENTIAL = "application/vc"
JWT = "application/jwt"


@login_not_required
@require_safe
def did_document(request: HttpRequest, reference: str) -> HttpResponse:
    as_of = instant_asked_for(request)
    text = queries.did_document_text(reference=reference, as_of=as_of, by=request.actor)
    return for_all(request, text, "application/did+ld+json", seconds=3600)


@login_not_required
@require_safe
def status_list(request: HttpRequest, reference: str, number: int) -> HttpResponse:
    listed = queries.get_status_list(reference=reference, number=number, by=request.actor)
    return for_all(request, listed.signed_list, CREDENTIAL, at=listed.signed_at, until=listed.valid_until)


@login_not_required
@require_safe
def status_reasons(request: HttpRequest, reference: str, number: int) -> HttpResponse:
    listed = queries.get_status_list(reference=reference, number=number, by=request.actor)
    return for_all(request, listed.signed_companion, "application/json", at=listed.signed_at, until=listed.valid_until)


@login_not_required
@require_safe
def credential_file(request: HttpRequest, token: str) -> HttpResponse:
    credential = _named(request, token)
    return for_the_holder(credential.document.encode(), CREDENTIAL, f"{credential.reference}.json")


@login_not_required
@require_safe
def certificate_file(request: HttpRequest, token: str) -> HttpResponse:
    credential = _named(request, token)
    pdf = queries.certificate_pdf(credential=credential, by=request.actor)
    return for_the_holder(pdf, "application/pdf", f"{credential.reference}.pdf")


@login_not_required
@require_safe
def token_file(request: HttpRequest, token: str) -> HttpResponse:
    """The certificate as one signed token (VC-JWT)."""
    credential = _named(request, token)
    text = queries.credential_token(credential=credential, at=clock.now(), by=request.actor)
    return for_the_holder(text.encode(), JWT, f"{credential.reference}.jwt")


def _named(request: HttpRequest, token: str) -> Any:
    """The credential, if this reader may learn whose it is: both files hold the name."""
    credential = queries.get_credential_by_token(token=token, by=request.actor)
    queries.require_named(credential=credential, on=clock.today(), by=request.actor)
    return credential


def for_all(
    request: HttpRequest,
    text: str,
    kind: str,
    *,
    seconds: int = 300,
    at: datetime | None = None,
    until: datetime | None = None,
) -> HttpResponse:
    """
    What anybody may keep for a while: never past the moment until which it may be relied on. Who has it already is told so (304).
    """
    if until is not None:
        seconds = max(0, min(seconds, int((until - clock.real_now()).total_seconds())))
    response = HttpResponse(text, content_type=kind)
    response["Cache-Control"] = f"public, max-age={seconds}"
    # Other people's verifiers run in pages of theirs.
    response["Access-Control-Allow-Origin"] = "*"
    etag = f'"{sha256(text.encode()).hexdigest()[:32]}"'
    modified = int(at.timestamp()) if at else None
    response["ETag"] = etag
    if modified is not None:
        response["Last-Modified"] = http_date(modified)
    if until is not None:
        response["Expires"] = http_date(until.timestamp())
    return cast(HttpResponse, get_conditional_response(request, etag=etag, last_modified=modified, response=response))


def for_the_holder(content: bytes, kind: str, name: str) -> HttpResponse:
    """What a holder's token opens: kept by nobody on the way and named in no index."""
    response = HttpResponse(content, content_type=kind)
    response["Content-Disposition"] = f'inline; filename="{name}"'
    response["Cache-Control"] = "private, no-store"
    response["X-Robots-Tag"] = "noindex"
    response["Referrer-Policy"] = "no-referrer"
    return response
