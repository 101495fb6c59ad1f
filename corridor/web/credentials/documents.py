"""
What is read by machines and kept by holders: DID documents, status lists, signed credentials, certificates. All public, none of them a page.

A status list and its reasons change with every revocation, so they are kept by others for minutes only. What a holder's token opens is
kept by nobody on the way and named in no index.
"""

from datetime import datetime
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from corridor.foundations import clock
from corridor.kernel.errors import BadInput, Problem
from corridor.kernel.wording import N_
from corridor.rooms.credentials import queries
from corridor.rooms.credentials.proofs.instants import read_instant

CREDENTIAL = "application/vc"


@login_not_required
@require_safe
def did_document(request: HttpRequest, reference: str) -> HttpResponse:
    as_of = _as_of(request)
    text = queries.did_document_text(reference=reference, as_of=as_of, by=request.actor)
    return _for_all(text, "application/did+ld+json", seconds=3600)


@login_not_required
@require_safe
def status_list(request: HttpRequest, reference: str, number: int) -> HttpResponse:
    text = queries.status_list_text(reference=reference, number=number, by=request.actor)
    return _for_all(text, CREDENTIAL, seconds=300)


@login_not_required
@require_safe
def status_reasons(request: HttpRequest, reference: str, number: int) -> HttpResponse:
    text = queries.companion_text(reference=reference, number=number, by=request.actor)
    return _for_all(text, "application/json", seconds=300)


@login_not_required
@require_safe
def credential_file(request: HttpRequest, token: str) -> HttpResponse:
    credential = _named(request, token)
    return _for_the_holder(credential.document.encode(), CREDENTIAL, f"{credential.reference}.json")


@login_not_required
@require_safe
def certificate_file(request: HttpRequest, token: str) -> HttpResponse:
    credential = _named(request, token)
    pdf = queries.certificate_pdf(credential=credential, by=request.actor)
    return _for_the_holder(pdf, "application/pdf", f"{credential.reference}.pdf")


def _named(request: HttpRequest, token: str) -> Any:
    """The credential, if this reader may learn whose it is: both files hold the name."""
    credential = queries.get_credential_by_token(token=token, by=request.actor)
    queries.require_named(credential=credential, on=clock.today(), by=request.actor)
    return credential


def _as_of(request: HttpRequest) -> datetime | None:
    """The instant that is asked for, as DID Resolution writes it: ``?versionTime=2023-06-01T00:00:00Z``."""
    text = request.GET.get("versionTime", "")
    if not text:
        return None
    instant = read_instant(text)
    if instant is None:
        raise BadInput([Problem(N_("Write the instant as 2023-06-01T00:00:00Z."), column="versionTime")])
    return instant


def _for_all(text: str, kind: str, *, seconds: int) -> HttpResponse:
    response = HttpResponse(text, content_type=kind)
    response["Cache-Control"] = f"public, max-age={seconds}"
    # Other people's verifiers run in pages of theirs.
    response["Access-Control-Allow-Origin"] = "*"
    return response


def _for_the_holder(content: bytes, kind: str, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type=kind)
    response["Content-Disposition"] = f'inline; filename="{name}"'
    response["Cache-Control"] = "private, no-store"
    response["X-Robots-Tag"] = "noindex"
    response["Referrer-Policy"] = "no-referrer"
    return response
