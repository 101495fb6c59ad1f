"""Choosing among those who applied: points, offers, the waiting list; and what the cohort says of itself."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from corridor.foundations import clock
from corridor.foundations.access import Permission
from corridor.kernel.errors import Refusal
from corridor.rooms.training import actions, queries
from corridor.rooms.training.actions import Description, EnrolmentStep
from corridor.rooms.training.lifecycle import CohortStatus, EnrolmentStatus
from corridor.rooms.training.queries.choices import ExitReason
from corridor.web.posting import form_status, posted, shown_on

from .choosing_forms import (
    LATE,
    OFFER,
    WAIT,
    ChoosingForm,
    CriteriaForms,
    DescribeForm,
    PointsForm,
    first_until,
)

form_page = require_http_methods(["GET", "POST"])


@form_page
def selection(request: HttpRequest, reference: str) -> HttpResponse:
    found, today = queries.get_selection(cohort=reference, by=request.actor), clock.today()
    form, status = ChoosingForm(posted(request), initial={"until": first_until(today)}), form_status(request)
    rows = {str(each.enrolment.number): each.enrolment for each in found.applicants}
    form.fields["seats"].choices = [(number, number) for number in rows]
    if form.is_bound and form.is_valid():
        given = form.cleaned_data
        try:
            said = _choose(given, found.cohort, [rows[number] for number in given["seats"]], request)
        except Refusal as refusal:
            status = shown_on(form, refusal)
        else:
            messages.success(request, said)
            return redirect("selection", reference)
    late = queries.late_offers(cohort=found.cohort, on=today, by=request.actor)
    shown = {
        "selection": found, "form": form, "chosen": request.POST.getlist("seats"), "late": late,
        "may_recruit": found.cohort.status == CohortStatus.PLANNED
        and request.actor.may(Permission.COHORT_OPEN, on=found.cohort),
        "recruits": found.cohort.status == CohortStatus.RECRUITING, "on": today,
        "apply_address": f"{settings.PUBLIC_URL}{reverse('apply-to-cohort', args=[reference])}",
    }  # fmt: skip
    return render(request, "training/selection.html", shown, status=status)


def _choose(given: dict[str, Any], cohort: Any, chosen: list[Any], request: HttpRequest) -> str:
    """Do what was asked for, and say what was done."""
    on, at, by = clock.today(), clock.real_now(), request.actor
    if given["do"] == LATE:
        count = actions.end_late_offers(cohort=cohort, on=on, at=at, by=by)
        return ngettext("%(count)s offer is over.", "%(count)s offers are over.", count) % {"count": count}
    if given["do"] == OFFER:
        count = len(actions.offer_places(enrolments=chosen, until=given["until"], on=on, at=at, by=by))
        return ngettext("%(count)s place is offered.", "%(count)s places are offered.", count) % {"count": count}
    if given["do"] == WAIT:
        count = actions.put_on_waiting_list(enrolments=chosen, by=by)
        said = ngettext("%(count)s applicant waits now.", "%(count)s applicants wait now.", count)
        return said % {"count": count}
    steps = [
        EnrolmentStep(enrolment=each, to=EnrolmentStatus.WITHDREW, on=on, exit_reason=ExitReason.NOT_SELECTED)
        for each in chosen
    ]
    count = actions.move_enrolments(steps=steps, at=at, by=by)
    return ngettext("%(count)s applicant is not selected.", "%(count)s applicants are not selected.", count) % {
        "count": count
    }


@require_POST
def recruit(request: HttpRequest, reference: str) -> HttpResponse:
    cohort = queries.get_cohort(reference=reference, by=request.actor)
    actions.recruit(cohort=cohort, on=clock.today(), by=request.actor)
    messages.success(request, _("The cohort takes applications now."))
    return redirect("selection", reference)


@form_page
def criteria(request: HttpRequest, reference: str) -> HttpResponse:
    found = queries.get_selection(cohort=reference, by=request.actor)
    standing = [{"title": each.title, "most": each.most, "least": each.least} for each in found.criteria]
    form, status = CriteriaForms(posted(request), initial=standing), form_status(request)
    refused: Refusal | None = None
    if form.is_bound and form.is_valid():
        try:
            actions.set_criteria(cohort=found.cohort, criteria=form.wanted(), by=request.actor)
        except Refusal as refusal:
            status, refused = 422, refusal
        else:
            messages.success(request, _("What the applicants are judged by is written down."))
            return redirect("selection", reference)
    shown = {"cohort": found.cohort, "form": form, "refused": refused}
    return render(request, "training/criteria.html", shown, status=status)


@form_page
def points(request: HttpRequest, reference: str) -> HttpResponse:
    found = queries.get_selection(cohort=reference, by=request.actor)
    form = PointsForm(posted(request), applicants=found.applicants, criteria=found.criteria)
    status = form_status(request)
    if form.is_bound and form.is_valid():
        try:
            actions.record_scores(cohort=found.cohort, scores=form.scores(), at=clock.now(), by=request.actor)
        except Refusal as refusal:
            status = shown_on(form, refusal)
        else:
            messages.success(request, _("The points are written down."))
            return redirect("selection", reference)
    return render(request, "training/points.html", {"selection": found, "form": form}, status=status)


@form_page
def describe(request: HttpRequest, reference: str) -> HttpResponse:
    cohort = queries.get_cohort(reference=reference, by=request.actor)
    request.actor.require(Permission.COHORT_OPEN, on=cohort)
    standing = {
        "capacity": cohort.capacity, "required_share": cohort.required_share,
        "languages": ", ".join(each.language for each in cohort.languages.all()),
    }  # fmt: skip
    form, status = DescribeForm(posted(request), initial=standing), form_status(request)
    if form.is_bound and form.is_valid():
        given = form.cleaned_data
        description = Description(
            capacity=given["capacity"], languages=form.tags(), required_share=given["required_share"]
        )
        try:
            actions.describe_cohort(cohort=cohort, description=description, by=request.actor)
        except Refusal as refusal:
            status = shown_on(form, refusal)
        else:
            messages.success(request, _("The cohort’s places and languages are written down."))
            return redirect("cohort", reference)
    shown = {
        "form": form, "title": _("Places and languages of %(cohort)s") % {"cohort": reference}, "button": _("Write it down"),
        "lead": "", "back": (reference, reverse("cohort", args=[reference])),
    }  # fmt: skip
    return render(request, "partials/form_page.html", shown, status=status)
