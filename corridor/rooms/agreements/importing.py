"""The import of agreements: drafts, with their parties and texts. What was proposed or signed stays as it is."""

import re
from collections.abc import Hashable, Iterator, Mapping, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any

from django.db.models import QuerySet

from corridor.foundations.access import Actor, Permission
from corridor.foundations.sheets.cells.days import day
from corridor.foundations.sheets.cells.reading import CannotRead, CellReader, How
from corridor.foundations.sheets.cells.texts import passage, reference, text
from corridor.foundations.sheets.cells.words import choice
from corridor.foundations.sheets.columns import Cell, as_written
from corridor.foundations.sheets.exporting import day_after, last_day
from corridor.foundations.sheets.importing import (
    AT_ONCE,
    Done,
    Fault,
    Given,
    ImportColumn,
    Planned,
    Verdict,
    refused,
    written,
)
from corridor.foundations.sheets.records import RecordsImport, made_by
from corridor.foundations.sheets.resolving import by_reference
from corridor.kernel.wording import N_
from corridor.rooms.conferences.models import Announcement
from corridor.rooms.members.models import Organisation, SourceMark

from .actions import draft_agreements, remove_drafts, revise_draft
from .drafts import AgreementDraft, LineDraft, PartyDraft, TextDraft
from .lifecycle import AgreementStatus
from .models import Agreement, AgreementText
from .queries import list_agreements
from .writing import faults_of

WORDS = Path(__file__).with_name("importing_words.toml")
# A cell of a workbook holds no more; a longer text is written on the page, and an export leaves its cell empty.
LONGEST = 30_000
# The languages in which the sheet holds texts, as the form does; texts in others stay as they are.
LANGUAGES = {"en": "en", "zh": "zh-Hans", "lo": "lo"}
_PARTY = re.compile(r"([A-Za-z0-9_-]{1,60})\s*(?:[:：]\s*(.{1,200}))?")
_PERIOD = {"ends_before": "ends_on"}


def _read_parties(cell: Cell, how: How) -> str:  # noqa: ARG001
    written_so = as_written(cell)
    lines = written_so.splitlines() if "\n" in written_so else re.split("[;；]", written_so)
    found = []
    for line in (each.strip() for each in lines):
        match = _PARTY.fullmatch(line) if line else None
        if line and match is None:
            raise CannotRead(
                "party", N_("“%(cell)s” is no party."), cell=line[:80],
                fix=N_("Write the reference of a member, and after a colon what it does; one a line, or “;” between them."),
            )  # fmt: skip
        if match is not None:
            found.append(_said_party(match[1], (match[2] or "").strip()))
    return "\n".join(found)


def _said_party(member: str, role: str) -> str:
    return f"{member}: {role}" if role else member


