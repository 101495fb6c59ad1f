"""What a person wrote that a fact should be, as the record keeps it."""

from datetime import date

from corridor.foundations.vocabularies.countries import is_country
from corridor.kernel.errors import BadInput, Problem
from corridor.kernel.wording import N_

from .birth_days import faults_of_birth, read_birth_day
from .models import BirthCalendar, Part, Sex


def read_value(part: Part, written: str, *, on: date) -> object:
    """
    What was written, as the record keeps it; text as it is for parts that other records hold. ``on`` is today.

    :raises BadInput: if it is no day, one to come, no country or no code of that part.
    """
    said = written.strip()
    if part == Part.BORN_ON:
        born_on = read_birth_day(said, calendar=BirthCalendar.GREGORIAN, column="should_be")
        if problems := faults_of_birth(born_on, on=on, column="should_be"):
            raise BadInput(problems)
        return born_on
    if part == Part.RESIDENCE_COUNTRY:
        if not is_country(said.upper()):
            raise _wrong(N_("Write the two letters of the country: LA, CN, TH."))
        return said.upper()
    if part == Part.SEX:
        if said not in Sex.values:
            raise _wrong(N_("Write female, male or unknown."))
        return said
    if part in {Part.OWN_NAME, Part.ROMANISED_NAME} and len(said) > 200:
        raise _wrong(N_("A name has at most 200 letters here."))
    return said


def _wrong(sentence: str) -> BadInput:
    return BadInput([Problem(sentence, column="should_be")])
