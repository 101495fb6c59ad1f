"""National holidays of countries and regions, by the package ``holidays``; in the reader's language where it has the words, else in English."""

from datetime import date
from functools import lru_cache

import holidays
from holidays.utils import list_supported_countries

from .languages import django_code

# Their words for the tags that we use.
_THEIRS = {"zh-hans": "zh_CN", "zh-hant": "zh_TW", "si": "si_LK", "ta": "ta_LK", "ur": "ur_PK", "ms": "ms_MY"}


@lru_cache(maxsize=400)
def _of_year(country: str, year: int, language: str) -> dict[date, str]:
    if country not in list_supported_countries():
        return {}
    made = holidays.country_holidays(country, years=year)
    offered = tuple(getattr(made, "supported_languages", ()))
    wanted = [_THEIRS.get(django_code(language), language), *(each for each in offered if each.startswith("en_"))]
    chosen = next((each for each in wanted if each in offered), None)
    if chosen is not None:
        made = holidays.country_holidays(country, years=year, language=chosen)
    return dict(made.items())


def national_days(country: str, *, first: date, last: date, language: str = "en") -> dict[date, str]:
    """The holidays of a country (ISO 3166-1) from one day to another, both inside; none for a country that is not known."""
    return {
        day: name
        for year in range(first.year, last.year + 1)
        for day, name in sorted(_of_year(country.upper(), year, language).items())
        if first <= day <= last
    }
