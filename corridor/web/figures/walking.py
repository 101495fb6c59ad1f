"""The walk from a figure to the paper: its rows, one record, and what that stands on."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from corridor.foundations import clock
from corridor.foundations.vocabularies.languages import choose
from corridor.journeys.take_sheet import Destination, TakenSheet, take_rows
from corridor.kernel.errors import NotFound, Refusal
from corridor.rooms.indicators import queries
from corridor.rooms.indicators.code_words import dimension_word
from corridor.rooms.indicators.definitions import definition_of
from corridor.rooms.indicators.queries import OpenedFigure, OpenedRow
from corridor.rooms.indicators.walking import Card, Fact, Ground, Paper, Walked
from corridor.web.imports.taking import answer as leaving_answer
from corridor.web.ui.languages import country_name
from corridor.web.ui.names import Said, listed, reader_language
from corridor.web.ui.sheets import MOST_ROWS, sheet_answer, wanted_sheet

from .forms import QuestionForm, SampleForm
from .links import evidence_url, page_of
from .story import figure_story
from .views import refused

PER_PAGE = 50
COLUMNS = 4
AROUND = 2


@dataclass(frozen=True)
class RowShown:
    """A row of the table: its number, what it is called, the words of some of its codes, and where its record opens."""

    opened: OpenedRow
    name: Said
    cells: list[tuple[str, str]]
    mark: str
    url: str
    is_picked: bool


@login_not_required
@require_http_methods(["GET", "POST"])
def evidence_page(request: HttpRequest, code: str) -> HttpResponse:
    definition = definition_of(code)
    form, drawing = QuestionForm(request.GET, definition=definition, today=clock.today()), SampleForm(request.GET)
    form.is_valid()
    drawn = drawing.cleaned_data if drawing.is_valid() else {}
    wants_rows = bool(wanted_sheet(request)) or request.GET.get("format") == "json"
    start = max(int(given), 1) if (given := request.GET.get("start", "")).isdigit() else 1
    try:
        opened = queries.open_figure(
            **form.question(), at=clock.now(), by=request.actor,
            dimension=request.GET.get("dimension", ""), cell=request.GET.get("cell", ""),
            sample=drawn.get("sample"), seed=drawn.get("seed", ""),
            start=1 if wants_rows else start, at_most=MOST_ROWS if wants_rows else PER_PAGE,
        )  # fmt: skip
    except NotFound:
        raise
    except Refusal as refusal:
        return refused(request, form, refusal)
    if wants_rows:
        return _taken(request, opened)
    return _page(request, opened, drawing, start)


def _page(request: HttpRequest, opened: OpenedFigure, drawing: SampleForm, start: int) -> HttpResponse:
    kind, _colon, key = request.GET.get("record", "").partition(":")
    walked = queries.walk_record(kind=kind, record_id=key, by=request.actor) if kind else None
    story = figure_story(answered=opened.answer, wanted="", by=request.actor)
    more = {"dimension": opened.dimension, "cell": opened.cell, "sample": opened.sample, "seed": opened.seed}
    rows = [_row(opened, each, story.words, key, start, more) for each in opened.rows]
    last = start + len(rows) - 1
    near = _near(rows) if walked else rows
    of_rows = opened.of_rows if isinstance(opened.of_rows, int) else 0
    has_next = opened.sample is None and last < of_rows
    shown = {
        "story": story, "answered": opened.answer, "opened": opened, "rows": near, "walked": walked and _walked(opened, walked, more),
        "columns": [name for name, _text in rows[0].cells] if rows else [], "drawing": drawing, "start": start, "last": last,
        "next": evidence_url(opened.answer, **more, start=last + 1) if has_next else "",
        "before": evidence_url(opened.answer, **more, start=max(start - PER_PAGE, 1)) if start > 1 else "",
        "same": evidence_url(opened.answer, **more), "whole": evidence_url(opened.answer),
        "cell_word": story.words.get(opened.dimension, {}).get(opened.cell), "cell_title": dimension_word(opened.dimension),
    }  # fmt: skip
    return render(request, "figures/evidence.html", shown)


def _near(rows: list[RowShown]) -> list[RowShown]:
    """The row that was opened and its neighbours, so that the record stands close below."""
    picked = next((place for place, row in enumerate(rows) if row.is_picked), None)
    return rows if picked is None else rows[max(picked - AROUND, 0) : picked + AROUND + 1]


def _row(opened: OpenedFigure, each: OpenedRow, words: Any, picked: str, start: int, more: dict[str, Any]) -> RowShown:
    dimensions = [name for name in opened.answer.definition.dimensions if name != "source"][:COLUMNS]
    cells = []
    for name in dimensions:
        code = each.row.code(name)
        word = words.get(name, {}).get(code)
        cells.append((dimension_word(name), word.text if word else code))
    row = each.row
    record = f"{row.record_kind}:{row.record_id}"
    url = evidence_url(opened.answer, **more, start=start, record=record) + "#record" if each.card else ""
    return RowShown(each, _name(each.card), cells, row.codes.get("source", ""), url, row.record_id == picked)


def _name(card: Card | None) -> Said:
    if card is None:
        return Said(_("erased"), "")
    text, language = choose(card.names, reader_language())
    return Said(text or card.reference, language if text else "")


def _walked(opened: OpenedFigure, walked: Walked, more: dict[str, Any]) -> dict[str, Any]:
    """The record as the page draws it: texts, addresses, squares for the marks of a register."""
    marks = list(walked.marks)
    return {
        "walked": walked,
        "name": _name(walked.card),
        "page": page_of(walked.card.link),
        "facts": [_fact(each) for each in walked.facts if each.value not in {None, ""}],
        "grounds": [(each, _ground_url(opened, each, more)) for each in walked.grounds],
        "marks": [
            {"x": 30 * (number % 26) + 1, "y": 30 * (number // 26) + 1, "mark": each.mark, "counts": each.counts}
            for number, each in enumerate(marks)
        ],
        "height": 30 * ((len(marks) + 25) // 26),
        "counted": sum(each.counts for each in marks),
        "signers": listed(sorted({each.signed_by for each in marks if each.signed_by})),
        "papers": [_paper(each) for each in walked.papers],
    }


def _fact(fact: Fact) -> tuple[str, object, str]:
    value = country_name(str(fact.value)) if fact.is_country else fact.value
    return str(fact.label), value, page_of(fact.link)


def _ground_url(opened: OpenedFigure, ground: Ground, more: dict[str, Any]) -> str:
    if ground.record_id and ground.kind in {"enrolment", "credential", "listing", "unit"}:
        return evidence_url(opened.answer, **more, record=f"{ground.kind}:{ground.record_id}") + "#record"
    return page_of(ground.link)


def _paper(paper: Paper) -> dict[str, Any]:
    """As ``partials/document_row.html`` takes it; no address for who may not open it."""
    attested = _("Attested by %(who)s.") % {"who": paper.attested_by} if paper.attested_by else ""
    closed = "" if paper.may_open else _("You may not open it; its fingerprint is shown.")
    return {
        "icon": "photo" if paper.media_type.startswith("image/") else "file-text",
        "title": paper.title or paper.reference,
        "url": reverse("document", args=[paper.reference]) if paper.may_open else "",
        "text": " ".join(part for part in (attested, closed) if part),
        "fingerprint": paper.sha256,
    }


def _taken(request: HttpRequest, opened: OpenedFigure) -> HttpResponse:
    """The file; rows that can be led back to persons cross no border before the ledger says so."""
    made = _file(request, opened)
    if not opened.rows:
        return made
    name = f"{opened.answer.code}-{opened.answer.last_day}-rows.{wanted_sheet(request) or 'json'}"
    ready = TakenSheet(name, made["Content-Type"], made.content)

    def take(destination: Destination) -> TakenSheet:
        return take_rows(
            taken=ready, records=[UUID(each.row.record_id) for each in opened.rows], destination=destination, on=clock.today(),
            at=clock.now(), by=request.actor,
        )  # fmt: skip

    return leaving_answer(request, take)


def _file(request: HttpRequest, opened: OpenedFigure) -> HttpResponse:
    """The rows for who may see them, no names among them; for everyone else the counts by cohort."""
    name = f"{opened.answer.code}-{opened.answer.last_day}-rows"
    if request.GET.get("format") == "json":
        said = {
            "figure": opened.answer.as_json(),
            "rows": [{"number": each.number, **each.row.as_dict()} for each in opened.rows],
            "of_rows": opened.of_rows,
            "hidden_rows": opened.hidden_rows,
            "cohorts": dict(opened.cohorts),
            "sample": opened.sample,
            "seed": opened.seed or None,
        }
        return JsonResponse(said, json_dumps_params={"ensure_ascii": False, "indent": 2})
    if not opened.rows and opened.hidden_rows:
        return sheet_answer(wanted_sheet(request), name, [_("Cohort"), _("Count")], opened.cohorts)
    dimensions = list(opened.answer.definition.dimensions)
    heads = [_("Row"), _("Kind of record"), _("Record"), _("What is counted"), _("Amount"), _("Counts as"), *dimensions]
    rows: list[list[str | int | date | None]] = [
        [
            *(
                each.number,
                each.row.record_kind,
                each.row.record_id,
                each.row.subject_id,
                each.row.amount,
                each.row.role,
            ),
            *(each.row.code(dimension) for dimension in dimensions),
        ]
        for each in opened.rows
    ]
    return sheet_answer(wanted_sheet(request), name, heads, rows)
