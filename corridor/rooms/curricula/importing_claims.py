"""The import of mapping claims: new ones, corrections before a review, and the day from which one no longer holds."""

from collections.abc import Hashable, Iterator, Mapping, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any

from django.db.models import QuerySet

from corridor.foundations.access import Actor, Permission
from corridor.foundations.documents.models import Document
from corridor.foundations.sheets.cells.cleaning import cleaned
from corridor.foundations.sheets.cells.days import day
from corridor.foundations.sheets.cells.reading import CellReader, How
from corridor.foundations.sheets.cells.texts import passage, reference, text
from corridor.foundations.sheets.cells.words import choice, country
from corridor.foundations.sheets.columns import Cell
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
from corridor.foundations.sheets.records import AS_EXPORTED, RecordsImport, changed_values, keys_in, made_by
from corridor.foundations.sheets.resolving import by_reference
from corridor.kernel.wording import N_
from corridor.rooms.members.models import Organisation

from .actions import change_claims, claim_mappings, remove_claims
from .actions.importing import ClaimChanged
from .actions.mapping import _faults
from .drafts import ForeignUnitDraft, MappingDraft
from .models import CurriculumVersion, MappingClaim, Relation, Unit
from .published_frameworks import UNION
from .queries import list_claims

WORDS = Path(__file__).with_name("importing_words.toml")
NAMED = ("country", "body", "qualification", "foreign_code", "foreign_title")


def _read_country(cell: Cell, how: How) -> Any:
    """A country, or the letters under which ESCO stands (the action asks that it is one of ESCO)."""
    return UNION if cleaned(cell) == UNION else country.read(cell, how)


_COUNTRY = CellReader(_read_country, empty="", told_as="country")


