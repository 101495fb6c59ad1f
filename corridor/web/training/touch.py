"""Whether a cohort's learners can be reached and how well they speak; its goals, its links, and the facts of one place."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from corridor.foundations import clock
from corridor.foundations.access import Permission
from corridor.kernel.errors import NotFound, Refusal
from corridor.rooms.members import queries as members
from corridor.rooms.training import actions, queries
from corridor.rooms.training.actions.importing import EnrolmentChanged, change_enrolments
from corridor.rooms.training.queries.choices import Moment, ParticipantKind, StudyMode
from corridor.web.posting import form_status, posted, shown_on
from corridor.web.wording import sentence

from .touch_forms import FactsForm, GoalForms, LevelForm, LinkForms, TouchForm

form_page = require_http_methods(["GET", "POST"])


@form_page
def in_touch(request: HttpRequest, reference: str) -> HttpResponse:
    by = request.actor
    cohort = queries.get_cohort(reference=reference, by=by)
    rows = queries.touch_of(cohort=cohort, by=by)
    may = by.may(Permission.LEARNER_ENROL, on=cohort)
    if request.method == "POST":
        by.require(Permission.LEARNER_ENROL, on=cohort)
    form, status = TouchForm(posted(request), rows=rows), form_status(request)
    if form.is_bound and form.is_valid():
        moment = Moment(form.cleaned_data["moment"])
        count = actions.check_contacts(cohort=cohort, moment=moment, results=form.results(), on=clock.today(), by=by)
        said = ngettext("%(count)s check is written down.", "%(count)s checks are written down.", count)
        messages.success(request, said % {"count": count})
        return redirect("in-touch", reference)
    shown = {
        "cohort": cohort, "form": form, "rows": rows, "may": may, "entry": queries.contactable(rows, Moment.ENTRY),
        "exit": queries.contactable(rows, Moment.EXIT),
    }  # fmt: skip
    return render(request, "training/in_touch.html", shown, status=status)


@form_page
def languages(request: HttpRequest, reference: str) -> HttpResponse:
    by = request.actor
    cohort = queries.get_cohort(reference=reference, by=by)
    rows = queries.speaking_of(cohort=cohort, by=by)
    may = by.may(Permission.SESSION_PLAN, on=cohort)
    if request.method == "POST":
        by.require(Permission.SESSION_PLAN, on=cohort)
    form, status = LevelForm(posted(request), initial={"moment": "entry", "scale": "hsk_2021"}), form_status(request)
    form.offer(rows)
    if form.is_bound and form.is_valid():
        given = form.cleaned_data
        try:
            actions.state_level(
                enrolment=given["learner"], moment=Moment(given["moment"]), level=form.stated(), on=clock.today(), by=by
            )
        except Refusal as refusal:
            status = shown_on(form, refusal)
        else:
            messages.success(request, _("The level is written down, with its source."))
            return redirect("cohort-languages", reference)
    shown = {
        "cohort": cohort, "rows": rows, "form": form if may and rows else None,
        "goals": queries.goals_of(cohort=cohort, by=by), "may_aim": by.may(Permission.COHORT_OPEN, on=cohort),
    }  # fmt: skip
    return render(request, "training/languages.html", shown, status=status)


@form_page
def goals(request: HttpRequest, reference: str) -> HttpResponse:
    by = request.actor
    cohort = queries.get_cohort(reference=reference, by=by)
    by.require(Permission.COHORT_OPEN, on=cohort)
    standing = [
        {"language": each.language, "scale": each.scale, "level": each.level, "hours": each.hours}
        for each in cohort.language_goals.all()
    ]
    forms, status, refused = GoalForms(posted(request), initial=standing), form_status(request), None
    if forms.is_bound and forms.is_valid():
        wanted = [goal for form in forms if (goal := form.goal()) is not None]
        try:
            actions.set_goals(cohort=cohort, goals=wanted, by=by)
        except Refusal as refusal:
            refused, status = refusal, 422
        else:
            messages.success(request, _("The goals are written down."))
            return redirect("cohort-languages", reference)
    title, lead = (
        _("Language goals of %(cohort)s") % {"cohort": reference},
        _("Clear a language to take the line away."),
    )
    return _lines(
        request, cohort, forms, status, refused, title=title, lead=lead, back="cohort-languages", last=_("Languages")
    )


@form_page
def links(request: HttpRequest, reference: str) -> HttpResponse:
    by = request.actor
    cohort = queries.get_cohort(reference=reference, by=by)
    by.require(Permission.SESSION_PLAN, on=cohort)
    standing = [{"title": each.title, "address": each.address} for each in cohort.platform_links.all()]
    forms, status, refused = LinkForms(posted(request), initial=standing), form_status(request), None
    if forms.is_bound and forms.is_valid():
        wanted = [link for form in forms if (link := form.link()) is not None]
        try:
            actions.set_platform_links(cohort=cohort, links=wanted, by=by)
        except Refusal as refusal:
            refused, status = refusal, 422
        else:
            messages.success(request, _("The links are written down; the learners find them on their path."))
            return redirect("cohort", reference)
    title = _("Where %(cohort)s stands in a learning platform") % {"cohort": reference}
    return _lines(
        request,
        cohort,
        forms,
        status,
        refused,
        title=title,
        lead=_("Shown to those who learn and teach in it."),
        back="cohort",
        last=_("Learning platform"),
    )


def _lines(
    request: HttpRequest,
    cohort: Any,
    forms: Any,
    status: int,
    refused: Refusal | None,
    *,
    title: str,
    lead: str,
    back: str,
    last: str,
) -> HttpResponse:
    shown = {
        "cohort": cohort, "form": forms, "refused": refused, "title": title, "lead": lead, "last": last,
        "back": reverse(back, args=[cohort.reference]),
    }  # fmt: skip
    return render(request, "training/lines.html", shown, status=status)


@form_page
def facts(request: HttpRequest, reference: str, number: int) -> HttpResponse:
    by = request.actor
    place = queries.get_enrolment(cohort=reference, number=number, by=by)
    by.require(Permission.LEARNER_ENROL, on=place.cohort)
    sender = place.sending_organisation
    first = {
        "participant_kind": place.participant_kind, "study_mode": place.study_mode, "job_to_return": place.job_to_return,
        "sent_by": sender.reference if sender else "",
    }  # fmt: skip
    form, status = FactsForm(posted(request), initial=first), form_status(request)
    if form.is_bound and form.is_valid():
        given = form.cleaned_data
        try:
            sent_by = given["sent_by"]
            values = {
                "participant_kind": ParticipantKind(given["participant_kind"]), "study_mode": StudyMode(given["study_mode"]),
                "job_to_return": given["job_to_return"],
                "sending_organisation": members.get_organisation(reference=sent_by, by=by) if sent_by else None,
            }  # fmt: skip
            change_enrolments(changes=[EnrolmentChanged(place, values)], by=by)
        except NotFound as unknown:
            form.add_error("sent_by", sentence(unknown))
        else:
            messages.success(request, _("What is written down about the learner is changed."))
            return redirect("cohort", reference)
    shown = {
        "form": form, "title": _("Seat %(number)s of %(cohort)s") % {"number": number, "cohort": reference}, "lead": "",
        "button": _("Write it down"), "back": (reference, reverse("cohort", args=[reference])),
    }  # fmt: skip
    return render(request, "partials/form_page.html", shown, status=status)
