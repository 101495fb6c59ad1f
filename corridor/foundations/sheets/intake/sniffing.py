"""What a file is, told from its bytes and never from its name; what cannot be read is refused with a way out."""

import re
from enum import StrEnum
from pathlib import Path
from zipfile import BadZipFile, ZipFile

from corridor.kernel.errors import BadInput, Problem
from corridor.kernel.wording import N_

LARGEST = 64 * 1024 * 1024
# What a workbook may unpack to, and how many times its own size: a bomb is small outside.
MOST_UNPACKED = 600 * 1024 * 1024
MOST_TIMES = 200
SMALL = 2**20
_ZIP = b"PK\x03\x04"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_BOOK_OF_OLD = "Workbook".encode("utf-16-le"), "Book".encode("utf-16-le")
_PICTURES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"II*\x00", b"MM\x00*")


DAMAGED = N_("The workbook is damaged; open it and save it again.")
# The first tag of a page of the web, whatever stands before it; and what office software calls XML.
_PAGE = re.compile(rb"<(?:!doctype html|html|table|meta|head|body|style|div)(?![\w:])", re.IGNORECASE)
_XML = re.compile(rb"\s*<\?xml\b|\s*<[\w:]+ xmlns")


class FileKind(StrEnum):
    TEXT = "text"
    XLSX = "xlsx"
    XLSM = "xlsm"
    ODS = "ods"
    XLS = "xls"


def refuse(file: str, message: str, **places: object) -> BadInput:
    return BadInput([Problem(message, places, file=file)])


def refuse_large(size: int, *, file: str) -> None:
    """:raises BadInput: if nobody should even begin to read so much."""
    if size > LARGEST:
        raise refuse(
            file,
            N_("The file has %(size)s MB; at most %(most)s MB are read. Send the rows in several files."),
            size=size // 2**20, most=LARGEST // 2**20,
        )  # fmt: skip


def kind_of(path: Path, *, file: str) -> FileKind:
    """
    :raises BadInput: if it is empty, too large, protected by a password, a bomb, a picture, or nothing that is a sheet.
    """
    refuse_large(path.stat().st_size, file=file)
    with path.open("rb") as content:
        head = content.read(4096)
    if not head.strip(b"\x00 \t\r\n\xef\xbb\xbf\xff\xfe"):
        raise refuse(file, N_("The file is empty."))
    if head.startswith(_ZIP):
        return _packed_kind(path, file)
    if head.startswith(_OLE):
        return _old_kind(path, file)
    if head.startswith(_PICTURES) or _is_bitmap(head):
        raise refuse(
            file,
            N_(
                "This is a picture, whatever its name says; a picture of a table cannot be read. Send the table itself."
            ),
        )
    if head.startswith(b"%PDF"):
        raise refuse(file, N_("This is a PDF; the rows of a PDF cannot be read. Send the table it was made from."))
    # In UTF-16 every other byte is nothing.
    letters = head.lstrip(b"\xef\xbb\xbf\xff\xfe").replace(b"\x00", b"")
    if letters.lstrip().startswith(b"<") and _PAGE.search(letters):
        raise refuse(
            file,
            N_(
                "This is a web page, whatever its name says. Open it with LibreOffice or Excel and save it as XLSX or CSV."
            ),
        )
    if _XML.match(letters):
        raise refuse(
            file,
            N_("This is XML, whatever its name says. Open it with LibreOffice or Excel and save it as XLSX or CSV."),
        )
    return FileKind.TEXT


def _is_bitmap(head: bytes) -> bool:
    """A BMP or a WebP: two or four letters, which a table may begin with too, and then what no text holds."""
    return (head.startswith(b"BM") and head[6:10] == bytes(4)) or (head.startswith(b"RIFF") and head[8:12] == b"WEBP")


def too_large(file: str, size: int) -> BadInput:
    return refuse(file, N_("The workbook unpacks to %(size)s MB; that is no sheet of ours."), size=size // 2**20)


def _packed_kind(path: Path, file: str) -> FileKind:
    try:
        with ZipFile(path) as packed:
            parts = packed.infolist()
            unpacked = sum(part.file_size for part in parts)
            if unpacked > MOST_UNPACKED or (
                unpacked > 64 * SMALL and unpacked > MOST_TIMES * max(path.stat().st_size, 1)
            ):
                raise too_large(file, unpacked)
            names = {part.filename for part in parts}
            if "mimetype" in names and b"opendocument.spreadsheet" in packed.read("mimetype")[:200]:
                if b"manifest:encryption-data" in packed.read("META-INF/manifest.xml")[: 4 * SMALL]:
                    raise _protected(file)
                return FileKind.ODS
            if "xl/workbook.xml" in names:
                has_macro = any(name.lower().endswith("vbaproject.bin") for name in names)
                return FileKind.XLSM if has_macro else FileKind.XLSX
            if "xl/workbook.bin" in names:
                raise refuse(file, N_("This is a binary workbook (XLSB). Open it and save it as XLSX."))
    except (BadZipFile, KeyError, NotImplementedError, RuntimeError):
        raise refuse(file, DAMAGED) from None
    raise refuse(file, N_("This is a packed file, but no workbook. Unpack it and send the sheet in it."))


def _old_kind(path: Path, file: str) -> FileKind:
    content = path.read_bytes()
    if _ENCRYPTED in content:
        raise _protected(file)
    if any(mark in content for mark in _BOOK_OF_OLD):
        return FileKind.XLS
    raise refuse(file, N_("This is an office document, but no workbook. Send the sheet as XLSX or CSV."))


def _protected(file: str) -> BadInput:
    return refuse(file, N_("The workbook is protected by a password. Take the password off and send it again."))
