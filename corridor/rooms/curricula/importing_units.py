"""The import of units: of drafts alone, with titles and hours; a unit is taken away only where the row says so."""

from collections.abc import Hashable, Iterator, Mapping, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from corridor.foundations.access import Actor, Permission
from corridor.foundations.sheets.cells.numbers import whole
from corridor.foundations.sheets.cells.texts import reference, text
from corridor.foundations.sheets.cells.words import choice, yes_no
from corridor.foundations.sheets.importing import Done, Given, ImportColumn, Planned, Shift, Verdict, refused, written
from corridor.foundations.sheets.records import RecordsImport, changed_values, keys_in
from corridor.kernel.wording import N_

from .actions import add_units, change_units, remove_units
from .actions.importing import UnitChanged
from .drafts import UnitDraft
from .lifecycle import VersionStatus
from .models import CurriculumVersion, HoursKind, Unit
from .queries import list_versions

WORDS = Path(__file__).with_name("importing_words.toml")
HOURS = {f"hours_{kind.value}": kind.value for kind in HoursKind}
# The languages of the titles that a sheet holds; titles in others stay as they are.
TITLES = {
    "title_en": ("en", N_("Title of the unit in English")),
    "title_zh": ("zh-Hans", N_("Title of the unit in Chinese")),
    "title_id": ("id", N_("Title of the unit in Indonesian")),
    "title_ko": ("ko", N_("Title of the unit in Korean")),
    "title_th": ("th", N_("Title of the unit in Thai")),
    "title_si": ("si", N_("Title of the unit in Sinhala")),
    "title_ta": ("ta", N_("Title of the unit in Tamil")),
    "title_lo": ("lo", N_("Title of the unit in Lao")),
    "title_my": ("my", N_("Title of the unit in Burmese")),
    "title_km": ("km", N_("Title of the unit in Khmer")),
    "title_fil": ("fil", N_("Title of the unit in Filipino")),
    "title_ur": ("ur", N_("Title of the unit in Urdu")),
}


