"""Is it genuine? For machines: the same checks as on the page, and the report as a file. Nothing is kept."""

import base64
import binascii
from typing import Any

from axes.helpers import get_client_ip_address
from django.http import HttpRequest, HttpResponse
from ninja import Field, Router, Schema

from corridor.foundations import clock
from corridor.kernel.errors import BadInput, Problem
from corridor.kernel.wording import N_
from corridor.rooms.credentials import queries
from corridor.rooms.credentials.asking import count_asking
from corridor.rooms.credentials.reports.wording import sentence_of

from .tokens import PUBLIC

TAG = "credentials"
router = Router(auth=PUBLIC)
LARGEST = 2_000_000


class VerifiedIn(Schema):
    """The signed text (JSON, a signed token, an address of ours, the codes of a paper), or the bytes of a file (a PDF, a photo) in base64."""

    text: str = Field("", max_length=LARGEST)
    content: str = Field("", max_length=LARGEST, description="Base64")


class VerifiedCheckOut(Schema):
    """``pass``, ``fail``, ``unknown`` or ``not_looked_at``, and why."""

    name: str
    result: str
    reason: str


class VerificationOut(Schema):
    """``said``: what was signed, where signature and form held. ``paper``: what a paper must show whose codes were sent."""

    verdict: str
    sentence: str
    checks: list[VerifiedCheckOut]
    replaced_by: str
    said: dict[str, Any] | None
    paper: dict[str, Any] | None


@router.post("/verifications", response=VerificationOut)
def verify(request: HttpRequest, sent: VerifiedIn) -> VerificationOut:
    """The verdict about one certificate by named checks: against our records, and nothing is fetched or kept. An unknown issuer is no forgery."""
    count_asking(address=get_client_ip_address(request) or "")
    verdict = queries.verify(raw=_raw(sent), at=clock.now(), by=request.auth)
    said = verdict.said
    return VerificationOut(
        verdict=verdict.word.value, sentence=str(sentence_of(verdict)),
        checks=[VerifiedCheckOut(name=each.name, result=each.result, reason=str(each)) for each in verdict.checks],
        replaced_by=verdict.replaced_by,
        said={"id": said.id, "name": said.name, "issuer": said.issuer_did, "issuer_name": said.issuer_name,
              "holder": list(said.learner_names), "issued_on": said.issued_on.isoformat()} if said else None,
        paper=verdict.as_json().get("paper"),
    )  # fmt: skip


@router.post("/verification-reports", openapi_extra={"responses": {200: {"content": {"application/pdf": {}}}}})
def verification_report(request: HttpRequest, sent: VerifiedIn) -> HttpResponse:
    """The same as a PDF for a personnel file, signed by the alliance (application/pdf), in the language of Accept-Language."""
    count_asking(address=get_client_ip_address(request) or "")
    raw, at = _raw(sent), clock.now()
    verdict = queries.verify(raw=raw, at=at, by=request.auth)
    response = HttpResponse(
        queries.report_pdf(verdict=verdict, raw=raw, at=at, signed_at=clock.real_now(), by=request.auth),
        content_type="application/pdf",
    )
    response["Cache-Control"] = "private, no-store"
    return response


def _raw(sent: VerifiedIn) -> bytes | str:
    if bool(sent.text) == bool(sent.content):
        raise BadInput([Problem(N_("Send a text or the content of a file, one of them."))])
    if sent.text:
        return sent.text
    try:
        return base64.b64decode(sent.content, validate=True)
    except (binascii.Error, ValueError):
        raise BadInput([Problem(N_("The content of the file is not base64."))]) from None
