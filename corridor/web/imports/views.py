"""Sheets on their way in: the list, one import with its verdicts, and what becomes of it."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import content_disposition_header
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from corridor.foundations import clock
from corridor.foundations.sheets.importing import Verdict
from corridor.foundations.sheets.oneroster.findings import BadPackage
from corridor.foundations.sheets.steps.looking import (
    get_import,
    list_imports,
    list_verdicts,
    look_at,
    questions_of,
    see_import,
    trouble_of,
)  # fmt: skip
from corridor.foundations.sheets.steps.moving import StillOpen
from corridor.foundations.sheets.steps.receiving import receive_import
from corridor.foundations.sheets.steps.returning import file_with_remarks
from corridor.foundations.sheets.steps.telling import left_aside, notices_of
from corridor.foundations.sheets.steps.undoing import undo_import, withdraw_import
from corridor.journeys.import_sheets import check_import, job_of, kind_named, kinds_for, write_import
from corridor.kernel.errors import AccessDenied, Refusal
from corridor.kernel.wording import N_
from corridor.web.posting import form_status, posted, posted_files, shown_on, status_in_place
from corridor.web.wording import sentence

from .forms import FileForm
from .preparing import go_on
from .said import said_problems, said_questions, said_verdicts

PER_PAGE = 50


@require_http_methods(["GET", "POST"])
def import_list(request: HttpRequest) -> HttpResponse:
    by, kinds = request.actor, kinds_for(by=request.actor)
    if not kinds:
        raise AccessDenied(N_("Your account may import nothing. Ask the secretariat who may."))
    form, status = FileForm(posted(request), posted_files(request), kinds=kinds), form_status(request)
    wrong: list[dict[str, Any]] = []
    if form.is_valid():
        sent = form.cleaned_data["file"]
        kind = kind_named(name=form.cleaned_data["kind"], by=by)
        try:
            made = receive_import(
                kind=kind,
                file_name=sent.name,
                content=sent.read(),
                language=get_language() or "en",
                at=clock.now(),
                by=by,
            )
        except BadPackage as refusal:
            status = status_in_place(refusal)
            form.add_error(None, sentence(refusal))
            wrong = said_problems(refusal.problems)
        except Refusal as refusal:
            status = shown_on(form, refusal)
        else:
            if kind.is_settled:
                return go_on(made, kind, by=by)
            reading = look_at(held=made, kind=kind, by=by)
            is_open = (reading.is_text and not made.encoding) or not made.hidden or len(reading.sheets) > 1
            return redirect("import-table" if is_open else "import-columns", made.pk)
    shown = {"form": form, "imports": list_imports(by=by), "kinds": kinds, "wrong": wrong}
    return render(request, "imports/imports.html", shown, status=status)


@require_GET
def import_page(request: HttpRequest, key: Any) -> HttpResponse:
    held, kind = _seen(request, key)
    wanted, after = request.GET.get("verdict", ""), request.GET.get("after", "")
    wanted = wanted if wanted in Verdict.values else ""
    number = int(after) if after.isdigit() and len(after) < 9 else 0
    rows = list_verdicts(held=held, by=request.actor, verdict=wanted, after=number, limit=PER_PAGE + 1)
    trouble = trouble_of(held)
    shown = {
        "held": held, "kind": kind, "rows": said_verdicts(rows[:PER_PAGE], kind), "wanted": wanted,
        "next_after": rows[PER_PAGE - 1].number if len(rows) > PER_PAGE else "",
        "options": [
            ("", _("All"), held.rows), ("create", _("New"), held.created), ("update", _("Changed"), held.updated),
            ("unchanged", _("As it stands"), held.unchanged), ("refused", _("Refused"), held.refused),
        ],
        "aside": left_aside(held), "notices": [sentence(each) for each in notices_of(held)], "trouble": sentence(trouble) if trouble else "",
        "has_choices": any("." not in each.code for each in said_questions(questions_of(held=held, kind=kind, by=request.actor), kind)),
        "job": job_of(held=held, by=request.actor), "is_own": held.sent_by == request.actor.label,
    }  # fmt: skip
    return render(request, "imports/import.html", shown)


@require_POST
def check(request: HttpRequest, key: Any) -> HttpResponse:
    held, _kind = _found(request, key)
    try:
        check_import(held=held, at=clock.now(), by=request.actor)
    except StillOpen as still:
        messages.warning(request, sentence(still))
        return redirect("import-questions", key)
    return redirect("import", key)


@require_POST
def write(request: HttpRequest, key: Any) -> HttpResponse:
    held, _kind = _found(request, key)
    write_import(held=held, at=clock.now(), by=request.actor)
    messages.success(request, _("It is being written: all rows, or none. This page follows it."))
    return redirect("import", key)


@require_POST
def undo(request: HttpRequest, key: Any) -> HttpResponse:
    held, kind = _found(request, key)
    undo_import(key=held.pk, kind=kind, at=clock.now(), by=request.actor)
    messages.success(request, _("The import is taken back: what it made is gone, what it changed is as it was."))
    return redirect("import", key)


@require_POST
def withdraw(request: HttpRequest, key: Any) -> HttpResponse:
    withdraw_import(key=key, by=request.actor)
    messages.success(request, _("The file is deleted; nothing of it was written."))
    return redirect("imports")


@require_GET
def remarks(request: HttpRequest, key: Any) -> HttpResponse:
    held, kind = _seen(request, key)
    return _file(*file_with_remarks(key=held.pk, kind=kind, language=get_language() or "en", by=request.actor))


def _file(name: str, media_type: str, content: bytes) -> HttpResponse:
    response = HttpResponse(content, content_type=media_type)
    response["Content-Disposition"] = content_disposition_header(True, name)  # type: ignore[assignment]
    response["Cache-Control"] = "private, no-store"
    return response


def _found(request: HttpRequest, key: Any) -> tuple[Any, Any]:
    held = get_import(key=key, by=request.actor)
    return held, kind_named(name=held.kind, by=request.actor)


def _seen(request: HttpRequest, key: Any) -> tuple[Any, Any]:
    held = see_import(key=key, by=request.actor)
    return held, kind_named(name=held.kind, by=request.actor)