class UnitsImport(RecordsImport):
    """Rows of units of competency. What was published is not rewritten: a new version is made."""

    name = "units"
    title = N_("Units of curricula")
    permission = Permission.CURRICULUM_EDIT
    words = WORDS
    narrows = ("curriculum", "version")
    fixed = ("curriculum", "version", "code")
    kept = ("position", "requirement", "remove")
    first_column = "code"
    columns = (
        ImportColumn("reference", N_("Key of the unit"), text(36), is_reference=True, about=N_("Empty for a new unit; a key is given then.")),
        ImportColumn("curriculum", N_("Reference of the curriculum"), reference(60), required=True),
        ImportColumn("version", N_("Version of the curriculum"), text(20), required=True),
        ImportColumn("code", N_("Code of the unit"), text(20), required=True),
        ImportColumn("position", N_("Position in the curriculum"), whole(1, 999), about=N_("Empty for a new unit: the next position is given.")),
        ImportColumn(
            "requirement", N_("Required or elective"),
            choice(Unit.Requirement, words=WORDS, name="requirement", empty=Unit.Requirement.REQUIRED),
        ),
        ImportColumn("hours_theory", N_("Hours of theory"), whole(0, 9_999)),
        ImportColumn("hours_practice", N_("Hours of practice"), whole(0, 9_999)),
        ImportColumn("hours_company", N_("Hours in a company"), whole(0, 9_999)),
        ImportColumn("hours_language", N_("Hours of language"), whole(0, 9_999)),
        *(ImportColumn(name, label, text(300)) for name, (_tag, label) in TITLES.items()),
        ImportColumn(
            "remove", N_("Take the unit away"), yes_no,
            about=N_("Write yes to take a unit out of a draft; no unit is ever taken away by leaving its row out."),
        ),
    )  # fmt: skip

    def known(self, rows: Sequence[Given], *, by: Actor) -> "_Known":
        return _Known(rows, by=by)

    def values(self, record: Unit) -> dict[str, Any]:
        titles = {each.language: each.text for each in record.titles.all()}
        hours = {each.kind: each.hours for each in record.hours.all()}
        return {
            "curriculum": record.version.curriculum.reference,
            "version": record.version.version,
            "code": record.code,
            "position": record.position,
            "requirement": record.requirement,
            **{name: hours.get(kind) for name, kind in HOURS.items()},
            **{name: titles.get(tag, "") for name, (tag, _label) in TITLES.items()},
            "remove": False,
        }

    def reference_of(self, record: Unit) -> str:
        return f"{record.version.curriculum.reference}/{record.version.version}/{record.code}"

    def key_of(self, row: Given) -> Hashable:
        return (row["curriculum"], row["version"], row["code"])

    def shifts(self, given: Given, *, standing: Mapping[str, Any]) -> tuple[Shift, ...]:
        # No hours of a kind and nought of them are the same.
        none = {name: None for name in HOURS if given.values.get(name) == 0}
        found = super().shifts(Given(given.number, {**given.values, **none}, given.remarks), standing=standing)
        if given.get("remove") is not True:
            return found
        # All of it goes, and is written down so that it can come back.
        gone = [
            Shift(name, text, "") for name, value in standing.items() if name != "remove" and (text := written(value))
        ]
        return (Shift("remove", "no", "yes"), *(each for each in gone if each.column not in self.fixed))

    def fault(self, row: Given, record: Unit | None, known: "_Known", *, by: Actor) -> Planned | None:  # noqa: ARG002
        if (row["curriculum"], row["version"]) not in known.versions:
            return refused(
                row, "version", "unknown_version", N_("There is no version “%(cell)s” of %(curriculum)s."),
                curriculum=row["curriculum"], fix=N_("Write the curriculum and the version as they stand in the list of curricula."),
            )  # fmt: skip
        return None

    def fault_of_right(self, row: Given, record: Unit | None, known: "_Known", *, by: Actor) -> Planned | None:  # noqa: ARG002
        if by.may(self.permission):
            return None
        return refused(
            row, "version", "not_yours", N_("Curricula are written by the secretariat."), fix=N_("Leave the row out.")
        )

    def fault_of_change(
        self, planned: Planned, record: Unit, known: "_Known", *, by: Actor, at: datetime  # noqa: ARG002
    ) -> Planned | None:  # fmt: skip
        row, column = planned.given, planned.changes[0].column
        if record.version.status != VersionStatus.DRAFT:
            return _published(row, column, record.version)
        if row.get("remove") is True and (record.pk in known.filled or known.speaks_more(record)):
            return refused(
                row, "remove", "filled", N_("Something is written in unit %(unit)s or claimed about it; it is not taken away."),
                unit=self.reference_of(record), fix=N_("Write no, or leave the cell empty."),
            )  # fmt: skip
        return _taken(row, known.is_taken(record.version, row.get("position", record.position), record.pk))

    def fault_of_new(
        self, row: Given, known: "_Known", *, by: Actor, at: datetime, seen: dict[Any, Any]  # noqa: ARG002
    ) -> Planned | None:  # fmt: skip
        version = known.versions[row["curriculum"], row["version"]]
        if version.status != VersionStatus.DRAFT:
            return _published(row, "version", version)
        if row.get("remove") is True:
            return refused(
                row, "remove", "nothing_there", N_("There is no such unit that could be taken away."),
                fix=N_("Write the key of the unit, or leave the row out."),
            )  # fmt: skip
        new = seen.setdefault(("positions", version.pk), set())
        position = row.get("position")
        if position is not None:
            fault = _taken(row, position in new or known.is_taken(version, position, None))
            new.add(position)
            return fault
        return None

    def apply(self, planned: Sequence[Planned], *, by: Actor, at: datetime) -> None:  # noqa: ARG002
        gone = [each for each in planned if each.verdict == Verdict.UPDATE and each.given.get("remove") is True]
        remove_units(keys=[each.record.pk for each in gone], by=by)
        stays = [each for each in planned if each.verdict == Verdict.UPDATE and each.given.get("remove") is not True]
        change_units(changes=[_changed(each.record, changed_values(each)) for each in stays], by=by)
        new = [each for each in planned if each.verdict == Verdict.CREATE]
        known = _Known([each.given for each in new], by=by)
        if new:
            add_units(drafts=_drafts([(each.given, each.subject) for each in new], known), by=by)

    def undo(self, done: Sequence[Done], *, by: Actor, at: datetime) -> None:  # noqa: ARG002
        gone = [each for each in done if any((s.column, s.new) == ("remove", "yes") for s in each.changes)]
        others = [each for each in done if each not in gone]
        remove_units(keys=[each.subject for each in others if each.verdict == Verdict.CREATE], by=by)
        back = self.changed_back(others)
        olds = [(record, {s.column: self.old_value(s) for s in each.changes}) for each, record, _row in back]
        change_units(changes=[_changed(record, old) for record, old in olds], by=by)
        rows = [(self._row_of(each), each.subject) for each in gone]
        if rows:
            add_units(drafts=_drafts(rows, _Known([row for row, _key in rows], by=by)), by=by)

    def _row_of(self, each: Done) -> Given:
        """The row of a unit that was taken away, from its address and its old values."""
        curriculum, version, code = each.reference.split("/", 2)
        old = {shift.column: self.old_value(shift) for shift in each.changes if shift.column != "remove"}
        return Given(each.number, {"curriculum": curriculum, "version": version, "code": code, **old})

    def records(self, keys: Sequence[Any]) -> Mapping[Any, Unit]:
        return _read().in_bulk(list(keys))

    def export(self, *, by: Actor, on: date, narrowed: Mapping[str, str]) -> Iterator[Mapping[str, Any]]:  # noqa: ARG002
        versions = list_versions(by=by, curriculum=narrowed.get("curriculum", ""))
        if version := narrowed.get("version"):
            versions = versions.filter(version=version)
        for each in versions.prefetch_related("units__titles"):
            for unit in sorted(each.units.all(), key=lambda unit: unit.position):
                unit.version = each
                yield {"reference": str(unit.pk), **self.values(unit)}


