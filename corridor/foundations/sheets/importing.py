"""
What a kind of import is: the contract between the engine of spreadsheets and a room.

The engine reads the file, maps its columns, asks its questions and hands over rows of clean values. The kind says what each would do
(``plan``), does it (``apply``), takes it back (``undo``) and writes its records out again (``export``). It works in sets: a constant number
of statements for the rows that it is given at once (AT_ONCE).
"""

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any, ClassVar
from uuid import UUID

from django.db import models
from django.utils.translation import gettext_lazy as _

from corridor.foundations.access import Actor, Permission
from corridor.kernel.wording import N_

from .cells.reading import PLAIN, CannotRead, CellReader, How, Mended
from .cells.writing import written

AT_ONCE = 500


class Verdict(models.TextChoices):
    """What becomes of a row."""

    CREATE = "create", _("New")
    UPDATE = "update", _("Changed")
    UNCHANGED = "unchanged", _("As it stands")
    REFUSED = "refused", _("Refused")


@dataclass(frozen=True)
class ImportColumn:
    """
    A column by its stable ``name``, which heads an export too. ``label`` and ``about`` are sentences marked with N_. A required column must be
    mapped and filled; one that is not required and not mapped leaves the record as it is, one that is mapped and empty clears the value.
    ``is_reference`` marks the column that names the record itself: empty makes a new one, a known one changes it.
    """

    name: str
    label: str
    read: CellReader
    required: bool = False
    about: str = ""
    is_reference: bool = False
    # Told alone: an export writes it, locked, and an import refuses another value.
    is_told: bool = False


@dataclass(frozen=True)
class Choice:
    """
    A question that only this kind asks, with its answers (code, sentence); the first answer is taken where nobody answered. It is shown
    when a row was refused under the rule of the same name.
    """

    code: str
    sentence: str
    answers: tuple[tuple[str, str], ...]
    # Further answers that records give (a purpose that is written down), read each time that the question is shown or answered.
    more: Callable[[], tuple[tuple[str, str], ...]] = tuple
    # Asked as well where a row is taken and only its remarks bear the name of the rule.
    is_told: bool = False

    def all_answers(self) -> tuple[tuple[str, str], ...]:
        return self.answers + self.more()


@dataclass(frozen=True, slots=True)
class Fault:
    """Why a row is refused: where, what stood there, the rule's code, the sentence and how to mend it (templates with named places)."""

    column: str
    value: str
    rule: str
    message: str
    fix: str = ""
    places: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Shift:
    """One value that changes: as it stands and as it would be, both as an export writes them."""

    column: str
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class Given:
    """A row of the file: its number there, and the clean values of the mapped columns. ``remarks`` say what was mended in reading."""

    number: int
    values: Mapping[str, Any]
    remarks: tuple[Fault, ...] = ()

    def __getitem__(self, column: str) -> Any:
        return self.values[column]

    def get(self, column: str, otherwise: Any = None) -> Any:
        found = self.values.get(column)
        return otherwise if found is None or found == "" else found


@dataclass(slots=True)
class Planned:
    """A verdict. ``record`` is the record that stands (a model of the room), for ``apply`` alone; ``subject`` its key, or the new one's."""

    given: Given
    verdict: Verdict
    reference: str = ""
    subject: UUID | None = None
    changes: tuple[Shift, ...] = ()
    faults: tuple[Fault, ...] = ()
    record: Any = None


@dataclass(frozen=True, slots=True)
class Done:
    """A row that was applied, as it is remembered for undoing."""

    number: int
    verdict: Verdict
    subject: UUID
    reference: str
    changes: tuple[Shift, ...]


