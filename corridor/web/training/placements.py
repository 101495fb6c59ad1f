"""Placements of a cohort's learners in companies: the list, one page each with its forms, and the learner's logbook."""

from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from corridor.foundations import clock
from corridor.foundations.access import Permission
from corridor.foundations.documents.receiving import Upload
from corridor.kernel.errors import NotFound, Refusal
from corridor.rooms.curricula import queries as curricula
from corridor.rooms.members import queries as members
from corridor.rooms.training import actions, queries
from corridor.rooms.training.actions import PlacementPlan, Task
from corridor.web.documents.answers import file_answer
from corridor.web.posting import form_status, posted, shown_on
from corridor.web.wording import sentence

from .placement_forms import BreakOffForm, ContractForm, LogbookForm, PlacementForm, TasksForm, VisitForm

form_page = require_http_methods(["GET", "POST"])


@require_GET
def placement_list(request: HttpRequest, reference: str) -> HttpResponse:
    cohort = queries.get_cohort(reference=reference, by=request.actor)
    shown = {
        "cohort": cohort, "rows": queries.list_placements(cohort=cohort, by=request.actor), "on": clock.today(),
        "may_place": request.actor.may(Permission.LEARNER_ENROL, on=cohort),
    }  # fmt: skip
    return render(request, "training/placements.html", shown)


@form_page
def place(request: HttpRequest, reference: str) -> HttpResponse:
    by = request.actor
    cohort = queries.get_cohort(reference=reference, by=by)
    by.require(Permission.LEARNER_ENROL, on=cohort)
    rows = [
        row for row in queries.list_learners(cohort=cohort, by=by) if row.enrolment.status in {"enrolled", "attending"}
    ]
    form, status = PlacementForm(posted(request), initial={"mentor_language": "en"}), form_status(request)
    form.offer(rows)
    if form.is_bound and form.is_valid():
        try:
            made = actions.place_learner(enrolment=form.cleaned_data["learner"], plan=_plan(form, request), by=by)
        except NotFound as unknown:
            form.add_error("company", sentence(unknown))
        except Refusal as refusal:
            status = shown_on(form, refusal)
        else:
            messages.success(request, _("The learner is placed. Write the tasks, and send the mentor the link."))
            return redirect("placement", made.reference)
    shown = {
        "form": form, "title": _("Place a learner of %(cohort)s in a company") % {"cohort": reference}, "lead": "",
        "button": _("Place a learner"), "back": (reference, reverse("placements", args=[reference])),
    }  # fmt: skip
    return render(request, "partials/form_page.html", shown, status=status)


def _plan(form: PlacementForm, request: HttpRequest, *, contract: Any = None) -> PlacementPlan:
    given = form.cleaned_data
    after = timedelta(days=1)
    return PlacementPlan(
        company=members.get_organisation(reference=given["company"], by=request.actor), starts_on=given["starts_on"],
        ends_before=given["ends_on"] + after, hours=given["hours"], mentor_name=given["mentor_name"],
        mentor_email=given["mentor_email"], mentor_language=given["mentor_language"], contract=contract,
        insurance=given["insurance"], insured_before=given["insured_until"] + after if given["insured_until"] else None,
    )  # fmt: skip


@require_GET
def placement_page(request: HttpRequest, reference: str) -> HttpResponse:
    return _page(request, reference)


def _page(request: HttpRequest, reference: str, *, secret: str = "", status: int = 200, **forms: Any) -> HttpResponse:
    by, today = request.actor, clock.today()
    found = queries.get_placement(reference=reference, on=today, by=by)
    placement = found.placement
    may_keep = by.may(Permission.LEARNER_ENROL, on=placement) and placement.broken_off_on is None
    is_own = by.may(Permission.LEARNER_APPLY, on=placement.enrolment.person) and placement.broken_off_on is None
    first_log = {"on": today, "minutes": 480}
    log = forms.get("log") or LogbookForm(initial=first_log)
    log.offer(placement.tasks.all())
    shown = {
        "page": found, "placement": placement, "cohort": placement.enrolment.cohort, "on": today, "may_keep": may_keep,
        "is_own": is_own, "log": log if is_own else None, "secret_url": "",
        "contract": (forms.get("contract") or ContractForm()) if may_keep else None, "last_day": placement.ends_before - timedelta(days=1),
        "insured_until": placement.insured_before - timedelta(days=1) if placement.insured_before else None,
        "visit": (forms.get("visit") or VisitForm(initial={"on": today}))
        if by.may(Permission.SESSION_PLAN, on=placement.enrolment.cohort) and placement.broken_off_on is None
        else None,
    }  # fmt: skip
    if secret:
        shown["secret_url"] = request.build_absolute_uri(reverse("mentor", args=[secret]))
    return render(request, "training/placement.html", shown, status=status)


@form_page
def change(request: HttpRequest, reference: str) -> HttpResponse:
    by = request.actor
    placement = queries.get_placement(reference=reference, on=clock.today(), by=by).placement
    by.require(Permission.LEARNER_ENROL, on=placement)
    day = timedelta(days=1)
    first = {
        "company": placement.company.reference, "starts_on": placement.starts_on, "ends_on": placement.ends_before - day,
        "hours": placement.hours, "mentor_name": placement.mentor_name, "mentor_email": placement.mentor_email,
        "mentor_language": placement.mentor_language, "insurance": placement.insurance,
        "insured_until": placement.insured_before - day if placement.insured_before else None,
    }  # fmt: skip
    form, status = PlacementForm(posted(request), initial=first), form_status(request)
    del form.fields["learner"]
    if form.is_bound and form.is_valid():
        try:
            plan = _plan(form, request, contract=placement.contract)
            actions.change_placement(placement=placement, plan=plan, by=by)
        except NotFound as unknown:
            form.add_error("company", sentence(unknown))
        except Refusal as refusal:
            status = shown_on(form, refusal)
        else:
            messages.success(request, _("The placement is changed."))
            return redirect("placement", reference)
    return _form_of(request, reference, form, status, title=_("Change %(placement)s"), button=_("Write it down"))