def _read() -> QuerySet[Unit]:
    return Unit.objects.select_related("version__curriculum").prefetch_related("titles", "hours")


def _published(row: Given, column: str, version: CurriculumVersion) -> Planned:
    return refused(
        row, column, "published", N_("%(version)s is “%(now)s”; make a new version of it."),
        version=str(version), now=version.get_status_display(), fix=N_("Leave the row as an export writes it, or take it out."),
    )  # fmt: skip


def _taken(row: Given, is_taken: bool) -> Planned | None:
    if not is_taken:
        return None
    return refused(
        row, "position", "position_taken", N_("Another unit stands at position %(cell)s of this version."),
        fix=N_("Write another position, or none in a new row: the next one is given."),
    )  # fmt: skip


def _changed(unit: Unit, values: Mapping[str, Any]) -> UnitChanged:
    return UnitChanged(
        unit, values, {kind: values[name] or 0 for name, kind in HOURS.items() if name in values},
        {tag: values[name] for name, (tag, _label) in TITLES.items() if name in values},
    )  # fmt: skip


def _drafts(rows: Sequence[tuple[Given, UUID | None]], known: "_Known") -> list[UnitDraft]:
    """The new units of some rows; those without a position come behind the last of their version."""
    last = dict(known.last)
    for row, _key in rows:
        version = known.versions[row["curriculum"], row["version"]]
        last[version.pk] = max(last.get(version.pk, 0), row.get("position", 0))
    found = []
    for row, key in rows:
        version = known.versions[row["curriculum"], row["version"]]
        position = row.get("position")
        if position is None:
            position = last[version.pk] = last[version.pk] + 1
        titles = {tag: said for name, (tag, _label) in TITLES.items() if (said := row.get(name))}
        hours = {kind: row.get(name, 0) for name, kind in HOURS.items()}
        requirement = str(row.get("requirement", Unit.Requirement.REQUIRED))
        found.append(UnitDraft(version, row["code"], position, titles, hours, requirement, key))
    return found


class _Known:
    """Versions and units that the rows of one set name, and the positions that are taken when they are in."""

    def __init__(self, rows: Sequence[Given], *, by: Actor) -> None:
        visible = CurriculumVersion.objects.visible_to(by).select_related("curriculum")
        named = visible.filter(curriculum__reference__in={row.get("curriculum") for row in rows})
        self.versions = {(each.curriculum.reference, each.version): each for each in named}
        units = list(_read().filter(version__in=self.versions.values()))
        units += (
            _read().filter(pk__in=keys_in(rows, "reference"), version__in=visible).exclude(pk__in=[u.pk for u in units])
        )
        self.standing = {str(unit.pk): unit for unit in units}
        self._by_code = {(unit.version_id, unit.code): unit for unit in units}
        self.filled = set(
            Unit.objects.filter(pk__in=[unit.pk for unit in units])
            .exclude(elements__isnull=True, learning_outcomes__isnull=True, mapping_claims__isnull=True)
            .values_list("pk", flat=True)
        )
        self.last: dict[UUID, int] = {}
        for unit in units:
            self.last[unit.version_id] = max(unit.position, self.last.get(unit.version_id, 0))
        self._places = self._when_in(rows, units)

    def alike(self, row: Given) -> Unit | None:
        version = self.versions.get((row["curriculum"], row["version"]))
        return self._by_code.get((version.pk, row["code"])) if version else None

    def is_taken(self, version: CurriculumVersion, position: int, unit: UUID | None) -> bool:
        """Whether another unit stands there once the rows of this set are in: units may change places."""
        return bool(self._places.get((version.pk, position), set()) - {unit})

    def speaks_more(self, unit: Unit) -> bool:
        """Whether it has a title in a language that the sheet does not hold."""
        return bool({each.language for each in unit.titles.all()} - {tag for tag, _label in TITLES.values()})

    def _when_in(self, rows: Sequence[Given], units: Sequence[Unit]) -> dict[tuple[UUID, int], set[UUID]]:
        moved: dict[UUID, int | None] = {}
        for row in rows:
            unit = self.standing.get(row.get("reference", "")) or (None if row.get("reference") else self.alike(row))
            if unit is not None:
                moved[unit.pk] = None if row.get("remove") is True else row.get("position", unit.position)
        places: dict[tuple[UUID, int], set[UUID]] = {}
        for unit in units:
            if (position := moved.get(unit.pk, unit.position)) is not None:
                places.setdefault((unit.version_id, position), set()).add(unit.pk)
        return places
