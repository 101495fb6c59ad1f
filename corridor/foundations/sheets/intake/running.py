"""Columns that only count the rows: an office numbers its lines, and means nobody by it."""

from itertools import islice

from ..cells.cleaning import bare, is_blank
from .opening import Opened
from .tables import Head

LOOKED_AT, FEWEST = 30, 3


def running_numbers(opened: Opened, sheet: str, head: Head, *, encoding: str, delimiter: str) -> set[int]:
    """The columns (from 0) whose cells begin 1, 2, 3 right below the head, or are all of that kind in a table of fewer rows."""
    begin = head.row + head.depth
    rows = (
        cells
        for number, cells in opened.rows(sheet, encoding=encoding, delimiter=delimiter)
        if number >= begin and not all(map(is_blank, cells))
    )
    top = list(islice(rows, LOOKED_AT))
    found = set()
    for place in range(len(head.names)):
        said = [bare(cells[place]) if place < len(cells) else "" for cells in top]
        counted = next((count for count, text in enumerate(said) if text != str(count + 1)), len(said))
        if counted and counted >= min(FEWEST, len(said)):
            found.add(place)
    return found