@form_page
def tasks(request: HttpRequest, reference: str) -> HttpResponse:
    by = request.actor
    placement = queries.get_placement(reference=reference, on=clock.today(), by=by).placement
    by.require(Permission.LEARNER_ENROL, on=placement)
    version = placement.enrolment.cohort.curriculum_version
    units = curricula.get_version(reference=version.curriculum.reference, version=version.version, by=by).units
    lines = [f"{each.unit.code}: {each.text}" if each.unit else each.text for each in placement.tasks.all()]
    form, status = TasksForm(posted(request), initial={"tasks": "\n".join(lines)}), form_status(request)
    if form.is_bound and form.is_valid():
        known = {unit.code: unit for unit in units}
        wanted = [Task(text=text, unit=known.get(code)) for code, text in form.lines(known)]
        try:
            actions.set_tasks(placement=placement, tasks=wanted, by=by)
        except Refusal as refusal:
            status = shown_on(form, refusal)
        else:
            messages.success(request, _("The tasks are written down."))
            return redirect("placement", reference)
    return _form_of(request, reference, form, status, title=_("Tasks of %(placement)s"), button=_("Write it down"))


@form_page
def contract(request: HttpRequest, reference: str) -> HttpResponse:
    """The contract as it was filed, or a signed one to be filed."""
    by, today = request.actor, clock.today()
    if request.method != "POST":
        return file_answer(*queries.open_contract(reference=reference, on=today, by=by))
    placement = queries.get_placement(reference=reference, on=today, by=by).placement
    by.require(Permission.LEARNER_ENROL, on=placement)
    form, status = ContractForm(request.POST, request.FILES), 422
    if form.is_valid():
        sent = form.cleaned_data["contract"]
        title = _("Contract of %(placement)s") % {"placement": reference}
        upload = Upload(sent.name, sent.read(), title, "placement_contract")
        try:
            actions.file_contract(placement=placement, upload=upload, at=clock.real_now(), by=by)
        except Refusal as refusal:
            status = shown_on(form, refusal)
        else:
            messages.success(request, _("The contract is filed."))
            return redirect("placement", reference)
    return _page(request, reference, status=status, contract=form)


@require_POST
def visit(request: HttpRequest, reference: str) -> HttpResponse:
    placement = queries.get_placement(reference=reference, on=clock.today(), by=request.actor).placement
    request.actor.require(Permission.SESSION_PLAN, on=placement.enrolment.cohort)
    form, status = VisitForm(request.POST), 422
    if form.is_valid():
        try:
            actions.record_visit(placement=placement, today=clock.today(), by=request.actor, **form.cleaned_data)
        except Refusal as refusal:
            status = shown_on(form, refusal)
        else:
            messages.success(request, _("The visit is written down."))
            return redirect("placement", reference)
    return _page(request, reference, status=status, visit=form)


@require_POST
def logbook(request: HttpRequest, reference: str) -> HttpResponse:
    placement = queries.get_placement(reference=reference, on=clock.today(), by=request.actor).placement
    form, status = LogbookForm(request.POST), 422
    form.offer(placement.tasks.all())
    if form.is_valid():
        try:
            actions.write_logbook(
                placement=placement, today=clock.today(), at=clock.now(), by=request.actor, **form.cleaned_data
            )
        except Refusal as refusal:
            status = shown_on(form, refusal)
        else:
            messages.success(request, _("Your day is written down."))
            return redirect("placement", reference)
    return _page(request, reference, status=status, log=form)


@require_POST
def link(request: HttpRequest, reference: str) -> HttpResponse:
    """A new link goes to the mentor and is shown once; or the one that stands is taken away."""
    placement = queries.get_placement(reference=reference, on=clock.today(), by=request.actor).placement
    if request.POST.get("do") == "end":
        actions.end_mentor_link(placement=placement, at=clock.real_now(), by=request.actor)
        messages.success(request, _("The mentor’s link opens nothing any more."))
        return redirect("placement", reference)
    secret = actions.make_mentor_link(placement=placement, at=clock.real_now(), by=request.actor)
    return _page(request, reference, secret=secret)


@form_page
def end(request: HttpRequest, reference: str) -> HttpResponse:
    by = request.actor
    placement = queries.get_placement(reference=reference, on=clock.today(), by=by).placement
    by.require(Permission.LEARNER_ENROL, on=placement)
    form, status = BreakOffForm(posted(request), initial={"on": clock.today()}), form_status(request)
    if form.is_bound and form.is_valid():
        try:
            actions.break_off(placement=placement, by=by, **form.cleaned_data)
        except Refusal as refusal:
            status = shown_on(form, refusal)
        else:
            messages.success(request, _("The placement has ended."))
            return redirect("placement", reference)
    return _form_of(request, reference, form, status, title=_("Break %(placement)s off"), button=_("Break it off"))


def _form_of(request: HttpRequest, reference: str, form: Any, status: int, *, title: str, button: str) -> HttpResponse:
    back = (reference, reverse("placement", args=[reference]))
    shown = {"form": form, "title": title % {"placement": reference}, "lead": "", "button": button, "back": back}
    return render(request, "partials/form_page.html", shown, status=status)
