"""What happens to a machine, written down by who keeps it: faults, repairs, hours, calibrations, instructions."""

from typing import Any
from uuid import UUID

from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from corridor.foundations import clock
from corridor.foundations.access import Permission
from corridor.foundations.documents.receiving import Upload
from corridor.kernel.errors import NotFound
from corridor.kernel.wording import N_
from corridor.rooms.members import queries as members
from corridor.rooms.sites import actions, queries
from corridor.rooms.sites.drafts import (
    CalibrationDraft,
    FaultDraft,
    FaultStep,
    InstructionDraft,
    ReadingDraft,
    RepairDraft,
)
from corridor.web.documents.answers import file_answer
from corridor.web.posting import posted, posted_files

from .answering import form_answer
from .upkeep_forms import (
    CalibrationForm,
    FaultForm,
    InstructionForm,
    ReadingForm,
    RepairEndForm,
    RepairForm,
    SettleForm,
)

form_page = require_http_methods(["GET", "POST"])


@form_page
def report_fault(request: HttpRequest, reference: str, key: UUID) -> HttpResponse:
    machine = _machine(request, reference, key, Permission.FAULT_REPORT)
    form = FaultForm(posted(request), initial={"on": clock.today()})

    def act(given: dict[str, Any]) -> None:
        draft = FaultDraft(machine, given["what"], given["on"], given["words"])
        actions.report_faults(faults=[draft], at=clock.now(), by=request.actor)

    words = {
        "title": _("Report a fault"), "button": _("Report it"), "done": _("The fault is written down; the machine counts as not working."),
        "lead": machine.kind,
    }  # fmt: skip
    return _answer(request, machine, form, act, words)


@form_page
def settle_fault(request: HttpRequest, reference: str, key: UUID, row: UUID) -> HttpResponse:
    machine = _machine(request, reference, key)
    fault = queries.get_fault(site=reference, key=row, by=request.actor)
    form = SettleForm(posted(request), initial={"on": clock.today(), "settled_as": "mended"})

    def act(given: dict[str, Any]) -> None:
        step = FaultStep(fault, given["settled_as"], given["on"], given["reason"])
        actions.settle_faults(steps=[step], by=request.actor)

    words = {
        "title": _("Settle a fault"), "button": _("Settle it"), "done": _("The fault is settled."),
        "lead": fault.words or fault.get_what_display(),
    }  # fmt: skip
    return _answer(request, machine, form, act, words)


@form_page
def read_hours(request: HttpRequest, reference: str, key: UUID) -> HttpResponse:
    machine = _machine(request, reference, key)
    form = ReadingForm(posted(request), initial={"on": clock.today()})

    def act(given: dict[str, Any]) -> None:
        actions.write_readings(readings=[ReadingDraft(machine, given["on"], given["hours"])], by=request.actor)

    words = {
        "title": _("Write the hours of use"), "button": _("Write it down"), "done": _("The hours are written down."),
        "lead": _("What the hour meter shows, not the hours since the last time."),
    }  # fmt: skip
    return _answer(request, machine, form, act, words)


@form_page
def repair(request: HttpRequest, reference: str, key: UUID) -> HttpResponse:
    machine, by = _machine(request, reference, key), request.actor
    form = RepairForm(
        posted(request), posted_files(request), initial={"began_on": clock.today(), "done_by": machine.mended_by}
    )
    form.offer(queries.upkeep_of(equipment=machine, by=by).open_faults)

    def act(given: dict[str, Any]) -> None:
        known = queries.parts_named(numbers=given["parts"], site=reference, by=by)
        for number in given["parts"]:
            if number not in known:
                raise NotFound(N_("There is no part %(number)s in the store of this site."), number=number)
        draft = RepairDraft(
            machine, given["began_on"], given["done_by"], given["ended_on"], given["what"], given["cost"],
            given["currency"], _payer(given, request), given["fault"],
            [(known[number], count) for number, count in given["parts"].items()], _paper(given, machine.kind, "repair"),
        )  # fmt: skip
        actions.begin_repairs(repairs=[draft], at=clock.now(), by=by)

    words = {
        "title": _("Write down a repair"), "button": _("Write it down"), "done": _("The repair is written down."),
        "lead": _("A repair that has an end mends its fault, and the machine works again."),
    }  # fmt: skip
    return _answer(request, machine, form, act, words)