class ClaimsImport(RecordsImport):
    """Rows of claims how a unit compares with one of another country. Who reviewed one is only told: a sheet reviews nothing."""

    name = "mapping_claims"
    title = N_("Claims how units compare")
    permission = Permission.MAPPING_CLAIM
    words = WORDS
    narrows = ("curriculum", "version")
    fixed = ("curriculum", "version", "unit", *NAMED, "source_url", "claimant", "claimed_on")
    first_column = "unit"
    columns = (
        ImportColumn("reference", N_("Key of the claim"), text(36), is_reference=True, about=N_("Empty for a new claim; a key is given then.")),
        ImportColumn("curriculum", N_("Reference of the curriculum"), reference(60), required=True),
        ImportColumn("version", N_("Version of the curriculum"), text(20), required=True),
        ImportColumn("unit", N_("Code of the unit"), text(20), required=True),
        ImportColumn("relation", N_("How it compares"), choice(Relation, words=WORDS, name="relation"), required=True),
        ImportColumn(
            "country", N_("Country of the other unit"), _COUNTRY, required=True,
            about=N_("Where none compares: the country whose standards were searched. For a skill of ESCO: EU."),
        ),
        ImportColumn("body", N_("Who publishes the other unit"), text(60)),
        ImportColumn("qualification", N_("Qualification to which it belongs"), text(60)),
        ImportColumn("foreign_code", N_("Code of the other unit"), text(40)),
        ImportColumn("foreign_title", N_("Title of the other unit"), text(300)),
        ImportColumn("source_url", N_("Where it was read"), text(400)),
        ImportColumn("coverage", N_("What is covered, and what is not"), passage(5_000)),
        ImportColumn("claimant", N_("Who claims it"), reference(60), required=True, about=N_("The reference of a member.")),
        ImportColumn("claimed_on", N_("Claimed on"), day, required=True),
        ImportColumn("expires_on", N_("Last day on which it holds"), day),
        ImportColumn("evidence", N_("Document that shows it"), reference(60)),
        ImportColumn("reviewed_by", N_("Reviewed by"), text(150), is_told=True),
        ImportColumn("reviewed_on", N_("Reviewed on"), day, is_told=True),
    )  # fmt: skip

    def known(self, rows: Sequence[Given], *, by: Actor) -> "_Known":
        return _Known(rows, by=by)

    def values(self, record: MappingClaim) -> dict[str, Any]:
        foreign, version = record.foreign_unit, record.unit.version
        return {
            "curriculum": version.curriculum.reference,
            "version": version.version,
            "unit": record.unit.code,
            "relation": record.relation,
            "country": foreign.country if foreign else record.searched_country,
            "body": foreign.body if foreign else "",
            "qualification": foreign.qualification if foreign else "",
            "foreign_code": foreign.code if foreign else "",
            "foreign_title": foreign.title if foreign else "",
            "source_url": foreign.source_url if foreign else "",
            "coverage": record.coverage,
            "claimant": record.claimant.reference,
            "claimed_on": record.claimed_on,
            "expires_on": last_day(record.expires_before),
            "evidence": record.evidence.reference if record.evidence else "",
            "reviewed_by": record.reviewed_by,
            "reviewed_on": record.reviewed_on,
        }

    def reference_of(self, record: MappingClaim) -> str:
        return str(record.pk)

    def key_of(self, row: Given) -> Hashable:
        return _said(row)

    def fault(self, row: Given, record: MappingClaim | None, known: "_Known", *, by: Actor) -> Planned | None:  # noqa: ARG002
        if (row["curriculum"], row["version"], row["unit"]) not in known.units:
            return refused(
                row, "unit", "unknown_unit", N_("There is no unit “%(cell)s” in %(version)s of %(curriculum)s."),
                version=row["version"], curriculum=row["curriculum"],
                fix=N_("Write curriculum, version and code as they stand in the list of units."),
            )  # fmt: skip
        if row["claimant"] not in known.claimants:
            return refused(
                row, "claimant", "unknown_organisation", N_("There is no organisation “%(cell)s”."),
                fix=N_("Copy the reference from the list of members."),
            )  # fmt: skip
        if (named := row.get("evidence")) and named not in known.documents:
            return refused(
                row, "evidence", "unknown_document", N_("There is no document “%(cell)s”."),
                fix=N_("Copy the reference from the page of the document."),
            )  # fmt: skip
        return None

    def fault_of_right(self, row: Given, record: MappingClaim | None, known: "_Known", *, by: Actor) -> Planned | None:  # noqa: ARG002
        if by.may(self.permission):
            return None
        return refused(
            row, "unit", "not_yours", N_("Curricula are written by the secretariat."), fix=N_("Leave the row out.")
        )

    def fault_of_change(
        self, planned: Planned, record: MappingClaim, known: "_Known", *, by: Actor, at: datetime  # noqa: ARG002
    ) -> Planned | None:  # fmt: skip
        row = planned.given
        for shift in planned.changes:
            if record.reviewed_on is not None and shift.column != "expires_on":
                return refused(
                    row, shift.column, "reviewed", N_("This claim was reviewed on %(day)s; only its last day changes."),
                    day=record.reviewed_on.isoformat(), fix=AS_EXPORTED,
                )  # fmt: skip
            if shift.column == "relation" and Relation.NONE in {shift.old, shift.new}:
                return refused(
                    row, "relation", "stays", N_("Whether a unit was found at all does not change: it is another claim."),
                    fix=N_("Set the last day of this claim, and write a row for a new one."),
                )  # fmt: skip
        ends = row.get("expires_on")
        if ends is not None and ends < record.claimed_on:
            return refused(
                row, "expires_on", "claim", N_("A claim expires after it is made."), fix=N_("Look at both days.")
            )
        return None

    def fault_of_new(
        self, row: Given, known: "_Known", *, by: Actor, at: datetime, seen: dict[Any, Any]  # noqa: ARG002
    ) -> Planned | None:  # fmt: skip
        is_none = row["relation"] == Relation.NONE
        if not is_none and not (row.get("foreign_code") and row.get("body") and row.get("foreign_title")):
            return refused(
                row, "foreign_code", "claim", N_("A claim names the foreign unit by body, code and title."),
                fix=N_("Fill the columns, or say that none compares."),
            )  # fmt: skip
        if is_none and (column := next((name for name in NAMED[1:] if row.get(name)), "")):
            return refused(
                row, column, "claim", N_("A claim names a foreign unit, or “none” and the country that was searched."),
                fix=N_("Empty the cell, or say how the units compare."),
            )  # fmt: skip
        faults = tuple(
            Fault(
                each.column or "",
                written(row.values.get(each.column or "")),
                "claim",
                each.message,
                "",
                dict(each.places),
            )
            for each in _faults(_draft(row, known))
        )
        return Planned(row, Verdict.REFUSED, faults=faults) if faults else None

    def apply(self, planned: Sequence[Planned], *, by: Actor, at: datetime) -> None:  # noqa: ARG002
        known = _Known([each.given for each in planned], by=by)
        new = [_draft(each.given, known, key=each.subject) for each in planned if each.verdict == Verdict.CREATE]
        if new:
            claim_mappings(drafts=new, by=by)
        changed = [each for each in planned if each.verdict == Verdict.UPDATE]
        if changed:
            change_claims(
                changes=[ClaimChanged(each.record, _fields(changed_values(each), known.documents)) for each in changed],
                by=by,
            )

    def undo(self, done: Sequence[Done], *, by: Actor, at: datetime) -> None:  # noqa: ARG002
        changed = self.changed_back(done)
        documents = by_reference(Document.objects, [row.get("evidence") for _each, _record, row in changed])
        back = [
            ClaimChanged(record, _fields({s.column: self.old_value(s) for s in each.changes}, documents))
            for each, record, _row in changed
        ]
        if back:
            change_claims(changes=back, by=by)
        remove_claims(keys=made_by(done), by=by)

    def records(self, keys: Sequence[Any]) -> Mapping[Any, MappingClaim]:
        return _read().in_bulk(list(keys))

    def export(self, *, by: Actor, on: date, narrowed: Mapping[str, str]) -> Iterator[Mapping[str, Any]]:  # noqa: ARG002
        rows = list_claims(by=by, curriculum=narrowed.get("curriculum", ""), version=narrowed.get("version", ""))
        for held in rows.iterator(chunk_size=AT_ONCE):
            yield {"reference": str(held.pk), **self.values(held)}


