"""The page of an invitation: who lets one in to what, and the choice of a password or a passkey."""

from allauth.account.internal.flows.login import perform_login, record_authentication
from allauth.account.models import Login
from django import forms
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from corridor.foundations import clock
from corridor.foundations.accounts.invitations import InvitationOver, accept, open_invitation
from corridor.journeys.recognise import recognise
from corridor.kernel.errors import BadInput
from corridor.web.errors import answer
from corridor.web.posting import posted, shown_on
from corridor.web.wording import sentence

from .offices import offices_of
from .signing_forms import GOOD_PASSWORD


class AcceptForm(forms.Form):
    """A password; the button beside it goes on to a passkey and needs none."""

    password = forms.CharField(
        label=_("Choose a password"),
        help_text=GOOD_PASSWORD,
        max_length=200,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )


@login_not_required
@never_cache
@require_http_methods(["GET", "POST"])
def invited(request: HttpRequest, secret: str) -> HttpResponse:
    """Whoever holds the link is let in once; the link is not told to any other site (see SECURE_REFERRER_POLICY)."""
    try:
        invitation = open_invitation(secret=secret, at=clock.now())
        if request.method == "POST" and "passkey" in request.POST:
            return _let_in(request, secret, None)
        form, status = AcceptForm(posted(request)), 200
        if request.method == "POST":
            status = 422
            if form.is_valid():
                return _let_in(request, secret, form.cleaned_data["password"])
    except InvitationOver as over:
        return answer(request, 410, text=sentence(over))
    except BadInput as unfit:
        status = shown_on(form, unfit)
    offices = list(offices_of(recognise(invitation.user, on=clock.today())))
    shown = {"invitation": invitation, "form": form, "offices": offices}
    return render(request, "accounts/invited.html", shown, status=status)


def _let_in(request: HttpRequest, secret: str, password: str | None) -> HttpResponse:
    user = accept(secret=secret, password=password, at=clock.now(), by=request.actor)
    record_authentication(request, user, "password")
    going_on = reverse("mfa_add_webauthn") if password is None else reverse("desk")
    return perform_login(request, Login(user=user, redirect_url=going_on))
