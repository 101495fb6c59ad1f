"""
In which languages a paper is written (ADR 0041): those that its layout names, and then all of them or none; otherwise those of the places
behind it, as far as what it says has a reviewed text in them.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from corridor.foundations.vocabularies.countries import country_of_zone, official_languages
from corridor.kernel.wording import N_, LanguageTags
from corridor.rooms.members.models import Alliance

from ..compact.claims import Texts
from ..paper_words import paper_languages
from ..refusals import TextNotReviewed

MOST_LANGUAGES = 3
ENGLISH = "en"


@dataclass(frozen=True)
class Places:
    """The countries (two letters) of the site, of who signs, and of the alliance's home."""

    site: str
    issuer: str
    signers: tuple[str, ...] = ()
    home: str = ""


@dataclass(frozen=True)
class LeftOut:
    """A language of those places in which the paper is not written, and of what the title has no reviewed text in it."""

    language: str
    wanting: tuple[str, ...]


@dataclass(frozen=True)
class LanguagesOnPaper:
    """``written`` stands in the order of the paper, the largest first."""

    written: tuple[str, ...]
    left_out: tuple[LeftOut, ...] = ()


def choose_languages(places: Places, titles: Mapping[str, Texts]) -> LanguagesOnPaper:
    """English, and before it up to two languages of those places in which every one of ``titles`` has its text."""
    chosen: list[str] = []
    left_out = []
    for language in _wished(places):
        wanting = tuple(lacking(titles, language))
        if wanting:
            left_out.append(LeftOut(language, wanting))
        elif len(chosen) < MOST_LANGUAGES - 1:
            chosen.append(language)
    first = (*official_languages(places.issuer), *official_languages(places.home), *chosen)
    return LanguagesOnPaper((*sorted(chosen, key=first.index), ENGLISH), tuple(left_out))


def lacking(titles: Mapping[str, Texts], language: str) -> list[str]:
    """Of what the title has no text in that language, by what it is the title of."""
    return [what for what, texts in titles.items() if language not in texts]


def missing_texts(titles: Mapping[str, Texts], named: Iterable[str]) -> list[TextNotReviewed]:
    """What keeps a paper from being written in all the languages that its layout names: each text and language, and what to do."""
    return [
        TextNotReviewed(
            N_(
                "The title of %(what)s has no reviewed text in the language “%(language)s”, in which the certificate is to be printed. "
                "Have it translated and reviewed in the curriculum, or name other languages in the layout."
            ),
            what=what, language=LanguageTags.of(language),
        )
        for language in named
        for what in lacking(titles, language)
    ]  # fmt: skip


def home_country() -> str:
    """Where the alliance is at home; empty before it is loaded."""
    zone = Alliance.objects.values_list("home_zone", flat=True).first()
    return country_of_zone(zone) if zone else ""


def kept_in(texts: Texts, languages: Iterable[str]) -> dict[str, str]:
    """A text in the languages of a paper; where it has none of them, in English or in whichever there is."""
    found = {language: texts[language] for language in languages if texts.get(language)}
    if found or not texts:
        return found
    other = ENGLISH if ENGLISH in texts else next(iter(texts))
    return {other: texts[other]}


@lru_cache(maxsize=1_000)
def _wished(places: Places) -> tuple[str, ...]:
    """The first language of the site, the first of the issuer, their further ones, those of who else signs, those of the home."""
    site, issuer = official_languages(places.site), official_languages(places.issuer)
    others = [each for country in (*places.signers, places.home) for each in official_languages(country)]
    every = dict.fromkeys([*site[:1], *issuer[:1], *site[1:], *issuer[1:], *others])
    return tuple(language for language in every if language != ENGLISH and language in paper_languages())
