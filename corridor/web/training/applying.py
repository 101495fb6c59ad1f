"""Cohorts that take applications, applying for a place, and answering an offer."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from corridor.foundations import clock
from corridor.foundations.access import Actor, Permission
from corridor.kernel.errors import AccessDenied, NotFound, Refusal
from corridor.kernel.wording import N_
from corridor.rooms.members import queries as members
from corridor.rooms.people import queries as people
from corridor.rooms.training import actions, queries
from corridor.rooms.training.actions import Application
from corridor.rooms.training.queries.choices import ParticipantKind, StudyMode
from corridor.web.posting import form_status, posted, shown_on
from corridor.web.wording import sentence

from .choosing_forms import ApplyForm


@require_GET
def open_cohorts(request: HttpRequest) -> HttpResponse:
    by = request.actor
    shown = {"rows": queries.list_open_cohorts(by=by), "may_apply": by.holds_somewhere(Permission.LEARNER_APPLY)}
    return render(request, "training/open_cohorts.html", shown)


@require_http_methods(["GET", "POST"])
def apply_to_cohort(request: HttpRequest, reference: str) -> HttpResponse:
    by = request.actor
    _require_applicant(by)
    found = queries.get_open_cohort(reference=reference, by=by)
    on = clock.today()
    sends = list(members.spoken_for(permission=Permission.LEARNER_APPLY, on=on, by=by))
    form, status = ApplyForm(posted(request)), form_status(request)
    alone = by.person_id is not None and not sends
    form.offer(
        members.members_on(day=on, by=by).prefetch_related("names").order_by("reference") if alone else sends,
        alone=alone,
    )
    if form.is_bound and form.is_valid():
        try:
            actions.apply_to_cohort(application=_application(form, found.cohort, by), on=on, by=by)
        except NotFound as unknown:
            form.add_error("person", sentence(unknown))
        except AccessDenied as denied:
            form.add_error("person" if "person" in form.fields else None, sentence(denied))
        except Refusal as refusal:
            status = shown_on(form, refusal)
        else:
            messages.success(request, _("The application is sent. The site answers it; a notice tells you."))
            return redirect("open-cohorts")
    return render(request, "training/apply.html", {"form": form, "row": found}, status=status)


def _application(form: ApplyForm, cohort: Any, by: Actor) -> Application:
    given = form.cleaned_data
    named = given.get("person")
    person = (
        queries.person_to_apply_for(reference=named, sender=given["sent_by"], by=by)
        if named
        else people.get_self(by=by)
    )
    return Application(
        cohort=cohort, person=person, participant_kind=ParticipantKind(given["participant_kind"]),
        study_mode=StudyMode(given["study_mode"]), sending_organisation=given["sent_by"],
    )  # fmt: skip


@require_POST
def answer_offer(request: HttpRequest, reference: str) -> HttpResponse:
    """The person’s own place: taken up, declined, or the application taken back."""
    by, on = request.actor, clock.today()
    place = queries.own_place(cohort=reference, by=by)
    answer = request.POST.get("answer", "")
    if answer == "withdraw":
        actions.withdraw_application(enrolment=place, on=on, by=by)
        messages.success(request, _("Your application is taken back."))
    else:
        actions.answer_offer(enrolment=place, accepts=answer == "accept", on=on, at=clock.real_now(), by=by)
        said = _("The place is yours.") if answer == "accept" else _("The offer is declined; the place goes on.")
        messages.success(request, said)
    return redirect("learn")


def _require_applicant(by: Actor) -> None:
    if not by.holds_somewhere(Permission.LEARNER_APPLY):
        raise AccessDenied(N_("A person applies herself, or the member that sends her does."))
