"""The import of schemes: the rows of a unit make one draft, which a person publishes; what was published is never changed."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

from corridor.foundations.access import Actor, Permission
from corridor.foundations.sheets.cells.numbers import decimal, whole
from corridor.foundations.sheets.cells.texts import reference, text
from corridor.foundations.sheets.cells.words import choice
from corridor.foundations.sheets.importing import (
    AT_ONCE,
    THIS_STANDS,
    Done,
    Fault,
    Given,
    ImportColumn,
    ImportKind,
    Planned,
    Shift,
    Verdict,
    refused,
    repeated,
    written,
)
from corridor.kernel.wording import N_
from corridor.rooms.curricula.models import CurriculumVersion, Unit

from . import schemes
from .actions import discard_scheme, write_schemes
from .lifecycle import SchemeStatus
from .models import EvidenceNeed, InstrumentKind, Judges, Scheme, Signing, Weight
from .queries import list_schemes
from .scheme_rows import AT_FIRST, COLUMNS, Place, SchemeRows, changed_again, key_of_next, reference_of
from .scheme_rules import MOST_APPEAL_DAYS, MOST_ATTEMPTS, problems_of_instrument

WORDS = Path(__file__).with_name("importing_schemes_words.toml")
# An empty cell of these leaves what stands, or means what is usual.
KEPT = {"attempts_allowed", "signing", "judges", "appeal_days", "kind", "weight", "evidence"}
_ALIKE = N_("The same in all rows of the unit; empty leaves what stands.")


class SchemesImport(ImportKind):
    """
    Rows of criteria, each known by unit, instrument and number. Rows of a unit stand together and are written into the draft of its next version;
    what the file does not speak of stays in it, and is taken out on the page of the draft.
    """

    name = "schemes"
    title = N_("How units are assessed")
    permission = Permission.SCHEME_EDIT
    words = WORDS
    narrows = ("curriculum", "status")
    columns = (
        ImportColumn("curriculum", N_("Reference of the curriculum"), reference(60), required=True),
        ImportColumn("version", N_("Version of the curriculum"), text(20), required=True),
        ImportColumn("unit", N_("Code of the unit"), text(20), required=True),
        ImportColumn("attempts_allowed", N_("Attempts allowed"), whole(1, MOST_ATTEMPTS), about=_ALIKE),
        ImportColumn("signing", N_("Who signs"), choice(Signing, words=WORDS, name="signing"), about=_ALIKE),
        ImportColumn("judges", N_("Who may assess"), choice(Judges, words=WORDS, name="judges"), about=_ALIKE),
        ImportColumn("appeal_days", N_("Days for an appeal"), whole(1, MOST_APPEAL_DAYS), about=_ALIKE),
        ImportColumn("instrument", N_("Number of the instrument"), whole(1, 40), required=True),
        ImportColumn("kind", N_("Kind"), choice(InstrumentKind, words=WORDS, name="kind"), required=True),
        ImportColumn("scale", N_("Highest mark"), decimal(2, 0, 99_999), about=N_("Written tests only.")),
        ImportColumn("pass_mark", N_("Passed from"), decimal(2, 0, 99_999), about=N_("Written tests only.")),
        ImportColumn("title_en", N_("Title of the instrument in English"), text(500)),
        ImportColumn("title_zh", N_("Title of the instrument in Chinese"), text(500)),
        ImportColumn("title_lo", N_("Title of the instrument in Lao"), text(500)),
        ImportColumn(
            "criterion", N_("Number of the criterion"), whole(1, 99),
            about=N_("Within its instrument; empty for an instrument without criteria, like a written test."),
        ),
        ImportColumn("weight", N_("Weight"), choice(Weight, words=WORDS, name="weight")),
        ImportColumn("evidence", N_("Evidence"), choice(EvidenceNeed, words=WORDS, name="evidence")),
        ImportColumn("text_en", N_("Text of the criterion in English"), text(1_000)),
        ImportColumn("text_zh", N_("Text of the criterion in Chinese"), text(1_000)),
        ImportColumn("text_lo", N_("Text of the criterion in Lao"), text(1_000)),
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
        by.require(self.permission)
        known = _Known(rows, by=by)
        return [self._planned(row, known, seen) for row in rows]

    def _planned(self, row: Given, known: "_Known", seen: dict[Any, Any]) -> Planned:
        unit = known.units.get((row["curriculum"], row["version"], row["unit"]))
        if unit is None:
            return known.unknown(row)
        held: SchemeRows | None = seen.get(("scheme", unit.pk))
        if held is None:
            held = seen["scheme", unit.pk] = known.begun(unit, first=row.number)
        elif seen["unit"] != unit.pk:
            return refused(
                row, "unit", "apart", N_("%(cell)s stood in row %(first)s already, and another unit in between."),
                first=held.first, fix=N_("Put the rows of a unit one below the other."),
            )  # fmt: skip
        seen["unit"] = unit.pk
        criterion = row.get("criterion")
        place: Place = (row["instrument"],) if criterion is None else (row["instrument"], criterion)
        if (first := seen.setdefault(("row", unit.pk, place), row.number)) != row.number:
            return repeated(row, ("instrument", "criterion")[len(place) - 1], first, THIS_STANDS)
        return _fault_of_place(row, held, place) or self._taken(row, held, place)

    def _taken(self, row: Given, held: SchemeRows, place: Place) -> Planned:
        """The row, taken into what its unit says so far."""
        is_new, before = place not in held.said, dict(held.said)
        changes: list[Shift] = []
        for part in (place[:depth] for depth in range(len(place) + 1)):
            brought = _brought(row, held, part)
            standing = held.said.get(part, {})
            if part not in held.said:
                brought = {**AT_FIRST[len(part)], **brought}
            shifts = self.shifts(Given(row.number, brought), standing=standing)
            if shifts and part in held.told:
                held.said = before
                return refused(
                    row, shifts[0].column, "differs", N_("Row %(first)s says “%(standing)s” of the same."), first=held.told[part],
                    standing=shifts[0].old, fix=N_("Write the same in both rows, or leave this cell empty."),
                )  # fmt: skip
            changes += shifts
            held.said[part] = {**standing, **brought}
        if problems := problems_of_instrument(held.instrument(place[:1]), place[0]):
            held.said = before
            columns = {"title": "title_en", "text": "text_en"}
            return Planned(row, Verdict.REFUSED, faults=tuple(
                Fault(column, written(row.values.get(column)), "scheme", each.message, "", dict(each.places))
                for each in problems if (column := columns.get(each.column or "", each.column or ""))
            ))  # fmt: skip
        for part in (place[:depth] for depth in range(len(place) + 1)):
            held.told.setdefault(part, row.number)
        verdict = Verdict.CREATE if is_new else Verdict.UPDATE if changes else Verdict.UNCHANGED
        return Planned(row, verdict, reference_of(held.unit, place), held.key, tuple(changes), (), held)

    def apply(self, planned: Sequence[Planned], *, by: Actor, at: datetime) -> None:  # noqa: ARG002
        # Each unit once, as all of its rows up to here make it.
        drafts: dict[UUID, SchemeRows] = {each.record.unit.pk: each.record for each in planned}
        if not drafts:
            return
        for scheme in write_schemes(schemes=[each.draft() for each in drafts.values()], by=by):
            drafts[scheme.unit_id].edition = scheme.edition

    def undo(self, done: Sequence[Done], *, by: Actor, at: datetime) -> None:  # noqa: ARG002
        of: dict[UUID, list[Done]] = {}
        for each in sorted(done, key=lambda each: each.number, reverse=True):
            of.setdefault(each.subject, []).append(each)
        drafts = {each.pk: each for each in schemes.whole(of) if each.status == SchemeStatus.DRAFT}
        if gone := of.keys() - drafts.keys():
            raise changed_again(of[min(gone)][0], "")
        published = _published({each.unit_id for each in drafts.values()})
        for key, rows in of.items():
            draft, before = drafts[key], published.get(drafts[key].unit_id)
            held = SchemeRows(draft.unit, draft, last_version=draft.version)
            for each in rows:
                held.take_back(each, self)
            left = schemes.draft_of(before) if before is not None else None
            is_begun = key == key_of_next(draft.unit, draft.version)
            if is_begun and (held.draft() == left or (left is None and not held.draft().instruments)):
                discard_scheme(scheme=draft, by=by)
            else:
                write_schemes(schemes=[held.draft()], by=by)

    def export(self, *, by: Actor, on: date, narrowed: Mapping[str, str]) -> Iterator[Mapping[str, Any]]:  # noqa: ARG002
        """What the next version would be written from: a unit's draft, else what is in force. Narrowed by a status, that alone."""
        status = narrowed.get("status", "")
        found = list_schemes(by=by, curriculum=narrowed.get("curriculum", ""), status=status)
        told: set[UUID] = set()
        for each in (found if status else found.exclude(status=SchemeStatus.SUPERSEDED)).iterator(chunk_size=AT_ONCE):
            if status or each.unit_id not in told:
                told.add(each.unit_id)
                yield from SchemeRows(each.unit, each, last_version=each.version).rows()


