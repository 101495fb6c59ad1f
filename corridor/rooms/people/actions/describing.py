"""Facts about a person, each with the day and the purpose that go with it; and which documents were seen."""

from dataclasses import dataclass, fields, replace
from datetime import date
from hashlib import sha256
from hmac import new as keyed

from django.conf import settings
from django.db import transaction

from corridor.foundations.access import Actor, Permission
from corridor.foundations.audit import log
from corridor.foundations.audit.changes import FieldChange
from corridor.foundations.contested import contested
from corridor.foundations.vocabularies.countries import is_country
from corridor.kernel.errors import BadInput, Problem
from corridor.kernel.wording import N_

from ..birth_days import faults_of_birth, first_known
from ..collecting import faults_of_purposes
from ..fields import PersonField, require_field
from ..models import PaperKind, PaperSeen, Person, Purpose, Sex

FIELD_OF = {
    "sex": PersonField.SEX,
    "sex_because": PersonField.SEX,
    "born_on": PersonField.BIRTH,
    "birth_calendar": PersonField.BIRTH,
    "birth_precision": PersonField.BIRTH,
    "birth_written": PersonField.BIRTH,
    "residence_country": PersonField.RESIDENCE,
    "name_order": PersonField.NAMES,
    "honorific": PersonField.NAMES,
    "disability": PersonField.DISABILITY,
    "disability_because": PersonField.DISABILITY,
}


@dataclass(frozen=True, kw_only=True)
class Facts:
    """What the record shall say. ``born_on`` is the first day of what is known; ``birth_written`` is how it stood on the paper."""

    sex: str
    sex_because: Purpose | None
    born_on: date | None
    birth_calendar: str
    birth_precision: str
    birth_written: str
    residence_country: str
    name_order: str
    honorific: str
    disability: str
    disability_because: Purpose | None

    @classmethod
    def of(cls, person: Person) -> "Facts":
        return cls(**{each.name: getattr(person, each.name) for each in fields(cls)})


@transaction.atomic
def describe_person(*, person: Person, facts: Facts, on: date, by: Actor) -> Person:
    """
    Write down what is known; only what differs is looked at, field by field. ``on`` is today.

    :raises AccessDenied: for a field that this actor may not change. :raises BadInput: for an unknown country, a day of birth to come, and for
        the sex or a disability without a purpose that allows it.
    """
    by.require(Permission.PERSON_EDIT, on=person)
    held = Person.objects.select_for_update(of=("self",)).get(pk=person.pk)
    facts = replace(facts, born_on=first_known(facts.born_on, facts.birth_precision))
    changed = [each.name for each in fields(facts) if getattr(held, each.name) != getattr(facts, each.name)]
    for field in {FIELD_OF[name] for name in changed}:
        require_field(field, person, by=by)
    problems = faults_of_birth(facts.born_on, on=on, column="born_on")
    if facts.residence_country and not is_country(facts.residence_country):
        problems.append(
            Problem(
                N_("“%(country)s” is no country or region of ISO 3166-1."),
                {"country": facts.residence_country},
                column="residence_country",
            )
        )
    if bool(facts.disability) != (facts.disability_because is not None):
        problems.append(
            Problem(
                N_("A disability is written down for a purpose, and a purpose only with an answer."),
                column="disability_because",
            )
        )
    problems += _faults_of_purposes(held, facts, changed, on=on, by=by)
    if problems:
        raise BadInput(problems)
    for name in changed:
        setattr(held, name, getattr(facts, name))
    if changed:
        held.save(update_fields=changed)
        log.record("people.described", by=by, subject=held, changes=map(FieldChange, changed))
    return held


def _faults_of_purposes(held: Person, facts: Facts, changed: list[str], *, on: date, by: Actor) -> list[Problem]:
    faults: list[Problem | None] = []
    if facts.sex != Sex.UNKNOWN and {"sex", "sex_because"} & set(changed):
        asked = [(held.pk, facts.sex_because)]
        faults += faults_of_purposes(asked=asked, column="sex_because", on=on, by=by)
    if facts.disability_because is not None and {"disability", "disability_because"} & set(changed):
        asked = [(held.pk, facts.disability_because)]
        faults += faults_of_purposes(asked=asked, column="disability_because", on=on, by=by)
    return [each for each in faults if each is not None]


@transaction.atomic
def note_paper(
    *,
    person: Person,
    kind: PaperKind,
    country: str,
    on: date,
    by: Actor,
    expires_on: date | None = None,
    number: str = "",
) -> PaperSeen:
    """
    Somebody saw this document. Its number is kept only where the alliance's rule says so, and never whole.

    :raises BadInput: for an unknown country, or one that was noted on that day.
    """
    by.require(Permission.PERSON_EDIT, on=person)
    require_field(PersonField.PAPERS, person, by=by)
    if not is_country(country):
        raise BadInput(
            [
                Problem(
                    N_("“%(country)s” is no country or region of ISO 3166-1."), {"country": country}, column="country"
                )
            ]
        )
    row = PaperSeen(
        person=person, kind=kind, country=country, seen_on=on, seen_by=by.label, expires_on=expires_on,
        **_kept_of(number, kind=kind, country=country),
    )  # fmt: skip
    with contested(lambda: _refuse_seen(row)):
        _refuse_seen(row)
        row.save(force_insert=True)
    log.record("people.paper_seen", by=by, subject=person)
    return row


def _kept_of(number: str, *, kind: str, country: str) -> dict[str, str]:
    clean = "".join(sign for sign in number.upper() if sign.isalnum())
    rule = settings.DOCUMENT_NUMBERS
    if not clean or rule == "none":
        return {}
    kept = {"number_end": clean[-4:] if len(clean) >= 8 else ""}
    if rule == "print":
        secret = f"corridor.people.paper:{settings.SECRET_KEY}".encode()
        kept["number_print"] = keyed(secret, f"{country}|{kind}|{clean}".encode(), sha256).hexdigest()
    return kept


def _refuse_seen(row: PaperSeen) -> None:
    same = PaperSeen.objects.filter(person=row.person, kind=row.kind, country=row.country, seen_on=row.seen_on)
    if same.exists():
        raise BadInput([Problem(N_("That document was noted on that day already."), column="kind")])
