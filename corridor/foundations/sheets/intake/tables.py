"""Where the table is: its head (one row or two, below titles), its columns, and the notes under it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import islice

from django.conf import settings
from django.utils.translation import gettext, override
from rapidfuzz.fuzz import ratio
from rapidfuzz.process import extractOne

from corridor.kernel.wording import N_

from ..cells.cleaning import cleaned, is_blank
from ..cells.words import folded, words_of
from ..columns import Cell
from ..importing import ImportKind
from .marks import Marks
from .opening import Opened
from .sniffing import refuse

LOOKED_AT = 40
LIKELY = 82
# So many rows with one cell alone are kept back, to see whether the table goes on below them.
MOST_NOTES = 200
# A form with a choice for each column, and a person who reads it, take no more.
MOST_COLUMNS = 400


@dataclass(frozen=True)
class Head:
    """``row`` is the first row of the head (from 1), ``depth`` 1 or 2; ``names`` what each column is called there."""

    row: int
    depth: int
    names: tuple[str, ...]


@dataclass(frozen=True)
class Mapped:
    """A column of the file and the column of the kind that it is taken for; "" is left out. ``sure`` is 0 to 100."""

    position: int
    header: str
    name: str
    sure: int = 0


@dataclass
class Told:
    """What reading a table has left aside; full after the last row."""

    hidden_rows: list[int] = field(default_factory=list)
    notes: list[int] = field(default_factory=list)
    # Columns (from 1) without a head in which something stands.
    headless: set[int] = field(default_factory=set)


def aliases(kind: ImportKind) -> dict[str, str]:
    """Every known header of a kind, folded, by the column that it means: our names, what our exports call it, and other people's words."""
    found: dict[str, str] = {}
    for column in kind.columns:
        for word in (column.name, *_labels(column.label), *words_of(kind.words, "columns", column.name)):
            found.setdefault(folded(word), column.name)
    return found


def is_ours(header: str, kind: ImportKind) -> bool:
    """Whether our own exports call the column that names a record so, in any language."""
    column = next((each for each in kind.columns if each.is_reference), None)
    return column is not None and folded(header) in map(folded, (column.name, *_labels(column.label)))


@lru_cache
def _labels(label: str) -> tuple[str, ...]:
    said = []
    for code, _name in settings.LANGUAGES:
        with override(code):
            said.append(gettext(label))
    return tuple(dict.fromkeys(said))


def find_head(opened: Opened, sheet: str, kind: ImportKind, *, encoding: str = "", delimiter: str = "") -> Head:
    """The row or two rows whose cells are the most known headers; the first row with text where none is known."""
    known = aliases(kind)
    top = list(islice(opened.rows(sheet, encoding=encoding, delimiter=delimiter), LOOKED_AT))
    best, best_score = None, 0.0
    for place, (number, cells) in enumerate(top):
        single = [cleaned(cell) for cell in cells]
        score = _score(single, known)
        if score > best_score:
            best, best_score = Head(number, 1, tuple(single)), score
        if place + 1 < len(top):
            below = top[place + 1][1]
            double = two_rows(cells, below)
            # Two rows only where both together say more than either alone.
            alone = max(score, _score([cleaned(cell) for cell in below], known))
            two = _score(double, known, lower=0.8)
            if two > max(best_score, alone + 0.3) and not _is_data(below):
                best, best_score = Head(number, 2, tuple(double)), two
    if best is not None:
        return best
    number, cells = max(top, key=lambda row: sum(not is_blank(cell) for cell in row[1]), default=(1, []))
    return Head(number, 1, tuple(cleaned(cell) for cell in cells))


def head_at(opened: Opened, sheet: str, *, row: int, depth: int, encoding: str = "", delimiter: str = "") -> Head:
    """The head where somebody says that it stands."""
    rows = list(islice(opened.rows(sheet, encoding=encoding, delimiter=delimiter), row + depth - 1))
    found = [cells for number, cells in rows if row <= number < row + depth]
    if not found:
        return Head(row, depth, ())
    names = two_rows(found[0], found[1]) if depth == 2 and len(found) == 2 else [cleaned(cell) for cell in found[0]]
    return Head(row, depth, tuple(names))


