"""Sheets of what a conference is beside its announcements: agenda, what it decided, minutes, and who came."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, time
from typing import Any

from corridor.foundations.access import Actor
from corridor.foundations.sheets import columns as read
from corridor.foundations.sheets.kinds import Column, Row, SheetKind, languages
from corridor.foundations.sheets.refusing import refusals_in
from corridor.foundations.sheets.resolving import Findings, by_reference
from corridor.rooms.members.application_kinds import AnswerKind, Need
from corridor.rooms.members.models import Organisation

from . import actions
from .actions import DelegateDraft, ItemDraft, QuestionDraft, ResolutionDraft
from .kinds import ItemKind
from .lifecycle import ResolutionStatus
from .models import Conference, Contribution


def take_agenda(rows: Sequence[Row], *, by: Actor, at: datetime) -> int:  # noqa: ARG001
    """``speakers`` are several in one cell, each as name, comma, whence; with a contribution, its own where the cell is empty."""
    findings, conferences = Findings(), conferences_in(rows)
    offered = by_reference(Contribution.objects.all(), (row["contribution"] for row in rows))
    for row in rows:
        conference = findings.find(row, "conference", conferences)
        contribution = findings.find(row, "contribution", offered)
        if conference:
            speakers = [(name, whence) for name, _comma, whence in (each.partition(",") for each in row["speakers"])]
            draft = ItemDraft(
                row["kind"],
                row["starts_at"],
                row["ends_at"],
                row.family("title_"),
                row["language"],
                row["room"],
                speakers,
                contribution,
            )
            with refusals_in([row]):
                actions.put_on_agenda(conference=conference, items=[draft], by=by)
    findings.refuse_if_any()
    return len(rows)


def take_resolutions(rows: Sequence[Row], *, by: Actor, at: datetime) -> int:  # noqa: ARG001
    findings, conferences = Findings(), conferences_in(rows)
    owners = by_reference(Organisation.objects.all(), (row["owner"] for row in rows))
    drafts = []
    for row in rows:
        conference, owner = findings.find(row, "conference", conferences), findings.find(row, "owner", owners)
        if conference:
            drafts.append(
                ResolutionDraft(
                    conference, row.family("text_"), row["resolved_on"], row["due_on"], owner, row["reference"]
                )
            )
    findings.refuse_if_any()
    with refusals_in(rows):
        for made, row in zip(actions.resolve(resolutions=drafts, by=by), rows, strict=True):
            if row["status"] != ResolutionStatus.OPEN:
                actions.settle_resolution(
                    resolution=made, to=row["status"], on=row["settled_on"], by=by, reason=row["reason"]
                )
    return len(rows)


def take_minutes(rows: Sequence[Row], *, by: Actor, at: datetime) -> int:  # noqa: ARG001
    findings, conferences = Findings(), conferences_in(rows)
    for row in rows:
        conference = findings.find(row, "conference", conferences)
        if conference:
            with refusals_in([row]):
                actions.write_minutes(
                    conference=conference, language=row["language"], text=row["text"], on=row["written_on"], by=by,
                    made_by=row["written_by"], approved_by=row["approved_by"], approved_on=row["approved_on"],
                )  # fmt: skip
    findings.refuse_if_any()
    return len(rows)


def take_questions(rows: Sequence[Row], *, by: Actor, at: datetime) -> int:  # noqa: ARG001
    """The days of registration stand with each question of a conference; answers to choose in English, with ";" between them."""
    findings, conferences = Findings(), conferences_in(rows)
    for row in rows:
        conference = findings.find(row, "conference", conferences)
        if conference:
            options = {f"option-{number}": {"en": text} for number, text in enumerate(row["options"], start=1)}
            draft = QuestionDraft(row["code"], row["answer"], row["need"], row.family("title_"), options)
            with refusals_in([row]):
                actions.open_registration(
                    conference=conference,
                    opens_on=row["opens_on"],
                    closes_before=row["closes_before"],
                    places=row["places"],
                    by=by,
                )
                actions.ask_delegates(conference=conference, questions=[draft], by=by)
    findings.refuse_if_any()
    return len(rows)


def take_delegates(rows: Sequence[Row], *, by: Actor, at: datetime) -> int:  # noqa: ARG001
    """Nobody is written to: who registered long ago has had the letter. ``meals`` answers the question of that code."""
    findings, conferences = Findings(), conferences_in(rows)
    members = by_reference(Organisation.objects.all(), (row["member"] for row in rows))
    for row in rows:
        conference, member = findings.find(row, "conference", conferences), findings.find(row, "member", members)
        if conference:
            draft = DelegateDraft(
                name=row["name"], email=row["email"], language=row["language"], latin_name=row["latin_name"], organisation=member,
                comes_from=row["comes_from"], country=row["country"] or "", answers={"meals": [row["meals"]]} if row["meals"] else {},
                agrees_to_be_listed=row["listed"],
            )  # fmt: skip
            with refusals_in([row]):
                actions.register_delegate(
                    conference=conference,
                    delegate=draft,
                    on=row["registered_on"],
                    at=_morning(row["registered_on"]),
                    by=by,
                    tells=False,
                )
    findings.refuse_if_any()
    return len(rows)


def conferences_in(rows: Sequence[Row]) -> dict[Any, Conference]:
    return by_reference(Conference.objects.all(), (row["conference"] for row in rows))


def _morning(day: date) -> datetime:
    return datetime.combine(day, time(3), tzinfo=UTC)


_CONFERENCE = Column("conference", read.reference(40))
SHEETS: tuple[SheetKind, ...] = (
    SheetKind(
        name="agenda",
        pattern="agenda.*",
        columns=(
            _CONFERENCE,
            Column("kind", read.choice(ItemKind)),
            Column("starts_at", read.local_time),
            Column("ends_at", read.local_time),
            Column("room", read.text(80), required=False),
            Column("language", read.language),
            Column("speakers", read.many(read.text(350)), required=False),
            Column("contribution", read.reference(20), required=False, about="What a member offered and was accepted."),
        ),
        take=take_agenda,
        extra=languages("title"),
        extra_reader=read.text(250),
        optional=True,
    ),
    SheetKind(
        name="resolutions",
        pattern="resolutions.*",
        columns=(
            Column("reference", read.reference(20)),
            _CONFERENCE,
            Column("owner", read.reference(60), required=False),
            Column("resolved_on", read.day),
            Column("due_on", read.day),
            Column("status", read.choice(ResolutionStatus)),
            Column("settled_on", read.day, required=False),
            Column("reason", read.text(300), required=False),
        ),
        take=take_resolutions,
        extra=languages("text"),
        extra_reader=read.text(500),
        optional=True,
        unique=("reference",),
    ),
    SheetKind(
        name="minutes",
        pattern="minutes.*",
        columns=(
            _CONFERENCE,
            Column("language", read.language),
            Column("text", read.text(50_000)),
            Column("written_on", read.day),
            Column("written_by", read.text(150)),
            Column("approved_by", read.text(150), required=False),
            Column("approved_on", read.day, required=False),
        ),
        take=take_minutes,
        optional=True,
        unique=("conference", "language"),
    ),
    SheetKind(
        name="delegate_questions",
        pattern="delegate_questions.*",
        columns=(
            _CONFERENCE,
            Column("opens_on", read.day),
            Column("closes_before", read.day),
            Column("places", read.whole(1), required=False),
            Column("code", read.reference(60)),
            Column("answer", read.choice(AnswerKind)),
            Column("need", read.choice(Need)),
            Column("options", read.many(read.text(300)), required=False),
        ),
        take=take_questions,
        extra=languages("title"),
        extra_reader=read.text(300),
        optional=True,
    ),
    SheetKind(
        name="delegates",
        pattern="delegates.*",
        columns=(
            _CONFERENCE,
            Column("registered_on", read.day),
            Column("name", read.text(150)),
            Column("latin_name", read.text(150), required=False),
            Column("email", read.text(254)),
            Column("language", read.text(12)),
            Column("member", read.reference(60), required=False),
            Column("comes_from", read.text(200), required=False),
            Column("country", read.country, required=False),
            Column("meals", read.text(60), required=False),
            Column("listed", read.yes_no),
        ),
        take=take_delegates,
        optional=True,
        unique=("conference", "email"),
    ),
)
