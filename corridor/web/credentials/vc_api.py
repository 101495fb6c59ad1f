"""
The doors for other people's software (VC-API): by a setting, for suites that try whether what we sign and verify is what others do.

They have no session and no cookie: what they may is in what they send, so these doors need no token against forged forms. They are
answered in English, 400 for whatever does not hold.
"""

import json
from collections.abc import Callable
from datetime import datetime
from typing import Any

from axes.helpers import get_client_ip_address
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from corridor.foundations import clock
from corridor.foundations.access import Actor
from corridor.foundations.attempts import TooManyAttempts
from corridor.kernel.errors import NotFound, Refusal
from corridor.rooms.credentials import queries
from corridor.rooms.credentials.asking import BY_SOFTWARE, count_asking
from corridor.rooms.credentials.proofs.json_reading import read_object
from corridor.rooms.credentials.vc_api.refusals import Refused
from corridor.web.unkept import unkept_json

from .documents import for_all

_CHECKS = ["proof", "credentialStatus", "validityPeriod", "dataModel"]


@csrf_exempt
@login_not_required
@require_POST
def issue(request: HttpRequest) -> HttpResponse:
    def issued(*, sent: dict[str, Any], at: datetime, by: Actor) -> HttpResponse:
        return unkept_json({"verifiableCredential": queries.issue_for_anyone(sent=sent, at=at, by=by)}, 201)

    return _answered(request, issued)


@csrf_exempt
@login_not_required
@require_POST
def verify(request: HttpRequest) -> HttpResponse:
    def verified(*, sent: dict[str, Any], at: datetime, by: Actor) -> HttpResponse:
        queries.verify_for_anyone(sent=sent, at=at, by=by)
        return _holds()

    return _answered(request, verified)


@csrf_exempt
@login_not_required
@require_POST
def verify_presentation(request: HttpRequest) -> HttpResponse:
    def verified(*, sent: dict[str, Any], at: datetime, by: Actor) -> HttpResponse:
        queries.verify_presentation_for_anyone(sent=sent, at=at, by=by)
        return _holds()

    return _answered(request, verified)


@login_not_required
@require_safe
def status_list(request: HttpRequest) -> HttpResponse:
    try:
        listed = queries.status_list_for_anyone(at=clock.real_now(), by=request.actor)
    except NotFound as refusal:
        return _refused(refusal, 404)
    return for_all(request, json.dumps(listed, ensure_ascii=False), "application/json", seconds=60)


def _answered(request: HttpRequest, answer: Callable[..., HttpResponse]) -> HttpResponse:
    try:
        count_asking(address=get_client_ip_address(request) or "", attempts=BY_SOFTWARE)
        return answer(sent=read_object(request.body), at=clock.real_now(), by=request.actor)
    except NotFound as refusal:
        return _refused(refusal, 404)
    except TooManyAttempts as refusal:
        return _refused(refusal, 429)
    except Refusal as refusal:
        return _refused(refusal, 400)


def _holds() -> HttpResponse:
    return unkept_json({"verified": True, "checks": _CHECKS, "warnings": [], "errors": [], "problemDetails": []})


def _refused(refusal: Refusal, status: int) -> HttpResponse:
    problem = refusal.problem if isinstance(refusal, Refused) else Refused.problem
    detail = {"type": problem, "title": refusal.code, "status": status, "detail": str(refusal)}
    return unkept_json(
        {"verified": False, "checks": _CHECKS, "warnings": [], "errors": [str(refusal)], "problemDetails": [detail]},
        status,
    )
