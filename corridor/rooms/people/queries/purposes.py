"""For whom data may be used for a purpose on a day: those who agree, where consent is the basis; everybody, where it is another."""

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from corridor.foundations.access import Actor, Permission

from ..models import Person, Purpose, PurposeBasis
from ..purposes import ACTED_ON
from .parts import has_consent, persons_who_agree


def may_be_used(*, person: Person, purpose: str, on: date, by: Actor) -> bool:
    """Whether data of that person may be used for the purpose (its code) on that day."""
    found = _in_force(purpose, on)
    if found is None:
        return False
    return found.legal_basis != PurposeBasis.CONSENT or has_consent(person=person, purpose=purpose, on=on, by=by)


def persons_to_use(*, persons: Iterable[UUID], purpose: str, on: date, by: Actor) -> frozenset[UUID]:
    """Those of the persons for whom ``may_be_used`` holds, in sets."""
    wanted = frozenset(persons)
    found = _in_force(purpose, on)
    if found is None or not wanted:
        return frozenset()
    if found.legal_basis != PurposeBasis.CONSENT:
        return wanted
    return persons_who_agree(persons=wanted, purpose=purpose, on=on, by=by)


def purposes_missing(*, on: date, by: Actor) -> list[tuple[str, object]]:
    """The purposes on which the product acts and that are not written down, with what is not done. :raises AccessDenied: for who keeps none."""
    by.require(Permission.PURPOSE_DESCRIBE)
    return [(code, what) for code, what in ACTED_ON.items() if not is_in_force(code=code, on=on, by=by)]


def is_in_force(*, code: str, on: date, by: Actor) -> bool:  # noqa: ARG001 (purposes are no secret)
    """Whether the purpose is written down and not ended: else nobody is asked for it."""
    return _in_force(code, on) is not None


def _in_force(code: str, on: date) -> Purpose | None:
    """A purpose that was ended is used for nobody any more."""
    found = Purpose.objects.filter(code=code).first()
    return None if found is None or (found.ended_on is not None and found.ended_on <= on) else found
