"""Save a verification as a signed PDF for a personnel file; and look at such a report again."""

import base64
import binascii

from axes.helpers import get_client_ip_address
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from corridor.foundations import clock
from corridor.kernel.errors import NotFound
from corridor.rooms.credentials import queries
from corridor.rooms.credentials.asking import count_asking
from corridor.rooms.credentials.refusals import CannotPrint, NotAReport, NotOurAddress, ReportRefused
from corridor.rooms.credentials.reports.wording import SENTENCES
from corridor.web.wording import sentence

from .verdict_words import HEADINGS, rows_of
from .verify_forms import VerifyForm

_LARGEST_AGAIN = 1_000_000


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def save_report(request: HttpRequest) -> HttpResponse:
    """A file, a text, or (from the page of a verdict) what was just verified, as it came."""
    if request.method != "POST":
        return render(request, "credentials/report_ask.html", {"form": VerifyForm()})
    count_asking(address=get_client_ip_address(request) or "")
    again = sent_again(request)
    form = VerifyForm(request.POST, request.FILES) if again is None else VerifyForm()
    if again is not None or form.is_valid():
        raw = again if again is not None else form.cleaned_data["raw"]
        try:
            at = clock.now()
            verdict = queries.verify(raw=raw, at=at, by=request.actor)
            return _file(
                queries.report_pdf(verdict=verdict, raw=raw, at=at, signed_at=clock.real_now(), by=request.actor)
            )
        except (NotOurAddress, NotFound, CannotPrint) as refusal:
            if form.is_bound:
                form.add_error("text", sentence(refusal))
    return render(request, "credentials/report_ask.html", {"form": form}, status=422)


@login_not_required
@never_cache
@require_safe
def report_held(request: HttpRequest, token: str) -> HttpResponse:
    """The report about what a holder shows; the name stands in it where the holder agrees."""
    count_asking(address=get_client_ip_address(request) or "")
    at = clock.now()
    verdict = queries.verify(token=token, at=at, by=request.actor)
    raw = queries.get_credential_by_token(token=token, by=request.actor).document
    response = _file(queries.report_pdf(verdict=verdict, raw=raw, at=at, signed_at=clock.real_now(), by=request.actor))
    response["X-Robots-Tag"] = "noindex"
    response["Referrer-Policy"] = "no-referrer"
    return response


def shown_report(request: HttpRequest, raw: bytes | str) -> HttpResponse | None:
    """The page about a report that was sent to be verified; None where it is none."""
    try:
        found = queries.report_of(raw=raw, by=request.actor)
    except NotAReport:
        return None
    except ReportRefused as refusal:
        return render(request, "credentials/report.html", {"refused": sentence(refusal)})
    tone, _heading = HEADINGS[found.word]
    shown = {"report": found, "heading": SENTENCES[found.word], "tone": tone, "rows": rows_of(found.checks)}
    return render(request, "credentials/report.html", shown)


def to_be_sent_again(raw: bytes | str) -> str:
    """What was verified, for the button that saves a report; empty where it is too much for a page."""
    content = raw if isinstance(raw, bytes) else raw.encode("utf-8", "replace")
    return base64.b64encode(content).decode() if len(content) <= _LARGEST_AGAIN else ""


def sent_again(request: HttpRequest) -> bytes | None:
    """What such a button sends; None where the page was not sent by one."""
    given = request.POST.get("again", "")
    if not given:
        return None
    try:
        return base64.b64decode(given, validate=True)
    except (binascii.Error, ValueError):
        return None


def _file(pdf: bytes) -> HttpResponse:
    response = HttpResponse(pdf, content_type="application/pdf")
    response["Content-Disposition"] = 'attachment; filename="verification.pdf"'
    response["Cache-Control"] = "private, no-store"
    return response