def _brought(row: Given, held: SchemeRows, part: Place) -> dict[str, Any]:
    """What the row says of a part; an empty cell says nothing where it would say it again, or leaves what stands."""
    return {
        name: row.values[name]
        for name in COLUMNS[len(part)]
        if name in row.values and not (row.get(name) is None and (name in KEPT or part in held.told))
    }


def _fault_of_place(row: Given, held: SchemeRows, place: Place) -> Planned | None:
    for depth, column in enumerate(("instrument", "criterion")[: len(place)]):
        following = held.next_number(place[:depth])
        if place[depth] > following:
            return refused(
                row, column, "not_next", N_("The next number here is %(next)s."), next=following,
                fix=N_("Number them one after the other."),
            )  # fmt: skip
        held.number(place[: depth + 1])
    if len(place) == 1 and (said := next((name for name in COLUMNS[2] if row.get(name) is not None), "")):
        return refused(
            row, said, "no_number", N_("Which criterion this is about is not said."), fix=N_("Write the number of the criterion.")
        )  # fmt: skip
    return None


def _published(units: set[UUID]) -> dict[UUID, Scheme]:
    keys = Scheme.objects.filter(unit__in=units, status=SchemeStatus.PUBLISHED).values_list("pk", flat=True)
    return {each.unit_id: each for each in schemes.whole(keys)}