class AgreementsImport(RecordsImport):
    """Rows of agreements. A new one is a draft; it is proposed, signed and ended on its page, never by a sheet."""

    name = "agreements"
    title = N_("Agreements")
    permission = Permission.AGREEMENT_DRAFT
    words = WORDS
    narrows = ("q", "member", "state")
    fixed = ("source_mark",)
    kept = ("source_mark", "standing_en", "standing_zh", "standing_lo")
    first_column = "starts_on"
    columns = (
        ImportColumn(
            "reference", N_("Reference of the agreement"), reference(20), is_reference=True,
            about=N_("Empty for a new draft; a reference is given then."),
        ),
        ImportColumn("starts_on", N_("First day of the agreement"), day, required=True),
        ImportColumn("ends_on", N_("Last day of the agreement"), day, about=N_("Empty: it has no end.")),
        ImportColumn("announcement", N_("Answers the announcement"), reference(20)),
        ImportColumn(
            "parties", N_("Parties"), CellReader(_read_parties, empty=""),
            about=N_("References of members, one a line; after a colon, what each does under the agreement."),
        ),
        ImportColumn("title_en", N_("Title of the agreement in English"), text(250)),
        ImportColumn("text_en", N_("Text of the agreement in English"), passage(LONGEST)),
        ImportColumn("standing_en", N_("Standing of the English text"), choice(AgreementText.Standing, words=WORDS, name="standing")),
        ImportColumn("title_zh", N_("Title of the agreement in Chinese"), text(250)),
        ImportColumn("text_zh", N_("Text of the agreement in Chinese"), passage(LONGEST)),
        ImportColumn("standing_zh", N_("Standing of the Chinese text"), choice(AgreementText.Standing, words=WORDS, name="standing")),
        ImportColumn("title_lo", N_("Title of the agreement in Lao"), text(250)),
        ImportColumn("text_lo", N_("Text of the agreement in Lao"), passage(LONGEST)),
        ImportColumn("standing_lo", N_("Standing of the Lao text"), choice(AgreementText.Standing, words=WORDS, name="standing")),
        ImportColumn("status", N_("State of the agreement"), text(20), is_told=True),
        ImportColumn(
            "source_mark", N_("Named in a source, or assumed"),
            choice(SourceMark, words=WORDS, name="source_mark", empty=SourceMark.ASSUMED),
        ),
    )  # fmt: skip

    def known(self, rows: Sequence[Given], *, by: Actor) -> "_Known":
        return _Known(rows, by=by)

    def values(self, record: Agreement) -> dict[str, Any]:
        texts = {each.language: each for each in record.texts.all()}
        found: dict[str, Any] = {
            "starts_on": record.starts_on,
            "ends_on": last_day(record.ends_before),
            "announcement": record.announcement.reference if record.announcement else "",
            "parties": "\n".join(_said_party(each.organisation.reference, each.role) for each in record.parties.all()),
            "status": record.status,
            "source_mark": record.source_mark,
        }
        for name, tag in LANGUAGES.items():
            held = texts.get(tag)
            found[f"title_{name}"] = held.title if held else ""
            found[f"text_{name}"] = held.body if held and len(held.body) <= LONGEST else ""
            found[f"standing_{name}"] = held.standing if held else ""
        return found

    def key_of(self, row: Given) -> Hashable:
        return _said(row)

    def fault(self, row: Given, record: Agreement | None, known: "_Known", *, by: Actor) -> Planned | None:  # noqa: ARG002
        if not by.may(self.permission):
            return refused(
                row, "reference", "not_yours", N_("Agreements are drafted by the secretariat."), fix=N_("Leave the row out.")
            )  # fmt: skip
        if (named := row.get("announcement")) and named not in known.announcements:
            return refused(
                row, "announcement", "unknown_announcement", N_("There is no announcement “%(cell)s”."),
                fix=N_("Copy its number from the ledger."),
            )  # fmt: skip
        for member, _role in _parties_of(row):
            if member not in known.members:
                return refused(
                    row, "parties", "unknown_organisation", N_("There is no organisation “%(named)s”."), named=member,
                    fix=N_("Copy the reference from the list of members."),
                )  # fmt: skip
        return None

    def fault_of_right(self, row: Given, record: Agreement | None, known: "_Known", *, by: Actor) -> Planned | None:  # noqa: ARG002
        return None  # asked before what stands is compared: it is not for everybody to read

    def fault_of_change(
        self, planned: Planned, record: Agreement, known: "_Known", *, by: Actor, at: datetime  # noqa: ARG002
    ) -> Planned | None:  # fmt: skip
        if record.status != AgreementStatus.DRAFT:
            return refused(
                planned.given, planned.changes[0].column, "proposed",
                N_("%(agreement)s is “%(now)s”; its text and its parties stay as they are."), agreement=record.reference,
                now=record.get_status_display(), fix=N_("Leave the row as an export writes it, or take it out."),
            )  # fmt: skip
        stay = {member for member, _role in _parties_of(_whole(planned.given, self.values(record)))}
        owing = next((each for each in record.obligations.all() if each.organisation.reference not in stay), None)
        if owing is not None:
            return refused(
                planned.given, "parties", "owes", N_("%(member)s owes something under %(agreement)s; it stays a party."),
                member=owing.organisation.reference, agreement=record.reference, fix=N_("Write it into the cell again."),
            )  # fmt: skip
        return self._fault_of(planned.given, known, record)

    def fault_of_new(
        self, row: Given, known: "_Known", *, by: Actor, at: datetime, seen: dict[Any, Any]  # noqa: ARG002
    ) -> Planned | None:  # fmt: skip
        return self._fault_of(row, known)

    def _fault_of(self, row: Given, known: "_Known", record: Agreement | None = None) -> Planned | None:
        """What the room itself finds wrong; told at the columns of the sheet."""
        for name in LANGUAGES:
            whole = _whole(row, self.values(record)) if record else row
            if bool(whole.get(f"title_{name}")) != bool(whole.get(f"text_{name}")) and not _is_long(record, name):
                return refused(
                    row, f"title_{name}", "half_text", N_("A version has a title and a text, or neither."),
                    fix=N_("Fill both columns, or clear both."),
                )  # fmt: skip
        columns = {"ends_before": "ends_on", "organisation": "parties", "body": "text_en", "language": "title_en"}
        faults = tuple(
            Fault(name, written(row.values.get(name)), "agreement", each.message, "", dict(each.places))
            for each in faults_of(self._draft(row, known, record))
            if (name := columns.get(each.column or "", each.column or ""))
        )
        return Planned(row, Verdict.REFUSED, faults=faults) if faults else None

    def _draft(self, row: Given, known: "_Known", record: Agreement | None = None, key: Any = None) -> AgreementDraft:
        whole = _whole(row, self.values(record)) if record else row
        standing = {each.language: each for each in record.texts.all()} if record else {}
        texts = [
            TextDraft(each.language, each.title, each.body, each.standing)
            for tag, each in standing.items()
            if tag not in LANGUAGES.values()
        ]
        for name, tag in LANGUAGES.items():
            if title := whole.get(f"title_{name}"):
                body = whole.get(f"text_{name}", "") or (standing[tag].body if _is_long(record, name) else "")
                texts.append(
                    TextDraft(tag, title, body, str(whole.get(f"standing_{name}", AgreementText.Standing.EQUAL)))
                )
        return AgreementDraft(
            starts_on=whole["starts_on"], ends_before=day_after(whole.get("ends_on")),
            reference=record.reference if record else "",
            announcement=known.announcements.get(whole.get("announcement", "")), texts=texts,
            parties=[PartyDraft(known.members[member], role) for member, role in _parties_of(whole)],
            lines=[LineDraft(line.number, line.language, line.text) for line in record.lines.all()] if record else (),
            source_mark=str(whole.get("source_mark", SourceMark.ASSUMED)), key=key,
        )  # fmt: skip

    def apply(self, planned: Sequence[Planned], *, by: Actor, at: datetime) -> None:  # noqa: ARG002
        changed = [each for each in planned if each.verdict == Verdict.UPDATE]
        wholes = {each.given.number: _whole(each.given, self.values(each.record)) for each in changed}
        known = _Known([wholes.get(each.given.number, each.given) for each in planned], by=by)
        new = [self._draft(each.given, known, key=each.subject) for each in planned if each.verdict == Verdict.CREATE]
        if new:
            draft_agreements(agreements=new, by=by)
        for each in changed:
            draft = self._draft(each.given, known, each.record)
            revise_draft(agreement=each.record, draft=draft, version=each.record.version, by=by)

    def undo(self, done: Sequence[Done], *, by: Actor, at: datetime) -> None:  # noqa: ARG002
        changed = self.changed_back(done)
        known = _Known([row for _each, _record, row in changed], by=by)
        for _each, record, row in changed:
            revise_draft(agreement=record, draft=self._draft(row, known, record), version=record.version, by=by)
        remove_drafts(keys=made_by(done), by=by)

    def records(self, keys: Sequence[Any]) -> Mapping[Any, Agreement]:
        return _read(Agreement.objects.all()).in_bulk(list(keys))

    def export(self, *, by: Actor, on: date, narrowed: Mapping[str, str]) -> Iterator[Mapping[str, Any]]:
        listed = list_agreements(
            by=by, on=on, words=narrowed.get("q", ""), member=narrowed.get("member", ""),
            states=[narrowed["state"]] if narrowed.get("state") else [],
        )  # fmt: skip
        reads_all = by.holds_everywhere(Permission.AGREEMENT_VIEW_TEXT)
        rows = _read(Agreement.objects.filter(pk__in=listed.order_by().values("pk"))).order_by("reference")
        for held in rows.iterator(chunk_size=AT_ONCE):
            # That there is an agreement is public; what stands in it is not.
            if reads_all or by.may(Permission.AGREEMENT_VIEW_TEXT, on=held):
                yield {"reference": held.reference, **self.values(held)}


