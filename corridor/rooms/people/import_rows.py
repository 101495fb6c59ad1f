"""Between the rows of a sheet of persons and their records: what stands, what is drafted, and in which language a name is."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from corridor.foundations.prefixes import begins_with
from corridor.foundations.sheets.importing import Given, Planned
from corridor.kernel.wording import N_
from corridor.rooms.members.models import SourceMark

from .drafts import NameOfPerson, PersonDraft
from .models import NameForm, Person, Purpose, Sex

# Scripts of one language alone; Latin, Han and Arabic letters write several.
_SCRIPTS = (
    ("lo", re.compile("[\u0e81-\u0edf]")),
    ("th", re.compile("[\u0e01-\u0e5b]")),
    ("km", re.compile("[\u1780-\u17ff]")),
    ("my", re.compile("[\u1000-\u109f]")),
    ("si", re.compile("[\u0d80-\u0dff]")),
    ("ta", re.compile("[\u0b80-\u0bff]")),
    ("ko", re.compile("[\uac00-\ud7af]")),
)
# The question that names in letters of several languages raise, and its answers.
LANGUAGE_NEEDED, ROW_BY_ROW = "language_needed", "row"
LANGUAGES = (
    (ROW_BY_ROW, N_("Refuse them: each row shall say its own")),
    ("en", N_("English")),
    ("zh-Hans", N_("Chinese, in Chinese characters")),
    ("zh-Latn", N_("Chinese, in Latin letters")),
    ("id", N_("Indonesian")),
    ("fil", N_("Filipino")),
    ("vi", N_("Vietnamese")),
    ("ms", N_("Malay")),
    ("ur", N_("Urdu")),
    ("lo-Latn", N_("Lao, in Latin letters")),
    ("th-Latn", N_("Thai, in Latin letters")),
    ("km-Latn", N_("Khmer, in Latin letters")),
    ("my-Latn", N_("Burmese, in Latin letters")),
    ("si-Latn", N_("Sinhala, in Latin letters")),
    ("ta-Latn", N_("Tamil, in Latin letters")),
    ("ko-Latn", N_("Korean, in Latin letters")),
)


def language_of_script(name: str) -> str:
    """The language, where the letters of a name are of one alone; else nothing."""
    return next((tag for tag, letters in _SCRIPTS if letters.search(name)), "")


def in_language(row: Given, answer: str) -> Given:
    """The row with the language that the sender answered once for all, where neither its own cell nor its letters tell it."""
    if answer in {"", ROW_BY_ROW} or row.get("own_language") or language_of_script(row["own_name"]):
        return row
    return replace(row, values={**row.values, "own_language": answer})


def values_of(person: Person) -> dict[str, Any]:
    """What stands, by the columns of the sheet. Needs ``names``, ``certificate_names`` and ``sex_because`` read."""
    names = sorted(person.names.all(), key=lambda name: name.pk)
    own = next((name for name in names if name.form == NameForm.OWN), None)
    romanised = next((name for name in names if name.form == NameForm.ROMANISED), None)
    confirmed = [each for each in person.certificate_names.all() if each.ended_at is None]
    return {
        "own_name": own.full_name if own else "",
        "own_language": own.language if own else "",
        "romanised_name": romanised.full_name if romanised else "",
        "romanisation": romanised.romanisation if romanised else "",
        "name_order": person.name_order,
        "honorific": person.honorific,
        "sex": person.sex,
        "sex_because": person.sex_because.code if person.sex_because else "",
        "born_on": person.born_on,
        "residence_country": person.residence_country,
        "source_mark": person.source_mark,
        "certificate_names": "; ".join(sorted(f"{each.language}: {each.full_name}" for each in confirmed)),
    }


def fresh_references(count: int, year: int) -> Iterator[str]:
    """The next numbers of the year: P-2024-000017. Whoever imports holds the kind's turn, so no number is given twice."""
    prefix = f"P-{year}-"
    last = 0
    if count:
        rows = Person.objects.filter(begins_with("reference", prefix), reference__regex=r"-[0-9]{6}$").order_by(
            "-reference"
        )
        found = rows.values_list("reference", flat=True).first()
        last = int(found.removeprefix(prefix)) if found else 0
    return (f"{prefix}{last + number:06}" for number in range(1, count + 1))


def draft_of(each: Planned, said: str, purposes: Mapping[str, Purpose]) -> PersonDraft:
    row = each.given
    own = row.get("own_language") or language_of_script(row["own_name"])
    names = [NameOfPerson(NameForm.OWN, own, row["own_name"])]
    if romanised := row.get("romanised_name"):
        system = str(row.get("romanisation", ""))
        names.append(NameOfPerson(NameForm.ROMANISED, f"{own.split('-')[0]}-Latn", romanised, romanisation=system))
    return PersonDraft(
        reference=said,
        names=tuple(names),
        sex=row.get("sex", Sex.UNKNOWN),
        sex_because=purposes.get(row.get("sex_because", "")),
        born_on=row.get("born_on"),
        residence_country=row.get("residence_country", ""),
        source_mark=row.get("source_mark", SourceMark.ASSUMED),
        name_order=str(row.get("name_order", "")),
        honorific=row.get("honorific", ""),
        key=each.subject,
    )
