"""What is given to register persons, to merge two records of one human being, and to link an account."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from corridor.foundations.accounts.models import User
from corridor.rooms.members.models import SourceMark

from .models import BirthCalendar, BirthPrecision, NameForm, Person, Purpose, Sex


@dataclass(frozen=True)
class NameOfPerson:
    """
    One form of a name, whole. ``language`` is BCP 47; a romanised form says the script: "lo-Latn", and in ``romanisation`` the rules, where
    they are known. The parts, where they are marked, stand inside the whole.
    """

    form: NameForm
    language: str
    full_name: str
    romanisation: str = ""
    family_part: str = ""
    given_part: str = ""
    valid_from: date | None = None
    valid_before: date | None = None


@dataclass(frozen=True)
class PersonDraft:
    """``names`` holds at least the own name. The sex is collected for ``sex_because``."""

    reference: str
    names: tuple[NameOfPerson, ...]
    sex: Sex = Sex.UNKNOWN
    sex_because: Purpose | None = None
    born_on: date | None = None
    residence_country: str = ""
    source_mark: SourceMark = SourceMark.ASSUMED
    name_order: str = ""
    honorific: str = ""
    birth_calendar: BirthCalendar = BirthCalendar.GREGORIAN
    birth_precision: BirthPrecision = BirthPrecision.DAY
    birth_written: str = ""
    # The key of the new record, where a verdict named it before; else a fresh one.
    key: UUID | None = None


@dataclass(frozen=True)
class Merge:
    """``at`` is the instant from which the two are known to be one."""

    person: Person
    into: Person
    at: datetime
    reason: str


@dataclass(frozen=True)
class AccountLink:
    person: Person
    user: User
