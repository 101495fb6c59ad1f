"""The edition as a workbook: what it is, one row per figure, and one row per number."""

from datetime import datetime
from io import BytesIO
from typing import Any

import xlsxwriter
from django.utils.translation import gettext_lazy as _

from .parts import evidence, headline, measure_words, tables
from .shape import SAID, PackedEdition, PackedFigure, text_of

EDITION, FIGURES, PARTS = "Edition", "Figures", "Numbers"
OVERVIEW = (
    "value",
    "numerator",
    "denominator",
    "percent",
    "ratio",
    "n",
    "evidence_rows",
    "evidence_hash",
    "content_hash",
)
LARGEST = 2**53


def edition_as_xlsx(edition: PackedEdition) -> bytes:
    packed = BytesIO()
    book = xlsxwriter.Workbook(packed, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    book.set_properties({"title": edition.title, "company": edition.alliance, "created": _instant(edition)})
    bold = book.add_format({"bold": True})
    _write_edition(book.add_worksheet(EDITION), edition, bold)
    _write_figures(book.add_worksheet(FIGURES), edition, bold)
    _write_numbers(book.add_worksheet(PARTS), edition, bold)
    book.close()
    return packed.getvalue()


def _instant(edition: PackedEdition) -> datetime:
    """Written as the time at which the book was made, so that the same edition gives the same bytes."""
    return datetime.fromisoformat(edition.published_at or edition.day).replace(tzinfo=None)


def _write_edition(sheet: Any, edition: PackedEdition, bold: Any) -> None:
    rows = [
        ("edition", edition.reference),
        ("title", edition.title),
        ("alliance", edition.alliance),
        ("day", edition.day),
        ("published_at", edition.published_at),
        ("fingerprint", edition.fingerprint),
    ]
    for number, (name, text) in enumerate(rows):
        sheet.write_string(number, 0, name, bold)
        sheet.write_string(number, 1, text)
    sheet.autofit()


def _write_figures(sheet: Any, edition: PackedEdition, bold: Any) -> None:
    heads = (*SAID, *OVERVIEW, "title", "signatures")
    sheet.write_row(0, 0, heads, bold)
    sheet.freeze_panes(1, 1)
    for number, figure in enumerate(edition.figures, start=1):
        signed = "; ".join(f"{each.by}, {each.role}, {each.on}" for each in figure.signatures)
        values = [*(figure.said[name] for name in SAID), *(figure.numbers.get(name) for name in OVERVIEW)]
        for column, value in enumerate([*values, figure.title, signed]):
            _write(sheet, number, column, value)
    sheet.autofit()


def _write_numbers(sheet: Any, edition: PackedEdition, bold: Any) -> None:
    heads = ("figure", "place", _("Figure"), _("Part"), _("Of it"), _("Measure"), "number")
    sheet.write_row(0, 0, [str(head) for head in heads], bold)
    sheet.freeze_panes(1, 0)
    row = 1
    for figure in edition.figures:
        for place, part, of_it, measure, text in _lines(figure):
            for column, value in enumerate([figure.reference, place, figure.title, part, of_it, measure]):
                sheet.write_string(row, column, value)
            _write(
                sheet, row, len(heads) - 1, int(text) if text.isascii() and text.isdigit() and len(text) < 16 else text
            )
            row += 1
    sheet.autofit()


def _lines(figure: PackedFigure) -> list[tuple[str, str, str, str, str]]:
    top = headline(figure) | evidence(figure)
    found = [(place, "", "", measure_words(place), text) for place, text in top.items()]
    for table in tables(figure):
        found += [
            (cell.place, table.title, line.title, cell.measure, cell.text)
            for line in table.lines
            for cell in line.cells
        ]
    return found


def _write(sheet: Any, row: int, column: int, value: object) -> None:
    if isinstance(value, int) and abs(value) < LARGEST:
        sheet.write_number(row, column, value)
    else:
        sheet.write_string(row, column, text_of(value))
