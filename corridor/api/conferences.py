"""Conferences, and the ledger of what was announced on their stages."""

from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import Router, Schema

from corridor.foundations import clock
from corridor.rooms.conferences import queries

from .asking import After, Code, Limit, On, Page, Reference, Search, States, page, rows_after
from .etags import tagged
from .parts import Named, Step, Texts, member, steps, texts
from .tokens import PUBLIC

TAG = "conferences"
router = Router(auth=PUBLIC)


class ConferenceRowOut(Schema):
    reference: str
    titles: Texts
    place: str
    country: str
    starts_on: date
    ends_before: date
    status: str
    source_mark: str


class ConferenceOut(ConferenceRowOut):
    timeline: list[Step]


class AnnouncementRowOut(Schema):
    """``due_on`` and ``silent`` follow from the calendar on the day asked for."""

    reference: str
    titles: Texts
    conference: str
    owner: Named
    country: str
    announced_on: date
    status: str
    due_on: date | None
    silent: bool
    source_mark: str


class ReportOut(Schema):
    reported_on: date
    text: str
    language: str
    next_due_on: date


class AnnouncementOut(AnnouncementRowOut):
    timeline: list[Step]
    reports: list[ReportOut]


@router.get("/conferences", response=Page[ConferenceRowOut])
def list_conferences(request: HttpRequest, after: After = "", limit: Limit = 50) -> dict[str, Any]:
    """The latest first."""

    def key(conference: Any) -> str:
        return conference.reference

    found = queries.list_conferences(by=request.auth)
    return page(rows_after(found, after, key), lambda each: ConferenceRowOut(**_conference(each)), limit=limit, key=key)


@router.get("/conferences/{reference}", response=ConferenceOut)
def get_conference(request: HttpRequest, response: HttpResponse, reference: Reference) -> ConferenceOut:
    found = queries.get_conference(reference=reference, by=request.auth)
    return tagged(ConferenceOut(**_conference(found), timeline=steps(found.changes.all())), response)


@router.get("/announcements", response=Page[AnnouncementRowOut])
def list_announcements(
    request: HttpRequest,
    on: On = None,
    conference: Code = "",
    owner: Code = "",
    country: Code = "",
    status: States = [],  # noqa: B006 (read, never changed)
    silent: bool | None = None,
    search: Search = "",
    after: After = "",
    limit: Limit = 50,
) -> dict[str, Any]:
    """The ledger as it stood on a day, by number."""
    found = queries.list_announcements(
        by=request.auth, on=on or clock.today(), conference=conference, owner=owner, country=country, states=status,
        silent=silent, words=search, sort="number", after=(None, after) if after else None,
    )  # fmt: skip
    return page(
        found, lambda each: AnnouncementRowOut(**_announcement(each)), limit=limit, key=lambda each: each.reference
    )


@router.get("/announcements/{reference}", response=AnnouncementOut)
def get_announcement(
    request: HttpRequest, response: HttpResponse, reference: Reference, on: On = None
) -> AnnouncementOut:
    found = queries.get_announcement(reference=reference, by=request.auth, on=on or clock.today())
    reports = [
        ReportOut(reported_on=each.reported_on, text=each.text, language=each.language, next_due_on=each.next_due_on)
        for each in found.reports.all()
    ]
    return tagged(
        AnnouncementOut(**_announcement(found), timeline=steps(found.changes.all()), reports=reports), response
    )


def _conference(conference: Any) -> dict[str, Any]:
    return {
        "reference": conference.reference,
        "titles": texts(conference.titles.all()),
        "place": conference.place,
        "country": conference.country,
        "starts_on": conference.starts_on,
        "ends_before": conference.ends_before,
        "status": conference.status,
        "source_mark": conference.source_mark,
    }


def _announcement(announcement: Any) -> dict[str, Any]:
    return {
        "reference": announcement.reference,
        "titles": texts(announcement.titles.all()),
        "conference": announcement.conference.reference,
        "owner": member(announcement.owner),
        "country": announcement.country,
        "announced_on": announcement.announced_on,
        "status": announcement.status_then,
        "due_on": announcement.due_then,
        "silent": announcement.silent_then,
        "source_mark": announcement.source_mark,
    }
