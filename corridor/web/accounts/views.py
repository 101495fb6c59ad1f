"""Who I am here: my offices and places, and the tokens of my machines."""

from uuid import UUID

from allauth.account.decorators import reauthentication_required
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from corridor.foundations import clock
from corridor.foundations.access import Actor, Permission
from corridor.foundations.accounts.sessions import list_sessions
from corridor.foundations.accounts.tokens import list_tokens, make_token, revoke_token
from corridor.foundations.accounts.ways import ways_in
from corridor.journeys.second_factor import REQUIRED_OF
from corridor.kernel.errors import NotFound, Refusal
from corridor.rooms.people import queries as people
from corridor.web.posting import form_status, posted, shown_on

from .forms import TokenForm
from .offices import offices_of


@never_cache
@require_http_methods(["GET", "POST"])
@reauthentication_required(app="corridor", allow_get=True)
def profile(request: HttpRequest) -> HttpResponse:
    """A new token is shown on the answer to the form that made it, and nowhere after."""
    form, made, status = TokenForm(posted(request)), None, form_status(request)
    if request.method == "POST" and form.is_valid():
        try:
            name = form.cleaned_data["name"]
            made = make_token(name=name, at=clock.real_now(), by=request.actor, lasts=form.lasts)
            form, status = TokenForm(), 200
        except Refusal as refusal:
            status = shown_on(form, refusal)
    shown = {
        "offices": list(offices_of(request.actor)),
        "person": _person(request.actor),
        "tokens": list_tokens(by=request.actor) if request.actor.holds_somewhere(Permission.TOKEN_MAKE) else None,
        "real_now": clock.real_now(),
        "form": form,
        "made": made,
        "ways": ways_in(by=request.actor),
        "sessions": list_sessions(this=request.session.session_key, by=request.actor),
        "requires_second_factor": settings.REQUIRE_SECOND_FACTOR,
        "is_office_with_factor": bool(request.actor.roles() & REQUIRED_OF),
    }
    return render(request, "accounts/profile.html", shown, status=status)


@require_POST
def revoke(request: HttpRequest, token_id: UUID) -> HttpResponse:
    token = revoke_token(token_id=token_id, at=clock.real_now(), by=request.actor)
    messages.success(request, _("The token “%(name)s” opens nothing any more.") % {"name": token.name})
    return redirect("profile")


def _person(by: Actor) -> object:
    """The person behind the account; None where it is of no person."""
    try:
        return people.get_self(by=by)
    except NotFound:
        return None
