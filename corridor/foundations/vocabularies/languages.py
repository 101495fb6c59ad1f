"""Languages: their tags (BCP 47), their names, and which of several texts a reader gets."""

import re
from collections.abc import Mapping
from functools import lru_cache

from babel import Locale, UnknownLocaleError
from django.conf import settings

_TAG = re.compile(r"(?P<language>[a-z]{2,3})(-(?P<script>[A-Z][a-z]{3}))?(-(?P<region>[A-Z]{2}|[0-9]{3}))?")
# English here is the English of the alliance's letters: day before month. Chinese without a script is read as simplified.
_IN_CLDR = {"en": "en_GB", "zh": "zh_Hans_CN", "zh-hans": "zh_Hans_CN", "zh-hant": "zh_Hant_TW"}
FALLBACK = "en"
RIGHT_TO_LEFT = frozenset({"ar", "fa", "he", "ps", "sd", "ug", "ur"})


def bcp47(code: str) -> str:
    """The tag of a Django language code: "zh-hans" is "zh-Hans", "pt-br" is "pt-BR". A tag stays as it is."""
    first, *rest = code.replace("_", "-").split("-")
    written = [part.title() if len(part) == 4 else part.upper() if len(part) == 2 else part for part in rest]
    return "-".join([first.lower(), *written])


def django_code(tag: str) -> str:
    """The Django language code of a tag: "zh-Hans" is "zh-hans"."""
    return tag.lower()


def is_right_to_left(code: str) -> bool:
    """Whether the lines of this language (a tag or a Django code) begin at the right."""
    return code.split("-")[0] in RIGHT_TO_LEFT


@lru_cache(maxsize=1_000)
def is_language(tag: str) -> bool:
    """Whether this is a well-formed tag (language, perhaps a script, perhaps a region) whose language CLDR knows."""
    found = _TAG.fullmatch(tag)
    if found is None:
        return False
    english = cldr("en")
    return (
        found["language"] in english.languages
        and (found["script"] is None or found["script"] in english.scripts)
        and (found["region"] is None or found["region"] in english.territories)
    )


@lru_cache(maxsize=200)
def cldr(tag: str) -> Locale:
    """The CLDR locale of a tag or Django code; English where CLDR does not know the language."""
    code = tag.lower()
    known = _IN_CLDR.get(code)
    try:
        return Locale.parse(known or code.split("-")[0])
    except (UnknownLocaleError, ValueError):
        return Locale.parse(_IN_CLDR[FALLBACK])


def written_languages() -> list[tuple[str, str]]:
    """The languages in which texts are written at the pages, as tags, each with its own name: those that the whole product speaks."""
    return [(bcp47(code), name) for code, name in settings.LANGUAGES]


def language_name(tag: str, language: str = "en") -> str:
    """The name of a language in another one: language_name("lo", "zh-Hans") is "老挝语". The tag itself where CLDR has no name."""
    found = _TAG.fullmatch(bcp47(tag))
    if found is None:
        return tag
    for candidate in (language, FALLBACK):
        names = cldr(candidate).languages
        with_script = f"{found['language']}_{found['script']}" if found["script"] else found["language"]
        name = names.get(with_script) or names.get(found["language"])
        if name:
            return str(name)
    return tag


def own_name(tag: str) -> str:
    """The name of a language in itself: "ລາວ"."""
    return language_name(tag, tag)


def choose(texts: Mapping[str, str], language: str) -> tuple[str, str]:
    """
    The text for a reader of that language, with the tag of the language it is in: ``("车辆检测", "zh-Hans")``.

    First the very tag, then the same language in another form, then English, then the first given. ("", "") where there is none.
    """
    wanted = bcp47(language)
    for tag in _by_preference(texts, wanted):
        if texts[tag]:
            return texts[tag], tag
    return "", ""


def _by_preference(texts: Mapping[str, str], wanted: str) -> list[str]:
    same_language = wanted.split("-")[0]
    return sorted(
        texts,
        key=lambda tag: (
            tag != wanted,
            tag.split("-")[0] != same_language,
            tag != FALLBACK,
        ),
    )
