"""The usual people: Mei, Khamla, Nimali."""

from datetime import UTC, date, datetime

from corridor.foundations.accounts.models import User
from corridor.rooms.people.finding import write_name_keys
from corridor.rooms.people.models import Consent, LikelyDouble, Person, Purpose


def make_person(
    reference: str = "mei",
    *,
    own_name: str = "陈美",
    own_language: str = "zh-Hans",
    romanised_name: str = "Chen Mei",
    sex: str = "female",
    sex_because: Purpose | None = None,
    born_on: date | None = None,
    residence_country: str = "",
    source_mark: str = "assumed",
    user: User | None = None,
) -> Person:
    """A person with a name in their own script and, unless ``romanised_name`` is empty, in Latin letters."""
    person = Person.objects.create(
        reference=reference, sex=sex, sex_because=sex_because, born_on=born_on, residence_country=residence_country,
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


def make_double(one: Person, other: Person, *, score: int = 90) -> LikelyDouble:
    """A pair that a search found and nobody has answered."""
    return LikelyDouble.objects.create(one=one, other=other, score=score, found_at=datetime(2024, 1, 2, tzinfo=UTC))


def make_purpose(code: str = "follow_up", *, legal_basis: str = "consent", **texts: str) -> Purpose:
    """A purpose that one agrees to freely, with its sentence in English unless ``texts`` give others by language."""
    purpose = Purpose.objects.create(code=code, legal_basis=legal_basis, need="optional")
    for language, text in (texts or {"en": "We may ask how you are doing."}).items():
        purpose.texts.create(version=1, language=language, title=text[:40], text=text, from_day=date(2023, 1, 1))
    return purpose


def make_purpose_of_sex() -> Purpose:
    """A purpose for which the sex of anybody may be written down, whether they agree or not."""
    return make_purpose("equal_access", legal_basis="public_task", en="We count how many women and men take part.")


def make_consent(person: Person, purpose: Purpose, *, on: date = date(2023, 7, 1)) -> Consent:
    """The person agreed on paper, on that day, to the purpose's latest sentence."""
    return Consent.objects.create(
        person=person, purpose=purpose, text=purpose.texts.order_by("-version", "language")[0], taking="paper",
        given_at=datetime(on.year, on.month, on.day, 12, tzinfo=UTC), taken_by="secretariat",
    )  # fmt: skip
