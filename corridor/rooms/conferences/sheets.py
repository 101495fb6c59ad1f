"""The sheets of the conferences' room, in the order in which they load."""

from collections.abc import Sequence
from datetime import datetime

from corridor.foundations.access import Actor
from corridor.foundations.sheets import columns as read
from corridor.foundations.sheets.kinds import Column, Row, SheetKind, languages
from corridor.foundations.sheets.refusing import refusals_in
from corridor.foundations.sheets.resolving import Findings, by_reference
from corridor.kernel.periods import ONE_DAY
from corridor.rooms.members.models import Organisation, SourceMark

from . import actions, contribution_sheets, meeting_sheets
from .drafts import AnnouncementDraft, AnnouncementStep, ConferenceDraft, ReportDraft, TargetDraft, WordingDraft
from .kinds import Said, StandsAs
from .lifecycle import AnnouncementStatus, ConferenceStatus
from .models import Announcement, Conference


def take_conferences(rows: Sequence[Row], *, by: Actor, at: datetime) -> int:  # noqa: ARG001
    """``ends_on`` is the last day inside. A conference that was held counts as held from that day."""
    drafts = [
        ConferenceDraft(
            reference=row["reference"], place=row["place"], country=row["country"], starts_on=row["starts_on"],
            ends_before=row["ends_on"] + ONE_DAY, zone=row["zone"], titles=row.family("title_"), source_mark=row["source_mark"],
        )
        for row in rows
    ]  # fmt: skip
    with refusals_in(rows):
        planned = actions.plan_conferences(conferences=drafts, by=by)
        held = [
            (conference, row["ends_on"])
            for conference, row in zip(planned, rows, strict=True)
            if row["status"] == ConferenceStatus.HELD
        ]
        actions.hold_conferences(conferences=held, by=by)
    return len(planned)


def take_announcements(rows: Sequence[Row], *, by: Actor, at: datetime) -> int:  # noqa: ARG001
    findings = Findings()
    conferences = by_reference(Conference.objects.all(), (row["conference"] for row in rows))
    owners = by_reference(Organisation.objects.all(), (row["owner"] for row in rows))
    drafts = []
    for row in rows:
        conference = findings.find(row, "conference", conferences)
        owner = findings.find(row, "owner", owners)
        if conference and owner:
            drafts.append(
                AnnouncementDraft(
                    conference=conference, owner=owner, announced_on=row["announced_on"],
                    next_report_due_on=row["next_report_due_on"], titles=row.family("title_"),
                    reference=row["reference"], country=row["country"] or "", source_mark=row["source_mark"],
                    made_by=row["made_by"], confirmed_by=row["confirmed_by"], confirmed_on=row["confirmed_on"],
                    wordings=[
                        WordingDraft(language, text, Said.READ_OUT if language in row["read_out_in"] else Said.TRANSLATED)
                        for language, text in row.family("wording_").items()
                    ],
                )
            )  # fmt: skip
    findings.refuse_if_any()
    with refusals_in(rows):
        return len(actions.make_announcements(announcements=drafts, by=by))


def take_members(rows: Sequence[Row], *, by: Actor, at: datetime) -> int:  # noqa: ARG001
    findings = Findings()
    announcements = by_reference(Announcement.objects.all(), (row["announcement"] for row in rows))
    organisations = by_reference(Organisation.objects.all(), (row["member"] for row in rows))
    named: dict[Announcement, dict[Organisation, StandsAs]] = {}
    for row in rows:
        announcement = findings.find(row, "announcement", announcements)
        organisation = findings.find(row, "member", organisations)
        if announcement and organisation:
            named.setdefault(announcement, {})[organisation] = row["role"]
    findings.refuse_if_any()
    with refusals_in(rows):
        for announcement, members in named.items():
            actions.name_members(announcement=announcement, members=members, by=by)
    return len(rows)


def take_targets(rows: Sequence[Row], *, by: Actor, at: datetime) -> int:  # noqa: ARG001
    findings = Findings()
    announcements = by_reference(Announcement.objects.all(), (row["announcement"] for row in rows))
    targets = []
    for row in rows:
        announcement = findings.find(row, "announcement", announcements)
        if announcement:
            draft = TargetDraft(
                row["number"], row["unit"], row["reach_by"], row["language"], row["indicator"], row["reason"], row["by"]
            )
            targets.append((announcement, draft, row["set_on"]))
    findings.refuse_if_any()
    with refusals_in(rows):
        return len(actions.set_targets(targets=targets, by=by))


