"""Judging on a phone: a page without a single name, which keeps working without a network; and what it asks of the server."""

from typing import Any
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import ensure_csrf_cookie
from django.views.decorators.http import require_GET, require_POST

from corridor.foundations import clock
from corridor.foundations.access import Actor, Permission
from corridor.journeys.decide_conflict import count_waiting
from corridor.journeys.settle_judgement import own_judgements_waiting
from corridor.kernel.errors import Refusal
from corridor.rooms.assessment import actions, queries
from corridor.rooms.assessment.pieces import PIECE_BYTES
from corridor.rooms.assessment.queries import CarriedJudging, CarriedUnit
from corridor.rooms.assessment.queries.choices import EvidenceNeed, Found, Result, SignerRole, Stance, Weight
from corridor.rooms.assessment.schemes import criteria_of
from corridor.rooms.curricula.texts import text_for
from corridor.rooms.training.names import names_of
from corridor.web.journal.answering import manifest_of, refused, told_once
from corridor.web.journal.words import EVERY_PAGE, REASONS
from corridor.web.ui.days import day_text
from corridor.web.ui.languages import html_lang
from corridor.web.ui.names import member_called, reader_language, title_in
from corridor.web.wording import sentence

from .phone_words import WORDS

DIGEST = "X-Piece-SHA256"


@require_GET
def judging(request: HttpRequest) -> HttpResponse:
    """What the reader may judge today; without scripts it leads to the page of each unit."""
    by, on = request.actor, clock.today()
    shown = {
        "units": queries.judging_to_carry(on=on, by=by).units,
        "sittings": list(queries.list_sittings(by=by, since=on)[:20]) if by.person_id else [],
        "waiting": count_waiting(by=by),
        "may_judge": by.holds_somewhere(Permission.DECISION_RECORD),
    }
    return render(request, "assessment/judging.html", shown)


@ensure_csrf_cookie
@require_GET
def shell(request: HttpRequest) -> HttpResponse:
    """Kept by the browser, so it holds nobody's name: what is shown comes from the data below, which the page hides on the phone."""
    shown = {
        "days": settings.DEVICE_DAYS,
        "results": Result.choices,
        "stances": Stance.choices,
        "words": [
            *EVERY_PAGE.items(), *WORDS.items(), *((f"weight-{each.value}", each.label) for each in Weight),
            *((f"need-{each.value}", each.label) for each in EvidenceNeed),
            *((f"signer-{each.value}", each.label) for each in SignerRole),
            *((f"result-{each.value}", each.label) for each in Result), *((f"found-{each.value}", each.label) for each in Found),
        ],
    }  # fmt: skip
    return render(request, "assessment/phone.html", shown)


@never_cache
@ensure_csrf_cookie
@require_GET
def data(request: HttpRequest) -> HttpResponse:
    """Who this reader may judge, and by which criteria; 304 where the phone has it already."""
    by, on = request.actor, clock.today()
    found = queries.judging_to_carry(on=on, by=by)
    told: dict[str, Any] = {
        "account": {"id": str(by.user_id), "name": by.label},
        "signs_as": _own_name(by),
        "today": on.isoformat(),
        "day": day_text(on),
        "is_example": settings.EXAMPLE_DAY is not None,
        "language": get_language(),
        "piece_bytes": PIECE_BYTES,
        "most_film": settings.MAX_VIDEO_BYTES,
        "most_photo": settings.MAX_DOCUMENT_BYTES,
        "cohorts": _cohorts(found),
        "schemes": {str(each.scheme.pk): _scheme(each) for each in found.units if each.scheme is not None},
        "units": [_unit(each) for each in found.units],
        "waits": _waits(by),
    }
    return told_once(request, told)


@never_cache
@require_GET
def evidence(request: HttpRequest, key: UUID) -> HttpResponse:
    """Which pieces of a file have not come; ``sha256`` in the address finds it where another device sent the same."""
    try:
        found, missing = queries.evidence_on_its_way(
            key=key, fingerprint=request.GET.get("sha256", ""), by=request.actor
        )
    except Refusal as refusal:
        return refused(refusal)
    return JsonResponse({"id": str(found.pk), "missing": missing})


