"""Spare parts of a site: what lies there, what came and went; and labels for its machines."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from corridor.foundations import clock
from corridor.foundations.access import Permission
from corridor.rooms.sites import actions, queries
from corridor.rooms.sites.drafts import PartDraft, PartStep
from corridor.web.documents.answers import pdf_answer
from corridor.web.fields import read_after
from corridor.web.posting import posted

from .answering import form_answer
from .upkeep_forms import PartForm, PartStepForm

PER_PAGE = 50
form_page = require_http_methods(["GET", "POST"])


@require_GET
def part_list(request: HttpRequest, reference: str) -> HttpResponse:
    by = request.actor
    site = queries.get_site(reference=reference, by=by)
    by.require(Permission.EQUIPMENT_VIEW, on=site)
    low = request.GET.get("low") == "yes"
    found = list(
        queries.list_parts(by=by, site=reference, low_only=low, after=read_after(request))[: PER_PAGE + 1]
    )  # fmt: skip
    rows = found[:PER_PAGE]
    shown = {
        "site": site, "rows": rows, "next_after": str(rows[-1]) if len(found) > PER_PAGE else "",
        "may_keep": by.may(Permission.EQUIPMENT_KEEP, on=site), "is_narrowed": low,
        "tabs": [("", _("All")), ("yes", _("To be ordered"))],
    }  # fmt: skip
    return render(request, "sites/parts.html", shown)


@form_page
def add_part(request: HttpRequest, reference: str) -> HttpResponse:
    by = request.actor
    site = queries.get_site(reference=reference, by=by)
    by.require(Permission.EQUIPMENT_KEEP, on=site)
    form = PartForm(posted(request), initial={"stock": 0, "reorder_level": 1})

    def act(given: dict[str, Any]) -> None:
        actions.add_parts(parts=[PartDraft(site, **given)], by=by)

    words = {"title": _("Add a spare part"), "button": _("Write it down"), "done": _("The part is written down.")}
    return form_answer(
        request, form, act, words=words, back=(_("Spare parts"), reverse("spare-parts", args=[reference]))
    )


@form_page
def move_part(request: HttpRequest, reference: str, key: UUID) -> HttpResponse:
    by = request.actor
    part = queries.get_part(site=reference, key=key, by=by)
    by.require(Permission.EQUIPMENT_KEEP, on=part)
    form = PartStepForm(posted(request), initial={"on": clock.today()})

    def act(given: dict[str, Any]) -> None:
        actions.move_parts(steps=[PartStep(part, given["change"], given["on"], given["reason"])], by=by)

    words = {
        "title": _("Parts came or went"), "button": _("Write it down"), "done": _("The store is up to date."),
        "lead": f"{part.number}: {part.name}",
    }  # fmt: skip
    return form_answer(
        request, form, act, words=words, back=(_("Spare parts"), reverse("spare-parts", args=[reference]))
    )


@require_POST
def labels(request: HttpRequest, reference: str) -> HttpResponse:
    """The sheet of labels, of all equipment or of one thing; a new label takes the place of one that was lost."""
    site = queries.get_site(reference=reference, by=request.actor)
    request.actor.require(Permission.EQUIPMENT_KEEP, on=site)
    only = []
    if named := request.POST.get("only", "")[:40]:
        only = [queries.get_equipment(site=reference, key=UUID(named), by=request.actor).pk] if _is_key(named) else []
    content = actions.label_sheet(
        site=site, only=only, anew=bool(only) and request.POST.get("anew") == "yes", on=clock.today(), by=request.actor
    )
    return pdf_answer(content, f"labels-{reference}")


def _is_key(named: str) -> bool:
    try:
        UUID(named)
    except ValueError:
        return False
    return True
