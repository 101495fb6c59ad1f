"""Likely doubles: the pairs, one side by side, merging from there, and taking a merge back."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from corridor.foundations import clock
from corridor.foundations.access import Permission
from corridor.foundations.jobs.looking import latest_job
from corridor.journeys.find_doubles import KIND, SUBJECT, start_search
from corridor.journeys.find_persons import get_person
from corridor.kernel.errors import Refusal
from corridor.rooms.people import actions, queries
from corridor.rooms.people.choices import Answer
from corridor.rooms.training import queries as training
from corridor.web.posting import form_status, posted, shown_on

from .forms import SEXES
from .keeping import tried
from .part_forms import ReasonForm

form_page = require_http_methods(["GET", "POST"])


@form_page
def double_list(request: HttpRequest) -> HttpResponse:
    by = request.actor
    by.require(Permission.PERSON_MERGE)
    if request.method == "POST":
        tried(request, lambda: start_search(at=clock.now(), by=by), _("The search is given to the worker."))
        return redirect("doubles")
    answer = request.GET.get("answer", Answer.OPEN)
    answer = answer if answer in Answer.values else Answer.OPEN
    counts = queries.count_doubles(by=by)
    shown = {
        "rows": queries.list_doubles(by=by, answer=answer),
        "answer": answer,
        "tabs": [(value, label, counts[value]) for value, label in Answer.choices],
        "job": latest_job(kind=KIND, subject=SUBJECT, by=by),
    }
    return render(request, "people/doubles.html", shown)


@form_page
def double_page(request: HttpRequest, key: UUID) -> HttpResponse:
    by = request.actor
    side = queries.get_double(key=key, by=by)
    pair = side.pair
    form, status = ReasonForm(posted(request)), form_status(request)
    if form.is_bound and form.is_valid():
        reason, at = form.cleaned_data["reason"], clock.now()
        try:
            match request.POST.get("do"):
                case "different":
                    actions.answer_different(pair=pair.pk, reason=reason, at=at, by=by)
                case "keep_one":
                    actions.merge_person(person=pair.other, into=pair.one, at=at, reason=reason, by=by)
                case "keep_other":
                    actions.merge_person(person=pair.one, into=pair.other, at=at, reason=reason, by=by)
        except Refusal as refusal:
            status = shown_on(form, refusal)
        else:
            messages.success(request, _("Your answer is written down."))
            return redirect("doubles")
    records = [
        {"person": each, "sex": SEXES.get(each.sex, ""), "path": training.learner_path(person=each.pk, by=by)}
        for each in (pair.one, pair.other)
    ]
    shown = {"pair": pair, "clues": side.clues, "records": records, "form": form, "is_open": pair.answer == Answer.OPEN}
    return render(request, "people/double.html", shown, status=status)


@form_page
def unmerge(request: HttpRequest, reference: str) -> HttpResponse:
    by = request.actor
    person = get_person(reference=reference, by=by)
    by.require(Permission.PERSON_MERGE)
    form, status = ReasonForm(posted(request)), form_status(request)
    if form.is_bound and form.is_valid():
        try:
            actions.unmerge_person(person=person, at=clock.now(), reason=form.cleaned_data["reason"], by=by)
        except Refusal as refusal:
            status = shown_on(form, refusal)
        else:
            messages.success(request, _("%(person)s is a record of its own again.") % {"person": person.reference})
            return redirect("person", reference)
    return render(request, "people/unmerge.html", {"form": form, "person": person}, status=status)
