"""What is handed over on paper to a holder without an account: a page each, with the code that opens the certificates once."""

import json
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

import typst
from django.utils.translation import gettext, override

from corridor.foundations.typesetting import qr_picture, set_pages
from corridor.foundations.vocabularies.languages import bcp47, is_right_to_left
from corridor.foundations.vocabularies.sentences import day_text
from corridor.kernel.wording import N_

from .holder_letters import MadeLink
from .refusals import CannotPrint

_TEMPLATE = Path(__file__).with_name("holder_sheet.typ")


def print_sheets(made: Sequence[tuple[MadeLink, Sequence[str]]], *, on: date) -> bytes:
    """
    The PDF (A4, PDF/A-2a and PDF/UA-1), one page for each link with the names of its holder.

    :raises CannotPrint: if a name holds a character that none of the fonts has.
    """
    said = {
        "date": [on.year, on.month, on.day],
        "title": gettext("Your certificates"),
        "sheets": [_said(link, names) for link, names in made],
    }
    try:
        return set_pages(_TEMPLATE, {"sheets": json.dumps(said, ensure_ascii=False)}, standards=["a-2a", "ua-1"])
    except typst.TypstError as error:
        raise CannotPrint(N_("The sheet cannot be printed: a character on it is in none of the fonts.")) from error


def _said(made: MadeLink, names: Sequence[str]) -> dict[str, Any]:
    link = made.link
    language = bcp47(link.language)
    with override(link.language):
        return {
            "language": language.split("-")[0],
            "direction": "rtl" if is_right_to_left(language) else "ltr",
            "title": gettext("Your certificates"),
            "names": list(names),
            "reference": link.credential.reference,
            "steps": [
                gettext("Scan the code with your phone, or type the address below it."),
                gettext("Press the button on the page: then this phone shows your certificates for twelve hours."),
                gettext("Download them all, take them into a wallet, or show them to somebody. With an account you keep them there."),
            ],
            "once": gettext("The code works once, until %(day)s. Whoever has this sheet can open your certificates: give it to nobody.")
            % {"day": day_text(link.expires_at.date())},
            "alt": gettext("QR code that opens your certificates"),
            "address": made.address,
            "qr": qr_picture(made.address),
        }  # fmt: skip
