"""The import of organisations: new ones, corrections by reference, and a question where one likely stands already in another script."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from corridor.foundations.access import Actor, Permission
from corridor.foundations.likeness.scoring import likeness
from corridor.foundations.sheets.cells.numbers import decimal
from corridor.foundations.sheets.cells.texts import reference, text
from corridor.foundations.sheets.cells.words import choice, country, language
from corridor.foundations.sheets.exporting import day_asked, every_page
from corridor.foundations.sheets.importing import (
    AT_ONCE,
    Choice,
    Done,
    Given,
    ImportColumn,
    ImportKind,
    Planned,
    Verdict,
    refused,
    repeated,
)
from corridor.foundations.sheets.resolving import by_reference
from corridor.foundations.sheets.steps.moving import BuiltOn
from corridor.kernel.identifiers import new_id
from corridor.kernel.wording import N_

from .actions.importing import OrganisationChange, change_organisations, remove_imported
from .actions.organisations import register_organisations
from .import_profile import (
    PROFILE_COLUMNS,
    READ,
    Profiles,
    in_order,
    profile_of,
    shifts_of_new,
    with_profiles,
    write_profiles,
)
from .import_rows import NAME_COLUMNS, draft, fresh_references, know_names, values, without_names
from .models import NameKind, Organisation, OrganisationKind, SourceMark
from .queries.listing import list_members, search_organisations
from .regions import faults_of_region

WORDS = Path(__file__).with_name("importing_words.toml")
# Everybody in the alliance, in whatever state: what the list of members shows unless asked for one state.
IN = "in"
ALIKE = 0.88


class MembersImport(ImportKind):
    """Rows of organisations. The names of one that stands are changed on its page: here they only say which one is meant."""

    name = "members"
    title = N_("Members and other organisations")
    permission = Permission.MEMBER_EDIT
    words = WORDS
    narrows = ("q", "country", "kind", "status", "on")
    columns = (
        ImportColumn(
            "reference",
            N_("Reference of the organisation"),
            reference(60),
            about=N_("Empty for a new organisation; a reference is given then."),
            is_reference=True,
        ),
        ImportColumn("name", N_("Official name"), text(250)),
        ImportColumn(
            "name_language",
            N_("Language of the official name"),
            language,
            about=N_("A tag like en or zh-Hans, or the name of the language."),
        ),
        ImportColumn("kind", N_("Kind"), choice(OrganisationKind, words=WORDS, name="kind"), required=True),
        ImportColumn("country", N_("Country or region"), country, required=True),
        ImportColumn("region", N_("Part of the country (ISO 3166-2)"), text(10)),
        ImportColumn("city", N_("City"), text(80), required=True),
        ImportColumn("latitude", N_("Latitude"), decimal(5, -90, 90)),
        ImportColumn("longitude", N_("Longitude"), decimal(5, -180, 180)),
        ImportColumn(
            "source_mark",
            N_("Named in a source, or assumed"),
            choice(SourceMark, words=WORDS, name="source_mark", empty=SourceMark.ASSUMED),
        ),
        ImportColumn("source", N_("Source"), text(300)),
        *PROFILE_COLUMNS,
    )
    choices = (
        Choice(
            "unknown",
            N_("What becomes of rows whose reference is not known here?"),
            (
                ("refuse", N_("Refuse them: a reference was mistyped")),
                ("create", N_("Write new organisations down under these references")),
            ),
        ),
        Choice(
            "twins",
            N_("What becomes of rows that are likely organisations that stand already?"),
            (
                ("refuse", N_("Refuse them: I will write the references into the file")),
                ("create", N_("They are others: write them down")),
            ),
        ),
    )

    def plan(
        self,
        rows: Sequence[Given],
        *,
        by: Actor,
        at: datetime,  # noqa: ARG002
        answers: Mapping[str, str],
        seen: dict[Any, Any],
    ) -> list[Planned]:
        standing = by_reference(
            Organisation.objects.visible_to(by).prefetch_related(*READ), [row.get("reference") for row in rows]
        )
        rows = in_order(rows)
        profiles = Profiles(rows, seen)
        if answers.get("twins") != "create" and any(row.get("reference") not in standing for row in rows):
            know_names(seen)
        return [self._planned(row, standing, by, answers, seen, profiles) for row in rows]

    def _planned(
        self,
        row: Given,
        standing: Mapping[str, Organisation],
        by: Actor,
        answers: Mapping[str, str],
        seen: dict[Any, Any],
        profiles: Profiles,
    ) -> Planned:
        said = row.get("reference", "")
        if said and (first := seen.setdefault(("reference", said), row.number)) != row.number:
            return repeated(row, "reference", first)
        if (row.get("latitude") is None) != (row.get("longitude") is None):
            return refused(
                row, "latitude", "half_place", N_("A place needs both degrees or none."), fix=N_("Fill both columns, or clear both.")
            )  # fmt: skip
        for wrong in faults_of_region(row.get("region") or "", row.get("country") or ""):
            fix = N_("Write the code of a part of that country, or clear the cell.")
            return refused(row, "region", "region", wrong.message, fix=fix, **wrong.places)
        if fault := profiles.fault(row, standing.get(said)):
            return fault
        if said in standing:
            return self._about(row, standing[said], by)
        return self._about_new(row, said, by, answers, seen)

    def _about(self, row: Given, held: Organisation, by: Actor) -> Planned:
        names = {each.language: each.name for each in held.names.all() if each.kind == NameKind.OFFICIAL}
        tag, name = row.get("name_language", ""), row.get("name", "")
        if name and name not in names.values() and (not tag or names.get(tag) != name):
            return refused(
                row,
                "name",
                "name_changes_elsewhere",
                N_("“%(cell)s” is no official name of %(reference)s."),
                reference=held.reference,
                fix=N_("Names are changed on the page of the member; take the name from an export."),
            )
        planned = self.compared(without_names(row), standing=_values(held), record=held, reference=held.reference)
        if not planned.changes or by.may(Permission.MEMBER_EDIT, on=held):
            return planned
        return refused(
            row,
            "reference",
            "not_yours",
            N_("%(cell)s is not a member you may write about."),
            fix=N_("Leave the row out; the secretariat can import it."),
        )

    def _about_new(self, row: Given, said: str, by: Actor, answers: Mapping[str, str], seen: dict[Any, Any]) -> Planned:
        if said and answers.get("unknown") != "create":
            return refused(
                row, "reference", "unknown", N_("There is no organisation “%(cell)s”."),
                fix=N_("Correct the reference, or leave the cell empty for a new organisation."),
            )  # fmt: skip
        if not by.may(Permission.MEMBER_REGISTER):
            return refused(
                row, "reference", "not_yours", N_("Your account may change its own member, not write down new organisations."),
                fix=N_("Leave the row out; the secretariat can import it."),
            )  # fmt: skip
        for column in NAME_COLUMNS:
            if not row.get(column):
                return refused(
                    row, column, "empty", N_("The cell is empty."), fix=N_("A new organisation needs a name and the language of it.")
                )  # fmt: skip
        if answers.get("twins") != "create":
            alike = next(
                (ref for name, ref in seen["names"].get(row["country"], ()) if likeness(row["name"], name) >= ALIKE), ""
            )
            if alike:
                return refused(
                    row,
                    "name",
                    "twins",
                    N_("“%(cell)s” is likely %(other)s."),
                    other=alike,
                    fix=N_(
                        "Write the reference into the row if it is the same organisation; else answer that they are others."
                    ),
                )
            seen["names"].setdefault(row["country"], []).append((row["name"], f"#{row.number}"))
        return Planned(row, Verdict.CREATE, said, new_id())

    def apply(self, planned: Sequence[Planned], *, by: Actor, at: datetime) -> None:  # noqa: ARG002
        new = [each for each in planned if each.verdict == Verdict.CREATE]
        given = fresh_references([each.given for each in new if not each.reference])
        if new:
            made = register_organisations(drafts=[draft(each, each.reference or next(given)) for each in new], by=by)
            filled = zip(made, new, strict=True)
            write_profiles([(held, row.given.values, shifts_of_new(row.given)) for held, row in filled], by=by)
        changed = [each for each in planned if each.verdict == Verdict.UPDATE]
        change_organisations(
            changes=[
                OrganisationChange(
                    each.record, {shift.column: each.given.values[shift.column] for shift in each.changes}
                )
                for each in changed
            ],
            by=by,
        )
        write_profiles([(each.record, each.given.values, each.changes) for each in changed], by=by)

    def undo(self, done: Sequence[Done], *, by: Actor, at: datetime) -> None:  # noqa: ARG002
        rows = {row.pk: row for row in _read().filter(pk__in=[each.subject for each in done])}
        changes, made, profiles = [], [], []
        for each in done:
            held = rows.get(each.subject)
            if held is None:
                continue
            if each.verdict == Verdict.CREATE:
                made.append(held)
                continue
            standing = _values(held)
            if column := self.shifts_back(each, standing):
                raise BuiltOn(
                    N_("%(organisation)s was changed again since (%(column)s); the import cannot be taken back."),
                    organisation=held.reference,
                    column=column,
                )
            old = {shift.column: self.old_value(shift) for shift in each.changes}
            changes.append(OrganisationChange(held, old))
            profiles.append((held, {**standing, **old}, each.changes))
        change_organisations(changes=changes, by=by)
        write_profiles(profiles, by=by)
        if made:
            remove_imported(organisations=made, by=by)

    def references_of(self, keys: Sequence[UUID]) -> Mapping[UUID, str]:
        return dict(Organisation.objects.filter(pk__in=keys, merged_into__isnull=True).values_list("pk", "reference"))

    def export(self, *, by: Actor, on: date, narrowed: Mapping[str, str]) -> Iterator[Mapping[str, Any]]:
        """With a ``status`` (of a membership, or "in" for everybody in the alliance) members as their list shows them; else all that are known."""
        for held in self._listed(by, on, narrowed):
            official = sorted(
                (name for name in held.names.all() if name.kind == NameKind.OFFICIAL),
                key=lambda name: (name.language != "en", name.pk),
            )
            first = official[0] if official else None
            yield {
                "reference": held.reference,
                "name": first.name if first else "",
                "name_language": first.language if first else "",
                **_values(held),
            }

    def _listed(self, by: Actor, on: date, narrowed: Mapping[str, str]) -> Iterator[Organisation]:
        chosen = {
            "search": narrowed.get("q", ""),
            "country": narrowed.get("country", ""),
            "kind": narrowed.get("kind", ""),
        }
        day, status = day_asked(narrowed.get("on", ""), otherwise=on), narrowed.get("status", "")
        if not status:
            return search_organisations(by=by, **chosen).prefetch_related(*READ).iterator(chunk_size=AT_ONCE)
        asked = "" if status == IN else status
        pages = every_page(
            lambda after: list_members(by=by, on=day, status=asked, after=after, limit=AT_ONCE, **chosen)
        )
        return with_profiles(row.organisation for row in pages)


def _read() -> QuerySet[Organisation]:
    return Organisation.objects.prefetch_related(*READ)


def _values(held: Organisation) -> dict[str, Any]:
    return {**values(held), **profile_of(held)}