@require_POST
def piece(request: HttpRequest, key: UUID, number: int) -> HttpResponse:
    """One piece as it is; sent again it does no harm, and the answer tells what is still missing."""
    try:
        found, _missing = queries.evidence_on_its_way(key=key, fingerprint="", by=request.actor)
        # A learner may add evidence too, but not on an assessor's way.
        request.actor.require(Permission.DECISION_RECORD, on=found)
        actions.add_piece(
            evidence=found, number=number, content=request.body, fingerprint=request.headers.get(DIGEST, ""),
            at=clock.now(), by=request.actor,
        )  # fmt: skip
        found, missing = queries.evidence_on_its_way(key=key, fingerprint="", by=request.actor)
    except Refusal as refusal:
        return refused(refusal)
    return JsonResponse({"id": str(found.pk), "missing": missing})


@require_GET
def manifest(request: HttpRequest) -> HttpResponse:  # noqa: ARG001 (it names nobody)
    return manifest_of(_("Judging"), start=reverse("judging-phone"), scope=reverse("judging"))


def _own_name(by: Actor) -> str:
    if by.person_id is None:
        return by.label
    name = names_of([by.person_id])[by.person_id]
    return name.own_name or name.romanised_name or by.label


def _cohorts(found: CarriedJudging) -> dict[str, Any]:
    """The names once for each cohort: by place the seat, the name in the own script with its language, and the one in Latin letters."""
    told: dict[str, Any] = {}
    for unit in found.units:
        cohort = unit.cohort
        here = told.setdefault(cohort.reference, {"names": {}, "companies": [
            [firm.reference, member_called(firm).text] for firm in found.companies.get(cohort.pk, ())
        ]})  # fmt: skip
        for case in unit.cases:
            name = found.names[case.place.person_id]
            here["names"][str(case.place.pk)] = [
                case.place.number, name.own_name, html_lang(name.own_language), name.romanised_name,
            ]  # fmt: skip
    return told


def _scheme(unit: CarriedUnit) -> dict[str, Any]:
    language = reader_language()
    criteria = []
    for each in criteria_of(unit.scheme) if unit.scheme is not None else ():
        said = text_for(each.texts.all(), language)
        part = text_for(each.instrument.texts.all(), language)
        criteria.append(
            {
                "id": str(each.pk), "code": each.code, "text": said.text, "language": said.language, "weight": each.weight,
                "need": each.evidence, "part": part.text, "part_language": part.language,
            }
        )  # fmt: skip
    return {"criteria": criteria, "signers": [each.value for each in unit.signers]}


def _unit(row: CarriedUnit) -> dict[str, Any]:
    title = title_in(row.unit)
    lacks = [] if row.capability.exception is not None else [sentence(each) for each in row.capability.lacks]
    if not row.is_licensed:
        lacks.append(_("You hold no licence for this unit on this day."))
    return {
        "id": f"{row.cohort.reference}/{row.unit.code}", "cohort": row.cohort.reference, "unit": str(row.unit.pk), "code": row.unit.code,
        "title": title.text, "language": title.language, "scheme": str(row.scheme.pk) if row.scheme is not None else None,
        "lacks": lacks, "called_on": [day_text(each) for each in row.called_on], "called": [str(each) for each in sorted(row.called)],
        "page": reverse("unit-decisions", args=[row.cohort.reference, row.unit.code]),
        "cases": [
            {
                "place": str(each.place.pk), "attempt": each.attempt, "met": [str(key) for key in sorted(each.met)],
                "lacks_test": each.lacks_test, "decision": _decision(each.decision),
                "evidence": [
                    {"id": str(file.pk), "kind": file.kind, "is_whole": file.document_id is not None,
                     "criteria": [str(shown.criterion_id) for shown in file.shows.all()]}
                    for file in each.evidence
                ],
            }
            for each in row.cases
        ],
    }  # fmt: skip


def _decision(decision: Any) -> dict[str, Any] | None:
    if decision is None:
        return None
    return {
        "id": str(decision.pk), "version": decision.version, "result": decision.result, "note": decision.evidence_note,
        "on_paper": decision.checklist == "paper",
        "findings": {str(each.criterion_id): [each.found, each.note] for each in decision.findings.all()},
        "signed": [each.role for each in decision.signoffs.all() if each.decision_version == decision.version],
    }  # fmt: skip


def _waits(by: Actor) -> list[dict[str, str]]:
    """What this account's devices brought and a named person has to decide."""
    return [
        {"place": str(place), "unit": str(unit), "why": str(REASONS.get(reason, ""))}
        for place, unit, reason in own_judgements_waiting(by=by)
    ]