class ImportKind(ABC):
    """
    One kind of sheet that can be imported and exported. ``words`` is a TOML file beside the room with the aliases of headers and of choices
    in twelve languages (words.py says how). ``permission`` opens the page; ``plan`` asks again for each record.
    """

    name: ClassVar[str]
    title: ClassVar[str]
    permission: ClassVar[Permission]
    columns: ClassVar[tuple[ImportColumn, ...]]
    words: ClassVar[Path]
    choices: ClassVar[tuple[Choice, ...]] = ()
    # Its files say themselves how they are read: nobody is asked where the table is, and which column is which.
    is_settled: ClassVar[bool] = False
    # The endings of the files that an export is written as.
    forms: ClassVar[tuple[str, ...]] = ("xlsx", "csv")
    # By what an export can be narrowed, in the words of the address of the list that shows the same rows.
    narrows: ClassVar[tuple[str, ...]] = ()
    # The columns that say whom a row is about: a reference of a person, or the name of an account.
    about_persons: ClassVar[tuple[str, ...]] = ()
    about_accounts: ClassVar[tuple[str, ...]] = ()

    @abstractmethod
    def plan(
        self, rows: Sequence[Given], *, by: Actor, at: datetime, answers: Mapping[str, str], seen: dict[Any, Any]
    ) -> list[Planned]:
        """
        What each row would do, one verdict for each, in order; writes nothing. Also called inside the transaction that applies, right
        before ``apply``: a verdict that differs then ends the import. ``seen`` is the kind's own note about earlier rows of the same file
        (a reference that stands twice); it is empty when a file begins.
        """

    @abstractmethod
    def apply(self, planned: Sequence[Planned], *, by: Actor, at: datetime) -> None:
        """
        Do what was planned (CREATE and UPDATE alone arrive here), in bulk, by the room's own actions. A created record gets the key
        ``subject`` that its verdict names: undo finds it by that.
        """

    @abstractmethod
    def undo(self, done: Sequence[Done], *, by: Actor, at: datetime) -> None:
        """
        Take back: created records are removed, changed ones get their old values.

        :raises BuiltOn: if something was built on a created record, or a changed one was changed again; it names what.
        """

    @abstractmethod
    def export(self, *, by: Actor, on: date, narrowed: Mapping[str, str]) -> Iterator[Mapping[str, Any]]:
        """
        The records that this actor may see, as values by the names of the columns: those that the room's list shows on that day where it is
        narrowed in the same way (``narrows``). It reads in sets, the newest data.
        """

    def reshaped(self, file_name: str, content: bytes) -> tuple[str, bytes]:
        """The file as rows of this kind, where people also send it in another form (a matrix); as a rule as it is."""
        return file_name, content

    def packed(self, rows: Iterable[Mapping[str, Any]]) -> tuple[str, str, bytes]:
        """(file name, media type, bytes) of an export that is no sheet ("zip" among ``forms``)."""
        raise NotImplementedError

    def place_of(self, given: Given) -> str:  # noqa: ARG002
        """Where a row stands in what was sent ("users.csv:3"), where that is not its number."""
        return ""

    def references_of(self, keys: Sequence[UUID]) -> Mapping[UUID, str]:  # noqa: ARG002
        """
        The references of records by their keys, so that a file without references that comes again is known again. A kind whose rows say by
        themselves which record they are about needs none.
        """
        return {}

    def column(self, name: str) -> ImportColumn:
        return next(column for column in self.columns if column.name == name)

    @property
    def reference_column(self) -> str:
        return next((column.name for column in self.columns if column.is_reference), "")

    def shifts(self, given: Given, *, standing: Mapping[str, Any]) -> tuple[Shift, ...]:
        """What differs between the mapped columns of a row and the record that stands (values by column)."""
        found = []
        for column in self.columns:
            if column.name in given.values and not column.is_reference:
                old, new = written(standing.get(column.name)), written(given.values[column.name])
                # A value that is written in another way than sheets are read (two spaces, a letter in two signs) comes back as it was read.
                if old != new and self._as_read(column.name, old) != new:
                    found.append(Shift(column.name, old, new))
        return tuple(found)

    def _as_read(self, name: str, standing: str) -> str:
        try:
            return written(self._read_back(name, standing))
        except CannotRead:
            return standing

    def compared(self, given: Given, *, standing: Mapping[str, Any], record: Any, reference: str) -> Planned:
        """The verdict about a row whose record stands: UPDATE with what differs, or UNCHANGED."""
        changes = self.shifts(given, standing=standing)
        verdict = Verdict.UPDATE if changes else Verdict.UNCHANGED
        return Planned(given, verdict, reference, record.pk, changes, (), record)

    def shifts_back(self, done: Done, standing: Mapping[str, Any]) -> str:
        """The first column of a change that stands otherwise now than the import left it; "" where none does."""
        return next((each.column for each in done.changes if written(standing.get(each.column)) != each.new), "")

    def old_value(self, shift: Shift) -> Any:
        """The value that stood before, read back from how it was written; for undo."""
        return self._read_back(shift.column, shift.old)

    def new_value(self, shift: Shift) -> Any:
        return self._read_back(shift.column, shift.new)

    def _read_back(self, name: str, text: str) -> Any:
        read = self.column(name).read
        if text == "":
            return read.empty
        value = read.read(text, PLAIN)
        return value.value if isinstance(value, Mended) else value


def refused(given: Given, column: str, rule: str, message: str, *, fix: str = "", **places: object) -> Planned:
    """A row that is refused for one reason that only the room can see."""
    value = written(given.values.get(column))
    return Planned(
        given, Verdict.REFUSED, faults=(Fault(column, value, rule, message, fix, {"cell": value, **places}),)
    )


# Where one cell alone says what the row is about, and where several do.
CELL_STANDS = N_("“%(cell)s” stands in row %(first)s already.")
THIS_STANDS = N_("This stands in row %(first)s already.")


def repeated(given: Given, column: str, first: int, message: str = CELL_STANDS) -> Planned:
    """A row about what row ``first`` of the same file is about."""
    return refused(given, column, "twice", message, first=first, fix=N_("Leave one of the rows out."))


__all__ = [
    "AT_ONCE", "CELL_STANDS", "THIS_STANDS", "Choice", "Done", "Fault", "Given", "How", "ImportColumn", "ImportKind",
    "Mended", "Planned", "Shift", "Verdict", "refused",
    "repeated", "written",
]  # fmt: skip