def require_width(opened: Opened, head: Head) -> None:
    """:raises BadInput: if the table has more columns than anybody can look through."""
    count = sum(bool(name) for name in head.names)
    if count > MOST_COLUMNS:
        raise refuse(
            opened.file, N_("The table has %(count)s columns; at most %(most)s are read. Take out those that nobody needs here."),
            count=count, most=MOST_COLUMNS,
        )  # fmt: skip


def two_rows(upper: Sequence[Cell], lower: Sequence[Cell]) -> list[str]:
    """The names of a head of two rows: a title over several columns belongs to each of them."""
    names, title = [], ""
    width = max(len(upper), len(lower))
    for place in range(width):
        above = cleaned(upper[place]) if place < len(upper) else ""
        below = cleaned(lower[place]) if place < len(lower) else ""
        title = above or title
        if above and not below:
            names.append(above)
            title = ""
        else:
            names.append(f"{title} {below}".strip() if below else "")
    return names


def _score(names: Sequence[str], known: dict[str, str], *, lower: float = 0.4) -> float:
    """How many columns these headers are known to mean; ``lower`` is what a header counts whose last words alone are known."""
    found = [known[key] for name in names if name and (key := folded(name)) in known]
    half = [key for name in names if name and (key := _last_word(name, known))]
    return len(set(found)) + lower * len(set(half) - set(found))


def _last_word(name: str, known: dict[str, str]) -> str:
    """For a head of two rows: "Name In Latin letters" is known by its lower part."""
    words = name.split(" ")
    for start in range(1, len(words)):
        if found := known.get(folded(" ".join(words[start:]))):
            return found
    return ""


def _is_data(cells: Sequence[Cell]) -> bool:
    """A row with numbers or days is a row of the table, not of its head."""
    return any(not isinstance(cell, str) or cleaned(cell).isdigit() for cell in cells if not is_blank(cell))


def map_columns(head: Head, kind: ImportKind, *, remembered: dict[str, str] | None = None) -> list[Mapped]:
    """Which column is which: as this sender said before, by the known headers, else by likeness (a suggestion, to be confirmed)."""
    known, taken, found = aliases(kind), set(), []
    before = remembered or {}
    choices = list(known)
    for place, header in enumerate(head.names):
        if not header or len(found) >= MOST_COLUMNS:
            continue
        key = folded(header)
        name, sure = "", 0
        if key in before:
            name, sure = before[key], 100
        elif key in known:
            name, sure = known[key], 100
        elif last := _last_word(header, known):
            name, sure = last, 90
        elif len(key) > 2 and (near := extractOne(key, choices, scorer=ratio, score_cutoff=LIKELY)):
            name, sure = known[near[0]], int(near[1])
        if name in taken or not any(column.name == name for column in kind.columns):
            name, sure = "", 0
        taken |= {name} if name else set()
        found.append(Mapped(place, header, name, sure))
    return found


def table_rows(
    opened: Opened,
    sheet: str,
    head: Head,
    *,
    marks: Marks,
    leave_hidden: bool,
    told: Told,
    encoding: str = "",
    delimiter: str = "",
) -> Iterator[tuple[int, list[Cell]]]:
    """
    The rows of the table: without the head, empty rows, notes under it, and (where so decided) rows that are hidden. What is left out is
    told in ``told``.
    """
    waiting: list[tuple[int, list[Cell]]] = []
    is_begun = False
    across = len(head.names)
    nameless = [place for place, name in enumerate(head.names) if not name]
    begin = head.row + head.depth
    width = sum(bool(name) for name in head.names)
    for number, cells in opened.rows(sheet, encoding=encoding, delimiter=delimiter):
        if number < begin:
            continue
        filled = sum(not is_blank(cell) for cell in cells)
        if not filled:
            continue
        if leave_hidden and number in marks.hidden_rows:
            told.hidden_rows.append(number)
            continue
        # A row of text that is too wide is refused; a workbook may hold something beside its table.
        beside = nameless if opened.is_text else [*nameless, *range(across, len(cells))]
        if beside:
            told.headless.update(place + 1 for place in beside if place < len(cells) and not is_blank(cells[place]))
        if (
            filled == 1
            and width > 2
            and len(waiting) < MOST_NOTES
            and not any((number, place + 1) in marks.faulty for place in range(len(cells)))
        ):
            waiting.append((number, cells))
            continue
        yield from waiting
        waiting = []
        is_begun = True
        yield number, cells
    if is_begun:
        told.notes += [number for number, _cells in waiting]
    else:
        # A table of which every row has one cell alone is no table of notes.
        yield from waiting
