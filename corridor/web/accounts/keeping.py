"""The accounts of the alliance, for those who give seats: inviting, sending again, withdrawing, closing, reopening."""

from uuid import UUID

from allauth.account.decorators import reauthentication_required
from django import forms
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from corridor.foundations import clock
from corridor.foundations.access import Permission
from corridor.foundations.accounts.invitations import invite, send_again, withdraw
from corridor.foundations.accounts.keeping import get_kept_account, list_accounts, reopen_account, shut_account
from corridor.kernel.errors import Refusal
from corridor.web.posting import form_status, posted, shown_on
from corridor.web.ui.languages import OWN_NAMES


class AccountFilter(forms.Form):
    q = forms.CharField(label=gettext_lazy("User name or address"), required=False, max_length=100)
    state = forms.ChoiceField(
        label=gettext_lazy("State"),
        required=False,
        choices=[
            ("", gettext_lazy("every")),
            ("active", gettext_lazy("active")),
            ("invited", gettext_lazy("invited")),
            ("closed", gettext_lazy("closed")),
        ],
    )


class InviteForm(forms.Form):
    email = forms.EmailField(
        label=gettext_lazy("E-mail address"),
        help_text=gettext_lazy(
            "A letter goes there with a link that works once, for 14 days. Give the seat afterwards."
        ),
        max_length=254,
    )
    language = forms.ChoiceField(
        label=gettext_lazy("Language of the letter"),
        choices=lambda: [(code, OWN_NAMES.get(code, name)) for code, name in settings.LANGUAGES],
    )


@never_cache
@require_GET
def accounts(request: HttpRequest) -> HttpResponse:
    form = AccountFilter(request.GET)
    asked = form.cleaned_data if form.is_valid() else {}
    page = list_accounts(
        words=asked.get("q", ""), status=asked.get("state", ""), after=request.GET.get("after", ""), by=request.actor
    )
    shown = {"page": page, "form": form, "may_invite": request.actor.may(Permission.SEAT_GIVE), "real_now": clock.now()}
    return render(request, "accounts/accounts.html", shown)


@never_cache
@require_GET
def account(request: HttpRequest, user_id: UUID) -> HttpResponse:
    found = get_kept_account(user_id=user_id, by=request.actor)
    may = {
        "may_close": request.actor.may(Permission.ACCOUNT_CLOSE),
        "may_invite": request.actor.may(Permission.SEAT_GIVE),
    }
    return render(request, "accounts/account.html", {"account": found, "real_now": clock.now(), **may})


@never_cache
@require_http_methods(["GET", "POST"])
def invite_somebody(request: HttpRequest) -> HttpResponse:
    """The link is shown once on the answer too: not every letter arrives."""
    request.actor.require(Permission.SEAT_GIVE)
    form, status, made = InviteForm(posted(request)), form_status(request), None
    if request.method == "POST" and form.is_valid():
        try:
            made = invite(**form.cleaned_data, at=clock.now(), by=request.actor)
            form, status = InviteForm(), 200
        except Refusal as refusal:
            status = shown_on(form, refusal)
    return render(request, "accounts/invite.html", {"form": form, "made": made}, status=status)


@never_cache
@require_POST
def invite_again(request: HttpRequest, invitation_id: UUID) -> HttpResponse:
    made = send_again(invitation_id=invitation_id, at=clock.now(), by=request.actor)
    return render(request, "accounts/invite.html", {"form": InviteForm(), "made": made})


@require_POST
def withdraw_invitation(request: HttpRequest, invitation_id: UUID) -> HttpResponse:
    gone = withdraw(invitation_id=invitation_id, at=clock.now(), by=request.actor)
    messages.success(request, _("The link opens nothing any more, and the account is closed."))
    return redirect("account", gone.user_id)


@require_POST
@reauthentication_required(app="corridor")
def shut(request: HttpRequest, user_id: UUID) -> HttpResponse:
    user = shut_account(user_id=user_id, at=clock.real_now(), by=request.actor)
    messages.success(request, _("%(name)s is signed out everywhere and let in no more.") % {"name": user.username})
    return redirect("account", user.pk)


@require_POST
def reopen(request: HttpRequest, user_id: UUID) -> HttpResponse:
    user = reopen_account(user_id=user_id, by=request.actor)
    messages.success(request, _("%(name)s may sign in again.") % {"name": user.username})
    return redirect("account", user.pk)
