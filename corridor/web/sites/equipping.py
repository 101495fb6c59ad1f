"""What a site teaches with: the list, one thing with its life, writing it down, and how far it works."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from corridor.foundations import clock
from corridor.foundations.access import Permission
from corridor.foundations.documents.receiving import Upload
from corridor.journeys.equip_site import add_equipment as add_equipment_there
from corridor.kernel.errors import BadInput, NotFound, Problem, Refusal
from corridor.rooms.members import queries as members
from corridor.rooms.sites import actions, queries
from corridor.rooms.sites.drafts import EquipmentDraft, EquipmentStep
from corridor.rooms.sites.lifecycle import EquipmentStatus
from corridor.web.documents.answers import file_answer
from corridor.web.fields import read_after
from corridor.web.posting import form_status, posted, posted_files, shown_on
from corridor.web.ui.steps import StepForm

from .forms import EquipmentFilter, EquipmentForm

PER_PAGE = 50
FACTS = (
    "kind", "count", "acquired_on", "serial", "condition", "value", "currency", "mended_by", "calibration_months",
)  # fmt: skip
WHOSE = ("owner", "donor", "running_costs_by")
form_page = require_http_methods(["GET", "POST"])


@require_GET
def equipment_list(request: HttpRequest, reference: str) -> HttpResponse:
    by, on = request.actor, clock.today()
    site = queries.get_site(reference=reference, by=by)
    by.require(Permission.EQUIPMENT_VIEW, on=site)
    asked = EquipmentFilter(request.GET)
    chosen = asked.cleaned_data if asked.is_valid() else {}
    found = queries.list_equipment(
        by=by,
        on=on,
        site=reference,
        words=chosen.get("q", ""),
        state=chosen.get("state", ""),
        after=read_after(request),
    )
    rows, counts = list(found[: PER_PAGE + 1]), queries.count_equipment(by=by, on=on, site=reference)
    shown = {
        "site": site, "form": asked, "rows": rows[:PER_PAGE],
        "next_after": str(rows[PER_PAGE - 1]) if len(rows) > PER_PAGE else "", "all": counts["all"],
        "states": [("", _("All")), *((each.value, each.label, counts.get(each.value, 0)) for each in EquipmentStatus)],
        "may_keep": by.may(Permission.EQUIPMENT_KEEP, on=site), "is_narrowed": any(chosen.values()), "on": on,
    }  # fmt: skip
    return render(request, "sites/equipment.html", shown, status=200 if asked.is_valid() else 422)


@form_page
def add(request: HttpRequest, reference: str) -> HttpResponse:
    by = request.actor
    site = queries.get_site(reference=reference, by=by)
    by.require(Permission.EQUIPMENT_KEEP, on=site)
    form, status = EquipmentForm(posted(request), posted_files(request), initial={"count": 1}), form_status(request)
    if form.is_bound and form.is_valid():
        given = form.cleaned_data
        try:
            draft = EquipmentDraft(
                site, inventory_number=given["inventory_number"], upload=_paper(given), **_facts(given, request)
            )
            made = add_equipment_there(equipment=[draft], at=clock.now(), by=by)[0]
        except Refusal as refusal:
            status = shown_on(form, refusal)
        else:
            messages.success(request, _("The equipment is written down."))
            return redirect("equipment-item", reference, made.pk)
    shown = {
        "form": form, "title": _("Add equipment"), "button": _("Write it down"),
        "lead": _("One thing, or several of one kind under one number of the inventory."),
        "back": (_("Equipment"), reverse("equipment", args=[reference])),
    }  # fmt: skip
    return render(request, "partials/form_page.html", shown, status=status)


@require_GET
def item(request: HttpRequest, reference: str, key: UUID) -> HttpResponse:
    found = queries.get_equipment(site=reference, key=key, by=request.actor, on=clock.today())
    may_keep = request.actor.may(Permission.EQUIPMENT_KEEP, on=found)
    life = [
        {"day": each.effective_on, "status": each.to_status, "by": each.by_label, "reason": each.reason}
        for each in reversed(found.changes.all())
    ]
    kept = queries.upkeep_of(equipment=found, by=request.actor)
    shown = {
        "equipment": found, "life": life, "may_keep": may_keep, "kept": kept, "on": clock.today(),
        "is_late": kept.calibration_due_on is not None and kept.calibration_due_on <= clock.today(),
        "may_move": may_keep and found.status != EquipmentStatus.RETIRED,
    }  # fmt: skip
    return render(request, "sites/equipment_item.html", shown)


@form_page
def correct(request: HttpRequest, reference: str, key: UUID) -> HttpResponse:
    by = request.actor
    found = queries.get_equipment(site=reference, key=key, by=by, on=clock.today())
    by.require(Permission.EQUIPMENT_KEEP, on=found)
    initial = {name: getattr(found, name) for name in (*FACTS, "inventory_number", "version")}
    initial |= {name: named.reference for name in WHOSE if (named := getattr(found, name))}
    form, status = EquipmentForm(posted(request), posted_files(request), initial=initial), form_status(request)
    # Its number names it on labels and papers; it stays.
    form.fields["inventory_number"].disabled = True
    if form.is_bound and form.is_valid():
        given = form.cleaned_data
        try:
            actions.correct_equipment(
                equipment=found, values=_facts(given, request), paper=_paper(given),
                version=given["version"] or found.version, at=clock.now(), by=by,
            )  # fmt: skip
        except Refusal as refusal:
            status = shown_on(form, refusal)
        else:
            messages.success(request, _("The equipment is corrected."))
            return redirect("equipment-item", reference, key)
    shown = {
        "form": form, "title": _("Correct what is written"), "button": _("Correct it"), "lead": "",
        "back": (found.inventory_number, reverse("equipment-item", args=[reference, key])),
    }  # fmt: skip
    return render(request, "partials/form_page.html", shown, status=status)


@form_page
def move(request: HttpRequest, reference: str, key: UUID) -> HttpResponse:
    by = request.actor
    found = queries.get_equipment(site=reference, key=key, by=by, on=clock.today())
    by.require(Permission.EQUIPMENT_KEEP, on=found)
    form, status = StepForm(posted(request), thing=found, today=clock.today()), form_status(request)
    if form.is_bound and form.is_valid():
        given = form.cleaned_data
        try:
            actions.move_equipment(steps=[EquipmentStep(found, form.state(), given["on"], given["reason"])], by=by)
        except Refusal as refusal:
            status = shown_on(form, refusal)
        else:
            messages.success(request, _("The state of the equipment is written down."))
            return redirect("equipment-item", reference, key)
    shown = {
        "form": form, "title": _("Change its state"), "button": _("Write the change"), "lead": found.kind,
        "back": (found.inventory_number, reverse("equipment-item", args=[reference, key])),
    }  # fmt: skip
    return render(request, "partials/form_page.html", shown, status=status)


@require_GET
def paper(request: HttpRequest, reference: str, key: UUID) -> HttpResponse:
    document, content = queries.open_equipment_paper(site=reference, key=key, by=request.actor, on=clock.today())
    return file_answer(document, content)


def _facts(given: dict[str, Any], request: HttpRequest) -> dict[str, Any]:
    """:raises BadInput: for an organisation that there is not, at its field."""
    facts = {name: given[name] for name in FACTS}
    for name in WHOSE:
        try:
            facts[name] = members.get_organisation(reference=given[name], by=request.actor) if given[name] else None
        except NotFound as unknown:
            raise BadInput([Problem(unknown.message, dict(unknown.places), column=name)]) from None
    return facts


def _paper(given: dict[str, Any]) -> Upload | None:
    sent = given["paper"]
    return Upload(sent.name, sent.read(), given["kind"], kind="equipment") if sent else None
