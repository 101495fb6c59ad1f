"""Days on which learners of a cohort are assessed: the list, planning one, and the page that is printed for the yard."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from corridor.foundations import clock
from corridor.foundations.access import Permission
from corridor.journeys.find_persons import names_to_show
from corridor.rooms.assessment import actions, queries
from corridor.rooms.training import queries as training
from corridor.rooms.training.names import names_of
from corridor.web.posting import posted
from corridor.web.sites.answering import form_answer
from corridor.web.ui.names import reader_language

from .judging_forms import SittingForm


@require_GET
def sitting_list(request: HttpRequest, reference: str) -> HttpResponse:
    by = request.actor
    cohort = training.get_cohort(reference=reference, by=by)
    rows = list(queries.list_sittings(by=by, cohort=cohort))
    shown = {
        "cohort": cohort,
        "rows": rows,
        "persons": names_to_show(persons=[each.assessor_id for each in rows], language=reader_language(), by=by),
        "on": clock.today(),
        "may_plan": by.may(Permission.SITTING_PLAN, on=cohort),
    }
    return render(request, "assessment/sittings.html", shown)


@require_http_methods(["GET", "POST"])
def plan(request: HttpRequest, reference: str) -> HttpResponse:
    by = request.actor
    cohort = training.get_cohort(reference=reference, by=by)
    by.require(Permission.SITTING_PLAN, on=cohort)
    matrix = queries.get_matrix(cohort=cohort, by=by)
    seats = {str(each.number): each for each in matrix.enrolments}
    form = SittingForm(posted(request), initial={"held_on": clock.today()})
    assessors = queries.assessors_of(cohort=cohort, by=by)
    form.offer(
        units=matrix.units, assessors=assessors,
        called=names_to_show(persons=[each.pk for each in assessors], language=reader_language(), by=by),
        seats=[(key, f"{key} {matrix.names[each.person_id].own_name}") for key, each in seats.items()],
    )  # fmt: skip

    def act(given: dict[str, Any]) -> None:
        actions.plan_sitting(
            cohort=cohort, unit=given["unit"], held_on=given["held_on"], assessor=given["assessor"],
            called=[seats[key] for key in given["called"]], by=by, at=clock.now(),
        )  # fmt: skip

    words = {
        "title": _("Plan a sitting"), "button": _("Call them"), "done": _("The sitting is planned."),
        "lead": _("What would stand in the way of a decision on that day is told now."),
    }  # fmt: skip
    return form_answer(request, form, act, words=words, back=(_("Sittings"), reverse("sittings", args=[reference])))


@require_GET
def sitting(request: HttpRequest, key: UUID) -> HttpResponse:
    by = request.actor
    found = queries.get_sitting(key=key, by=by)
    called = [each.enrolment for each in queries.called_to(sitting=found, by=by)]
    names = names_of([each.person_id for each in called])
    shown = {
        "sitting": found, "rows": [(each, names[each.person_id]) for each in called],
        "may_plan": by.may(Permission.SITTING_PLAN, on=found), "may_judge": by.may(Permission.DECISION_RECORD, on=found),
        "scheme": queries.scheme_of(unit=found.unit, on=found.held_on, by=by),
        "persons": names_to_show(persons=[found.assessor_id], language=reader_language(), by=by),
    }  # fmt: skip
    return render(request, "assessment/sitting.html", shown)


@require_POST
def cancel(request: HttpRequest, key: UUID) -> HttpResponse:
    found = queries.get_sitting(key=key, by=request.actor)
    reference = found.cohort.reference
    actions.cancel_sitting(sitting=found, by=request.actor, at=clock.now())
    messages.success(request, _("The sitting is taken back."))
    return redirect("sittings", reference)
