"""Keys of members: made for a period, retired, and never shown in their private half."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from corridor.foundations import clock
from corridor.foundations.access import Permission
from corridor.kernel.errors import Refusal
from corridor.rooms.credentials import actions, queries
from corridor.rooms.credentials.drafts import KeyDraft
from corridor.rooms.members import queries as members
from corridor.web.posting import form_status, posted, shown_on
from corridor.web.ui.names import member_called

from .forms import KeyForm


@require_http_methods(["GET", "POST"])
def key_list(request: HttpRequest) -> HttpResponse:
    on = clock.today()
    keys = queries.keys_kept_by(by=request.actor)
    issuers = {
        each.reference: each for each in members.spoken_for(permission=Permission.KEY_MAKE, on=on, by=request.actor)
    }
    form = KeyForm(posted(request))
    form.offer([(reference, member_called(each).text) for reference, each in issuers.items()], today=on)
    status = form_status(request)
    if request.method == "POST" and form.is_valid():
        try:
            (key,) = actions.make_keys(keys=[_draft(form.cleaned_data, issuers)], by=request.actor)
        except Refusal as refusal:
            status = shown_on(form, refusal)
        else:
            messages.success(request, _("The key %(key)s is made. Its private half is sealed.") % {"key": key.fragment})
            return redirect("keys")
    return render(request, "credentials/keys.html", {"keys": keys, "form": form, "at": clock.now()}, status=status)


@require_POST
def retire_key(request: HttpRequest, reference: str, fragment: str) -> HttpResponse:
    member = members.get_organisation(reference=reference, by=request.actor)
    key = queries.get_key(organisation=member, fragment=fragment, by=request.actor)
    actions.retire_key(key=key, before=clock.now(), by=request.actor)
    messages.success(request, _("The key %(key)s signs nothing from now on.") % {"key": fragment})
    return redirect("keys")


def _draft(given: dict[str, Any], issuers: dict[str, Any]) -> KeyDraft:
    last = given["last_day"]
    return KeyDraft(
        organisation=issuers[given["organisation"]],
        fragment=given["fragment"],
        valid_from=_begin_of(given["valid_from"]),
        valid_before=_begin_of(last + timedelta(days=1)) if last else None,
    )


def _begin_of(day: date) -> datetime:
    """The first instant of that day where the alliance is at home."""
    return datetime.combine(day, time.min, ZoneInfo(settings.HOME_ZONE)).astimezone(UTC)
