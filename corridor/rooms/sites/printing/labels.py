"""A sheet of labels to print: for each machine its number, and the QR code of the page on which a fault is reported."""

import json
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

import typst
from django.conf import settings
from django.utils.translation import get_language, gettext

from corridor.foundations.typesetting import qr_picture, set_pages
from corridor.foundations.vocabularies.languages import bcp47, choose
from corridor.kernel.wording import N_

from ..labels import address_of
from ..models import EquipmentLabel
from ..refusals import CannotPrint

_TEMPLATE = Path(__file__).with_name("labels.typ")


def print_labels(labels: Sequence[EquipmentLabel], *, on: date) -> bytes:
    """
    The PDF (A4, PDF/A-2b), three labels beside each other, in the order given. The names of sites come with the equipment.

    :raises CannotPrint: if a character is in none of the fonts.
    """
    try:
        inputs = {"labels": json.dumps(printed(labels, on=on), ensure_ascii=False)}
        return set_pages(_TEMPLATE, inputs, standards=["a-2b"])
    except typst.TypstError as error:
        raise CannotPrint(N_("The labels cannot be printed: a character on them is in none of the fonts.")) from error


def printed(labels: Sequence[EquipmentLabel], *, on: date) -> dict[str, Any]:
    """Everything that the sheet says."""
    language = bcp47(get_language() or settings.LANGUAGE_CODE)
    return {
        "date": [on.year, on.month, on.day],
        "title": gettext("Labels of equipment"),
        "language": language.split("-")[0],
        "alt": gettext("QR code to report a fault of"),
        "words": gettext("Something wrong? Scan this."),
        "labels": [_one(label, language) for label in labels],
    }


def _one(label: EquipmentLabel, language: str) -> dict[str, str]:
    machine, address = label.equipment, address_of(label)
    names = {each.language: each.text for each in machine.site.names.all()}
    name, _language = choose(names, language)
    return {
        "site": name or machine.site.reference,
        "number": machine.inventory_number,
        "kind": machine.kind,
        "address": address.partition("://")[2],
        "qr": qr_picture(address),
    }
