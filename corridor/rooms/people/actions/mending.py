"""Putting one fact of a person right, as an accepted request says."""

from datetime import date

from corridor.foundations.access import Actor, Permission
from corridor.foundations.audit import log
from corridor.foundations.audit.changes import FieldChange
from corridor.foundations.vocabularies.countries import is_country
from corridor.kernel.errors import BadInput, Problem
from corridor.kernel.wording import N_

from ..finding import write_name_keys
from ..models import NameForm, Part, Person, PersonName, Sex

_NAMES = {Part.OWN_NAME: NameForm.OWN, Part.ROMANISED_NAME: NameForm.ROMANISED}


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
    if part in _NAMES and len(said) > 200:
        raise _wrong(N_("A name has at most 200 letters here."))
    return said


def mend(*, person: Person, part: Part, value: str, by: Actor) -> bool:
    """Write the value into the person's own record. False where another room keeps the fact: nothing was changed then."""
    by.require(Permission.RIGHTS_ANSWER)
    read = read_value(part, value)
    held = Person.objects.select_for_update().get(pk=person.pk)
    if part in _NAMES:
        _mend_name(held, _NAMES[part], str(read))
        write_name_keys([held])
    elif part in {Part.BORN_ON, Part.RESIDENCE_COUNTRY, Part.SEX}:
        setattr(held, part.value, read)
        held.save(update_fields=[part.value])
    else:
        return False
    log.record("people.mended", by=by, subject=held, changes=[FieldChange(part.value)])
    return True


def _mend_name(person: Person, form: NameForm, name: str) -> None:
    found = PersonName.objects.filter(person=person, form=form).order_by("pk").first()
    if found is not None:
        found.full_name = name
        # What was marked inside the old name stands in no new one.
        found.family_part = found.given_part = ""
        found.save()
        return
    own = PersonName.objects.filter(person=person, form=NameForm.OWN).first()
    language = f"{own.language.split('-')[0]}-Latn" if own else "und-Latn"
    PersonName.objects.create(person=person, form=form, language=language, full_name=name)


def _wrong(sentence: str) -> BadInput:
    return BadInput([Problem(sentence, column="should_be")])
