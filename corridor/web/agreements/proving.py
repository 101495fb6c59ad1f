"""Proving oneself before a signature: what this session has proved a moment ago, and the way to prove it."""

from typing import Any

from allauth.account.authentication import get_authentication_records
from allauth.account.internal.flows.reauthentication import suspend_request
from allauth.core.exceptions import ReauthenticationRequired
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from corridor.foundations import clock
from corridor.foundations.accounts.second_factor import has_app
from corridor.journeys.sign_here import SecondFactorWanted
from corridor.web.wording import sentence


def fresh_proofs(request: HttpRequest) -> list[dict[str, Any]]:
    """What was proved in this session less than a quarter of an hour ago."""
    since = clock.real_now().timestamp() - settings.ACCOUNT_REAUTHENTICATION_TIMEOUT
    return [each for each in get_authentication_records(request, request.user) if each["at"] > since]


def has_given_second_factor(request: HttpRequest) -> bool:
    """By a code of an app, a spare code or a passkey."""
    return any(each["method"] == "mfa" for each in fresh_proofs(request))


def require_fresh_proof(request: HttpRequest) -> None:
    """:raises ReauthenticationRequired: allauth asks for it, and then sends the form as it was."""
    if not fresh_proofs(request):
        raise ReauthenticationRequired


def ask_for_second_factor(request: HttpRequest, wanted: SecondFactorWanted) -> HttpResponse:
    """Where it is given, and then the form goes on as it was sent; or where one is set up."""
    messages.info(request, sentence(wanted))
    if not wanted.is_set_up:
        return redirect("mfa_index")
    way = "mfa_reauthenticate" if has_app(user_id=request.actor.user_id) else "mfa_reauthenticate_webauthn"
    return suspend_request(request, reverse(way))
