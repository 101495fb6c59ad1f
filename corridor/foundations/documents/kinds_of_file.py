"""What a file is, told from its bytes; its name must say the same. Anything else is not kept."""

import json
from collections.abc import Callable
from io import BytesIO
from pathlib import PurePath
from zipfile import BadZipFile, ZipFile

from django.conf import settings

from corridor.kernel.wording import N_

from .bad_files import bad_file
from .drawings import is_drawing
from .films import is_film

DRAWING = "image/svg+xml"
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def media_type_of(file_name: str, content: bytes, *, films: bool = False, drawings: bool = False) -> str:
    """
    Return the media type of a PDF, PNG, JPEG, XLSX, CSV, JSON or plain text file; of a film
    only where ``films`` are taken, of a drawing (SVG) only where ``drawings`` are.

    :raises BadInput: if it is empty, too large, of another kind, or its name says another kind than its bytes.
    """
    if not content:
        raise bad_file(file_name, N_("The file is empty."))
    suffix = PurePath(file_name).suffix.lower()
    most = settings.MAX_VIDEO_BYTES if films and suffix in _FILMS else settings.MAX_DOCUMENT_BYTES
    if len(content) > most:
        raise bad_file(file_name, N_("The file is larger than %(most)s MB."), most=most // 2**20)
    kinds = _KINDS | (_FILMS if films else {}) | (_DRAWINGS if drawings else {})
    if suffix not in kinds:
        raise bad_file(
            file_name, N_("Files of this kind are not kept; send one of: %(kinds)s."), kinds=", ".join(kinds)
        )
    media_type, holds = kinds[suffix]
    if not holds(content):
        raise bad_file(file_name, N_("The file is not what its name says (%(suffix)s)."), suffix=suffix)
    return media_type


def _starts(*marks: bytes) -> Callable[[bytes], bool]:
    return lambda content: content.startswith(marks)


def _is_workbook(content: bytes) -> bool:
    try:
        with ZipFile(BytesIO(content)) as packed:
            return "xl/workbook.xml" in packed.namelist()
    except BadZipFile:
        return False


def _is_text(content: bytes) -> bool:
    try:
        return "\x00" not in content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return False


def _is_json(content: bytes) -> bool:
    try:
        json.loads(content)
    except (ValueError, RecursionError):
        return False
    return True


_KINDS: dict[str, tuple[str, Callable[[bytes], bool]]] = {
    ".pdf": ("application/pdf", _starts(b"%PDF-")),
    ".png": ("image/png", _starts(b"\x89PNG\r\n\x1a\n")),
    ".jpg": ("image/jpeg", _starts(b"\xff\xd8\xff")),
    ".jpeg": ("image/jpeg", _starts(b"\xff\xd8\xff")),
    ".xlsx": (_XLSX, _is_workbook),
    ".csv": ("text/csv", _is_text),
    ".json": ("application/json", _is_json),
    ".txt": ("text/plain", _is_text),
}
_DRAWINGS: dict[str, tuple[str, Callable[[bytes], bool]]] = {".svg": (DRAWING, is_drawing)}
_FILMS: dict[str, tuple[str, Callable[[bytes], bool]]] = {
    ".mp4": ("video/mp4", is_film),
    ".mov": ("video/quicktime", is_film),
    ".3gp": ("video/3gpp", is_film),
}
