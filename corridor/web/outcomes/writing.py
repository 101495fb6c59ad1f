"""Plan a wave, open and close it, and write down what is known of one graduate."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from corridor.foundations import clock
from corridor.foundations.access import Permission
from corridor.kernel.errors import Refusal
from corridor.rooms.outcomes import actions, queries
from corridor.rooms.outcomes.actions import FollowUpReport, WavePlan
from corridor.rooms.outcomes.choices import Answer, AnswerSource
from corridor.rooms.outcomes.lifecycle import WaveStatus
from corridor.rooms.training import queries as training
from corridor.web.posting import form_status, posted, shown_on

from .forms import FollowUpForm, PlanForm


@require_http_methods(["GET", "POST"])
def plan(request: HttpRequest) -> HttpResponse:
    request.actor.require(Permission.WAVE_PLAN)
    on = clock.today()
    form, status = PlanForm(posted(request), initial={"opens_on": on}), form_status(request)
    form.offer(training.list_cohorts(by=request.actor), on=on)
    if form.is_valid():
        given = form.cleaned_data
        wave = WavePlan(
            reference=given["reference"], months=given["months"], opens_on=given["opens_on"],
            closes_on=given["closes_on"], cohorts=[form.known[each] for each in given["cohorts"]],
        )  # fmt: skip
        try:
            actions.plan_waves(plans=[wave], by=request.actor)
        except Refusal as refusal:
            status = shown_on(form, refusal)
        else:
            messages.success(
                request, _("%(wave)s is planned. Nobody is asked before it is opened.") % {"wave": wave.reference}
            )
            return redirect("wave", wave.reference)
    return render(request, "outcomes/plan.html", {"form": form}, status=status)


@require_POST
def move(request: HttpRequest, reference: str) -> HttpResponse:
    wave = queries.get_wave(reference=reference, by=request.actor)
    if request.POST.get("to") == WaveStatus.CLOSED:
        actions.close_wave(wave=wave, on=clock.today(), by=request.actor)
        said = _("%(wave)s is closed. Whoever has not answered stays unknown.") % {"wave": reference}
    else:
        actions.open_wave(wave=wave, on=clock.today(), by=request.actor)
        said = _("%(wave)s is open, and whom it asks is settled.") % {"wave": reference}
    messages.success(request, said)
    return redirect("wave", reference)


@require_http_methods(["GET", "POST"])
def record(request: HttpRequest, reference: str, cohort: str, number: int) -> HttpResponse:
    wave = queries.get_wave(reference=reference, by=request.actor)
    row = queries.get_follow_up(wave=wave, cohort=cohort, number=number, by=request.actor)
    request.actor.require(Permission.OUTCOME_RECORD)
    form = FollowUpForm(posted(request), initial={name: getattr(row, name) for name in FollowUpForm.base_fields})
    status = form_status(request)
    if form.is_valid():
        try:
            actions.record_follow_ups(wave=wave, reports=[_report(form, row)], by=request.actor)
        except Refusal as refusal:
            status = shown_on(form, refusal)
        else:
            messages.success(
                request, _("What is known of seat %(number)s of %(cohort)s is written down.")
                % {"number": number, "cohort": cohort},
            )  # fmt: skip
            return redirect("wave", reference)
    silent = queries.silent_by_wish(wave=wave, rows=[row], on=clock.today(), by=request.actor)
    shown = {
        "wave": wave,
        "row": row,
        "form": form,
        "is_open": wave.status == WaveStatus.OPEN,
        "is_not_asked": bool(silent),
    }
    return render(request, "outcomes/follow_up.html", shown, status=status)


def _report(form: FollowUpForm, row: Any) -> FollowUpReport:
    given = form.cleaned_data
    return FollowUpReport(
        enrolment=row.enrolment, attempts=given["attempts"], asked_on=given["asked_on"], reached_on=given["reached_on"],
        answered_on=given["answered_on"], source=AnswerSource(given["source"]) if given["source"] else None,
        working=Answer(given["working"]), relevant=Answer(given["relevant"]), occupation_code=given["occupation_code"],
    )  # fmt: skip