def _read(rows: QuerySet[Agreement]) -> QuerySet[Agreement]:
    return rows.select_related("announcement").prefetch_related(
        "texts", "lines", "parties__organisation", "obligations__organisation"
    )


def _parties_of(row: Given) -> list[tuple[str, str]]:
    """(reference of a member, what it does) of every party in a cell."""
    lines = str(row.get("parties", "")).splitlines()
    return [(member, role) for member, _colon, role in (line.partition(": ") for line in lines)]


def _said(row: Given) -> Hashable:
    """What a draft says, where no reference tells which one is meant."""
    titles = tuple(row.get(f"title_{name}", "") for name in LANGUAGES)
    return (row["starts_on"], row.get("ends_on"), tuple(sorted(member for member, _role in _parties_of(row))), titles)


def _whole(row: Given, standing: Mapping[str, Any]) -> Given:
    """A row with what stands in the columns that it does not bring."""
    return Given(row.number, {**standing, **row.values}, row.remarks)


def _is_long(record: Agreement | None, name: str) -> bool:
    """Whether a text stands that is too long for a cell, so that an empty one says nothing."""
    texts = record.texts.all() if record else ()
    return any(each.language == LANGUAGES[name] and len(each.body) > LONGEST for each in texts)


class _Known:
    """Announcements, members and agreements that the rows of one set name."""

    def __init__(self, rows: Sequence[Given], *, by: Actor) -> None:
        visible = _read(Agreement.objects.visible_to(by))
        self.announcements = by_reference(Announcement.objects, [row.get("announcement") for row in rows])
        self.members = by_reference(
            Organisation.objects, [member for row in rows for member, _role in _parties_of(row)]
        )
        self.standing = by_reference(visible, [row.get("reference") for row in rows])
        sheet = AgreementsImport()
        days = {row["starts_on"] for row in rows if not row.get("reference")}
        same_days = visible.filter(starts_on__in=days) if days else visible.none()
        self._said = {_said(Given(0, sheet.values(each))): each for each in same_days}

    def alike(self, row: Given) -> Agreement | None:
        return self._said.get(_said(row))