def take_reports(rows: Sequence[Row], *, by: Actor, at: datetime) -> int:
    findings = Findings()
    announcements = by_reference(Announcement.objects.all(), (row["announcement"] for row in rows))
    drafts = []
    for row in rows:
        announcement = findings.find(row, "announcement", announcements)
        if announcement:
            drafts.append(
                ReportDraft(
                    announcement=announcement, reported_on=row["reported_on"], text=row["text"],
                    language=row["language"], next_due_on=row["next_due_on"], made_by=row["by"], reached=row["reached"],
                )
            )  # fmt: skip
    findings.refuse_if_any()
    with refusals_in(rows):
        return len(actions.report_on_announcements(reports=drafts, at=at, by=by))


def take_changes(rows: Sequence[Row], *, by: Actor, at: datetime) -> int:  # noqa: ARG001
    findings = Findings()
    announcements = by_reference(Announcement.objects.all(), (row["announcement"] for row in rows))
    steps = []
    for row in rows:
        announcement = findings.find(row, "announcement", announcements)
        if announcement:
            steps.append(AnnouncementStep(announcement, row["to_status"], row["effective_on"], row["reason"]))
    findings.refuse_if_any()
    with refusals_in(rows):
        actions.move_announcements(steps=steps, by=by)
    return len(steps)


_MARK = Column("source_mark", read.choice(SourceMark))

_ANNOUNCING: tuple[SheetKind, ...] = (
    SheetKind(
        name="conferences",
        pattern="conferences.*",
        columns=(
            Column("reference", read.reference(40)),
            Column("place", read.text(80)),
            Column("country", read.country),
            Column("zone", read.zone),
            Column("starts_on", read.day),
            Column("ends_on", read.day),
            Column("status", read.choice(ConferenceStatus)),
            _MARK,
        ),
        take=take_conferences,
        extra=languages("title"),
        extra_reader=read.text(250),
        unique=("reference",),
    ),
    SheetKind(
        name="announcements",
        pattern="announcements.*",
        columns=(
            Column("reference", read.reference(20)),
            Column("conference", read.reference(40)),
            Column("owner", read.reference(60)),
            Column("country", read.country, required=False),
            Column("announced_on", read.day),
            Column("next_report_due_on", read.day),
            Column("made_by", read.text(150)),
            Column("confirmed_by", read.text(150), required=False),
            Column("confirmed_on", read.day, required=False),
            Column(
                "read_out_in",
                read.many(read.language),
                required=False,
                about="the languages of the stage; other wordings are translations",
            ),
            _MARK,
        ),
        take=take_announcements,
        extra=languages("title", "wording"),
        extra_reader=read.text(5_000),
        unique=("reference",),
    ),
    SheetKind(
        name="announcement_members",
        pattern="announcement_members.*",
        columns=(
            Column("announcement", read.reference(20)),
            Column("member", read.reference(60)),
            Column("role", read.choice(StandsAs)),
        ),
        take=take_members,
        optional=True,
        unique=("announcement", "member"),
    ),
    SheetKind(
        name="announcement_targets",
        pattern="announcement_targets.*",
        columns=(
            Column("announcement", read.reference(20)),
            Column("number", read.decimal(2, least=0)),
            Column("unit", read.text(150)),
            Column("language", read.language),
            Column("indicator", read.text(80), required=False),
            Column("reach_by", read.day),
            Column("set_on", read.day),
            Column("reason", read.text(300), required=False),
            Column("by", read.text(150)),
        ),
        take=take_targets,
        optional=True,
    ),
    SheetKind(
        name="announcement_reports",
        pattern="announcement_reports.*",
        columns=(
            Column("announcement", read.reference(20)),
            Column("reported_on", read.day),
            Column("text", read.text(5_000)),
            Column("language", read.language),
            Column("next_due_on", read.day),
            Column("reached", read.decimal(2, least=0), required=False),
            Column("by", read.text(150)),
        ),
        take=take_reports,
    ),
    SheetKind(
        name="announcement_changes",
        pattern="announcement_changes.*",
        columns=(
            Column("announcement", read.reference(20)),
            Column("to_status", read.choice(AnnouncementStatus)),
            Column("effective_on", read.day),
            Column("reason", read.text(300), required=False),
        ),
        take=take_changes,
    ),
)
SHEETS = (
    *_ANNOUNCING,
    *contribution_sheets.BEFORE_THE_AGENDA,
    *meeting_sheets.SHEETS,
    *contribution_sheets.AFTER_THE_AGENDA,
)
