"""What a person wrote that a fact should be, as the record keeps it."""

from datetime import date

from corridor.foundations.vocabularies.countries import is_country
from corridor.kernel.errors import BadInput, Problem
from corridor.kernel.wording import N_

from .models import Part, Sex


def read_value(part: Part, written: str) -> object:
    """
    What was written, as the record keeps it; text as it is for parts that other records hold.

    :raises BadInput: if it is no day, no country or no code of that part.
    """
    said = written.strip()
    if part == Part.BORN_ON:
        try:
            return date.fromisoformat(said)
        except ValueError:
            raise _wrong(N_("Write the day as year-month-day: 1999-04-05.")) from None
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
