"""Say what has come of an announcement. A report moves the next report day."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.db import transaction

from corridor.foundations.access import Actor, Permission
from corridor.foundations.audit import log
from corridor.foundations.documents.models import Document
from corridor.foundations.documents.receiving import receive
from corridor.kernel.errors import BadInput, Problem, StaleForm, WrongMoment
from corridor.kernel.wording import N_

from ..drafts import RecordNamed, ReportDraft
from ..ledger import hold, require_loader
from ..lifecycle import ENDED
from ..models import Announcement, AnnouncementReport, ReportEvidence
from ..promising import MOST_COUNTED


@transaction.atomic
def report_on_announcements(*, reports: Sequence[ReportDraft], at: datetime, by: Actor) -> list[AnnouncementReport]:
    """
    Say what has come of announcements, and by when there will be more to say. Several about one stand in their order.

    :raises StaleForm: if another report day is due by now than the writer saw.
    :raises WrongMoment: if it is done or withdrawn, or a later report is there. :raises BadInput: if the next day is not later.
    """
    held = {row.pk: row for row in hold([draft.announcement.pk for draft in reports])}
    last_day: dict[Any, date] = {}
    for key, day in AnnouncementReport.objects.filter(announcement__in=held).values_list("announcement", "reported_on"):
        last_day[key] = max(day, last_day.get(key, day))
    rows = []
    for draft in reports:
        announcement = held[draft.announcement.pk]
        by.require(Permission.ANNOUNCEMENT_REPORT, on=announcement)
        if draft.made_by:
            require_loader(by)
        _refuse_report(draft, announcement, after=last_day.get(announcement.pk))
        rows.append(
            AnnouncementReport(
                announcement=announcement, reported_on=draft.reported_on, text=draft.text, language=draft.language,
                due_on=announcement.next_report_due_on, next_due_on=draft.next_due_on, by_label=draft.made_by or by.label,
                reached=draft.reached,
            )
        )  # fmt: skip
        announcement.next_report_due_on, last_day[announcement.pk] = draft.next_due_on, draft.reported_on
    AnnouncementReport.objects.bulk_create(rows)
    for row, draft in zip(rows, reports, strict=True):
        _show(row, draft, at=at, by=by)
    Announcement.objects.bulk_update(held.values(), ["next_report_due_on"], batch_size=500)
    log.record_each("conferences.reported", by=by, subjects=[row.announcement for row in rows])
    return rows


def report_on_announcement(*, report: ReportDraft, at: datetime, by: Actor) -> AnnouncementReport:
    return report_on_announcements(reports=[report], at=at, by=by)[0]


@transaction.atomic
def show_reports(
    *,
    shown: Sequence[tuple[AnnouncementReport, Sequence[Document], Sequence[RecordNamed]]],
    by: Actor,
) -> None:
    """Say what shows reports that stand already: kept documents, and records of other rooms. Naming one again changes nothing."""
    for report, documents, records in shown:
        by.require(Permission.ANNOUNCEMENT_REPORT, on=report.announcement)
        _name(report, documents, records)
    log.record_each("conferences.report_shown", by=by, subjects=[report.announcement for report, _d, _r in shown])


def _show(report: AnnouncementReport, draft: ReportDraft, *, at: datetime, by: Actor) -> None:
    received = [receive(upload, at=at, by=by) for upload in draft.uploads]
    _name(report, [*received, *draft.documents], draft.records)


def _name(report: AnnouncementReport, documents: Sequence[Document], records: Sequence[RecordNamed]) -> None:
    there = {(each.document_id, each.kind, each.reference) for each in report.evidence.all()}
    rows = [ReportEvidence(report=report, document=each) for each in documents]
    rows += [ReportEvidence(report=report, kind=each.kind, reference=each.reference) for each in dict.fromkeys(records)]
    ReportEvidence.objects.bulk_create(
        each for each in rows if (each.document_id, each.kind, each.reference) not in there
    )


def _refuse_report(draft: ReportDraft, announcement: Announcement, *, after: date | None) -> None:
    if draft.due_on is not None and draft.due_on != announcement.next_report_due_on:
        raise StaleForm(
            N_("Somebody has reported on %(announcement)s since you opened this form."),
            theirs=announcement.next_report_due_on.isoformat(), yours=draft.due_on.isoformat(),
            announcement=announcement.reference,
        )  # fmt: skip
    if announcement.merged_into is not None:
        raise WrongMoment(
            N_("%(announcement)s was merged: report on %(standing)s, which stands in its place."),
            announcement=announcement.reference, standing=announcement.standing().reference,
        )  # fmt: skip
    if announcement.status in ENDED:
        raise WrongMoment(
            N_("%(announcement)s is “%(now)s”; it owes no report any more."),
            announcement=announcement.reference, now=announcement.get_status_display(),
        )  # fmt: skip
    if after is not None and draft.reported_on < after:
        raise WrongMoment(
            N_("There is a report on %(announcement)s of %(day)s; a new one cannot be older."),
            announcement=announcement.reference, day=after,
        )  # fmt: skip
    places: dict[str, object] = {"announcement": announcement.reference}
    problems = []
    if not draft.text.strip():
        problems.append(Problem(N_("Say what has come of %(announcement)s."), places, column="text"))
    if draft.reported_on < announcement.announced_on:
        problems.append(Problem(N_("%(announcement)s was not announced yet."), places, column="reported_on"))
    if draft.next_due_on <= draft.reported_on:
        problems.append(Problem(N_("The next report is due on a later day."), column="next_due_on"))
    if draft.reached is not None and not 0 <= draft.reached <= MOST_COUNTED:
        problems.append(Problem(N_("Write how many were reached as a number, or leave it empty."), column="reached"))
    if problems:
        raise BadInput(problems)
