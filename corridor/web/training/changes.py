"""Opening a cohort, giving places in it and moving learners on."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from corridor.foundations import clock
from corridor.foundations.access import Permission
from corridor.kernel.errors import AccessDenied, NotFound, Refusal
from corridor.kernel.wording import N_
from corridor.rooms.curricula import queries as curricula
from corridor.rooms.demand import queries as demand
from corridor.rooms.members import queries as members
from corridor.rooms.programmes import queries as programmes
from corridor.rooms.sites import queries as sites
from corridor.rooms.training import actions, queries
from corridor.rooms.training.actions import CohortPlan, EnrolmentStep, Place
from corridor.rooms.training.lifecycle import EnrolmentStatus
from corridor.rooms.training.queries.choices import ExitReason, ParticipantKind, StudyMode
from corridor.web.assessment.capability import warn_of_lacks
from corridor.web.posting import form_status, posted, shown_on
from corridor.web.wording import sentence

from .forms import EnrolForm, MoveLearnersForm, OpenCohortForm

form_page = require_http_methods(["GET", "POST"])


@form_page
def open_cohort(request: HttpRequest) -> HttpResponse:
    if not request.actor.holds_somewhere(Permission.COHORT_OPEN):
        raise AccessDenied(N_("Cohorts are opened by the managers of their sites and by the secretariat."))
    form, status = OpenCohortForm(posted(request)), form_status(request)
    _offer(form, request)
    if form.is_bound and form.is_valid():
        given = form.cleaned_data
        plan = CohortPlan(
            reference=given["reference"], programme=given["programme"], curriculum_version=given["version"],
            site=given["site"], brand=given["brand"], demand=given["demand"],
            no_demand_reason=given["no_demand_reason"], starts_on=given["starts_on"], ends_before=form.ends_before(),
            capacity=given["capacity"], languages=form.tags(),
        )  # fmt: skip
        try:
            cohort = actions.open_cohort(plan=plan, by=request.actor)
        except Refusal as refusal:
            status = shown_on(form, refusal)
        else:
            messages.success(request, _("The cohort is open. Now give places in it and plan its sessions."))
            warn_of_lacks(request, site=plan.site, version=plan.curriculum_version.pk, on=plan.starts_on)
            return redirect("cohort", cohort.reference)
    return render(request, "training/open.html", {"form": form}, status=status)


def _offer(form: OpenCohortForm, request: HttpRequest) -> None:
    by, on = request.actor, clock.today()
    everywhere = by.may(Permission.COHORT_OPEN)
    form.offer(
        programmes=programmes.list_programmes(by=by, on=on, states=["approved", "running"]),
        sites=sites.list_sites(by=by, on=on, states=sites.OPEN) if everywhere else sites.sites_managed_by(by=by),
        versions=curricula.list_versions(by=by),
        brands=sites.list_brands(by=by),
        demands=demand.list_demands(by=by, on=on, states=["stated", "partly_met"]),
    )


@form_page
def enrol_learner(request: HttpRequest, reference: str) -> HttpResponse:
    cohort = queries.get_cohort(reference=reference, by=request.actor)
    request.actor.require(Permission.LEARNER_ENROL, on=cohort)
    seats = [row.enrolment.number for row in queries.list_learners(cohort=cohort, by=request.actor)]
    first = {"number": max(seats, default=0) + 1, "applied_on": clock.today()}
    form, status = EnrolForm(posted(request), initial=first), form_status(request)
    if form.is_bound and form.is_valid():
        try:
            actions.enrol_learners(places=[_place(form, cohort, request)], by=request.actor)
        except NotFound as unknown:
            form.add_error("sent_by" if "member" in unknown.message else "person", sentence(unknown))
        except Refusal as refusal:
            status = shown_on(form, refusal)
        else:
            messages.success(
                request, _("The place is given. It begins as “applied”; enrol the learner when it is taken up.")
            )
            return redirect("move-learners", reference)
    return render(request, "training/enrol.html", {"form": form, "cohort": cohort}, status=status)


def _place(form: EnrolForm, cohort, request: HttpRequest) -> Place:
    given, by = form.cleaned_data, request.actor
    sent_by = given["sent_by"]
    return Place(
        cohort=cohort, number=given["number"],
        person=queries.person_to_enrol(cohort=cohort, reference=given["person"], by=by),
        participant_kind=ParticipantKind(given["participant_kind"]), study_mode=StudyMode(given["study_mode"]),
        applied_on=given["applied_on"],
        sending_organisation=members.get_organisation(reference=sent_by, by=by) if sent_by else None,
    )  # fmt: skip


@form_page
def move_learners(request: HttpRequest, reference: str) -> HttpResponse:
    cohort = queries.get_cohort(reference=reference, by=request.actor)
    request.actor.require(Permission.LEARNER_ENROL, on=cohort)
    rows = {str(row.enrolment.number): row for row in queries.list_learners(cohort=cohort, by=request.actor)}
    form, status = MoveLearnersForm(posted(request), initial={"on": clock.today()}), form_status(request)
    form.fields["seats"].choices = [(number, row.name.own_name) for number, row in rows.items()]
    if form.is_bound and form.is_valid():
        given = form.cleaned_data
        steps = [
            EnrolmentStep(
                enrolment=rows[number].enrolment,
                to=EnrolmentStatus(given["to"]),
                on=given["on"],
                reason=given["reason"],
                exit_reason=ExitReason(given["exit_reason"]) if given["exit_reason"] else None,
            )
            for number in given["seats"]
        ]
        try:
            moved = actions.move_enrolments(steps=steps, at=clock.real_now(), by=request.actor)
        except Refusal as refusal:
            status = shown_on(form, refusal)
        else:
            done = ngettext("%(count)s learner has moved on.", "%(count)s learners have moved on.", moved)
            messages.success(request, done % {"count": moved})
            return redirect("cohort", reference)
    shown = {"form": form, "cohort": cohort, "rows": rows.values(), "chosen": request.POST.getlist("seats")}
    return render(request, "training/move_learners.html", shown, status=status)
