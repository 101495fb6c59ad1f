"""The agenda of a conference: on a page in the time of its place and the reader's, as a calendar file, and put together."""

from datetime import datetime
from itertools import groupby
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from corridor.foundations import clock
from corridor.foundations.access import Permission
from corridor.foundations.documents.queries import bytes_of
from corridor.foundations.documents.receiving import Upload
from corridor.kernel.calendar_files import MEDIA_TYPE, CalendarSpan, calendar_file
from corridor.kernel.errors import Refusal
from corridor.rooms.conferences import actions, queries
from corridor.rooms.conferences.actions import ItemDraft
from corridor.rooms.conferences.kinds import ItemKind
from corridor.web.documents.answers import file_answer
from corridor.web.posting import form_status, posted, posted_files, shown_on
from corridor.web.ui.names import member_called, reader_language, title_in, title_of

from .agenda_forms import DocumentForm, ItemForm, ZoneForm

form_page = require_http_methods(["GET", "POST"])


@login_not_required
@require_GET
def agenda_page(request: HttpRequest, reference: str) -> HttpResponse:
    by = request.actor
    conference = queries.get_conference(reference=reference, by=by)
    asked = ZoneForm(request.GET)
    chosen = asked.cleaned_data["zone"] if asked.is_valid() else ""
    rows = [_row(each, conference.zone, chosen) for each in queries.agenda_of(conference=conference, by=by)]
    seen = {each.pk for each in queries.list_contributions(conference=reference, by=by)} if by.user_id else set()
    shown = {
        "conference": conference, "form": asked, "zone": chosen if chosen != conference.zone else "", "rows": rows, "seen": seen,
        "days": [(day, list(of)) for day, of in groupby(rows, key=lambda each: each["day"])],
        "documents": queries.documents_of(conference=conference, by=by), "may_plan": by.may(Permission.CONFERENCE_PLAN),
    }  # fmt: skip
    return render(request, "conferences/agenda.html", shown, status=200 if asked.is_valid() else 422)


@login_not_required
@require_GET
def agenda_calendar(request: HttpRequest, reference: str) -> HttpResponse:
    conference = queries.get_conference(reference=reference, by=request.actor)
    return _calendar(conference, queries.agenda_of(conference=conference, by=request.actor), reference)


@login_not_required
@require_GET
def item_calendar(request: HttpRequest, reference: str, key: UUID) -> HttpResponse:
    item = queries.get_item(conference=reference, key=key, by=request.actor)
    conference = queries.get_conference(reference=reference, by=request.actor)
    return _calendar(conference, [item], f"{reference}-{str(key)[:8]}")


@form_page
def put(request: HttpRequest, reference: str, key: UUID | None = None) -> HttpResponse:
    """A new item, or another in the place of one that stands."""
    by = request.actor
    conference = queries.get_conference(reference=reference, by=by)
    by.require(Permission.CONFERENCE_PLAN)
    standing = queries.get_item(conference=reference, key=key, by=by) if key else None
    offered = list(queries.contributions_to_place(conference=conference, by=by))
    chosen = next((each for each in offered if each.reference == request.GET.get("contribution")), None)
    if standing is not None and standing.contribution is not None:
        offered.insert(0, standing.contribution)
    form = ItemForm(posted(request), contributions=offered, initial=_first(standing, conference, chosen))
    status = form_status(request)
    if form.is_bound and form.is_valid():
        given = form.cleaned_data
        draft = ItemDraft(
            kind=ItemKind(given["kind"]), starts=given["starts"], ends=given["ends"], titles=form.titles(), language=given["language"],
            hall=given["hall"], speakers=form.named_speakers(), contribution=given["contribution"],
        )  # fmt: skip
        try:
            actions.put_on_agenda(conference=conference, items=[draft], by=by, replaces=standing)
        except Refusal as refusal:
            status = shown_on(form, refusal)
        else:
            messages.success(request, _("The agenda is changed."))
            return redirect("agenda", reference)
    shown = {
        "form": form, "title": _("Change the agenda"), "button": _("Put it on the agenda"),
        "lead": _("Times are those of %(zone)s. Nobody and no room can be in two places at once.") % {"zone": conference.zone},
        "back": (_("Agenda"), reverse("agenda", args=[reference])),
    }  # fmt: skip
    return render(request, "partials/form_page.html", shown, status=status)


@require_POST
def take_away(request: HttpRequest, reference: str, key: UUID) -> HttpResponse:
    item = queries.get_item(conference=reference, key=key, by=request.actor)
    actions.take_from_agenda(item=item, by=request.actor)
    messages.success(request, _("The agenda is changed."))
    return redirect("agenda", reference)