def _read() -> QuerySet[MappingClaim]:
    return MappingClaim.objects.select_related("unit__version__curriculum", "foreign_unit", "claimant", "evidence")


def _said(row: Mapping[str, Any] | Given) -> Hashable:
    """Which two units a claim compares; with "none", which country was searched."""
    unit = (row["curriculum"], row["version"], row["unit"])
    if row["relation"] == Relation.NONE:
        return (*unit, row["country"])
    return (*unit, *(row.get(name) or "" for name in NAMED))


def _fields(values: Mapping[str, Any], documents: Mapping[str, Document]) -> dict[str, Any]:
    """New values by the names of the model's fields."""
    found = {name: value for name, value in values.items() if name in {"relation", "coverage"}}
    if "expires_on" in values:
        found["expires_before"] = day_after(values["expires_on"])
    if "evidence" in values:
        found["evidence"] = documents.get(values["evidence"])
    return found


def _draft(row: Given, known: "_Known", key: Any = None) -> MappingDraft:
    is_none = row["relation"] == Relation.NONE
    foreign = ForeignUnitDraft(
        row["country"], row.get("body", ""), row.get("foreign_code", ""), row.get("foreign_title", ""),
        row.get("qualification", ""), row.get("source_url", ""),
    )  # fmt: skip
    return MappingDraft(
        unit=known.units[row["curriculum"], row["version"], row["unit"]], relation=row["relation"],
        claimant=known.claimants[row["claimant"]], claimed_on=row["claimed_on"],
        foreign_unit=None if is_none else foreign, searched_country=row["country"] if is_none else "",
        coverage=row.get("coverage", ""), expires_before=day_after(row.get("expires_on")),
        evidence=known.documents.get(row.get("evidence", "")), key=key,
    )  # fmt: skip


class _Known:
    """Units, claimants, documents and claims that the rows of one set name."""

    def __init__(self, rows: Sequence[Given], *, by: Actor) -> None:
        visible = CurriculumVersion.objects.visible_to(by)
        units = Unit.objects.select_related("version__curriculum").filter(
            version__in=visible, version__curriculum__reference__in={row["curriculum"] for row in rows}
        )
        self.units = {(each.version.curriculum.reference, each.version.version, each.code): each for each in units}
        self.claimants = by_reference(Organisation.objects, [row.get("claimant") for row in rows])
        self.documents = by_reference(Document.objects, [row.get("evidence") for row in rows])
        of_units = list(_read().filter(unit__in=self.units.values()))
        named = _read().filter(pk__in=keys_in(rows, "reference"), unit__version__in=visible)
        self.standing = {str(each.pk): each for each in (*of_units, *named)}
        sheet = ClaimsImport()
        self._said = {_said(sheet.values(each)): each for each in of_units}

    def alike(self, row: Given) -> MappingClaim | None:
        return self._said.get(_said(row))
