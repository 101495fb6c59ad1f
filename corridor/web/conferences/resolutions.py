"""What a conference decided and its minutes; and its announcements one by one on a big screen."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from corridor.foundations import clock
from corridor.foundations.access import Permission
from corridor.kernel.errors import NotFound, Refusal
from corridor.rooms.conferences import actions, queries
from corridor.rooms.conferences.actions import ResolutionDraft
from corridor.rooms.conferences.lifecycle import ResolutionStatus
from corridor.rooms.members import queries as members
from corridor.web.posting import form_status, posted, shown_on
from corridor.web.ui.names import reader_language
from corridor.web.wording import sentence

from .agenda_forms import MinutesForm, ResolutionForm, SettleForm
from .said import resolution_row

form_page = require_http_methods(["GET", "POST"])


@login_not_required
@require_GET
def decided(request: HttpRequest, reference: str) -> HttpResponse:
    """Resolutions, each with its owner and day, and the minutes."""
    by, on = request.actor, clock.today()
    conference = queries.get_conference(reference=reference, by=by)
    rows = [resolution_row(each, on=on, by=by) for each in queries.list_resolutions(by=by, on=on, conference=reference)]
    minutes = queries.minutes_of(conference=conference, by=by)
    shown = {
        "conference": conference, "rows": rows, "late": sum(each["is_late"] for each in rows), "minutes": minutes,
        "may_write": by.may(Permission.CONFERENCE_PLAN) and conference.status == "held", "may_approve": by.may(Permission.MINUTES_APPROVE),
        "label": by.label,
    }  # fmt: skip
    return render(request, "conferences/decided.html", shown)


@form_page
def resolve(request: HttpRequest, reference: str) -> HttpResponse:
    by = request.actor
    conference = queries.get_conference(reference=reference, by=by)
    by.require(Permission.CONFERENCE_PLAN)
    form, status = ResolutionForm(posted(request), initial={"resolved_on": conference.starts_on}), form_status(request)
    if form.is_bound and form.is_valid():
        given = form.cleaned_data
        try:
            draft = ResolutionDraft(
                conference=conference, texts=form.texts(), resolved_on=given["resolved_on"], due_on=given["due_on"],
                owner=members.get_organisation(reference=given["owner"], by=by) if given["owner"] else None,
            )  # fmt: skip
            (made,) = actions.resolve(resolutions=[draft], by=by)
        except NotFound as refusal:
            form.add_error("owner", sentence(refusal))
        except Refusal as refusal:
            status = shown_on(form, refusal)
        else:
            messages.success(
                request,
                _("%(number)s is written down; it stands on the desk of its owner.") % {"number": made.reference},
            )
            return redirect("decided", reference)
    return _form(request, form, status, reference, _("What was decided?"), _("Write it down"), "")


@form_page
def settle(request: HttpRequest, reference: str) -> HttpResponse:
    by, on = request.actor, clock.today()
    found = queries.get_resolution(reference=reference, by=by)
    by.require(Permission.RESOLUTION_SETTLE, on=found)
    form = SettleForm(posted(request), initial={"on": on}, may_drop=by.may(Permission.CONFERENCE_PLAN))
    status = form_status(request)
    if form.is_bound and form.is_valid():
        given = form.cleaned_data
        try:
            actions.settle_resolution(
                resolution=found, to=ResolutionStatus(given["to"]), on=given["on"], by=by, reason=given["reason"]
            )
        except Refusal as refusal:
            status = shown_on(form, refusal)
        else:
            messages.success(request, _("The state of %(number)s is written down.") % {"number": reference})
            return redirect("decided", found.conference.reference)
    lead = resolution_row(found, on=on, by=by)["text"]
    return _form(request, form, status, found.conference.reference, _("What became of it?"), _("Write it down"), lead)


@form_page
def write_minutes(request: HttpRequest, reference: str) -> HttpResponse:
    by = request.actor
    conference = queries.get_conference(reference=reference, by=by)
    by.require(Permission.CONFERENCE_PLAN)
    language = request.GET.get("language", "") or reader_language()
    standing = next(
        (each for each in queries.minutes_of(conference=conference, by=by) if each.language == language), None
    )
    form = MinutesForm(posted(request), initial={"language": language, "text": standing.text if standing else ""})
    status = form_status(request)
    if form.is_bound and form.is_valid():
        try:
            actions.write_minutes(conference=conference, on=clock.today(), by=by, **form.cleaned_data)
        except Refusal as refusal:
            status = shown_on(form, refusal)
        else:
            messages.success(
                request, _("The minutes are written down. Anyone reads them once a second person approves them.")
            )
            return redirect("decided", reference)
    return _form(request, form, status, reference, _("Write the minutes"), _("Write them down"), "")


@require_POST
def approve_minutes(request: HttpRequest, reference: str, language: str) -> HttpResponse:
    found = queries.get_minutes(conference=reference, language=language, by=request.actor)
    actions.approve_minutes(minutes=found, on=clock.today(), by=request.actor)
    messages.success(request, _("You stand for these minutes too; anyone reads them from now on."))
    return redirect("decided", reference)


@login_not_required
@require_GET
def screen(request: HttpRequest, reference: str) -> HttpResponse:
    """One announcement at a time in big type, in all its languages; "n" in the address says which."""
    by, on = request.actor, clock.today()
    conference = queries.get_conference(reference=reference, by=by)
    found = list(queries.list_announcements(by=by, on=on, conference=conference.reference, sort="number"))
    standing = [each for each in found if each.status_then != "merged"]
    wanted = request.GET.get("n", "1")
    number = min(max(int(wanted) if wanted.isdecimal() and len(wanted) < 6 else 1, 1), max(len(standing), 1))
    shown = {
        "conference": conference, "said": standing[number - 1] if standing else None, "number": number, "whole": len(standing),
        "before": number - 1 or None, "after": number + 1 if number < len(standing) else None,
    }  # fmt: skip
    return render(request, "conferences/screen.html", shown)


def _form(
    request: HttpRequest, form: Any, status: int, reference: str, title: str, button: str, lead: str
) -> HttpResponse:
    back = (_("What was decided"), reverse("decided", args=[reference]))
    shown = {"form": form, "title": title, "button": button, "lead": lead, "back": back}
    return render(request, "partials/form_page.html", shown, status=status)
