"""Contributions to a conference: the call, sending one in for a member, judging, and the decision with its letter."""

from datetime import timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from corridor.foundations import clock
from corridor.foundations.access import Permission
from corridor.kernel.errors import AccessDenied, Refusal
from corridor.kernel.wording import N_
from corridor.rooms.conferences import actions, queries
from corridor.rooms.conferences.actions import ContributionDraft
from corridor.rooms.conferences.lifecycle import CONTRIBUTION, ContributionStatus
from corridor.rooms.members import queries as members
from corridor.web.posting import form_status, posted, shown_on
from corridor.web.ui.names import reader_language, title_of

from .contribution_forms import CallForm, ContributionForm, DecideForm, JudgeForm

form_page = require_http_methods(["GET", "POST"])
ONE_DAY = timedelta(days=1)


@require_GET
def contribution_list(request: HttpRequest, reference: str) -> HttpResponse:
    """All of them for who judges; for a member its own."""
    by, on = request.actor, clock.today()
    conference = queries.get_conference(reference=reference, by=by)
    if not by.holds_somewhere(Permission.CONTRIBUTION_SEND) and not by.may(Permission.CONTRIBUTION_VIEW):
        raise AccessDenied(N_("Contributions are for the members that offer them and for who judges them."))
    call, is_open = queries.call_of(conference=conference, on=on, by=by)
    shown = {
        "conference": conference, "call": call, "is_open": is_open, "rows": list(queries.list_contributions(conference=reference, by=by)),
        "judges": by.may(Permission.CONTRIBUTION_VIEW), "may_plan": by.may(Permission.CONFERENCE_PLAN),
        "may_send": is_open and by.holds_somewhere(Permission.CONTRIBUTION_SEND),
    }  # fmt: skip
    return render(request, "conferences/contributions.html", shown)


@form_page
def send(request: HttpRequest, reference: str) -> HttpResponse:
    by, on = request.actor, clock.today()
    conference = queries.get_conference(reference=reference, by=by)
    own = members.spoken_for(permission=Permission.CONTRIBUTION_SEND, on=on, by=by)
    if not own:
        raise AccessDenied(N_("Who speaks for a member sends in its contributions."))
    form = ContributionForm(posted(request), members=own, initial={"language": reader_language()})
    status = form_status(request)
    if form.is_bound and form.is_valid():
        given = form.cleaned_data
        draft = ContributionDraft(
            conference=conference, member=given["member"], title=given["title"], abstract=given["abstract"], language=given["language"],
            speakers=given["speakers"].splitlines(),
        )  # fmt: skip
        try:
            made = actions.send_contribution(contribution=draft, on=on, by=by)
        except Refusal as refusal:
            status = shown_on(form, refusal)
        else:
            messages.success(
                request, _("%(number)s is sent in. The decision will stand on its page.") % {"number": made.reference}
            )
            return redirect("contribution", made.reference)
    back = (_("Contributions"), reverse("contributions", args=[reference]))
    return _form(request, form, status, back, _("Offer a contribution"), _("Send it in"), title_of(conference).text)


@require_GET
def contribution_page(request: HttpRequest, reference: str) -> HttpResponse:
    by = request.actor
    found = queries.get_contribution(reference=reference, by=by)
    is_open = found.status in {ContributionStatus.SUBMITTED, ContributionStatus.WAITING}
    is_own = found.member_id in by.keys_reached("member")
    reviews = queries.reviews_of(contribution=found, by=by)
    item, zone = getattr(found, "item", None), ZoneInfo(found.conference.zone)
    shown = {
        "contribution": found, "reviews": reviews, "item": item, "begins": item and f"{item.starts_at.astimezone(zone):%H:%M}",
        "day": item and item.starts_at.astimezone(zone).date(),
        "may_place": found.status == ContributionStatus.ACCEPTED and item is None and by.may(Permission.CONFERENCE_PLAN),
        "may_judge": is_open and by.may(Permission.CONTRIBUTION_REVIEW) and not is_own,
        "may_decide": is_open and bool(reviews) and by.may(Permission.CONFERENCE_PLAN),
        "may_withdraw": bool(CONTRIBUTION.transitions[ContributionStatus(found.status)]) and by.may(Permission.CONTRIBUTION_SEND, on=found),
    }  # fmt: skip
    return render(request, "conferences/contribution.html", shown)


