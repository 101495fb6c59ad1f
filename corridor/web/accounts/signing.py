"""Signing in and out, and the ways to do so: allauth's own views, in the product's frame and with its status of a form shown again."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from allauth.account.views import LoginView
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import LogoutView
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.decorators import method_decorator
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from corridor.foundations.accounts.ways import ways_in
from corridor.journeys.second_factor import lacks_second_factor

View = Callable[..., HttpResponse]


def in_place(view: View) -> View:
    """A form that is shown again answers 422, as everywhere here; and none of these pages is kept by a browser or a proxy."""

    @wraps(view)
    def answering(request: HttpRequest, *given: Any, **named: Any) -> HttpResponse:
        response = view(request, *given, **named)
        if request.method == "POST" and response.status_code == 200:
            response.status_code = 422
        return response

    return never_cache(answering)


class SignIn(LoginView):
    """One sentence for every failure; the lock of axes answers 429 in its place (see settings.AXES_*)."""

    template_name = "accounts/sign_in.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        shown = {"directory": settings.SOCIALACCOUNT_PROVIDERS["openid_connect"]["APPS"]}
        return super().get_context_data(**kwargs) | shown


@method_decorator(login_not_required, name="dispatch")
class SignOut(LogoutView):
    """By POST only: a link in a letter must not sign anybody out."""


@never_cache
@require_GET
def second_factor(request: HttpRequest) -> HttpResponse:
    """What an office that needs a second factor is shown until there is one; afterwards the ways to sign in."""
    if not lacks_second_factor(by=request.actor):
        return redirect("mfa_index")
    return render(request, "accounts/second_factor.html")


@never_cache
@require_GET
def ways(request: HttpRequest) -> HttpResponse:
    """Password, addresses, passkeys, app and spare codes, each with what can be done about it."""
    shown = {"ways": ways_in(by=request.actor), "is_required": settings.REQUIRE_SECOND_FACTOR}
    return render(request, "accounts/ways.html", shown)


@login_not_required
@require_GET
def not_invited(request: HttpRequest) -> HttpResponse:
    """The directory knows them, the alliance has not invited them: no account is made."""
    return render(request, "account/signup_closed.html", status=403)
