"""Who teaches a cohort and who assesses it: never the same person."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from corridor.foundations import clock
from corridor.foundations.access import Permission
from corridor.kernel.errors import NotFound, Refusal
from corridor.rooms.assessment import actions as assessing
from corridor.rooms.training import actions, queries
from corridor.rooms.training.queries.choices import TrainerRole
from corridor.web.posting import form_status, posted, shown_on
from corridor.web.wording import sentence

from .choosing_forms import TrainerEndForm
from .forms import AssessorForm, LeadTrainerForm

form_page = require_http_methods(["GET", "POST"])


@form_page
def appoint_trainer(request: HttpRequest, reference: str) -> HttpResponse:
    by = request.actor
    cohort = queries.get_cohort(reference=reference, by=by)
    by.require(Permission.TRAINER_APPOINT, on=cohort)
    form, status = LeadTrainerForm(posted(request), initial={"role": TrainerRole.TRAINER}), form_status(request)
    if form.is_bound and form.is_valid():
        try:
            person = queries.person_to_appoint(cohort=cohort, reference=form.cleaned_data["person"], by=by)
            role = TrainerRole(form.cleaned_data["role"])
            actions.appoint_trainers(
                places=[(cohort, person)], role=role, held_from=form.cleaned_data["held_from"], by=by
            )
        except NotFound as unknown:
            form.add_error("person", sentence(unknown))
        except Refusal as refusal:
            status = shown_on(form, refusal)
        else:
            messages.success(request, _("%(person)s teaches this cohort.") % {"person": person.reference})
            return redirect("cohort", reference)
    shown = {
        "form": form, "title": _("Appoint a trainer"), "button": _("Appoint"),
        "lead": _("A trainer keeps the registers of %(cohort)s and cannot assess it.") % {"cohort": reference},
        "back": (reference, reverse("cohort", args=[reference])),
    }  # fmt: skip
    return render(request, "partials/form_page.html", shown, status=status)


@form_page
def end_trainer(request: HttpRequest, reference: str, person: str) -> HttpResponse:
    by = request.actor
    cohort = queries.get_cohort(reference=reference, by=by)
    place = queries.get_trainer(cohort=cohort, person=person, by=by)
    form, status = TrainerEndForm(posted(request), initial={"on": clock.today()}), form_status(request)
    if form.is_bound and form.is_valid():
        try:
            actions.end_trainer(place=place, on=form.cleaned_data["on"], by=by)
        except Refusal as refusal:
            status = shown_on(form, refusal)
        else:
            messages.success(request, _("%(person)s stops teaching this cohort.") % {"person": person})
            return redirect("cohort", reference)
    shown = {
        "form": form, "title": _("%(person)s stops teaching") % {"person": person}, "button": _("Write the day"),
        "lead": _("From that day the registers and the learners of %(cohort)s are closed to this account. What was taught stays.")
        % {"cohort": reference},
        "back": (reference, reverse("cohort", args=[reference])),
    }  # fmt: skip
    return render(request, "partials/form_page.html", shown, status=status)


@form_page
def appoint_assessor(request: HttpRequest, reference: str) -> HttpResponse:
    by = request.actor
    cohort = queries.get_cohort(reference=reference, by=by)
    by.require(Permission.ASSESSOR_APPOINT, on=cohort)
    form, status = AssessorForm(posted(request), initial={"on": clock.today()}), form_status(request)
    if form.is_bound and form.is_valid():
        given = form.cleaned_data
        try:
            person = queries.person_to_appoint(cohort=cohort, reference=given["person"], by=by)
            assessing.appoint_assessors(places=[(cohort, person, given["on"])], by=by)
        except NotFound as unknown:
            form.add_error("person", sentence(unknown))
        except Refusal as refusal:
            status = shown_on(form, refusal)
        else:
            messages.success(request, _("%(person)s assesses this cohort.") % {"person": person.reference})
            return redirect("cohort", reference)
    shown = {
        "form": form, "title": _("Appoint an assessor"), "button": _("Appoint"),
        "lead": _("An assessor decides about the learners of %(cohort)s and does not teach it.") % {"cohort": reference},
        "back": (reference, reverse("cohort", args=[reference])),
    }  # fmt: skip
    return render(request, "partials/form_page.html", shown, status=status)