class _Known:
    """Units that the rows of one set name, and what stands of them: the draft, else what was published last."""

    def __init__(self, rows: Sequence[Given], *, by: Actor) -> None:
        visible = CurriculumVersion.objects.visible_to(by).select_related("curriculum")
        named = visible.filter(curriculum__reference__in={row["curriculum"] for row in rows})
        self._versions = {(each.curriculum.reference, each.version): each for each in named}
        units = Unit.objects.filter(
            version__in=[each.pk for each in self._versions.values()], code__in={row["unit"] for row in rows}
        ).select_related("version__curriculum")
        self.units = {(each.version.curriculum.reference, each.version.version, each.code): each for each in units}
        self._last: dict[UUID, int] = {}
        standing: dict[UUID, UUID] = {}
        all_of = Scheme.objects.filter(unit__in=[each.pk for each in self.units.values()]).order_by("version")
        for key, unit, version, status in all_of.values_list("pk", "unit_id", "version", "status"):
            self._last[unit] = version
            if status != SchemeStatus.SUPERSEDED:
                standing[unit] = key
        self._standing = {each.unit_id: each for each in schemes.whole(standing.values())}

    def begun(self, unit: Unit, *, first: int) -> SchemeRows:
        return SchemeRows(unit, self._standing.get(unit.pk), last_version=self._last.get(unit.pk, 0), first=first)

    def unknown(self, row: Given) -> Planned:
        if (row["curriculum"], row["version"]) not in self._versions:
            return refused(
                row, "version", "unknown_version", N_("There is no version “%(cell)s” of %(curriculum)s."),
                curriculum=row["curriculum"], fix=N_("Write the curriculum and the version as they stand in the list of curricula."),
            )  # fmt: skip
        return refused(
            row, "unit", "unknown_unit", N_("There is no unit %(unit)s in this curriculum."), unit=row["unit"],
            fix=N_("Write it as it stands on the page of the curriculum or of the site."),
        )  # fmt: skip
