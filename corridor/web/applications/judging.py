"""What the secretariat, the council and reviewers do with an application."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from corridor.foundations import clock
from corridor.foundations.access import Permission
from corridor.foundations.accounts import queries as accounts
from corridor.kernel.errors import NotFound, Refusal
from corridor.rooms.members import actions, queries
from corridor.rooms.members.application_drafts import DecisionDraft, VoteDraft
from corridor.rooms.members.application_kinds import Outcome
from corridor.rooms.members.lifecycle import CONDITION, ConditionStatus
from corridor.web.apply.uploads import upload_if_any
from corridor.web.posting import form_status, posted, posted_files, shown_on, status_in_place
from corridor.web.ui.names import reader_language
from corridor.web.wording import sentence

from .forms import AsideForm, AskForm, ConditionForm, CoordinatorForm, DecideForm, JudgeForm, ReviewersForm, SheetForm
from .views import whole

form_page = require_http_methods(["GET", "POST"])


@require_POST
def begin_review(request: HttpRequest, reference: str) -> HttpResponse:
    def act(one: Any) -> None:
        actions.begin_review(application=one, on=clock.today(), by=request.actor)

    return _step(request, reference, act, _("The review has begun."))


@require_POST
def close_review(request: HttpRequest, reference: str) -> HttpResponse:
    def act(one: Any) -> None:
        actions.close_review(application=one, at=clock.now(), by=request.actor)

    return _step(request, reference, act, _("The review is closed; the sheets that are in can be read."))


@require_POST
def activate(request: HttpRequest, reference: str) -> HttpResponse:
    def act(one: Any) -> None:
        actions.activate_member(application=one, on=clock.today(), by=request.actor)

    return _step(request, reference, act, _("The organisation is a member from today."))


def _step(request: HttpRequest, reference: str, act: Callable[[Any], object], done: str) -> HttpResponse:
    """One button: done and back, or the page again with the reason why not."""
    shown = whole(request, reference)
    try:
        act(shown["record"].application)
    except Refusal as refusal:
        status = status_in_place(refusal)
        return render(request, "applications/application.html", {**shown, "refused": sentence(refusal)}, status=status)
    messages.success(request, done)
    return redirect("application", reference)


@form_page
def reviewers(request: HttpRequest, reference: str) -> HttpResponse:
    request.actor.require(Permission.APPLICATION_MANAGE)
    form = ReviewersForm(posted(request))

    def act(application: Any) -> str:
        by = request.actor
        users = [accounts.get_account(username=name, by=by) for name in form.names()]
        made = actions.invite_reviewers(application=application, users=users, at=clock.now(), by=by)
        return ngettext("%(count)s account is asked to judge.", "%(count)s accounts are asked to judge.", len(made)) % {
            "count": len(made)
        }

    return _form(request, reference, form, act, title=_("Ask reviewers"), button=_("Ask them"))


@form_page
def ask(request: HttpRequest, reference: str) -> HttpResponse:
    request.actor.require(Permission.APPLICATION_MANAGE)
    form = AskForm(posted(request))

    def act(application: Any) -> str:
        wanted = form.cleaned_data["wanted"]
        actions.ask_for_more(application=application, wanted=wanted, on=clock.today(), at=clock.now(), by=request.actor)
        return _("The letter is on its way, and stands on the applicant's page.")

    return _form(request, reference, form, act, title=_("Ask for more information"), button=_("Send the letter"))


@form_page
def add_condition(request: HttpRequest, reference: str) -> HttpResponse:
    request.actor.require(Permission.APPLICATION_MANAGE)
    form = ConditionForm(posted(request))

    def act(application: Any) -> str:
        actions.add_condition(application=application, **form.cleaned_data, by=request.actor)
        return _("The condition stands on the applicant's page.")

    return _form(request, reference, form, act, title=_("Add a condition"), button=_("Add it"))


@form_page
def judge_condition(request: HttpRequest, reference: str, key: UUID) -> HttpResponse:
    by = request.actor
    by.require(Permission.APPLICATION_MANAGE)
    condition = queries.get_condition(reference=reference, key=key, by=by)
    following = CONDITION.transitions[ConditionStatus(condition.status)] - {ConditionStatus.HANDED_IN}
    form = JudgeForm(
        posted(request), choices=[(each.value, each.label) for each in ConditionStatus if each in following]
    )

    def act(_application: Any) -> str:
        given = form.cleaned_data
        actions.judge_condition(
            condition=condition, to=ConditionStatus(given["to"]), reason=given["reason"], on=clock.today(), by=by
        )
        return _("It is written down; the applicant reads it.")

    lead = condition.said(reader_language())[0]
    return _form(request, reference, form, act, title=_("Judge a condition"), button=_("Write it down"), lead=lead)


@form_page
def coordinator(request: HttpRequest, reference: str) -> HttpResponse:
    request.actor.require(Permission.SEAT_GIVE)
    form = CoordinatorForm(posted(request))

    def act(application: Any) -> str:
        actions.invite_coordinator(
            application=application, **form.cleaned_data, on=clock.today(), at=clock.now(), by=request.actor
        )
        return _("The invitation is on its way. Its holder speaks for the organisation from today.")

    lead = _("Whoever opens the invitation gets an account with the seat of the coordinator.")
    return _form(
        request, reference, form, act, title=_("Invite the coordinator"), button=_("Send the invitation"), lead=lead
    )


@form_page
def decide(request: HttpRequest, reference: str) -> HttpResponse:
    request.actor.require(Permission.APPLICATION_DECIDE)
    form = DecideForm(posted(request), posted_files(request))

    def act(application: Any) -> str:
        given = form.cleaned_data
        vote = VoteDraft(
            held_on=given["held_on"], present=given["present"], in_favour=given["in_favour"], against=given["against"],
            abstained=given["abstained"], interests=given["interests"], minutes=given["minutes"],
            minutes_file=upload_if_any(given["minutes_file"], title=_("Minutes of the council"), kind="minutes"),
        )  # fmt: skip
        decision = DecisionDraft(Outcome(given["outcome"]), given["held_on"], given["reason"], given["conditions"])
        actions.decide_application(
            application=application, vote=vote, decision=decision, at=clock.now(), by=request.actor
        )
        return _("The decision is written down and the letter is on its way.")

    lead = _("Present = for + against + abstained + those with an interest. The decision follows the majority.")
    return _form(
        request,
        reference,
        form,
        act,
        title=_("Minute the vote"),
        button=_("Write down the decision"),
        lead=lead,
        is_multipart=True,
    )


@form_page
def sheet(request: HttpRequest, reference: str) -> HttpResponse:
    by, language = request.actor, reader_language()
    record = queries.get_application(reference=reference, by=by, on=clock.today(), language=language)
    own = queries.own_sheet(application=record.application, by=by, language=language)
    form, status = SheetForm(posted(request), lines=own.lines, language=language), form_status(request)
    if form.is_bound and form.is_valid():
        hand_in = "hand_in" in request.POST
        try:
            actions.save_sheet(
                application=record.application, points=form.points(), at=clock.now(), by=by, hand_in=hand_in
            )
        except Refusal as refusal:
            status = shown_on(form, refusal)
        else:
            messages.success(
                request, _("Your sheet is handed in.") if hand_in else _("Your sheet is kept; you can go on with it.")
            )
            return redirect("application", reference) if hand_in else redirect("application-sheet", reference)
    shown = {"record": record, "sheet": own, "form": form, "judge": reference}
    return render(request, "applications/sheet.html", shown, status=status)


@form_page
def step_aside(request: HttpRequest, reference: str) -> HttpResponse:
    by = request.actor
    record = queries.get_application(reference=reference, by=by, on=clock.today(), language=reader_language())
    queries.own_sheet(application=record.application, by=by, language=reader_language())
    form, status = AsideForm(posted(request)), form_status(request)
    if form.is_bound and form.is_valid():
        try:
            actions.step_aside(
                application=record.application, interest=form.cleaned_data["interest"], at=clock.now(), by=by
            )
        except Refusal as refusal:
            status = shown_on(form, refusal)
        else:
            messages.success(request, _("You have stepped aside. Thank you for saying so."))
            return redirect("desk")
    shown = {
        "form": form, "title": _("Declare an interest and step aside"), "button": _("Step aside"),
        "lead": _("Your sheet does not count then, and you do not see this application any more."),
        "back": (reference, reverse("application-sheet", args=[reference])),
    }  # fmt: skip
    return render(request, "partials/form_page.html", shown, status=status)


def _form(request: HttpRequest, reference: str, form: Form, act: Callable[[Any], str], **shown: Any) -> HttpResponse:
    """A form about one application: load, act, and back to its page."""
    record = queries.get_application(
        reference=reference, by=request.actor, on=clock.today(), language=reader_language()
    )
    status = form_status(request)
    if form.is_bound and form.is_valid():
        try:
            done = act(record.application)
        except NotFound as unknown:
            form.add_error(None, sentence(unknown))
        except Refusal as refusal:
            status = shown_on(form, refusal)
        else:
            messages.success(request, done)
            return redirect("application", reference)
    back = (reference, reverse("application", args=[reference]))
    return render(
        request, "applications/form.html", {"form": form, "back": back, "record": record, **shown}, status=status
    )
