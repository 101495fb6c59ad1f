"""Applications: the queue, one of them, its files and its letters."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from corridor.foundations import clock
from corridor.foundations.access import Permission
from corridor.foundations.documents.queries import bytes_of
from corridor.rooms.members import actions, queries
from corridor.web.documents.answers import file_answer
from corridor.web.fields import read_after
from corridor.web.ui.names import reader_language
from corridor.web.ui.sheets import MOST_ROWS, sheet_answer, wanted_sheet

from .forms import STATES, QueueFilter

PER_PAGE = 50


@require_GET
def queue(request: HttpRequest) -> HttpResponse:
    by, asked, kind_of_file = request.actor, QueueFilter(request.GET), wanted_sheet(request)
    chosen = asked.cleaned_data if asked.is_valid() else {}
    page = queries.list_applications(
        by=by, on=clock.today(), status=chosen.get("status", ""), kind=chosen.get("kind", ""), search=chosen.get("q", ""),
        after="" if kind_of_file else read_after(request), limit=MOST_ROWS if kind_of_file else PER_PAGE,
    )  # fmt: skip
    if kind_of_file:
        return sheet_answer(kind_of_file, "applications", _heads(), map(_cells, page.rows))
    counts = queries.count_applications(by=by) if by.may(Permission.APPLICATION_VIEW) else {}
    waiting = sum(counts.get(state, 0) for state in ("submitted", "in_review", "with_conditions"))
    drafts = [("draft", _("Drafts"), counts.get("draft", 0))] if by.may(Permission.APPLICATION_MANAGE) else []
    shown = {
        "form": asked, "page": page, "waiting": waiting if counts else len(page.rows),
        "states": [("", _("Not over"), waiting), *((each.value, each.label, counts.get(each.value, 0)) for each in STATES), *drafts],
        "sees_all": by.may(Permission.APPLICATION_VIEW), "may_edit": by.may(Permission.APPLICATION_FORM_EDIT),
        "is_narrowed": any(chosen.get(name) for name in ("q", "kind", "status")),
    }  # fmt: skip
    return render(request, "applications/queue.html", shown, status=200 if asked.is_valid() else 422)


@require_GET
def application_page(request: HttpRequest, reference: str) -> HttpResponse:
    return render(request, "applications/application.html", whole(request, reference))


@require_GET
def application_file(request: HttpRequest, reference: str, document: str) -> HttpResponse:
    found = queries.get_application_document(reference=reference, document=document, by=request.actor)
    return file_answer(found, bytes_of(found))


@require_GET
def letter(request: HttpRequest, reference: str, key: UUID) -> HttpResponse:
    found = queries.get_letter(reference=reference, key=key, by=request.actor)
    back = (reference, reverse("application", args=[reference]))
    may_send = found.mail == "failed" and request.actor.may(Permission.APPLICATION_MANAGE)
    return render(request, "applications/letter.html", {"letter": found, "back": back, "may_send": may_send})


@require_POST
def letter_again(request: HttpRequest, reference: str, key: UUID) -> HttpResponse:
    found = queries.get_letter(reference=reference, key=key, by=request.actor)
    actions.send_letter_again(letter=found, at=clock.now(), by=request.actor)
    messages.success(request, _("The letter is sent again; where that fails it is tried four times more."))
    return redirect("application-letter", reference, key)


@require_POST
def letter_settled(request: HttpRequest, reference: str, key: UUID) -> HttpResponse:
    found = queries.get_letter(reference=reference, key=key, by=request.actor)
    actions.settle_letter(letter=found, by=request.actor)
    messages.success(request, _("It is written down that the applicant was told by other means."))
    return redirect("application-letter", reference, key)


def whole(request: HttpRequest, reference: str) -> dict[str, Any]:
    """What the page of an application shows, and what its reader may do there."""
    by, language = request.actor, reader_language()
    record = queries.get_application(reference=reference, by=by, on=clock.today(), language=language)
    application = record.application
    review = queries.review_of(application=application, by=by, language=language)
    manages, state = by.may(Permission.APPLICATION_MANAGE), application.status
    is_decided = state in {"approved", "with_conditions"}
    membership = (
        queries.get_member(reference=application.organisation.reference, by=by, on=clock.today()).status
        if (application.organisation is not None and by.may(Permission.MEMBER_VIEW_ANY_STATE))
        else None
    )
    return {
        "record": record, "review": review, "judge": reference, "membership": membership, "may_manage": manages,
        "sees_contact": by.may(Permission.APPLICATION_VIEW, on=application),
        "may_begin": manages and state == "submitted",
        "may_invite": manages and state == "in_review" and application.review_closed_at is None,
        "may_decide": by.may(Permission.APPLICATION_DECIDE) and state == "in_review",
        "may_ask": manages and state in {"submitted", "in_review", "with_conditions"},
        "may_activate": manages and is_decided and membership == "approved" and not record.open_conditions,
        "may_seat": by.may(Permission.SEAT_GIVE) and is_decided,
        "may_judge": review.own is not None and review.own.stepped_aside_at is None,
    }  # fmt: skip


def _heads() -> list[str]:
    return [
        _("Reference"),
        _("Name"),
        _("Kind"),
        _("State"),
        _("Days waiting"),
        _("Next condition by"),
        _("Sheets asked"),
        _("Sheets in"),
    ]


def _cells(row: Any) -> list[Any]:
    application = row.application
    return [
        application.reference, row.name, application.version.get_kind_display(), application.get_status_display(), row.waits_days,
        row.due_on, row.sheets, row.sheets_in,
    ]  # fmt: skip
