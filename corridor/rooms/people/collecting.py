"""Why a fact is collected: what is asked of nobody without a reason is written down only for a purpose that allows it."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from corridor.foundations.access import Actor
from corridor.kernel.errors import Problem
from corridor.kernel.wording import N_

from .models import Person, Purpose, PurposeBasis, Sex
from .queries import persons_who_agree

SEX_NEEDS_A_PURPOSE = N_("Sex is written down only for a purpose: say for which, or leave it unknown.")
HAS_ENDED = N_("The purpose “%(purpose)s” ended on %(day)s: nothing is collected for it any more.")
NOT_AGREED = N_(
    "“%(purpose)s” needs the person's consent, and it is not given. Take it first, or choose another purpose."
)


def faults_of_purposes(
    *, asked: Sequence[tuple[UUID | None, Purpose | None]], column: str, on: date, by: Actor
) -> list[Problem | None]:
    """
    For each fact, whose it is (None: somebody who is only now written down) and what for, why it may not be collected on that day; None where
    it may. A purpose by consent allows it for those who agree. One statement per such purpose.
    """
    agreed: dict[str, frozenset[UUID]] = {}
    for purpose in {each for _person, each in asked if each is not None and each.legal_basis == PurposeBasis.CONSENT}:
        persons = [person for person, each in asked if each == purpose and person is not None]
        agreed[purpose.code] = persons_who_agree(persons=persons, purpose=purpose.code, on=on, by=by)
    return [_fault(person, purpose, agreed, column, on) for person, purpose in asked]


def _fault(
    person: UUID | None, purpose: Purpose | None, agreed: dict[str, frozenset[UUID]], column: str, on: date
) -> Problem | None:
    if purpose is None:
        return Problem(SEX_NEEDS_A_PURPOSE, column=column)
    if purpose.ended_on is not None and purpose.ended_on <= on:
        return Problem(HAS_ENDED, {"purpose": purpose.code, "day": purpose.ended_on}, column=column)
    if purpose.code in agreed and person not in agreed[purpose.code]:
        return Problem(NOT_AGREED, {"purpose": purpose.code}, column=column)
    return None


def sex_told(
    person: Person | None, values: Mapping[str, Any], purposes: Mapping[str, Purpose]
) -> tuple[str, Purpose | None]:
    """The sex, and what it is collected for, that would stand with these values."""
    sex = str(values.get("sex", person.sex if person else Sex.UNKNOWN))
    if "sex_because" in values:
        return sex, purposes.get(values["sex_because"] or "")
    return sex, person.sex_because if person else None
