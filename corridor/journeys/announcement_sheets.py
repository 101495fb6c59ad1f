"""Sheets about announcements that need other rooms: what shows a report, and which announcements were merged."""

from collections.abc import Sequence
from datetime import datetime

from corridor.foundations.access import Actor
from corridor.foundations.documents.models import Document
from corridor.foundations.sheets.columns import day, reference, text
from corridor.foundations.sheets.kinds import Column, Row, SheetKind
from corridor.foundations.sheets.refusing import refusals_in
from corridor.foundations.sheets.resolving import Findings, by_reference
from corridor.kernel.wording import N_
from corridor.rooms.conferences.actions import Merging, show_reports
from corridor.rooms.conferences.drafts import RecordNamed
from corridor.rooms.conferences.models import Announcement, AnnouncementReport

from .merge_announcements import merge_announcements
from .report_on_announcement import require_records


def _take_evidence(rows: Sequence[Row], *, by: Actor, at: datetime) -> int:  # noqa: ARG001
    findings = Findings()
    documents = by_reference(Document.objects.all(), (row["document"] for row in rows))
    reports = {
        (each.announcement.reference, each.reported_on): each
        for each in AnnouncementReport.objects.filter(
            announcement__reference__in={row["announcement"] for row in rows}
        ).select_related("announcement")
    }
    for row in rows:
        report = reports.get((row["announcement"], row["reported_on"]))
        if report is None:
            findings.add(row, "reported_on", N_("There is no report of that day on it."))
            continue
        document = findings.find(row, "document", documents) if row["document"] else None
        records = [RecordNamed(row["kind"], row["reference"])] if row["kind"] else []
        with refusals_in([row]):
            require_records(records=records, by=by)
            show_reports(shown=[(report, [document] if document else [], records)], by=by)
    findings.refuse_if_any()
    return len(rows)


def _take_merges(rows: Sequence[Row], *, by: Actor, at: datetime) -> int:  # noqa: ARG001
    findings = Findings()
    named = [row[column] for row in rows for column in ("announcement", "into")]
    announcements = by_reference(Announcement.objects.all(), named)
    merges = []
    for row in rows:
        announcement = findings.find(row, "announcement", announcements)
        into = findings.find(row, "into", announcements)
        if announcement and into:
            merges.append(Merging(announcement, into, row["effective_on"], row["reason"]))
    findings.refuse_if_any()
    with refusals_in(rows):
        return len(merge_announcements(merges=merges, by=by))


EVIDENCE = SheetKind(
    name="announcement_evidence",
    pattern="announcement_evidence.*",
    columns=(
        Column("announcement", reference(20)),
        Column("reported_on", day),
        Column("document", reference(60), required=False),
        Column("kind", text(20), required=False),
        Column("reference", reference(80), required=False),
    ),
    take=_take_evidence,
    optional=True,
)
MERGES = SheetKind(
    name="announcement_merges",
    pattern="announcement_merges.*",
    columns=(
        Column("announcement", reference(20)),
        Column("into", reference(20)),
        Column("effective_on", day),
        Column("reason", text(300)),
    ),
    take=_take_merges,
    optional=True,
    unique=("announcement",),
)
