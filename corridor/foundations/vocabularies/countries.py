"""Countries and regions by their two letters (ISO 3166-1 alpha-2), named as CLDR names them."""

from functools import lru_cache

from babel.core import get_global
from babel.languages import get_official_languages

from corridor.kernel.errors import BadInput, Problem
from corridor.kernel.wording import N_

from .languages import cldr

# In CLDR but no country or region of the standard: unions, groups, reserved for other uses, and the codes for tests.
_NOT_COUNTRIES = {"AC", "CP", "CQ", "DG", "EA", "EU", "EZ", "IC", "QO", "TA", "UN", "XA", "XB", "XK", "ZZ"}

KNOWN_COUNTRIES: frozenset[str] = frozenset(
    code
    for code in map(str, cldr("en").territories)
    if len(code) == 2 and code.isalpha() and code not in _NOT_COUNTRIES
)


# CLDR's English explains where official papers do not.
_AS_ON_PAPER = {("en", "HK"): "Hong Kong SAR", ("en", "MO"): "Macao SAR", ("en", "MM"): "Myanmar"}


def is_country(code: str) -> bool:
    """Whether these two capital letters are a country or region of ISO 3166-1."""
    return code in KNOWN_COUNTRIES


def country_name(code: str, language: str = "en") -> str:
    """The name in that language (a BCP 47 tag or a Django code); in English where CLDR has none in it, the code where it has none at all."""
    for candidate in (language, "en"):
        if (candidate.partition("-")[0], code) in _AS_ON_PAPER:
            return _AS_ON_PAPER[candidate.partition("-")[0], code]
        name = cldr(candidate).territories.get(code)
        if name:
            return str(name)
    return code


def official_language(code: str) -> str:
    """The tag of the language in which a country or region writes its records (the first that CLDR calls official); "en" where it has none."""
    return next(iter(official_languages(code)), "en")


@lru_cache(maxsize=300)
def official_languages(code: str) -> tuple[str, ...]:
    """The tags of the languages that CLDR calls official in a country or region; none where it knows none."""
    tags = (each.replace("_", "-") for each in get_official_languages(code, de_facto=True))
    return tuple("zh-Hans" if tag == "zh" else tag for tag in tags)


def country_of_zone(zone: str) -> str:
    """
    The two letters of the country or region whose clocks a zone tells ("Asia/Vientiane": LA), by each of its names ("Asia/Saigon" is
    "Asia/Ho_Chi_Minh": VN); empty for one of none or of many.
    """
    found = str(get_global("zone_territories").get(get_global("zone_aliases").get(zone, zone), ""))
    return found if is_country(found) else ""


def require_country(code: str, *, column: str = "to") -> None:
    """:raises BadInput: for a code of no country, at that column; none at all is fine."""
    if code and not is_country(code):
        message = N_("“%(country)s” is no country or region of ISO 3166-1.")
        raise BadInput([Problem(message, {"country": code[:10]}, column=column)])
