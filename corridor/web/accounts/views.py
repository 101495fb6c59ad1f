"""Who I am here: my offices and places, and the tokens of my machines."""

from collections.abc import Iterable
from datetime import timedelta
from typing import NamedTuple
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from corridor.foundations import clock
from corridor.foundations.access import Actor, Permission
from corridor.foundations.accounts.tokens import list_tokens, make_token, revoke_token
from corridor.kernel.errors import NotFound, Refusal
from corridor.rooms.members import queries as members
from corridor.rooms.people import queries as people
from corridor.rooms.sites import queries as sites
from corridor.web.posting import form_status, posted, shown_on
from corridor.web.ui.days import day_text, number_text
from corridor.web.ui.names import member_called, role_name, site_called

from .forms import TokenForm


class Office(NamedTuple):
    """One office, and for what: a member, a site, cohorts, or the whole alliance."""

    role: str
    place: str
    url: str


@never_cache
@require_http_methods(["GET", "POST"])
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
        "offices": list(_offices(request.actor)),
        "person": _person(request.actor),
        "tokens": list_tokens(by=request.actor),
        "real_now": clock.real_now(),
        "form": form,
        "made": made,
    }
    return render(request, "accounts/profile.html", shown, status=status)


@require_POST
def revoke(request: HttpRequest, token_id: UUID) -> HttpResponse:
    token = revoke_token(token_id=token_id, at=clock.real_now(), by=request.actor)
    messages.success(request, _("The token “%(name)s” opens nothing any more.") % {"name": token.name})
    return redirect("profile")


def _offices(by: Actor) -> Iterable[Office]:
    for seat in members.own_seats(on=clock.today(), by=by):
        of = seat.organisation
        if of is None:
            yield Office(role_name(seat.role), _("for the whole alliance"), "")
        else:
            yield Office(role_name(seat.role), member_called(of).text, f"/members/{of.reference}/who-speaks/")
    for held in members.stood_in_for(on=clock.today(), by=by):
        of = held.seat.organisation
        place = _("%(member)s, in the place of %(account)s until %(day)s") % {
            "member": member_called(of).text if of else _("for the whole alliance"),
            "account": held.seat.user.username,
            "day": day_text(held.ends_before - timedelta(days=1)),
        }
        yield Office(role_name(held.seat.role), place, f"/members/{of.reference}/who-speaks/" if of else "")
    for site in sites.sites_managed_by(by=by):
        if ("site", site.pk) in {grant.scope for grant in by.grants}:
            yield Office(role_name("site_manager"), site_called(site).text, f"/sites/{site.reference}/")
    for role, permission in (("trainer", Permission.REGISTER_TAKE), ("assessor", Permission.DECISION_RECORD)):
        if count := len(by.ids_with(permission, "cohort")):
            cohorts = ngettext("%(number)s cohort", "%(number)s cohorts", count) % {"number": number_text(count)}
            yield Office(role_name(role), cohorts, "/cohorts/")


def _person(by: Actor) -> object:
    """The person behind the account; None where it is of no person."""
    try:
        return people.get_self(by=by)
    except NotFound:
        return None
