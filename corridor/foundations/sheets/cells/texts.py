"""Text, references and names in any script; Burmese in Zawgyi is turned into Unicode only where somebody said that it is Zawgyi."""

import re

from corridor.kernel.references import TAKEN
from corridor.kernel.wording import N_

from ..columns import Cell, as_written
from .cleaning import bare, cleaned
from .reading import CannotRead, CellReader, How, Mended
from .zawgyi import is_zawgyi, to_unicode

_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff]")
_REFERENCE = re.compile(r"[A-Za-z0-9_-]+")
_USER_NAME = re.compile(r"[\w.@+-]+")


def text(longest: int = 300) -> CellReader:
    """Text of at most so many characters."""

    def read(cell: Cell, how: How) -> str | Mended:
        written = cleaned(cell)
        if not written.isprintable() and _CONTROLS.search(written):
            raise CannotRead(
                "text_controls", N_("The text holds characters that cannot be printed."), fix=N_("Type it again.")
            )
        if len(written) > longest:
            raise CannotRead(
                "text_long", N_("The text has %(length)s characters; at most %(longest)s fit."), length=len(written),
                longest=longest, fix=N_("Shorten it."),
            )  # fmt: skip
        if how.zawgyi == "yes" and is_zawgyi(written) and (turned := to_unicode(written)) != written:
            return Mended(turned, N_("Zawgyi is read as Unicode: %(text)s."), {"text": turned})
        return written

    return CellReader(read, empty="", asks="text")


def passage(longest: int = 5_000) -> CellReader:
    """Text of several lines: its line breaks stay as they are."""
    line = text(longest)

    def read(cell: Cell, how: How) -> str | Mended:
        lines = [line.read(each, how) if each.strip() else "" for each in as_written(cell).splitlines()]
        turned = [each for each in lines if isinstance(each, Mended)]
        whole = "\n".join(str(each.value) if isinstance(each, Mended) else each for each in lines).strip()
        if len(whole) > longest:
            raise CannotRead(
                "text_long", N_("The text has %(length)s characters; at most %(longest)s fit."), length=len(whole),
                longest=longest, fix=N_("Shorten it."),
            )  # fmt: skip
        return Mended(whole, turned[0].message, turned[0].places) if turned else whole

    return CellReader(read, empty="", asks="text")


def reference(longest: int = 60) -> CellReader:
    """A reference of a record: letters A to Z, digits, "-" and "_". Empty where a new one is to be given."""

    def read(cell: Cell, how: How) -> str:  # noqa: ARG001
        written = bare(cell)
        if written.endswith(".0") and isinstance(cell, float):
            written = written[:-2]
        if not _REFERENCE.fullmatch(written) or len(written) > longest:
            raise CannotRead(
                "reference", N_("“%(cell)s” is no reference: up to %(longest)s of the letters A to Z, digits, “-” and “_”."),
                cell=written, longest=longest, fix=N_("Copy the reference from an export, or leave the cell empty for a new record."),
            )  # fmt: skip
        if written in TAKEN:
            raise CannotRead(
                "reference_taken", N_("“%(reference)s” is the address of another page; choose another reference."), reference=written,
                fix=N_("Copy the reference from an export, or leave the cell empty for a new record."),
            )  # fmt: skip
        return written

    return CellReader(read, empty="")


def user_name() -> CellReader:
    def read(cell: Cell, how: How) -> str:  # noqa: ARG001
        written = bare(cell)
        if not _USER_NAME.fullmatch(written) or len(written) > 150:
            raise CannotRead(
                "user_name", N_("“%(cell)s” is no user name: letters, digits and @ . + - _ alone."), cell=written,
                fix=N_("Copy it from the list of accounts."),
            )  # fmt: skip
        return written

    return CellReader(read, empty="")


def many(one: CellReader, *, repeats: bool = False) -> CellReader:
    """
    Several values in one cell with ";" (or "、", "；") between them, as a tuple. With ``repeats`` each stays in its place, else what stands
    twice is taken once. A cell that is no text (a number, a day) holds one value.
    """

    def read(cell: Cell, how: How) -> tuple[object, ...] | Mended:
        is_text = isinstance(cell, str)
        parts = [part.strip() for part in re.split("[;；、]", cleaned(cell))] if is_text else [cell]
        found = [one.read(part, how) for part in parts if part != ""]
        mended = next((value for value in found if isinstance(value, Mended)), None)
        whole = [value.value if isinstance(value, Mended) else value for value in found]
        values = tuple(whole if repeats else dict.fromkeys(whole))
        return Mended(values, mended.message, mended.places) if mended else values

    return CellReader(read, empty=(), asks=one.asks, told_as=one.told_as, labels=one.labels, is_many=True)
