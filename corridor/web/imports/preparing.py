"""The steps before the dry run: how the file is read, its columns, and what only the sender knows."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.views.decorators.http import require_http_methods

from corridor.foundations import clock
from corridor.foundations.sheets.steps import preparing as steps
from corridor.foundations.sheets.steps.looking import get_import, look_at, questions_of
from corridor.foundations.sheets.steps.moving import StillOpen
from corridor.journeys.import_sheets import check_import, kind_named
from corridor.kernel.errors import Refusal
from corridor.web.posting import form_status, posted, shown_on
from corridor.web.wording import sentence

from .forms import ColumnsForm, QuestionsForm, TableForm
from .said import labels_of, said_decisions, said_preview, said_questions


@require_http_methods(["GET", "POST"])
def table(request: HttpRequest, key: Any) -> HttpResponse:
    held, kind, status = *_found(request, key), form_status(request)
    if kind.is_settled:
        return redirect("import", key)
    reading = look_at(held=held, kind=kind, by=request.actor)
    initial = {
        name: getattr(held, name) for name in ("sheet", "header_row", "header_depth", "encoding", "delimiter", "hidden")
    }
    form = TableForm(posted(request), reading=reading, initial=initial)
    if form.is_valid():
        given = form.cleaned_data
        try:
            steps.choose_table(
                key=key,
                kind=kind,
                sheet=given.get("sheet", ""),
                header_row=given["header_row"],
                header_depth=given["header_depth"],
                encoding=given.get("encoding", ""),
                delimiter=given.get("delimiter") or held.delimiter or ",",
                hidden=given.get("hidden", ""),
                by=request.actor,
            )
        except Refusal as refusal:
            status = shown_on(form, refusal)
        else:
            return redirect("import-columns", key)
    notices = [sentence(each) for each in reading.notices]
    return render(
        request,
        "imports/table.html",
        {"held": held, "kind": kind, "form": form, "reading": reading, "notices": notices},
        status=status,
    )


@require_http_methods(["GET", "POST"])
def columns(request: HttpRequest, key: Any) -> HttpResponse:
    held, kind, status = *_found(request, key), form_status(request)
    if kind.is_settled:
        return redirect("import", key)
    form = ColumnsForm(posted(request), columns=held.columns.all(), kind=kind)
    if form.is_valid():
        try:
            steps.map_import_columns(key=key, kind=kind, names=form.names(), by=request.actor)
            return go_on(held, kind, by=request.actor)
        except StillOpen as still:
            messages.warning(request, sentence(still))
            return redirect("import-table", key)
        except Refusal as refusal:
            status = shown_on(form, refusal)
    reading = look_at(held=held, kind=kind, by=request.actor)
    labels = labels_of(kind)
    shown = {
        "held": held,
        "kind": kind,
        "form": form,
        "reading": reading,
        "preview": said_preview(reading, kind),
        "heads": [labels[name] for name in reading.read_columns],
        "notices": [sentence(each) for each in reading.notices],
    }
    return render(request, "imports/columns.html", shown, status=status)


@require_http_methods(["GET", "POST"])
def questions(request: HttpRequest, key: Any) -> HttpResponse:
    held, kind, status = *_found(request, key), form_status(request)
    asked = questions_of(held=held, kind=kind, by=request.actor)
    said = said_questions(asked, kind)
    form = QuestionsForm(posted(request), asked=said, said=get_language() or "en")
    if form.is_valid():
        try:
            steps.answer_questions(key=key, kind=kind, answers=form.cleaned_data, by=request.actor)
            check_import(held=get_import(key=key, by=request.actor), at=clock.now(), by=request.actor)
        except Refusal as refusal:
            status = shown_on(form, refusal)
        else:
            return redirect("import", key)
    shown = {
        "held": held,
        "kind": kind,
        "form": form,
        "decisions": said_decisions(asked, kind),
        "has_questions": bool(said),
    }
    return render(request, "imports/questions.html", shown, status=status)


def go_on(held: Any, kind: Any, *, by: Any) -> HttpResponse:
    """Ask what only the sender knows; where there is nothing to ask, make the dry run at once."""
    if steps.ask_questions(key=held.pk, kind=kind, at=clock.now(), by=by):
        return redirect("import-questions", held.pk)
    check_import(held=get_import(key=held.pk, by=by), at=clock.now(), by=by)
    return redirect("import", held.pk)


def _found(request: HttpRequest, key: Any) -> tuple[Any, Any]:
    held = get_import(key=key, by=request.actor)
    return held, kind_named(name=held.kind, by=request.actor)