@form_page
def judge(request: HttpRequest, reference: str) -> HttpResponse:
    by = request.actor
    found = queries.get_contribution(reference=reference, by=by)
    by.require(Permission.CONTRIBUTION_REVIEW)
    form, status = JudgeForm(posted(request)), form_status(request)
    if form.is_bound and form.is_valid():
        given = form.cleaned_data
        try:
            actions.judge_contribution(
                contribution=found, score=given["score"], note=given["note"], on=clock.today(), by=by
            )
        except Refusal as refusal:
            status = shown_on(form, refusal)
        else:
            messages.success(request, _("Your judgement is written down."))
            return redirect("contribution", reference)
    return _form(request, form, status, _back(reference), _("Judge it"), _("Write it down"), found.title)


@form_page
def decide(request: HttpRequest, reference: str) -> HttpResponse:
    by = request.actor
    found = queries.get_contribution(reference=reference, by=by)
    by.require(Permission.CONFERENCE_PLAN)
    form, status = DecideForm(posted(request), status=found.status), form_status(request)
    if form.is_bound and form.is_valid():
        given = form.cleaned_data
        try:
            actions.decide_on_contribution(
                contribution=found, to=ContributionStatus(given["to"]), on=clock.today(), by=by, reason=given["reason"]
            )
        except Refusal as refusal:
            status = shown_on(form, refusal)
        else:
            messages.success(request, _("It is decided; the letter stands on the page of the contribution."))
            return redirect("contribution", reference)
    return _form(request, form, status, _back(reference), _("Decide"), _("Decide and write the letter"), found.title)


@require_POST
def withdraw(request: HttpRequest, reference: str) -> HttpResponse:
    found = queries.get_contribution(reference=reference, by=request.actor)
    actions.withdraw_contribution(contribution=found, on=clock.today(), by=request.actor)
    messages.success(request, _("The contribution is taken back."))
    return redirect("contribution", reference)


@form_page
def call(request: HttpRequest, reference: str) -> HttpResponse:
    by = request.actor
    conference = queries.get_conference(reference=reference, by=by)
    by.require(Permission.CONFERENCE_PLAN)
    standing, _is_open = queries.call_of(conference=conference, on=clock.today(), by=by)
    first = (
        {"opens_on": standing.opens_on, "closes_on": standing.closes_before - ONE_DAY}
        if standing
        else {"opens_on": clock.today()}
    )
    form, status = CallForm(posted(request), initial=first), form_status(request)
    if form.is_bound and form.is_valid():
        given = form.cleaned_data
        try:
            actions.call_for_contributions(
                conference=conference, opens_on=given["opens_on"], closes_before=given["closes_on"] + ONE_DAY, by=by
            )
        except Refusal as refusal:
            status = shown_on(form, refusal)
        else:
            messages.success(request, _("The days of the call are set."))
            return redirect("contributions", reference)
    back = (_("Contributions"), reverse("contributions", args=[reference]))
    return _form(
        request, form, status, back, _("Call for contributions"), _("Set these days"), title_of(conference).text
    )


def _back(reference: str) -> tuple[str, str]:
    return (reference, reverse("contribution", args=[reference]))


def _form(
    request: HttpRequest, form: Any, status: int, back: tuple[str, str], title: str, button: str, lead: str
) -> HttpResponse:
    shown = {"form": form, "title": title, "button": button, "lead": lead, "back": back}
    return render(request, "partials/form_page.html", shown, status=status)
