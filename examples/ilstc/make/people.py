"""Persons, all invented: names in twelve languages' scripts, mononyms, long names, and things that nobody wrote down."""

from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from .tables import Book, draws, pool

COLUMNS = (
    "reference,sex,born_on,residence_country,source_mark,own_name,own_language,romanised_name,other_name,other_language,"
    "sex_because"
)
LANGUAGE_OF = {"CN": ["zh-Hans"], "LA": ["lo"], "KH": ["km"], "TH": ["th"], "MM": ["my"], "ID": ["id"], "KR": ["ko"], "LK": ["si", "ta"],
               "PH": ["fil"], "PK": ["ur"], "SG": ["en"], "AU": ["en"], "NZ": ["en"], "HK": ["zh-Hans"]}  # fmt: skip
# Sex is counted for the figures on who takes part, and for nothing else; where it is not known, nothing is collected.
SEX_BECAUSE = {"female": "equal_access", "male": "equal_access", "unknown": ""}
# The family name goes first, and whether a space stands between.
FAMILY_FIRST = {"zh-Hans": "", "km": " ", "ko": "", "ta": " "}


@dataclass(frozen=True)
class Name:
    sex: str
    own: str
    romanised: str


class People:
    """Gives out persons one after another; no name comes twice."""

    def __init__(self, book: Book) -> None:
        book.open("people", COLUMNS)
        self.book = book
        self.random = draws("people")
        languages = dict.fromkeys(one for several in LANGUAGE_OF.values() for one in several)
        self.names = {language: _names(language, self.random) for language in languages}
        self.count = 0

    def make(self, country: str, *, ages: tuple[int, int] = (22, 52)) -> str:
        """A new person of that country; the reference."""
        name = self.names[self.random.choice(LANGUAGE_OF[country])].pop()
        sex = name.sex if name.sex != "u" else self.random.choice("fm")
        language = next(tongue for tongue in LANGUAGE_OF[country] if _writes(tongue, name.own))
        return self._write(name.own, name.romanised, language, country, sex, ages)

    def make_named(
        self,
        own: str,
        romanised: str,
        language: str,
        country: str,
        sex: str,
        *,
        born_on: str = "",
        other: tuple[str, str] = ("", ""),
    ) -> str:
        """A person of the usual cast, or of one duplicate."""
        for rest in self.names.values():
            rest[:] = [name for name in rest if name.own != own]
        self.count += 1
        reference = f"P-{self.count:04d}"
        self.book.add("people", reference=reference, sex=_sex(sex), born_on=born_on, residence_country=country, source_mark="assumed",
                      own_name=own, own_language=language, romanised_name=romanised, other_name=other[0], other_language=other[1],
                      sex_because=SEX_BECAUSE[_sex(sex)])  # fmt: skip
        return reference

    def _write(self, own: str, romanised: str, language: str, country: str, sex: str, ages: tuple[int, int]) -> str:
        self.count += 1
        reference = f"P-{self.count:04d}"
        born = date(2023, 6, 1) - timedelta(days=self.random.randint(ages[0] * 365, ages[1] * 366))
        known = "unknown" if self.random.random() < 0.03 else _sex(sex)
        self.book.add(
            "people", reference=reference, sex=known, sex_because=SEX_BECAUSE[known],
            born_on="" if self.random.random() < 0.06 else born, residence_country="" if self.random.random() < 0.02 else country,
            source_mark="assumed", own_name=own, own_language=language, romanised_name=romanised if romanised != own else "",
        )  # fmt: skip
        return reference


def _sex(letter: str) -> str:
    return {"f": "female", "m": "male", "u": "unknown"}[letter]


def _writes(language: str, own: str) -> bool:
    """Whether a name is of that language; only Sri Lanka has two."""
    first = own.strip()[0]
    ranges = {"si": ("\u0d80", "\u0dff"), "ta": ("\u0b80", "\u0bff")}
    return language not in ranges or ranges[language][0] <= first <= ranges[language][1]


def _names(language: str, random: Random) -> list[Name]:
    rows = [row for row in pool("person_names") if row[0] == language]
    given = [row for row in rows if row[1] == "given"]
    family = [row for row in rows if row[1] == "family"]
    names = {}
    for one in given:
        for other in family:
            own = _join(language, one[3], other[3])
            roman = _join(language, one[4] or one[3], other[4] or other[3], roman=True)
            if one[3] != other[3]:
                names[own] = Name(one[2], own, roman)
    found = sorted(names.values(), key=lambda name: name.own)
    random.shuffle(found)
    return found


def _join(language: str, given: str, family: str, *, roman: bool = False) -> str:
    if not family:
        return given
    if language in FAMILY_FIRST:
        return f"{family}{' ' if roman else FAMILY_FIRST[language]}{given}"
    return f"{given} {family}"
