"""What delegates carry: cards with their code, and a letter for a visa."""

import json
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

import typst
from django.conf import settings
from django.utils.translation import get_language, gettext

from corridor.foundations.typesetting import qr_picture, set_pages
from corridor.foundations.vocabularies.countries import country_name
from corridor.foundations.vocabularies.languages import bcp47, choose
from corridor.foundations.vocabularies.sentences import day_text
from corridor.kernel.periods import ONE_DAY
from corridor.kernel.wording import N_
from corridor.rooms.members.models import Alliance

from ..delegate_refusals import CannotPrint
from ..models import Conference, Delegate, VisaLetter

_CARDS = Path(__file__).with_name("cards.typ")
_LETTER = Path(__file__).with_name("visa_letter.typ")


def print_cards(conference: Conference, delegates: Sequence[Delegate], *, is_sheet: bool) -> bytes:
    """
    The PDF (PDF/A-2b): four cards of A6 on each sheet of A4, or one A6 each. Names stand in their own script.

    :raises CannotPrint: if a character is in none of the fonts.
    """
    language = _language()
    inputs = {
        "title": gettext("Name cards"), "date": _parts(conference.starts_on), "language": language.split("-")[0], "sheet": is_sheet,
        "conference": _title(conference, language),
        "when": f"{day_text(conference.starts_on)} – {day_text(conference.ends_before - ONE_DAY)}, {conference.place}",
        "alt": gettext("QR code of the name card"),
        "cards": [
            {
                "name": each.name, "latin": each.latin_name, "whence": _whence(each, language), "code": spaced(each.card),
                "reference": each.reference, "qr": qr_picture(each.card),
            }
            for each in delegates
        ],
    }  # fmt: skip
    return _set(_CARDS, "cards", inputs)


def print_visa_letter(letter: VisaLetter, *, issued_on: date) -> bytes:
    """
    The PDF (A4, PDF/A-2b) of a letter that was issued, as long as the passport's number is known.

    :raises CannotPrint: if a character is in none of the fonts.
    """
    delegate, language = letter.delegate, _language()
    conference = delegate.conference
    alliance = Alliance.objects.prefetch_related("names").first()
    assert letter.born_on is not None  # asked for together with the passport
    first, last = day_text(conference.starts_on), day_text(conference.ends_before - ONE_DAY)
    inputs = {
        "title": gettext("Letter of invitation"), "date": _parts(issued_on), "language": language.split("-")[0],
        "alliance": alliance.name(language) if alliance else "", "day": day_text(issued_on),
        "paragraphs": [
            gettext("To whom it may concern,"),
            gettext("We invite the person named below to our conference “%(conference)s” in %(place)s, %(country)s, from %(first)s to %(last)s.")
            % {
                "conference": _title(conference, language), "place": conference.place,
                "country": country_name(conference.country, language), "first": first, "last": last,
            },
            gettext("We ask you to grant the visa that is needed for these days."),
        ],
        "facts": [
            [gettext("Name"), delegate.latin_name],
            [gettext("Born on"), day_text(letter.born_on)],
            [gettext("Nationality"), country_name(letter.nationality, language)],
            [gettext("Passport"), letter.passport],
            [gettext("Organisation"), _whence(delegate, language)],
            [gettext("Registration"), delegate.reference],
        ],
        "signed": gettext("For the alliance, its secretariat"),
        "foot": settings.PUBLIC_URL.partition("://")[2],
    }  # fmt: skip
    return _set(_LETTER, "letter", inputs)


def spaced(card: str) -> str:
    """A code as it is read aloud: ABCD-EFGH."""
    return f"{card[:4]}-{card[4:]}"


def _set(template: Path, name: str, inputs: dict[str, Any]) -> bytes:
    try:
        return set_pages(template, {name: json.dumps(inputs, ensure_ascii=False)}, standards=["a-2b"])
    except typst.TypstError as error:
        raise CannotPrint(N_("This cannot be printed: a character in it is in none of the fonts.")) from error


def _parts(day: date) -> list[int]:
    return [day.year, day.month, day.day]


def _language() -> str:
    return bcp47(get_language() or settings.LANGUAGE_CODE)


def _title(conference: Conference, language: str) -> str:
    text, _tag = choose({each.language: each.text for each in conference.titles.all()}, language)
    return text or conference.reference


def _whence(delegate: Delegate, language: str) -> str:
    return delegate.organisation.display_name(language) if delegate.organisation else delegate.comes_from
