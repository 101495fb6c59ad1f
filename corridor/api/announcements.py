"""The ledger of what was announced on the stages of conferences: read by anyone, written by owners, the secretariat and the council."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import Router

from corridor.foundations import clock
from corridor.journeys.merge_announcements import merge_announcements
from corridor.journeys.report_on_announcement import report_on_announcement
from corridor.rooms.conferences import actions, queries
from corridor.rooms.conferences.actions import Merging
from corridor.rooms.conferences.drafts import (
    AnnouncementDraft,
    RecordNamed,
    ReportDraft,
    TargetDraft,
    WordingDraft,
)
from corridor.rooms.conferences.kinds import Said, StandsAs
from corridor.rooms.conferences.lifecycle import AnnouncementStatus
from corridor.rooms.members import queries as members

from .announcement_shapes import (
    AnnouncementIn,
    AnnouncementOut,
    AnnouncementRowOut,
    BesideOut,
    MembersIn,
    MergeIn,
    MoveIn,
    ReportIn,
    ReportOut,
    ShownOut,
    TargetIn,
    TargetOut,
    WordingIn,
    WordingOut,
)
from .asking import After, Code, Limit, On, Page, Reference, Search, States, page
from .conferences import Tag
from .etags import require_version, tagged
from .once import MAKES, made_once
from .parts import member, steps, texts
from .tokens import PRIVATE, PUBLIC

TAG = "conferences"
router = Router(auth=PUBLIC)


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
    return tagged(_read(reference, request.auth, on), response)


@router.post("/announcements", response=AnnouncementOut, auth=PRIVATE, openapi_extra=MAKES)
def make_announcement(request: HttpRequest, response: HttpResponse, sent: AnnouncementIn) -> AnnouncementOut:
    """Write down what was said on a stage. It is public once a second person has confirmed it."""

    def make() -> AnnouncementOut:
        by = request.auth
        draft = AnnouncementDraft(
            conference=queries.get_conference(reference=sent.conference, by=by),
            owner=members.get_organisation(reference=sent.owner, by=by), titles=sent.titles, country=sent.country,
            announced_on=sent.announced_on, next_report_due_on=sent.next_report_due_on,
            wordings=[WordingDraft(tag, each.text, Said(each.said)) for tag, each in sent.wordings.items()],
            members=_beside(sent.members, by),
            target=_target(sent.target) if sent.target else None,
        )  # fmt: skip
        return _read(actions.make_announcement(announcement=draft, by=by).reference, by)

    return made_once(request, response, AnnouncementOut, make)


@router.post("/announcements/{reference}/reports", response=AnnouncementOut, auth=PRIVATE, openapi_extra=MAKES)
def report(request: HttpRequest, response: HttpResponse, reference: Reference, sent: ReportIn) -> AnnouncementOut:
    """Say what has come of it. A report moves the next report day."""

    said = queries.get_announcement(reference=reference, by=request.auth)

    def make() -> AnnouncementOut:
        draft = ReportDraft(
            announcement=said, reported_on=clock.today(),
            text=sent.text, language=sent.language, next_due_on=sent.next_due_on, due_on=sent.due_on, reached=sent.reached,
            records=[RecordNamed(each.kind, each.reference) for each in sent.records],
        )  # fmt: skip
        report_on_announcement(report=draft, at=clock.now(), by=request.auth)
        return _read(reference, request.auth)

    return made_once(request, response, AnnouncementOut, make)


@router.post("/announcements/{reference}/confirmation", response=AnnouncementOut, auth=PRIVATE)
def confirm_announcement(request: HttpRequest, response: HttpResponse, reference: Reference) -> AnnouncementOut:
    """Stand for it as the second person; from now on it is public."""
    said = _current(request, reference)
    actions.confirm_announcement(announcement=said, on=clock.today(), by=request.auth)
    return tagged(_read(reference, request.auth), response)


@router.post("/announcements/{reference}/changes", response=AnnouncementOut, auth=PRIVATE)
def move_announcement(
    request: HttpRequest, response: HttpResponse, reference: Reference, sent: MoveIn
) -> AnnouncementOut:
    """Write down what became of it. A withdrawal says why, and stays visible."""
    said = _current(request, reference)
    actions.move_announcement(
        announcement=said, to=AnnouncementStatus(sent.to), on=sent.on, by=request.auth, reason=sent.reason
    )
    return tagged(_read(reference, request.auth), response)


@router.put("/announcements/{reference}/wordings/{language}", response=AnnouncementOut, auth=PRIVATE)
def write_wording(
    request: HttpRequest, response: HttpResponse, reference: Reference, language: Tag, sent: WordingIn
) -> AnnouncementOut:
    """Write down the words in one language. What was read out stays once it is confirmed; a translation may be bettered."""
    said = _current(request, reference)
    actions.write_wording(
        announcement=said, wording=WordingDraft(language, sent.text, Said(sent.said)), by=request.auth
    )
    return tagged(_read(reference, request.auth), response)


@router.put("/announcements/{reference}/members", response=AnnouncementOut, auth=PRIVATE)
def name_members(
    request: HttpRequest, response: HttpResponse, reference: Reference, sent: MembersIn
) -> AnnouncementOut:
    """Say who stands behind it beside the owner: the whole list."""
    said = _current(request, reference)
    actions.name_members(announcement=said, members=_beside(sent.members, request.auth), by=request.auth)
    return tagged(_read(reference, request.auth), response)


@router.put("/announcements/{reference}/target", response=AnnouncementOut, auth=PRIVATE)
def set_target(request: HttpRequest, response: HttpResponse, reference: Reference, sent: TargetIn) -> AnnouncementOut:
    """Say what it promises to reach. The target before stays readable."""
    said = _current(request, reference)
    actions.set_target(announcement=said, target=_target(sent), on=clock.today(), by=request.auth)
    return tagged(_read(reference, request.auth), response)


@router.post("/announcements/{reference}/merge", response=AnnouncementOut, auth=PRIVATE)
def merge(request: HttpRequest, response: HttpResponse, reference: Reference, sent: MergeIn) -> AnnouncementOut:
    """Merge it with another: its number leads there, and both lines stay."""
    said = _current(request, reference)
    into = queries.get_announcement(reference=sent.into, by=request.auth)
    merge_announcements(merges=[Merging(said, into, sent.on, sent.reason)], by=request.auth)
    return tagged(_read(reference, request.auth), response)


def _current(request: HttpRequest, reference: str) -> Any:
    """The announcement, in the version that the request names. :raises NoVersionNamed, VersionIsPast: else."""
    require_version(request, _read(reference, request.auth))
    return queries.get_announcement(reference=reference, by=request.auth)


def _beside(named: Mapping[str, str], by: Any) -> dict[Any, StandsAs]:
    return {members.get_organisation(reference=each, by=by): StandsAs(role) for each, role in named.items()}


def _target(sent: TargetIn) -> TargetDraft:
    return TargetDraft(sent.number, sent.unit, sent.reach_by, sent.language, sent.indicator, sent.reason)


def _read(reference: str, by: Any, on: date | None = None) -> AnnouncementOut:
    found = queries.get_announcement(reference=reference, by=by, on=on or clock.today())
    return AnnouncementOut(
        **_announcement(found),
        merged_into=found.merged_into.reference if found.merged_into else None,
        wordings={each.language: WordingOut(text=each.text, said=each.said) for each in found.wordings.all()},
        members=[BesideOut(member=member(each.organisation), role=each.role) for each in found.members.all()],
        targets=[
            TargetOut(
                number=str(each.number), unit=each.unit, language=each.language, indicator=each.indicator, reach_by=each.reach_by,
                set_on=each.set_on, reason=each.reason,
            )
            for each in found.targets.all()
        ],
        timeline=steps(found.changes.all()),
        reports=[_report(each) for each in found.reports.all()],
    )  # fmt: skip


def _report(report: Any) -> ReportOut:
    return ReportOut(
        reported_on=report.reported_on, text=report.text, language=report.language, next_due_on=report.next_due_on,
        reached=str(report.reached) if report.reached is not None else None,
        shown_by=[
            ShownOut(
                kind=each.kind or "document", reference=each.document.reference if each.document else each.reference,
                title=each.document.title if each.document else "", sha256=each.document.sha256 if each.document else "",
            )
            for each in report.evidence.all()
        ],
    )  # fmt: skip


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
