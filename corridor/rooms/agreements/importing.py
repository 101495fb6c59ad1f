"""The import of agreements: drafts, with their parties and texts. What was proposed or signed stays as it is."""

from collections.abc import Hashable, Iterator, Mapping, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any

from django.db.models import QuerySet

from corridor.foundations.access import Actor, Permission
from corridor.foundations.sheets.cells.days import day
from corridor.foundations.sheets.cells.reading import CellReader
from corridor.foundations.sheets.cells.texts import passage, reference, text
from corridor.foundations.sheets.cells.words import choice
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
from .importing_cells import LONGEST, lines_from, parties_of, read_lines, read_parties, said_lines, said_party
from .lifecycle import AgreementStatus
from .models import Agreement, AgreementKind, AgreementText
from .queries import list_agreements
from .writing import faults_of

WORDS = Path(__file__).with_name("importing_words.toml")
# The languages in which the sheet holds texts, as the form does; texts in others stay as they are.
LANGUAGES = {"en": "en", "zh": "zh-Hans", "lo": "lo"}
_LINES = N_(
    "What is delivered, each with its number and a colon, like “1: Two brake testers”; empty leaves what stands."
)


class AgreementsImport(RecordsImport):
    """Rows of agreements. A new one is a draft; it is proposed, signed and ended on its page, never by a sheet."""

    name = "agreements"
    title = N_("Agreements")
    permission = Permission.AGREEMENT_DRAFT
    words = WORDS
    narrows = ("q", "member", "state")
    fixed = ("source_mark", "kind")
    kept = ("source_mark", "kind", "standing_en", "standing_zh", "standing_lo", "lines_en", "lines_zh", "lines_lo")
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
            "parties", N_("Parties"), CellReader(read_parties, empty=""),
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
        ImportColumn(
            "kind", N_("Kind of agreement"), reference(30),
            about=N_("Its code, like cooperation. How it is signed follows from it; it stays for ever."),
        ),
        ImportColumn("lines_en", N_("Lines of the agreement in English"), CellReader(read_lines, empty=""), about=_LINES),
        ImportColumn("lines_zh", N_("Lines of the agreement in Chinese"), CellReader(read_lines, empty=""), about=_LINES),
        ImportColumn("lines_lo", N_("Lines of the agreement in Lao"), CellReader(read_lines, empty=""), about=_LINES),
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
            "parties": "\n".join(said_party(each.organisation.reference, each.role) for each in record.parties.all()),
            "kind": record.kind.code if record.kind else "",
            "status": record.status,
            "source_mark": record.source_mark,
        }
        for name, tag in LANGUAGES.items():
            held = texts.get(tag)
            found[f"title_{name}"] = held.title if held else ""
            found[f"text_{name}"] = held.body if held and len(held.body) <= LONGEST else ""
            found[f"standing_{name}"] = held.standing if held else ""
            found[f"lines_{name}"] = said_lines(
                (each.number, each.text) for each in record.lines.all() if each.language == tag
            )
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
        if (code := row.get("kind")) and code not in known.kinds:
            return refused(
                row, "kind", "unknown_kind", N_("There is no kind of agreement “%(cell)s”."),
                fix=N_("Copy its code from the list of kinds."),
            )  # fmt: skip
        for member, _role in parties_of(row):
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
        stay = {member for member, _role in parties_of(_whole(planned.given, self.values(record)))}
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
        columns = {
            "ends_before": "ends_on",
            "organisation": "parties",
            "body": "text_en",
            "language": "title_en",
            "lines": "lines_en",
        }
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
            parties=[PartyDraft(known.members[member], role) for member, role in parties_of(whole)],
            lines=_lines_of(row, record), kind=known.kinds.get(whole.get("kind", "")),
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
    return rows.select_related("announcement", "kind").prefetch_related(
        "texts", "lines", "parties__organisation", "obligations__organisation"
    )


def _lines_of(row: Given, record: Agreement | None) -> list[LineDraft]:
    """The lines that a row brings; of other languages, and where a cell is empty, those that stand."""
    brought = {tag: cell for name, tag in LANGUAGES.items() if (cell := row.get(f"lines_{name}"))}
    standing = record.lines.all() if record else ()
    kept = [LineDraft(each.number, each.language, each.text) for each in standing if each.language not in brought]
    return kept + [line for tag, cell in brought.items() for line in lines_from(cell, tag)]


def _said(row: Given) -> Hashable:
    """What a draft says, where no reference tells which one is meant."""
    titles = tuple(row.get(f"title_{name}", "") for name in LANGUAGES)
    return (row["starts_on"], row.get("ends_on"), tuple(sorted(member for member, _role in parties_of(row))), titles)


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
        self.members = by_reference(Organisation.objects, [member for row in rows for member, _role in parties_of(row)])
        self.kinds = by_reference(AgreementKind.objects, [row.get("kind") for row in rows], field="code")
        self.standing = by_reference(visible, [row.get("reference") for row in rows])
        sheet = AgreementsImport()
        days = {row["starts_on"] for row in rows if not row.get("reference")}
        same_days = visible.filter(starts_on__in=days) if days else visible.none()
        self._said = {_said(Given(0, sheet.values(each))): each for each in same_days}

    def alike(self, row: Given) -> Agreement | None:
        return self._said.get(_said(row))
