"""Data calls as they stand: who was asked, who answered in time or late, what they said; and the same as a sheet."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from corridor.foundations import clock
from corridor.foundations.access import Permission
from corridor.kernel.rates import percent_text
from corridor.rooms.indicators.definitions import definition_of
from corridor.rooms.members import queries
from corridor.rooms.members.call_drafts import QuestionKind
from corridor.web.ui.languages import country_name
from corridor.web.ui.names import member_called
from corridor.web.ui.sheets import sheet_answer, wanted_sheet

from .bounds import bounds_of


@require_GET
def call_list(request: HttpRequest) -> HttpResponse:
    by = request.actor
    calls = list(queries.list_calls(by=by))
    shown = {"calls": [{"call": each, "title": each.title(get_language() or "en")} for each in calls],
             "may_make": by.may(Permission.DATA_CALL_MAKE), "sees_all": by.may(Permission.DATA_CALL_VIEW)}  # fmt: skip
    return render(request, "data_calls/list.html", shown)


@require_GET
def call_page(request: HttpRequest, reference: str) -> HttpResponse:
    by, language, on = request.actor, get_language() or "en", clock.today()
    call = queries.get_call(reference=reference, by=by)
    sees_all = by.may(Permission.DATA_CALL_VIEW)
    asked = queries.asked_in(call=call, by=by) if sees_all else []
    own = list(queries.own_places(call=call, by=by))
    latest = queries.latest_answers(call=call, by=by) if sees_all and call.status != "draft" else {}
    shown = {
        "call": call, "title": call.title(language), "on": on, "sees_all": sees_all, "may_make": by.may(Permission.DATA_CALL_MAKE),
        "questions": [_question(each, language, len(asked), latest) for each in call.questions.all()],
        "asked": asked, "own": own, "coverage": queries.coverage_of(asked=asked, by=by) if asked else [],
        "is_due": call.due_on < on,
    }  # fmt: skip
    return render(request, "data_calls/call.html", shown)


@require_GET
def export(request: HttpRequest, reference: str) -> HttpResponse:
    by, language = request.actor, get_language() or "en"
    by.require(Permission.DATA_CALL_VIEW)
    call = queries.get_call(reference=reference, by=by)
    questions = list(call.questions.all())
    answers = queries.latest_answers(call=call, by=by)
    heads = [_("Reference"), _("Member"), _("Country or region"), _("State"), _("Answered at")]
    for each in questions:
        heads.append(f"{each.position}. {each.text(language)}")
        if each.kind == QuestionKind.FIGURE:
            heads += [
                _("%(number)s: in the records") % {"number": each.position},
                _("%(number)s: why another") % {"number": each.position},
            ]
    rows = [_cells(row, questions, answers.get(row.pk, {})) for row in queries.asked_in(call=call, by=by)]
    return sheet_answer(wanted_sheet(request) or "xlsx", f"{reference}-answers", heads, rows)


def _cells(row: Any, questions: list[Any], said: dict[Any, Any]) -> list[Any]:
    cells: list[Any] = [
        row.organisation.reference, member_called(row.organisation).text, country_name(row.organisation.country),
        {"in_time": _("in time"), "late": _("late"), "open": _("not answered")}[row.state],
        row.answered_at.isoformat(timespec="minutes") if row.answered_at else "",
    ]  # fmt: skip
    for each in questions:
        answer = said.get(each.pk)
        value = "" if answer is None else answer.document.reference if answer.document else answer.value
        is_number = value and each.kind == QuestionKind.FIGURE
        cells.append(int(value) if is_number else value)
        if each.kind == QuestionKind.FIGURE:
            cells += [
                "" if answer is None or answer.counted is None else answer.counted,
                "" if answer is None else answer.reason,
            ]
    return cells


def _question(question: Any, language: str, asked: int, latest: dict[Any, dict[Any, Any]]) -> dict[str, Any]:
    said = [answers[question.pk] for answers in latest.values() if question.pk in answers]
    given = [each for each in said if each.value or each.document_id]
    row: dict[str, Any] = {
        "question": question, "text": question.text(language), "kind": question.get_kind_display(), "answered": len(given),
        "other": sum(1 for each in given if each.counted is not None and each.value != str(each.counted)),
        "shares": [], "indicator": str(definition_of(question.code).title) if question.code else "",
    }  # fmt: skip
    codes = {"yes": _("Yes"), "no": _("No")} if question.kind == QuestionKind.YES_NO else {
        each.code: each.text for each in question.choices.all()
    }  # fmt: skip
    if asked and given and question.kind in {QuestionKind.YES_NO, QuestionKind.CHOICE}:
        for code, words in codes.items():
            count = sum(1 for each in given if each.value == code)
            low, high = bounds_of(count, answered=len(given), asked=asked)
            row["shares"].append({"words": words, "count": count, "low": percent_text(low), "high": percent_text(high)})
    return row
