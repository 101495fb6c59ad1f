"""Keys of members: made for a period, rotated, retired, distrusted, and never shown in their private half."""

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
from corridor.journeys.guard_keys import distrust_key, require_proved_twice
from corridor.journeys.sign_here import SecondFactorWanted
from corridor.kernel.errors import Refusal, WrongMoment
from corridor.rooms.credentials import actions, queries
from corridor.rooms.credentials.drafts import Compromise, KeyDraft
from corridor.rooms.members import queries as members
from corridor.web.agreements.proving import ask_for_second_factor, has_given_second_factor
from corridor.web.posting import form_status, posted, shown_on
from corridor.web.ui.names import member_called
from corridor.web.wording import sentence

from .forms import CompromiseForm, KeyForm


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
            require_proved_twice(is_given=has_given_second_factor(request), by=request.actor)
            (key,) = actions.make_keys(keys=[_draft(form.cleaned_data, issuers)], by=request.actor)
        except SecondFactorWanted as wanted:
            return ask_for_second_factor(request, wanted)
        except Refusal as refusal:
            status = shown_on(form, refusal)
        else:
            messages.success(request, _("The key %(key)s is made. Its private half is sealed.") % {"key": key.fragment})
            return redirect("keys")
    return render(request, "credentials/keys.html", {"keys": keys, "form": form, "at": clock.now()}, status=status)


@require_POST
def retire_key(request: HttpRequest, reference: str, fragment: str) -> HttpResponse:
    key = _key(request, reference, fragment)
    try:
        require_proved_twice(is_given=has_given_second_factor(request), by=request.actor)
    except SecondFactorWanted as wanted:
        return ask_for_second_factor(request, wanted)
    actions.retire_key(key=key, before=clock.now(), by=request.actor)
    messages.success(request, _("The key %(key)s signs nothing from now on.") % {"key": fragment})
    return redirect("keys")


@require_POST
def rotate_key(request: HttpRequest, reference: str, fragment: str) -> HttpResponse:
    """The next key in its place, from now on."""
    key = _key(request, reference, fragment)
    try:
        require_proved_twice(is_given=has_given_second_factor(request), by=request.actor)
        made = actions.rotate_key(key=key, at=clock.now(), by=request.actor)
    except SecondFactorWanted as wanted:
        return ask_for_second_factor(request, wanted)
    except WrongMoment as refusal:
        messages.error(request, sentence(refusal))
        return redirect("keys")
    messages.success(
        request, _("%(key)s signs from now on. The status lists are signed with it.") % {"key": made.fragment}
    )
    return redirect("keys")


@require_http_methods(["GET", "POST"])
def compromised_key(request: HttpRequest, reference: str, fragment: str) -> HttpResponse:
    """One key: since when it is not trusted, what is to be issued anew, and the form that says so."""
    key = _key(request, reference, fragment)
    is_seen_by_office = request.actor.holds_everywhere(Permission.CREDENTIAL_VIEW)
    may_tell = request.actor.may(Permission.KEY_MAKE, on=key.organisation)
    if request.method == "POST" or not (is_seen_by_office or may_tell):
        request.actor.require(Permission.KEY_MAKE, on=key.organisation)
    form, status = CompromiseForm(posted(request), initial={"since": clock.today()}), form_status(request)
    if request.method == "POST" and form.is_valid():
        compromise = Compromise(key=key, since=_begin_of(form.cleaned_data["since"]))
        try:
            require_proved_twice(is_given=has_given_second_factor(request), by=request.actor)
            distrust_key(compromise=compromise, on=clock.today(), at=clock.now(), by=request.actor)
        except SecondFactorWanted as wanted:
            return ask_for_second_factor(request, wanted)
        except Refusal as refusal:
            status = shown_on(form, refusal)
        else:
            messages.success(request, _("Nothing is trusted that it signed from that day on."))
            return redirect("key", reference, fragment)
    shown = {
        "key": key, "form": form, "may_tell": may_tell, "sees_certificates": is_seen_by_office, "at": clock.now(),
        "affected": queries.affected_credentials(key=key, by=request.actor),
        "attested": queries.affected_attestations(key=key, by=request.actor),
    }  # fmt: skip
    return render(request, "credentials/key.html", shown, status=status)


def _key(request: HttpRequest, reference: str, fragment: str) -> Any:
    member = members.get_organisation(reference=reference, by=request.actor)
    return queries.get_key(organisation=member, fragment=fragment, by=request.actor)


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
