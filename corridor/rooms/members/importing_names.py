"""The import of organisations' names: further languages, short and former names, and corrections of what was written wrongly."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

from corridor.foundations.access import Actor, Permission
from corridor.foundations.sheets.cells.days import day
from corridor.foundations.sheets.cells.texts import reference, text
from corridor.foundations.sheets.cells.words import choice, language
from corridor.foundations.sheets.importing import (
    AT_ONCE,
    Done,
    Fault,
    Given,
    ImportColumn,
    ImportKind,
    Planned,
    Verdict,
    refused,
    repeated,
    written,
)
from corridor.foundations.sheets.resolving import by_reference
from corridor.foundations.sheets.steps.moving import BuiltOn
from corridor.kernel.identifiers import new_id
from corridor.kernel.wording import N_

from .actions.importing_names import NameMended, mend_names, remove_names
from .actions.naming import _faults_of, add_names
from .drafts import NameDraft
from .models import NameKind, Organisation, OrganisationName

WORDS = Path(__file__).with_name("importing_names_words.toml")
FIXED = ("organisation", "language", "kind")


class OrganisationNamesImport(ImportKind):
    """Rows of names. One without a reference is about the name that stands there in the same words, if there is one."""

    name = "organisation_names"
    title = N_("Names of organisations")
    permission = Permission.MEMBER_EDIT
    words = WORDS
    narrows = ("member",)
    columns = (
        ImportColumn("reference", N_("Number of the name"), text(20), is_reference=True, about=N_("Empty for a new name; a number is given then.")),
        ImportColumn("organisation", N_("Reference of the organisation"), reference(60), required=True),
        ImportColumn(
            "language", N_("Language of the name"), language, required=True,
            about=N_("A tag like en or zh-Hans, or the name of the language."),
        ),
        ImportColumn("name", N_("Name"), text(250), required=True),
        ImportColumn("kind", N_("Kind of name"), choice(NameKind, words=WORDS, name="kind", empty=NameKind.OFFICIAL)),
        ImportColumn("valid_from", N_("In use from"), day),
        ImportColumn("valid_before", N_("No longer in use from"), day),
    )  # fmt: skip

    def plan(
        self,
        rows: Sequence[Given],
        *,
        by: Actor,
        at: datetime,  # noqa: ARG002
        answers: Mapping[str, str],  # noqa: ARG002
        seen: dict[Any, Any],
    ) -> list[Planned]:
        known = _Known(rows, by=by, seen=seen)
        return [self._planned(row, known, by, seen) for row in rows]

    def _planned(self, row: Given, known: "_Known", by: Actor, seen: dict[Any, Any]) -> Planned:
        held = known.organisations.get(row["organisation"])
        if held is None:
            return refused(
                row, "organisation", "unknown_organisation", N_("There is no organisation “%(cell)s”."),
                fix=N_("Copy the reference from the list of members."),
            )  # fmt: skip
        said = row.get("reference", "")
        if said and said not in known.by_number:
            return refused(
                row, "reference", "unknown", N_("There is no name “%(cell)s”."),
                fix=N_("Correct the number, or leave the cell empty for a new name."),
            )  # fmt: skip
        standing = known.by_number[said] if said else known.in_words(held, row)
        key = ("name", standing.pk if standing else (held.pk, row["language"], row["name"], row.get("valid_from")))
        if (first := seen.setdefault(key, row.number)) != row.number:
            return repeated(row, "name", first)
        if standing and not self.shifts(row, standing=name_values(standing)):
            return self._about(row, standing, known)
        if not by.may(self.permission, on=held):
            return refused(
                row, "organisation", "not_yours", N_("%(cell)s is not a member you may write about."),
                fix=N_("Leave the row out; the secretariat can import it."),
            )  # fmt: skip
        return self._about(row, standing, known) if standing else self._about_new(row, held, known)

    def _about(self, row: Given, standing: OrganisationName, known: "_Known") -> Planned:
        values = name_values(standing)
        changes = self.shifts(row, standing=values)
        for shift in changes:
            if shift.column in FIXED:
                return refused(
                    row, shift.column, "stays", N_("Name %(number)s has “%(old)s” there; an import does not change that."),
                    number=str(standing.pk), old=shift.old, fix=N_("Leave the cell as an export writes it."),
                )  # fmt: skip
        if changes:
            new = OrganisationName(
                pk=standing.pk, organisation=standing.organisation, language=standing.language, kind=standing.kind,
                name=row["name"], valid_from=row.values.get("valid_from", standing.valid_from),
                valid_before=row.values.get("valid_before", standing.valid_before),
            )  # fmt: skip
            if fault := known.fault(row, new):
                return fault
        verdict = Verdict.UPDATE if changes else Verdict.UNCHANGED
        return Planned(row, verdict, str(standing.pk), UUID(int=standing.pk), changes, (), standing)

    def _about_new(self, row: Given, held: Organisation, known: "_Known") -> Planned:
        new = OrganisationName(
            organisation=held, language=row["language"], name=row["name"], kind=row.get("kind", NameKind.OFFICIAL),
            valid_from=row.get("valid_from"), valid_before=row.get("valid_before"),
        )  # fmt: skip
        return known.fault(row, new) or Planned(row, Verdict.CREATE, held.reference, new_id(), record=new)

    def apply(self, planned: Sequence[Planned], *, by: Actor, at: datetime) -> None:
        new = [each.record for each in planned if each.verdict == Verdict.CREATE]
        drafts = [
            NameDraft(
                each.organisation, each.language, each.name, NameKind(each.kind), each.valid_from, each.valid_before
            )
            for each in new
        ]
        if drafts:
            add_names(names=drafts, by=by)
        mend_names(
            names=[
                NameMended(each.record, {shift.column: each.given.values[shift.column] for shift in each.changes})
                for each in planned if each.verdict == Verdict.UPDATE
            ],
            at=at, by=by,
        )  # fmt: skip

    def undo(self, done: Sequence[Done], *, by: Actor, at: datetime) -> None:
        changed = [each for each in done if each.verdict == Verdict.UPDATE]
        rows = _read().in_bulk([each.subject.int for each in changed])
        back = []
        for each in changed:
            standing = rows.get(each.subject.int)
            if standing is None or self.shifts_back(each, name_values(standing)):
                raise BuiltOn(
                    N_("Name %(number)s was changed again since; the import cannot be taken back."),
                    number=each.reference,
                )
            back.append(NameMended(standing, {shift.column: self.old_value(shift) for shift in each.changes}))
        mend_names(names=back, at=at, by=by)
        made = [
            {shift.column: self.new_value(shift) for shift in each.changes}
            for each in done
            if each.verdict == Verdict.CREATE
        ]
        remove_names(
            names=[(each["organisation"], each["language"], each["name"], each.get("valid_from")) for each in made],
            by=by,
        )

    def export(self, *, by: Actor, on: date, narrowed: Mapping[str, str]) -> Iterator[Mapping[str, Any]]:  # noqa: ARG002
        visible = Organisation.objects.visible_to(by).filter(merged_into__isnull=True)
        rows = _read().filter(organisation__in=visible).order_by("organisation__reference", "language", "pk")
        if member := narrowed.get("member"):
            rows = rows.filter(organisation__reference=member)
        for standing in rows.iterator(chunk_size=AT_ONCE):
            yield {"reference": str(standing.pk), **name_values(standing)}


def _read() -> Any:
    return OrganisationName.objects.select_related("organisation")


def name_values(standing: OrganisationName) -> dict[str, Any]:
    """A name by the columns of the sheet."""
    return {
        "organisation": standing.organisation.reference,
        "language": standing.language,
        "name": standing.name,
        "kind": standing.kind,
        "valid_from": standing.valid_from,
        "valid_before": standing.valid_before,
    }


class _Known:
    """The organisations that the rows of one set name, and all their names, with those of earlier rows."""

    def __init__(self, rows: Sequence[Given], *, by: Actor, seen: dict[Any, Any]) -> None:
        visible = Organisation.objects.visible_to(by).filter(merged_into__isnull=True)
        self.organisations = by_reference(visible, [row["organisation"] for row in rows])
        self.by_number: dict[str, OrganisationName] = {}
        # Names of earlier rows are on record only when it is applied; a dry run keeps them here.
        self._new: list[OrganisationName] = seen.setdefault("new", [])
        self._names: dict[tuple[UUID, str], list[OrganisationName]] = {}
        for standing in _read().filter(organisation__in=self.organisations.values()):
            self.by_number[str(standing.pk)] = standing
            self._names.setdefault((standing.organisation_id, standing.language), []).append(standing)

    def in_words(self, held: Organisation, row: Given) -> OrganisationName | None:
        kind = row.get("kind", NameKind.OFFICIAL)
        there = self._names.get((held.pk, row["language"]), ())
        return next((each for each in there if each.name == row["name"] and each.kind == kind), None)

    def fault(self, row: Given, new: OrganisationName) -> Planned | None:
        """The refusal of a row whose name the room would not take; else the name counts for the rows that follow."""
        others = [each for each in self._names.get((new.organisation_id, new.language), ()) if each.pk != new.pk]
        others += [
            each for each in self._new if (each.organisation_id, each.language) == (new.organisation_id, new.language)
        ]
        faults = [
            Fault(
                each.column or "name",
                written(row.values.get(each.column or "name")),
                "name",
                each.message,
                "",
                dict(each.places),
            )
            for each in _faults_of(new, others)
        ]
        if faults:
            return Planned(row, Verdict.REFUSED, faults=tuple(faults))
        if new.pk is None:
            self._new.append(new)
        return None
