"""What a certificate counts as in the reader's country: chosen before the question or after the answer, with a script or without."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import HttpRequest

from corridor.foundations.vocabularies.countries import KNOWN_COUNTRIES
from corridor.foundations.vocabularies.languages import choose
from corridor.kernel.errors import NotFound
from corridor.kernel.wording import N_
from corridor.rooms.credentials.compact.claims import PaperClaims
from corridor.rooms.credentials.queries.choices import RecognitionKind
from corridor.web.ui.languages import country_name
from corridor.web.ui.names import reader_language


@dataclass(frozen=True)
class Counted:
    """One statement of one country, in the reader's language where the words are ours."""

    country: str
    recognition: str
    level: str
    authority: str
    document: str
    decided_on: date | None = None


def countries() -> list[tuple[str, str]]:
    """Every country by its code, in the order of its name."""
    return sorted(((code, country_name(code)) for code in KNOWN_COUNTRIES), key=lambda each: each[1])


def country_asked(request: HttpRequest) -> str:
    """The country that the address or the form names, empty without one. :raises NotFound: for what is no country."""
    said = request.POST.get("country", "") or request.GET.get("country", "")
    if said and said not in KNOWN_COUNTRIES:
        raise NotFound(N_("There is no country of the code %(code)s. Choose yours from the list."), code=said[:20])
    return said


def counted(statements: Sequence[Any], paper: PaperClaims | None) -> list[Counted]:
    """By country: as the codes of a paper say it, otherwise as the alliance has stated it."""
    if paper is not None:
        return [
            Counted(
                each.country, str(RecognitionKind(each.recognition).label), each.level, each.authority, each.document
            )
            for each in paper.recognised
        ]
    return [
        Counted(
            each.country, each.get_recognition_display(), each.level, choose(each.authorities(), reader_language())[0],
            each.document.title if each.document else "", each.decided_on,
        )
        for each in statements
    ]  # fmt: skip
