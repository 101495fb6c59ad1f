"""Text with something between its columns: which sign that is, and the rows."""

import csv
from collections import Counter
from collections.abc import Iterator
from io import TextIOWrapper
from pathlib import Path

from corridor.kernel.wording import N_

from ..columns import Cell
from .sniffing import refuse

DELIMITERS = {",": N_("commas"), ";": N_("semicolons"), "\t": N_("tabs"), "|": N_("bars")}
_LINES = 200
csv.field_size_limit(1_000_000)


def find_delimiter(text: str) -> str:
    """The sign that parts most lines into the same number of columns, and more than one; a comma where there is one column."""
    lines = [line for line in text.splitlines()[:_LINES] if line.strip()]
    best, best_score = ",", 0.0
    for sign in DELIMITERS:
        counts = Counter(len(cells) for cells in csv.reader(lines, delimiter=sign, strict=False) if len(cells) > 1)
        if counts:
            width, often = counts.most_common(1)[0]
            score = often / max(len(lines), 1) + min(width, 30) / 1_000
            if score > best_score:
                best, best_score = sign, score
    return best


def delimited_rows(path: Path, *, file: str, encoding: str, delimiter: str) -> Iterator[tuple[int, list[Cell]]]:
    """
    The rows, numbered from 1, as they stream by.

    :raises BadInput: at the row where the encoding or the quotation marks break.
    """
    number = 0
    with path.open("rb") as content, TextIOWrapper(content, encoding=encoding, newline="") as text:
        reader = csv.reader(text, delimiter=delimiter, strict=True)
        while True:
            number += 1
            try:
                cells: list[Cell] = list(next(reader))
            except StopIteration:
                return
            except UnicodeError:
                raise refuse(
                    file,
                    N_("From row %(row)s on the bytes are not %(encoding)s. Choose another encoding."),
                    row=number,
                    encoding=encoding,
                ) from None
            except csv.Error as wrong:
                if "field larger" in str(wrong):
                    raise refuse(
                        file,
                        N_(
                            "A cell of row %(row)s is longer than a million signs; a quotation mark that is never closed is the usual reason."
                        ),
                        row=number,
                    ) from None
                raise refuse(
                    file, N_("Row %(row)s breaks off, or its quotation marks do not match."), row=number
                ) from None
            if any("\x00" in cell for cell in cells if isinstance(cell, str)):
                raise refuse(file, N_("Row %(row)s holds zero bytes; this is no text."), row=number)
            yield number, cells
