"""The usual people: Mei, Khamla, Nimali."""

from datetime import date

from corridor.foundations.accounts.models import User
from corridor.rooms.people.finding import write_name_keys
from corridor.rooms.people.models import Person


def make_person(
    reference: str = "mei",
    *,
    own_name: str = "陈美",
    own_language: str = "zh-Hans",
    romanised_name: str = "Chen Mei",
    sex: str = "female",
    born_on: date | None = None,
    residence_country: str = "",
    source_mark: str = "assumed",
    user: User | None = None,
) -> Person:
    """A person with a name in their own script and, unless ``romanised_name`` is empty, in Latin letters."""
    person = Person.objects.create(
        reference=reference, sex=sex, born_on=born_on, residence_country=residence_country,
        source_mark=source_mark, user=user,
    )  # fmt: skip
    person.names.create(form="own", language=own_language, full_name=own_name)
    if romanised_name:
        person.names.create(form="romanised", language=f"{own_language.split('-')[0]}-Latn", full_name=romanised_name)
    write_name_keys([person])
    return person


def make_people(count: int, *, prefix: str = "p", sex: str = "female", residence_country: str = "LA") -> list[Person]:
    """Many people at once, p-1, p-2 and so on, each with an own name."""
    return [
        make_person(
            f"{prefix}-{number}", own_name=f"{prefix.upper()} {number}", own_language="en", romanised_name="",
            sex=sex, residence_country=residence_country,
        )
        for number in range(1, count + 1)
    ]  # fmt: skip
