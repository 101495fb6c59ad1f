"""The edition as PDF (A4), set by typst from the same parts as the other formats."""

import json
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from django.utils.translation import gettext_lazy as _

from corridor.foundations.typesetting import set_pages

from .parts import evidence, headline, measure_words, tables
from .shape import NOTHING, PackedEdition, PackedFigure, text_of

_TEMPLATE = Path(__file__).with_name("edition.typ")


def edition_as_pdf(edition: PackedEdition) -> bytes:
    inputs = {"edition": json.dumps(_printed(edition), ensure_ascii=False)}
    return set_pages(_TEMPLATE, inputs, standards=["a-2b"])


def _printed(edition: PackedEdition) -> dict[str, Any]:
    day = date.fromisoformat((edition.published_at or edition.day)[:10])
    return {
        "title": edition.title,
        "alliance": edition.alliance,
        "reference": edition.reference,
        "language": edition.language.split("-")[0],
        "date": [day.year, day.month, day.day],
        "facts": [
            [str(_("Day")), edition.day],
            [str(_("Published")), edition.published_at],
            [str(_("Fingerprint")), edition.fingerprint],
        ],
        "about": str(
            _("Every number can be counted again from the rows behind it. “·” hides a small count of persons.")
        ),
        "signed": str(_("Signed by two persons")),
        "page": str(_("Page")),
        "figures": [_figure(each) for each in edition.figures],
    }


def _figure(figure: PackedFigure) -> dict[str, Any]:
    return {
        "title": figure.title,
        "about": figure.about,
        "value": _value(headline(figure)),
        "unit": figure.unit_words,
        "counted": figure.counted,
        "correction": figure.correction,
        "tables": [
            {
                "title": table.title,
                "heads": list(table.heads),
                "rows": [
                    [
                        line.title,
                        *({cell.measure: cell.text for cell in line.cells}.get(head, "") for head in table.heads),
                    ]
                    for line in table.lines
                ],
            }
            for table in tables(figure)
        ],
        "facts": [
            [str(_("Figure")), f"{figure.reference} · {figure.said['code']} · v{figure.said['version']}"],
            [str(_("Not counted")), text_of(figure.said["not_counted"])],
            *([measure_words(place), text] for place, text in evidence(figure).items()),
        ],
        "signatures": [f"{each.by}, {each.role}, {each.on}" for each in figure.signatures],
    }


def _value(numbers: Mapping[str, str]) -> str:
    if "value" in numbers:
        return numbers["value"]
    if "ratio" in numbers:
        said = str(_("%(numerator)s for %(denominator)s")) % numbers
        return said if numbers["ratio"] == NOTHING else f"{said} ({numbers['ratio']})"
    said = str(_("%(numerator)s of %(denominator)s")) % numbers
    share = numbers.get("percent", NOTHING)
    return said if share == NOTHING else f"{said} ({share})"
