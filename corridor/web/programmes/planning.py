"""What is planned for a programme: its intake, held against what began; and joint study with its credits."""

from dataclasses import dataclass
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from corridor.foundations import clock
from corridor.foundations.access import Actor, Permission
from corridor.rooms.programmes import actions, queries
from corridor.rooms.programmes.drafts import IntakeDraft, StudyDraft
from corridor.rooms.training import queries as training
from corridor.web.posting import posted

from .answering import answer
from .planning_forms import IntakeForm, StudyForm, StudyShape

form_page = require_http_methods(["GET", "POST"])


@dataclass(frozen=True)
class IntakeRow:
    """A year: what was planned, or None; and what began, of which learners may be hidden."""

    year: int
    plan: Any
    begun: training.Begun
    is_over: bool

    @property
    def missed(self) -> bool:
        """The year is over, and fewer began than was planned."""
        return self.is_over and self.plan is not None and self.begun.cohorts < self.plan.cohorts


def intake_rows(programme: Any, *, on: Any, by: Actor) -> list[IntakeRow]:
    plans = {each.year: each for each in queries.intakes_of(programme=programme, by=by)}
    begun = training.begun_by_year(programme=programme.pk, on=on, by=by)
    years = sorted({*plans, *begun})
    return [IntakeRow(year, plans.get(year), begun.get(year, training.Begun()), year < on.year) for year in years]


@login_not_required
@require_GET
def intake(request: HttpRequest, reference: str) -> HttpResponse:
    on, by = clock.today(), request.actor
    programme = queries.get_programme(reference=reference, by=by, on=on)
    shown = {
        "programme": programme, "rows": intake_rows(programme, on=on, by=by), "on": on,
        "may_plan": by.may(Permission.PROGRAMME_PROPOSE) and programme.status not in {"completed", "cancelled"},
    }  # fmt: skip
    return render(request, "programmes/intake.html", shown)


@form_page
def plan_intake(request: HttpRequest, reference: str) -> HttpResponse:
    on, by = clock.today(), request.actor
    by.require(Permission.PROGRAMME_PROPOSE)
    programme = queries.get_programme(reference=reference, by=by)
    form = IntakeForm(posted(request), initial={"year": on.year})

    def write(given: dict[str, Any]) -> None:
        draft = IntakeDraft(programme, given["year"], given["cohorts"], given["learners"], given["note"])
        actions.plan_intakes(plans=[draft], by=by)

    return answer(
        request, form, write, back=(reference, reverse("programme-intake", args=[reference])),
        done=_("The intake is planned."), title=_("Plan the intake of a year"), button=_("Plan it"),
        lead=_("A year that is planned already is planned anew."),
    )  # fmt: skip


@login_not_required
@require_GET
def study(request: HttpRequest, reference: str) -> HttpResponse:
    on, by = clock.today(), request.actor
    programme = queries.get_programme(reference=reference, by=by, on=on)
    shown = {
        "programme": programme, "studies": queries.studies_of(programme=programme, by=by), "on": on,
        "may_plan": by.may(Permission.PROGRAMME_PROPOSE) and programme.kind == "degree",
    }  # fmt: skip
    return render(request, "programmes/study.html", shown)


@form_page
def plan_study(request: HttpRequest, reference: str) -> HttpResponse:
    on, by = clock.today(), request.actor
    by.require(Permission.PROGRAMME_PROPOSE)
    programme = queries.get_programme(reference=reference, by=by)
    latest = next(iter(queries.studies_of(programme=programme, by=by)), None)
    shape = StudyShape(request.GET or None, initial=_shape_of(latest))
    years, terms = _chosen(shape)
    members = {each.organisation.reference: each.organisation for each in programme.members.all()}
    form = StudyForm(
        posted(request), initial={"starts_on": on}, years=years, terms=terms, members=members.values(), study=latest
    )

    def write(given: dict[str, Any]) -> None:
        draft = StudyDraft(programme, given["starts_on"], form.drafts(), form.owed(), given["reason"])
        actions.plan_study(plans=[draft], by=by)

    return answer(
        request, form, write, back=(reference, reverse("programme-study", args=[reference])),
        done=_("The credits are planned."), template="programmes/plan_study.html", shape=shape,
    )  # fmt: skip


def _shape_of(latest: Any) -> dict[str, int]:
    if latest is None:
        return {"years": 2, "terms": 2}
    return {"years": max(each.year for each in latest.terms), "terms": max(each.term for each in latest.terms)}


def _chosen(shape: StudyShape) -> tuple[int, int]:
    given = shape.cleaned_data if shape.is_bound and shape.is_valid() else shape.initial
    return given["years"], given["terms"]
