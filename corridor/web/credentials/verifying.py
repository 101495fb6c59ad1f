"""Is it genuine? By file, pasted text or address, for anyone; nothing is fetched from elsewhere, and nothing is kept."""

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
from corridor.rooms.credentials.proofs.verdicts import Result, Verdict
from corridor.rooms.credentials.queries.counting_as import counts_as
from corridor.rooms.credentials.refusals import NotOurAddress
from corridor.web.wording import sentence

from .counting_here import counted, countries, country_asked
from .offline import offline_words
from .reporting import sent_again, shown_report, to_be_sent_again
from .verdict_words import page_of
from .verify_forms import VerifyHereForm


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def verify(request: HttpRequest) -> HttpResponse:
    country = country_asked(request)
    if request.method != "POST":
        return _asked(request, VerifyHereForm(initial={"country": country}))
    count_asking(address=get_client_ip_address(request) or "")
    again = sent_again(request)
    form = VerifyHereForm(request.POST, request.FILES)
    if again is not None or form.is_valid():
        raw = again if again is not None else form.cleaned_data["raw"]
        try:
            report = shown_report(request, raw)
            if report is not None:
                return report
            verdict = queries.verify(raw=raw, at=clock.now(), by=request.actor)
            return _shown(request, verdict, again=to_be_sent_again(raw), country=country)
        except (NotOurAddress, NotFound) as refusal:
            form.add_error("text", sentence(refusal))
    return _asked(request, form, status=422)


@login_not_required
@never_cache
@require_safe
def verify_held(request: HttpRequest, token: str) -> HttpResponse:
    """The verdict about what a holder shows: where the button of its page leads."""
    verdict = queries.verify(token=token, at=clock.now(), by=request.actor)
    response = _shown(request, verdict, token=token, country=country_asked(request))
    response["X-Robots-Tag"] = "noindex"
    response["Referrer-Policy"] = "same-origin"
    return response


def _asked(request: HttpRequest, form: VerifyHereForm, *, status: int = 200) -> HttpResponse:
    """The page that asks; with a script it answers too (web/verifier)."""
    words = offline_words(by=request.actor)
    shown = {"form": form, "offline": words, "offline_rows": [{"result": each.value, "text": "."} for each in Result]}
    return render(request, "credentials/verify.html", shown, status=status)


def _shown(
    request: HttpRequest, verdict: Verdict, *, token: str = "", again: str = "", country: str = ""
) -> HttpResponse:
    said = verdict.said
    bars = queries.printed_bars(identifier=said.id, by=request.actor) if said else None
    page = page_of(verdict, bars=bars)
    stated = counted(counts_as(said=said, by=request.actor) if said else [], page.claims)
    shown = {
        "page": page, "token": token, "again": again, "form": VerifyHereForm(initial={"country": country}),
        "country": country, "countries": countries() if said else [], "counts": [each for each in stated if each.country != country],
        "here": [each for each in stated if each.country == country],
    }  # fmt: skip
    return render(request, "credentials/verdict.html", shown)