@form_page
def end_repair(request: HttpRequest, reference: str, key: UUID, row: UUID) -> HttpResponse:
    machine = _machine(request, reference, key)
    found = queries.get_repair(site=reference, key=row, by=request.actor)
    form = RepairEndForm(posted(request), posted_files(request), initial={"ended_on": clock.today()})

    def act(given: dict[str, Any]) -> None:
        actions.end_repair(
            repair=found, ended_on=given["ended_on"], cost=given["cost"], currency=given["currency"],
            paid_by=_payer(given, request), upload=_paper(given, machine.kind, "repair"), at=clock.now(), by=request.actor,
        )  # fmt: skip

    words = {"title": _("End a repair"), "button": _("End it"), "done": _("The repair is over."), "lead": found.done_by}
    return _answer(request, machine, form, act, words)


@form_page
def calibrate(request: HttpRequest, reference: str, key: UUID) -> HttpResponse:
    machine = _machine(request, reference, key)
    form = CalibrationForm(posted(request), posted_files(request), initial={"on": clock.today()})

    def act(given: dict[str, Any]) -> None:
        upload = _paper(given, machine.kind, "calibration")
        draft = CalibrationDraft(machine, given["on"], given["done_by"], given["result"], upload)
        actions.calibrate_equipment(calibrations=[draft], at=clock.now(), by=request.actor)

    words = {
        "title": _("Write down a calibration"), "button": _("Write it down"), "done": _("The calibration is written down."),
        "lead": machine.kind,
    }  # fmt: skip
    return _answer(request, machine, form, act, words)


@form_page
def instruct(request: HttpRequest, reference: str, key: UUID) -> HttpResponse:
    machine = _machine(request, reference, key)
    form = InstructionForm(posted(request), initial={"on": clock.today()})

    def act(given: dict[str, Any]) -> None:
        draft = InstructionDraft(machine, given["on"], given["given_by"], given["people"], given["what"])
        actions.note_instructions(instructions=[draft], by=request.actor)

    words = {
        "title": _("Write down an instruction"), "button": _("Write it down"), "done": _("The instruction is written down."),
        "lead": _("People learned to work on this machine. Only how many is kept, no names."),
    }  # fmt: skip
    return _answer(request, machine, form, act, words)


@require_GET
def paper(request: HttpRequest, reference: str, key: UUID, row: UUID) -> HttpResponse:
    document, content = queries.open_upkeep_paper(
        site=reference, equipment=key, key=row, by=request.actor, on=clock.today()
    )
    return file_answer(document, content)


def _machine(request: HttpRequest, reference: str, key: UUID, may: Permission = Permission.EQUIPMENT_KEEP) -> Any:
    found = queries.get_equipment(site=reference, key=key, by=request.actor, on=clock.today())
    request.actor.require(may, on=found)
    return found


def _answer(request: HttpRequest, machine: Any, form: Form, act: Any, words: dict[str, str]) -> HttpResponse:
    address = reverse("equipment-item", args=[machine.site.reference, machine.pk])
    return form_answer(request, form, act, words=words, back=(machine.inventory_number, address))


def _payer(given: dict[str, Any], request: HttpRequest) -> Any:
    named = given["paid_by"]
    return members.get_organisation(reference=named, by=request.actor) if named else None


def _paper(given: dict[str, Any], title: str, kind: str) -> Upload | None:
    sent = given["paper"]
    return Upload(sent.name, sent.read(), title, kind=kind) if sent else None