@form_page
def add_document(request: HttpRequest, reference: str) -> HttpResponse:
    by = request.actor
    conference = queries.get_conference(reference=reference, by=by)
    by.require(Permission.CONFERENCE_PLAN)
    form, status = DocumentForm(posted(request), posted_files(request)), form_status(request)
    if form.is_bound and form.is_valid():
        sent = form.cleaned_data["file"]
        upload = Upload(sent.name, sent.read(), form.cleaned_data["title"], kind="conference")
        try:
            actions.add_document(conference=conference, upload=upload, at=clock.now(), by=by)
        except Refusal as refusal:
            status = shown_on(form, refusal)
        else:
            messages.success(request, _("Anyone can open the document now."))
            return redirect("agenda", reference)
    shown = {
        "form": form, "title": _("Add a document"), "button": _("Add it"), "lead": title_of(conference).text,
        "back": (_("Agenda"), reverse("agenda", args=[reference])),
    }  # fmt: skip
    return render(request, "partials/form_page.html", shown, status=status)


@login_not_required
@require_GET
def document(request: HttpRequest, reference: str, document: str) -> HttpResponse:
    found = queries.get_conference_document(conference=reference, document=document, by=request.actor)
    return file_answer(found, bytes_of(found))


def _row(item: Any, zone: str, theirs: str) -> dict[str, Any]:
    here, ends = item.starts_at.astimezone(ZoneInfo(zone)), item.ends_at.astimezone(ZoneInfo(zone))
    there = item.starts_at.astimezone(ZoneInfo(theirs)) if theirs and theirs != zone else None
    return {
        "item": item, "is_taken_back": is_taken_back(item), "day": here.date(), "begins": f"{here:%H:%M}", "ends": f"{ends:%H:%M}",
        # As words: a template would turn an instant into another zone.
        "there": f"{there:%H:%M}" if there else "", "other_day": there.date() if there and there.date() != here.date() else None,
    }  # fmt: skip


def is_taken_back(item: Any) -> bool:
    return item.contribution is not None and item.contribution.status == "withdrawn"


def _speaking(item: Any) -> list[str]:
    return [f"{each.name}, {each.comes_from}".strip(", ") for each in item.speakers.all()]


def _calendar(conference: Any, items: Any, name: str) -> HttpResponse:
    page = f"{settings.PUBLIC_URL}{reverse('agenda', args=[conference.reference])}"
    spans = [
        CalendarSpan(
            key=str(each.pk), starts_at=each.starts_at, ends_at=each.ends_at, title=title_in(each).text or each.get_kind_display(),
            text="\n".join([*([_("The member took this back.")] if is_taken_back(each) else []), *_speaking(each)]), link=page,
            place=", ".join(part for part in (each.hall.name if each.hall else "", conference.place) if part),
        )
        for each in items
    ]  # fmt: skip
    content = calendar_file(
        spans, name=title_of(conference).text, home=settings.PUBLIC_URL.partition("://")[2], language=reader_language(),
        at=clock.now(), of="Agenda",
    )  # fmt: skip
    response = HttpResponse(content, content_type=MEDIA_TYPE)
    response["Content-Disposition"] = f'attachment; filename="{name}.ics"'
    return response


def _first(item: Any, conference: Any, offered: Any) -> dict[str, Any]:
    if item is None:
        first = datetime.combine(conference.starts_on, datetime.min.time().replace(hour=9))
        taken = _taken_from(offered) if offered is not None else {"language": reader_language()}
        return {"starts": first, "ends": first.replace(hour=10)} | taken
    titles = {each.language: each.text for each in item.titles.all()}
    here = ZoneInfo(conference.zone)
    return {
        "kind": item.kind, "title_en": titles.get("en", ""), "title_zh": titles.get("zh-Hans", ""), "title_lo": titles.get("lo", ""),
        "starts": item.starts_at.astimezone(here).replace(tzinfo=None), "ends": item.ends_at.astimezone(here).replace(tzinfo=None),
        "hall": item.hall.name if item.hall else "", "language": item.language,
        "contribution": item.contribution.reference if item.contribution else "",
        "speakers": "\n".join(_speaking(item)),
    }  # fmt: skip


def _taken_from(offered: Any) -> dict[str, Any]:
    """An accepted contribution, as the form is filled with it."""
    whence = member_called(offered.member).text
    field = {"zh-Hans": "title_zh", "lo": "title_lo"}.get(offered.language, "title_en")
    return {
        "contribution": offered.reference, "kind": ItemKind.TALK, field: offered.title, "language": offered.language,
        "speakers": "\n".join(f"{each.name}, {whence}" for each in offered.speakers.all()),
    }  # fmt: skip
