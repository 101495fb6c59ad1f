"""Who is close to whom, and for whom assessors work: what keeps somebody from assessing a learner."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from corridor.foundations import clock
from corridor.foundations.access import Permission
from corridor.journeys.find_persons import names_to_show
from corridor.kernel.periods import ONE_DAY
from corridor.rooms.assessment import actions, queries
from corridor.rooms.assessment.queries.choices import RelationKind
from corridor.rooms.members import queries as members
from corridor.rooms.people import queries as people
from corridor.web.fields import DayField
from corridor.web.posting import posted
from corridor.web.sites.answering import form_answer
from corridor.web.ui.names import reader_language

from .capability_forms import EndForm

form_page = require_http_methods(["GET", "POST"])
PERSON_HELP = gettext_lazy("The reference of the person's record.")


class RelationForm(forms.Form):
    assessor = forms.SlugField(label=gettext_lazy("Assessor"), max_length=30, help_text=PERSON_HELP)
    learner = forms.SlugField(label=gettext_lazy("Learner"), max_length=30, help_text=PERSON_HELP)
    kind = forms.ChoiceField(label=gettext_lazy("How they are close"), choices=RelationKind.choices)


class WorkForm(forms.Form):
    person = forms.SlugField(label=gettext_lazy("Assessor"), max_length=30, help_text=PERSON_HELP)
    organisation = forms.SlugField(
        label=gettext_lazy("Works for"), max_length=60, help_text=gettext_lazy("Its reference.")
    )
    starts_on = DayField(label=gettext_lazy("First day"))
    ends_on = DayField(
        label=gettext_lazy("Last day"), required=False, help_text=gettext_lazy("Empty: until somebody ends it.")
    )


@require_GET
def conflict_list(request: HttpRequest) -> HttpResponse:
    by = request.actor
    relations, works = (
        list(queries.list_relations(by=by)[:200]),
        list(queries.list_employments(by=by).prefetch_related("organisation__names")[:200]),
    )
    named = [key for each in relations for key in (each.assessor_id, each.learner_id)] + [
        each.person_id for each in works
    ]
    shown = {
        "relations": relations, "works": works, "persons": names_to_show(persons=named, language=reader_language(), by=by),
        "may_state": by.may(Permission.CONFLICT_STATE), "sees_all": by.holds_everywhere(Permission.LICENCE_VIEW),
    }  # fmt: skip
    return render(request, "assessment/conflicts.html", shown)


@form_page
def state_relation(request: HttpRequest) -> HttpResponse:
    by = request.actor
    by.require(Permission.CONFLICT_STATE)
    form = RelationForm(posted(request))

    def act(given: dict[str, Any]) -> None:
        actions.state_relation(
            assessor=people.get_person(reference=given["assessor"], by=by),
            learner=people.get_person(reference=given["learner"], by=by), kind=RelationKind(given["kind"]),
            on=clock.today(), by=by,
        )  # fmt: skip

    words = {
        "title": _("Two persons are close"), "button": _("Write it down"), "done": _("It is written down."),
        "lead": _("The assessor then decides nothing about this learner. How exactly they are related is not asked."),
    }  # fmt: skip
    return form_answer(request, form, act, words=words, back=_back())


@form_page
def state_work(request: HttpRequest) -> HttpResponse:
    by = request.actor
    by.require(Permission.CONFLICT_STATE)
    form = WorkForm(posted(request), initial={"starts_on": clock.today()})

    def act(given: dict[str, Any]) -> None:
        draft = actions.EmploymentDraft(
            people.get_person(reference=given["person"], by=by),
            members.get_organisation(reference=given["organisation"], by=by),
            given["starts_on"], given["ends_on"] + ONE_DAY if given["ends_on"] else None,
        )  # fmt: skip
        actions.state_employments(employments=[draft], by=by)

    words = {
        "title": _("For whom an assessor works"), "button": _("Write it down"), "done": _("It is written down."),
        "lead": _("Teachers and employees whom that organisation sends are then assessed by somebody else."),
    }  # fmt: skip
    return form_answer(request, form, act, words=words, back=_back())


@require_POST
def withdraw_relation(request: HttpRequest, key: UUID) -> HttpResponse:
    by = request.actor
    by.require(Permission.CONFLICT_STATE)
    actions.withdraw_relation(relation=queries.get_relation(key=key, by=by), by=by)
    messages.success(request, _("It is taken back."))
    return redirect("conflicts")


@form_page
def end_work(request: HttpRequest, key: UUID) -> HttpResponse:
    by = request.actor
    by.require(Permission.CONFLICT_STATE)
    found = queries.get_employment(key=key, by=by)
    form = EndForm(posted(request), initial={"on": clock.today()})

    def act(given: dict[str, Any]) -> None:
        actions.end_employment(employment=found, ends_before=given["on"], by=by)

    words = {"title": _("This work ends"), "button": _("End it"), "done": _("The work ends."), "lead": str(found)}
    return form_answer(request, form, act, words=words, back=_back())


def _back() -> tuple[str, str]:
    return _("Conflicts of interest"), reverse("conflicts")
