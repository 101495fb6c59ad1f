"""
Words that mean one of a few things: choices, yes and no, countries and languages, as people write them in twelve languages.

A room's words stand in a TOML file beside its kind: ``[columns.NAME]`` and ``[choices.NAME.VALUE]`` map a language (BCP 47) to a list of words.
"""

import re
import tomllib
import unicodedata
from collections.abc import Mapping
from enum import Enum
from functools import lru_cache
from pathlib import Path

from corridor.foundations.vocabularies.countries import KNOWN_COUNTRIES, country_name
from corridor.foundations.vocabularies.languages import cldr, is_language
from corridor.kernel.wording import N_

from ..columns import Cell
from .cleaning import cleaned
from .days import LANGUAGES
from .reading import CannotRead, CellReader, How, Mended

COMMON = Path(__file__).with_name("words.toml")
_SILENT = re.compile(r"[\s_\-.:*()（）/／·•'’\u200b\u200c\u200d]+")


@lru_cache(maxsize=50_000)
def folded(text: str) -> str:
    """A header or a word without what people write in different ways: case, spaces, signs, full-width forms."""
    return _SILENT.sub("", unicodedata.normalize("NFKC", text).casefold())


@lru_cache
def words_in(path: Path) -> Mapping[str, Mapping[str, Mapping[str, tuple[str, ...]]]]:
    """The file of words: {"columns": {name: {language: words}}, "choices": {"sex.female": {language: words}}}."""
    read = tomllib.loads(path.read_text(encoding="utf-8"))
    choices = {
        f"{name}.{value}": by_language
        for name, values in read.get("choices", {}).items()
        for value, by_language in values.items()
    }
    return {"columns": read.get("columns", {}), "choices": choices}


def words_of(path: Path, section: str, name: str) -> list[str]:
    return [word for words in words_in(path)[section].get(name, {}).values() for word in words]


def choice(choices: type[Enum], *, words: Path, name: str, empty: Enum | str | None = None) -> CellReader:
    """One of the values of an enum, by its value or any of its words."""
    members = {str(member.value): member for member in choices if member.value}

    @lru_cache
    def known() -> dict[str, Enum]:
        found = {folded(value): member for value, member in members.items()}
        for value, member in members.items():
            for word in words_of(words, "choices", f"{name}.{value}"):
                found.setdefault(folded(word), member)
        return found

    def read(cell: Cell, how: How) -> Enum:  # noqa: ARG001
        written = cleaned(cell)
        found = known().get(folded(written))
        if found is None:
            raise CannotRead(
                "choice", N_("“%(cell)s” is not one of: %(choices)s."), cell=written, choices=", ".join(members),
                fix=N_("Write one of them."),
            )  # fmt: skip
        return found

    labels = {value: getattr(member, "label", value) for value, member in members.items()}
    return CellReader(read, empty=empty, offers=tuple(members), labels=labels)


@lru_cache
def _yes_no() -> dict[str, bool]:
    return {
        folded(word): answer == "yes"
        for answer in ("yes", "no")
        for word in words_of(COMMON, "choices", f"answer.{answer}")
    }


def _read_yes_no(cell: Cell, how: How) -> bool:  # noqa: ARG001
    written = cleaned(cell)
    found = _yes_no().get(folded(written))
    if found is None:
        raise CannotRead("yes_no", N_("“%(cell)s” is neither yes nor no."), cell=written, fix=N_("Write yes or no."))
    return found


@lru_cache
def _countries() -> dict[str, str]:
    found: dict[str, str] = {}
    for tag in LANGUAGES:
        for code in KNOWN_COUNTRIES:
            found.setdefault(folded(country_name(code, tag)), code)
    for code in KNOWN_COUNTRIES:
        for word in words_of(COMMON, "choices", f"country.{code}"):
            found[folded(word)] = code
    return found


@lru_cache(maxsize=2_000)
def _country_of(written: str) -> str | Mended:
    plain = unicodedata.normalize("NFKC", written).upper()
    if plain in KNOWN_COUNTRIES:
        return plain
    code = _countries().get(folded(written))
    if code is None:
        raise CannotRead(
            "country", N_("“%(cell)s” is no country or region."), cell=written,
            fix=N_("Write two letters of ISO 3166-1, like LA, or the name of the country."),
        )  # fmt: skip
    return code


def _read_country(cell: Cell, how: How) -> str | Mended:  # noqa: ARG001
    return _country_of(cleaned(cell))


@lru_cache
def _languages() -> dict[str, str]:
    found: dict[str, str] = {}
    for tag in LANGUAGES:
        for code, name in cldr(tag).languages.items():
            found.setdefault(folded(str(name)), str(code).replace("_", "-"))
    return found


@lru_cache(maxsize=2_000)
def _language_of(written: str) -> str:
    plain = unicodedata.normalize("NFKC", written)
    if is_language(plain):
        return plain
    code = _languages().get(folded(written), "")
    if not is_language(code):
        raise CannotRead(
            "language", N_("“%(cell)s” is no language."), cell=written,
            fix=N_("Write a tag of BCP 47, like lo or zh-Hans, or the name of the language."),
        )  # fmt: skip
    return code


def _read_language(cell: Cell, how: How) -> str:  # noqa: ARG001
    return _language_of(cleaned(cell))


yes_no = CellReader(_read_yes_no, offers=("yes", "no"), told_as="yes_no")
country = CellReader(_read_country, empty="", told_as="country")
language = CellReader(_read_language, empty="", told_as="language")
