"""Putting one fact of a person right, as an accepted request says."""

from datetime import date

from corridor.foundations.access import Actor, Permission
from corridor.foundations.audit import log
from corridor.foundations.audit.changes import FieldChange
from corridor.kernel.errors import BadInput, Problem
from corridor.kernel.wording import N_

from ..finding import write_name_keys
from ..models import BirthCalendar, BirthPrecision, NameForm, Part, Person, PersonName, Sex
from ..naming import romanised_first
from ..written_values import read_value

_NAMES = {Part.OWN_NAME: NameForm.OWN, Part.ROMANISED_NAME: NameForm.ROMANISED}


def mend(*, person: Person, part: Part, value: str, on: date, by: Actor) -> bool:
    """
    Write the value into the person's own record. False where another room keeps the fact: nothing was changed then.

    :raises BadInput: for a value that cannot be, a name that stands there already, or a sex where none stands and none is collected.
    """
    by.require(Permission.RIGHTS_ANSWER, on=person)
    read = read_value(part, value, on=on)
    held = Person.objects.select_for_update().get(pk=person.pk)
    if part in _NAMES:
        _mend_name(held, _NAMES[part], str(read))
        write_name_keys([held])
    elif part == Part.SEX and held.sex == Sex.UNKNOWN != read and held.sex_because_id is None:
        raise BadInput(
            [
                Problem(
                    N_(
                        "The sex of this person is not collected. First say for which purpose, on the page of the facts."
                    ),
                    column="answer",
                )
            ]
        )
    elif part in {Part.BORN_ON, Part.RESIDENCE_COUNTRY, Part.SEX}:
        setattr(held, part.value, read)
        changed = [part.value]
        if part == Part.BORN_ON:
            # The day is known whole now, and as the world counts it; how it was written before was wrong.
            held.birth_calendar, held.birth_precision = BirthCalendar.GREGORIAN, BirthPrecision.DAY
            held.birth_written = ""
            changed += ["birth_calendar", "birth_precision", "birth_written"]
        held.save(update_fields=changed)
    else:
        return False
    log.record("people.mended", by=by, subject=held, changes=[FieldChange(part.value)])
    return True


def _mend_name(person: Person, form: NameForm, name: str) -> None:
    forms = list(PersonName.objects.filter(person=person, form=form).order_by("pk"))
    found = forms[0] if form == NameForm.OWN and forms else romanised_first(forms)
    if any(each.full_name == name for each in forms):
        raise BadInput([Problem(N_("“%(value)s” stands there already."), {"value": name}, column="should_be")])
    if found is not None:
        found.full_name = name
        # What was marked inside the old name stands in no new one.
        found.family_part = found.given_part = ""
        found.save()
        return
    own = PersonName.objects.filter(person=person, form=NameForm.OWN).first()
    language = f"{own.language.split('-')[0]}-Latn" if own else "und-Latn"
    PersonName.objects.create(person=person, form=form, language=language, full_name=name)
