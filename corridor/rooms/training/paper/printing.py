"""A register to fill by hand: a page of A4 for every forty learners of a session, or of the sessions of a week."""

import json
from collections.abc import Sequence
from pathlib import Path

import typst
from django.conf import settings
from django.utils.translation import get_language, gettext

from corridor.foundations.typesetting import qr_picture, set_pages
from corridor.foundations.vocabularies.languages import bcp47
from corridor.foundations.vocabularies.sentences import day_text, instant_text
from corridor.kernel.errors import Refusal
from corridor.kernel.wording import N_

from ..models import Mark
from ..queries.registers import Register
from .geometry import (
    BOX,
    COLUMNS,
    CORNER_SIZE,
    CORNERS,
    FIRST_ROW,
    QR_LEFT,
    QR_SIZE,
    QR_TOP,
    ROW_HEIGHT,
    ROWS_A_PAGE,
    SheetCode,
)

_SHEET = Path(__file__).with_name("sheet.typ")


class CannotPrintSheet(Refusal):
    """Nobody is on the roll, or a character is in none of the fonts."""


def print_sheets(registers: Sequence[Register]) -> bytes:
    """
    The PDF (PDF/A-2b) of those registers, in that order. Names stand as on the screen.

    :raises CannotPrintSheet:
    """
    pages = [page for register in registers for page in _pages(register)]
    if not pages:
        raise CannotPrintSheet(N_("Nobody is on the roll; there is no sheet to print."))
    language = bcp47(get_language() or settings.LANGUAGE_CODE)
    first = registers[0].session.held_on
    inputs = {
        "title": gettext("Register"), "date": [first.year, first.month, first.day], "language": language.split("-")[0],
        "corners": CORNERS, "corner": CORNER_SIZE, "qr": [QR_LEFT, QR_TOP, QR_SIZE], "first": FIRST_ROW, "row": ROW_HEIGHT, "size": BOX,
        "columns": [{"x": x, "word": str(Mark(mark).label)} for mark, x in COLUMNS.items()],
        "how": gettext("Cross one box in each row. Nothing else is read: neither minutes nor remarks. Photograph all four corners."),
        "signature": gettext("Signature"), "on": gettext("Day"), "alt": gettext("QR code of the register"), "pages": pages,
    }  # fmt: skip
    try:
        return set_pages(_SHEET, {"sheet": json.dumps(inputs, ensure_ascii=False)}, standards=["a-2b"])
    except typst.TypstError as wrong:
        raise CannotPrintSheet(N_("The sheet cannot be set: a letter in a name is in none of the fonts.")) from wrong


def _pages(register: Register) -> list[dict[str, object]]:
    session = register.session
    pages: list[dict[str, object]] = []
    for start in range(0, len(register.rows), ROWS_A_PAGE):
        rows = register.rows[start : start + ROWS_A_PAGE]
        code = SheetCode(session.pk, tuple(row.number for row in rows))
        pages.append(
            {
                "title": session.topic or session.get_kind_display(),
                "day": f"{day_text(session.held_on, 'full')} · {instant_text(session.begins_at, session.cohort.site.zone)}",
                "cohort": f"{session.cohort.reference} · {session.number}",
                "qr": qr_picture(str(code)),
                "rows": [
                    {
                        "number": row.number,
                        "name": row.own_name or row.romanised_name,
                        "latin": row.romanised_name if row.romanised_name != row.own_name else "",
                    }
                    for row in rows
                ],
            }
        )
    return pages
