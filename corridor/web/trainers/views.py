"""The register of trainers, and the page of one."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from corridor.foundations import clock
from corridor.foundations.access import Permission
from corridor.rooms.training.queries import knowing
from corridor.rooms.training.queries import observed as observing
from corridor.rooms.training.queries import trainers as register
from corridor.web.documents.answers import file_answer
from corridor.web.fields import read_after

from .forms import STATES, TrainerFilter

PER_PAGE = 50


@require_GET
def trainer_list(request: HttpRequest) -> HttpResponse:
    by, on = request.actor, clock.today()
    knowing.require_register(by=by)
    asked = TrainerFilter(request.GET)
    given = asked.cleaned_data if asked.is_valid() else {}
    narrowed = {name: given.get(name, "") for name in ("employer", "site", "language", "unit", "state")}
    narrowed["words"] = given.get("q", "").strip()
    found = register.list_trainers_on(by=by, on=on, after=read_after(request), limit=PER_PAGE, **narrowed)
    shown = {
        "form": asked, "rows": found.rows, "next_after": found.next_after, "is_narrowed": any(narrowed.values()), "on": on,
        "registered": register.count_registered(by=by, on=on),
        "tabs": [(code, word) for code, word in STATES],
        "may_keep": by.holds_somewhere(Permission.TRAINER_KEEP), "sees_more": by.holds_somewhere(Permission.TRAINER_VIEW),
    }  # fmt: skip
    return render(request, "trainers/trainers.html", shown, status=200 if asked.is_valid() else 422)


@require_GET
def trainer_page(request: HttpRequest, reference: str) -> HttpResponse:
    by, on = request.actor, clock.today()
    record = register.get_trainer(reference=reference, on=on, by=by)
    shown: dict[str, Any] = {
        "record": record, "trainer": record.trainer, "on": on,
        "teaching": record.node.teaching(on=on) if record.node is not None else None,
        "trained": [(each, each.node.teaching(on=on)) for each in record.trained],
        "qualifications": [(each, each.is_valid(on=on)) for each in record.qualifications],
        "observed": record.observed,
        "may_watch": bool(observing.sessions_to_watch(trainer=record.trainer, on=on, by=by)),
        "is_own": by.person_id in {entry.person_id for entry in record.entries},
    }  # fmt: skip
    return render(request, "trainers/trainer.html", shown)


@require_GET
def qualification_paper(request: HttpRequest, reference: str, key: UUID) -> HttpResponse:
    document, content = register.open_qualification(trainer=reference, key=key, by=request.actor)
    return file_answer(document, content)
