"""Kinds of sheets whose rows are records of one table: found by their reference, else by what they say; the beats that all of them share."""

from abc import abstractmethod
from collections.abc import Hashable, Mapping, Sequence
from datetime import datetime
from typing import Any, ClassVar, Protocol
from uuid import UUID

from corridor.foundations.access import Actor
from corridor.kernel.identifiers import new_id
from corridor.kernel.wording import N_

from .importing import THIS_STANDS, Done, Given, ImportKind, Planned, Verdict, refused, repeated
from .steps.moving import BuiltOn

AS_EXPORTED = N_("Leave the cell as an export writes it.")


class Known(Protocol):
    """What the rows of one set name, read in a constant number of statements. ``standing`` are the records by their reference in the sheet."""

    standing: Mapping[str, Any]

    def alike(self, row: Given) -> Any:
        """The record of which a row without a reference speaks, or None."""


class RecordsImport(ImportKind):
    """``fixed`` are columns whose values stay for ever; an empty cell of one of ``kept`` leaves what stands."""

    fixed: ClassVar[tuple[str, ...]] = ()
    kept: ClassVar[tuple[str, ...]] = ()
    # The column at which a row that stands twice in a file is told.
    first_column: ClassVar[str]

    @abstractmethod
    def known(self, rows: Sequence[Given], *, by: Actor) -> Any:
        """A Known for these rows."""

    @abstractmethod
    def values(self, record: Any) -> dict[str, Any]:
        """A record by the columns of the sheet, without its reference."""

    @abstractmethod
    def key_of(self, row: Given) -> Hashable:
        """What makes two new rows of one file the same."""

    @abstractmethod
    def fault(self, row: Given, record: Any, known: Any, *, by: Actor) -> Planned | None:
        """The refusal of a row that names what is not there; ``record`` is None for a new one."""

    @abstractmethod
    def fault_of_right(self, row: Given, record: Any, known: Any, *, by: Actor) -> Planned | None:
        """The refusal of a new row, or of one that would change something, that is not the sender's to write."""

    @abstractmethod
    def fault_of_change(self, planned: Planned, record: Any, known: Any, *, by: Actor, at: datetime) -> Planned | None:
        """The refusal of changes that the room does not make; ``planned`` has at least one."""

    @abstractmethod
    def fault_of_new(self, row: Given, known: Any, *, by: Actor, at: datetime, seen: dict[Any, Any]) -> Planned | None:
        """The refusal of a record that the room would not make."""

    @abstractmethod
    def records(self, keys: Sequence[Any]) -> Mapping[Any, Any]:
        """The records of these keys, with all that ``values`` reads."""

    def plan(
        self,
        rows: Sequence[Given],
        *,
        by: Actor,
        at: datetime,
        answers: Mapping[str, str],  # noqa: ARG002
        seen: dict[Any, Any],
    ) -> list[Planned]:
        known = self.known(rows, by=by)
        return [self._planned(row, known, by, at, seen) for row in rows]

    def _planned(self, row: Given, known: Any, by: Actor, at: datetime, seen: dict[Any, Any]) -> Planned:
        said = row.get(self.reference_column, "")
        if said and said not in known.standing:
            return refused(
                row, self.reference_column, "unknown", N_("There is no “%(cell)s” here that you may see."),
                fix=N_("Correct the reference, or leave the cell empty for a new record."),
            )  # fmt: skip
        held = known.standing[said] if said else known.alike(row)
        key = ("row", held.pk if held else self.key_of(row))
        if (first := seen.setdefault(key, row.number)) != row.number:
            return repeated(row, self.reference_column if said else self.first_column, first, THIS_STANDS)
        if fault := self.fault(row, held, known, by=by):
            return fault
        if held is None:
            planned = Planned(row, Verdict.CREATE, "", new_id())
            fault = self.fault_of_right(row, None, known, by=by) or told_fault(self, planned)
            return fault or self.fault_of_new(row, known, by=by, at=at, seen=seen) or planned
        return self._about(row, held, known, by, at)

    def _about(self, row: Given, held: Any, known: Any, by: Actor, at: datetime) -> Planned:
        empty = {name for name in self.kept if row.get(name) is None}
        row = Given(row.number, {name: value for name, value in row.values.items() if name not in empty}, row.remarks)
        planned = self.compared(row, standing=self.values(held), record=held, reference=self.reference_of(held))
        if not planned.changes:
            return planned
        if fault := self.fault_of_right(row, held, known, by=by):
            return fault
        for shift in planned.changes:
            if shift.column in self.fixed:
                return refused(
                    row, shift.column, "stays", N_("%(place)s has “%(old)s” there; an import does not change that."),
                    place=self.reference_of(held), old=shift.old, fix=AS_EXPORTED,
                )  # fmt: skip
        return told_fault(self, planned) or self.fault_of_change(planned, held, known, by=by, at=at) or planned

    def reference_of(self, record: Any) -> str:
        """How the sheet names a record."""
        return str(record.reference)

    def changed_back(self, done: Sequence[Done]) -> list[tuple[Done, Any, Given]]:
        """
        The records that an import changed, each with its row as it stood before; for undo.

        :raises BuiltOn: if one is gone, or was changed again.
        """
        changed = [each for each in done if each.verdict == Verdict.UPDATE]
        rows = self.records([each.subject for each in changed])
        found = []
        for each in changed:
            record = rows.get(each.subject)
            standing = self.values(record) if record is not None else {}
            if record is None or (column := self.shifts_back(each, standing)):
                raise BuiltOn(
                    N_("%(record)s was changed again since (%(column)s); the import cannot be taken back."),
                    record=each.reference, column="" if record is None else column,
                )  # fmt: skip
            old = {shift.column: self.old_value(shift) for shift in each.changes}
            found.append((each, record, Given(each.number, {**standing, **old})))
        return found


def told_fault(kind: ImportKind, planned: Planned) -> Planned | None:
    """The refusal of a row that would change, or bring, what is only told; None where it does not."""
    for column in kind.columns:
        if not column.is_told:
            continue
        shift = next((each for each in planned.changes if each.column == column.name), None)
        if shift is not None or (planned.verdict == Verdict.CREATE and planned.given.get(column.name) is not None):
            return refused(
                planned.given, column.name, "told", N_("This column is told by the records; a sheet does not change it."),
                fix=N_("Leave the cell as an export writes it; in a new row leave it empty."),
            )  # fmt: skip
    return None


def keys_in(rows: Sequence[Given], column: str) -> list[UUID]:
    """The keys that the cells of a column hold; what is none names nothing."""
    found = []
    for row in rows:
        try:
            found.append(UUID(row.get(column, "")))
        except ValueError:
            continue
    return found


def made_by(done: Sequence[Done]) -> list[Any]:
    """The keys of the records that an import made; for undo."""
    return [each.subject for each in done if each.verdict == Verdict.CREATE]


def changed_values(planned: Planned) -> dict[str, Any]:
    """The new values of the columns that shift."""
    return {shift.column: planned.given.values[shift.column] for shift in planned.changes}
