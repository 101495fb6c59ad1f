"""
Who may see, and who may change, which field of a person's record: the whole answer, as data (docs/roles.md is made from it).

A role counts where it is held over the person: for the whole alliance, for a site at which the person learns or works, or by the person
themself, who holds ``learner`` for the own record. Seeing a record at all is PERSON_VIEW, changing one PERSON_EDIT; this table narrows both.
"""

from dataclasses import dataclass
from enum import StrEnum

from corridor.foundations.access import Actor, Role
from corridor.kernel.errors import AccessDenied
from corridor.kernel.wording import N_

from .models import Person
from .rights_refusals import ErasedAlready


class PersonField(StrEnum):
    """The parts of a record for which a rule of its own holds."""

    NAMES = "names"
    CERTIFICATE_NAME = "certificate_name"
    SEX = "sex"
    BIRTH = "birth"
    RESIDENCE = "residence"
    DISABILITY = "disability"
    CONTACTS = "contacts"
    CONSENTS = "consents"
    PAPERS = "papers"
    OFFICES = "offices"
    PHOTO = "photo"


@dataclass(frozen=True)
class FieldRule:
    """Which roles see the field, and which of them change it."""

    see: frozenset[Role]
    edit: frozenset[Role]


_KEEPERS = frozenset({Role.SECRETARIAT, Role.SITE_MANAGER, Role.SYSTEM})
_OWN = frozenset({Role.LEARNER})
# A record that oversight opened for an hour, with a written reason (foundations/grants); never what is asked for one purpose alone.
_OPENED = frozenset({Role.OVERRIDE})
_NOBODY: frozenset[Role] = frozenset()

FIELD_RULES: dict[PersonField, FieldRule] = {
    PersonField.NAMES: FieldRule(
        see=_KEEPERS | _OWN | _OPENED | {Role.AUDITOR, Role.TRAINER, Role.ASSESSOR, Role.COORDINATOR}, edit=_KEEPERS
    ),
    PersonField.CERTIFICATE_NAME: FieldRule(see=_KEEPERS | _OWN, edit=_KEEPERS | _OWN),
    PersonField.SEX: FieldRule(see=_KEEPERS | _OWN | _OPENED, edit=_KEEPERS),
    PersonField.BIRTH: FieldRule(see=_KEEPERS | _OWN | _OPENED, edit=_KEEPERS),
    PersonField.RESIDENCE: FieldRule(see=_KEEPERS | _OWN | _OPENED, edit=_KEEPERS),
    PersonField.DISABILITY: FieldRule(
        see=frozenset({Role.SECRETARIAT, Role.SYSTEM}) | _OWN, edit=frozenset({Role.SECRETARIAT, Role.SYSTEM})
    ),
    PersonField.CONTACTS: FieldRule(see=_KEEPERS | _OWN | _OPENED, edit=_KEEPERS | _OWN),
    PersonField.CONSENTS: FieldRule(see=_KEEPERS | _OWN, edit=_KEEPERS | _OWN),
    PersonField.PAPERS: FieldRule(see=_KEEPERS | _OWN | _OPENED, edit=_KEEPERS),
    # Offices and enrolments are written in their own rooms.
    PersonField.OFFICES: FieldRule(see=_KEEPERS | _OWN | _OPENED, edit=_NOBODY),
    # On a register, its trainers see the photos of who learns there now: rooms/training/queries/photos.py.
    PersonField.PHOTO: FieldRule(see=_OWN, edit=frozenset({Role.SITE_MANAGER, Role.SYSTEM}) | _OWN),
}


def roles_over(person: Person, *, by: Actor) -> frozenset[Role]:
    """The roles that this actor holds over the person."""
    return by.roles_over(person.scopes())


def fields_seen(person: Person, *, by: Actor) -> frozenset[PersonField]:
    """The fields of this record that the actor sees."""
    roles = roles_over(person, by=by)
    return frozenset(field for field, rule in FIELD_RULES.items() if roles & rule.see)


def fields_edited(person: Person, *, by: Actor) -> frozenset[PersonField]:
    """The fields of this record that the actor may change; of one that was erased, none."""
    if person.erased_at is not None:
        return frozenset()
    roles = roles_over(person, by=by)
    return frozenset(field for field, rule in FIELD_RULES.items() if roles & rule.edit)


def sees_everywhere(field: PersonField, *, by: Actor) -> bool:
    """Whether the actor sees this field of everybody's record."""
    return bool(by.roles_over(()) & FIELD_RULES[field].see)


def require_field(field: PersonField, person: Person, *, by: Actor) -> None:
    """:raises AccessDenied: if the actor may not change this field of the record. :raises ErasedAlready: if it was erased."""
    if person.erased_at is not None:
        raise ErasedAlready(N_("%(person)s was erased."), person=person.reference)
    if field not in fields_edited(person, by=by):
        raise AccessDenied(
            N_("Your account may not change this part of the record of %(person)s."), person=person.reference
        )


def is_own(person: Person, *, by: Actor) -> bool:
    """Whether the actor is this person."""
    return by.person_id is not None and by.person_id == person.pk
