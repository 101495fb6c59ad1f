"""Languages of the pages: their own names, their tags in HTML, their direction, and their data in CLDR."""

from babel import Locale
from babel.dates import get_timezone_location
from django.utils.translation import get_language

from corridor.foundations.vocabularies import countries, languages

OWN_NAMES = {
    "en": "English",
    "zh-hans": "中文",
    "lo": "ລາວ",
    "id": "Bahasa Indonesia",
    "ko": "한국어",
    "th": "ไทย",
    "si": "සිංහල",
    "ta": "தமிழ்",
    "my": "မြန်မာ",
    "km": "ខ្មែរ",
    "fil": "Filipino",
    "ur": "اردو",
}
# English here is the English of the alliance's letters: day before month.
IN_CLDR = {"en": "en_GB", "zh-hans": "zh_Hans_CN", "zh": "zh_Hans_CN", "ur": "ur_PK"}


def html_lang(code: str) -> str:
    """The tag for a ``lang`` attribute: "zh-hans" is "zh-Hans"."""
    language, _, script = code.partition("-")
    return f"{language}-{script.title()}" if len(script) == 4 else code


def direction(code: str) -> str:
    """ "rtl" or "ltr"."""
    return "rtl" if languages.is_right_to_left(code) else "ltr"


def cldr(code: str | None = None) -> Locale:
    """The CLDR locale of that language, or of the reader's language."""
    code = (code or get_language() or "en").lower()
    return Locale.parse(IN_CLDR.get(code, code.split("-")[0]))


def language_name(code: str) -> str:
    """The name of a language in the reader's language: "Lao", "老挝语"."""
    name = cldr().languages.get(code.split("-")[0])
    return str(name or OWN_NAMES.get(code.lower(), code))


def country_name(code: str) -> str:
    """The name of a country or region (ISO 3166-1, two letters) in the reader's language; the code where CLDR has none."""
    return countries.country_name(code.upper(), html_lang(get_language() or "en"))


def zone_city(zone: str) -> str:
    """The city that a time zone is called after, in the reader's language: "Shanghai", "上海"."""
    return str(get_timezone_location(zone, locale=cldr(), return_city=True))
