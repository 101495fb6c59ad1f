"""Whether a packed workbook is whole, unpacks to what it says, and spans no more cells than can be held; asked once, when it arrives."""

import re
import zlib
from collections.abc import Iterator
from pathlib import Path
from zipfile import BadZipFile, ZipFile, ZipInfo, is_zipfile

from openpyxl.utils import column_index_from_string

from corridor.kernel.wording import N_

from .ods import span_of_ods
from .sniffing import DAMAGED, MOST_UNPACKED, refuse, too_large

# A reader of workbooks holds every cell between the first and the last one, also those that nobody filled.
MOST_CELLS = 5_000_000
_CHUNK, _OVERLAP = 1 << 20, 200
# A filled cell beyond the twenty-fifth column, or in row 200,000 or later; without one there is nothing to count.
_FAR = re.compile(rb'\sr="(?:(?:Z|[A-Z]{2,3})\d+|[A-Z](?:[2-9]\d{5}|1\d{6}))"[^>]*[^/>]>')
_CELL = re.compile(rb'\sr="([A-Z]{1,3})(\d{1,7})"[^>]*[^/>]>')


def refuse_unsound(path: Path, *, file: str) -> None:
    """
    Anything else than a packed workbook passes.

    :raises BadInput: if a part of the workbook is broken, is longer than the list of contents says, or spans too many cells.
    """
    if not is_zipfile(path):
        return
    try:
        with ZipFile(path) as packed:
            names = set(packed.namelist())
            if not names & {"xl/workbook.xml", "content.xml"}:
                return
            for part in packed.infolist():
                _read_through(packed, part, file)
            if "content.xml" in names:
                rows, columns = span_of_ods(packed.read("content.xml"))
                _require_span(rows, columns, file)
    except (BadZipFile, zlib.error, EOFError, KeyError, NotImplementedError, OSError, RuntimeError, ValueError):
        raise refuse(file, DAMAGED) from None


def _read_through(packed: ZipFile, part: ZipInfo, file: str) -> None:
    """Unpack a part and compare it with its checksum, which the library does where a part ends."""
    is_sheet = part.filename.startswith("xl/worksheets/") and part.filename.endswith(".xml")
    length, is_far = 0, False
    for chunk in _chunks(packed, part):
        length += len(chunk)
        if length > MOST_UNPACKED:
            raise too_large(file, length)
        is_far = is_far or (is_sheet and _FAR.search(chunk) is not None)
    if is_far:
        rows = columns = 0
        for chunk in _chunks(packed, part):
            for letters, number in set(_CELL.findall(chunk)):
                rows, columns = max(rows, int(number)), max(columns, column_index_from_string(letters.decode()))
        _require_span(rows, columns, file)


def _chunks(packed: ZipFile, part: ZipInfo) -> Iterator[bytes]:
    """A part in pieces that overlap a little, so that no tag falls between two."""
    with packed.open(part) as content:
        before = b""
        while chunk := content.read(_CHUNK):
            yield before + chunk
            before = chunk[-_OVERLAP:]


def _require_span(rows: int, columns: int, file: str) -> None:
    if rows * columns > MOST_CELLS:
        raise refuse(
            file,
            N_(
                "A sheet of the workbook spans %(rows)s rows and %(columns)s columns, more than can be read. Delete what stands far"
                " below or beside the table, and save it again."
            ),
            rows=rows, columns=columns,
        )  # fmt: skip
