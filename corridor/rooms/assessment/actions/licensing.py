"""Licences to assess units, and exceptions from what a place must have."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db import transaction

from corridor.foundations.access import Actor, Permission
from corridor.foundations.audit import log
from corridor.foundations.contested import contested
from corridor.kernel.errors import BadInput, NotFound, Problem, WrongMoment
from corridor.kernel.wording import N_
from corridor.rooms.curricula.models import Unit
from corridor.rooms.people.models import Person
from corridor.rooms.sites.models import Site

from ..models import CapabilityException, Licence
from ..refusals import LicensedAlready

LONGEST_EXCEPTION_DAYS = 92


@dataclass(frozen=True)
class LicenceDraft:
    """``granted_by`` is the office that says so; ``ends_before`` the first day without it, None where it has no end."""

    person: Person
    unit: Unit
    starts_on: date
    ends_before: date | None
    granted_by: str


@transaction.atomic
def grant_licences(*, licences: Sequence[LicenceDraft], by: Actor) -> list[Licence]:
    """
    Write down who may assess which units.

    :raises BadInput: without who says so, or for days in the wrong order. :raises LicensedAlready: if one is in force in these days.
    """
    by.require(Permission.LICENCE_GRANT)
    for draft in licences:
        if not draft.granted_by.strip():
            raise BadInput([Problem(N_("Say which office grants it."), column="granted_by")])
        if draft.ends_before is not None and draft.ends_before <= draft.starts_on:
            raise BadInput([Problem(N_("A licence ends after it begins."), column="ends_on")])
    _refuse_second(licences)
    made = [
        Licence(
            person=draft.person, unit=draft.unit, starts_on=draft.starts_on, ends_before=draft.ends_before,
            granted_by=draft.granted_by.strip(),
        )
        for draft in licences
    ]  # fmt: skip
    with contested(lambda: _refuse_second(licences)):
        Licence.objects.bulk_create(made, batch_size=500)
    log.record_each("assessment.licensed", by=by, subjects=made)
    return made


@transaction.atomic
def end_licence(*, licence: Licence, ends_before: date, by: Actor) -> Licence:
    """``ends_before`` is the first day without it. :raises WrongMoment: if it has ended by then, or begins later."""
    by.require(Permission.LICENCE_GRANT)
    found = Licence.objects.select_for_update().filter(pk=licence.pk).first()
    if found is None:
        raise NotFound(N_("There is no such licence."))
    if (found.ends_before is not None and found.ends_before <= ends_before) or ends_before <= found.starts_on:
        raise WrongMoment(N_("This licence has ended by then, or begins later."))
    found.ends_before = ends_before
    found.save(update_fields=["ends_before"])
    log.record("assessment.licence_ended", by=by, subject=found)
    return found


@transaction.atomic
def except_capability(
    *, site: Site, unit: Unit, starts_on: date, ends_before: date, reason: str, by: Actor
) -> CapabilityException:
    """
    Let a unit be assessed at a place for some days although something stands in the way.

    :raises BadInput: without a reason, for days in the wrong order, or for more than a quarter of a year.
    """
    by.require(Permission.CAPABILITY_EXCEPT)
    problems = []
    if not reason.strip():
        problems.append(Problem(N_("Say why it may be assessed all the same."), column="reason"))
    if not 0 < (ends_before - starts_on).days <= LONGEST_EXCEPTION_DAYS:
        problems.append(
            Problem(N_("An exception is for 1 to %(most)s days."), {"most": LONGEST_EXCEPTION_DAYS}, column="ends_on")
        )
    if problems:
        raise BadInput(problems)
    made = CapabilityException.objects.create(
        site=site,
        unit=unit,
        starts_on=starts_on,
        ends_before=ends_before,
        reason=reason.strip()[:300],
        by_label=by.label,
    )
    log.record("assessment.capability_excepted", by=by, subject=made)
    return made


def _refuse_second(licences: Sequence[LicenceDraft]) -> None:
    held: dict[tuple[object, object], list[tuple[date, date | None]]] = {}
    rows = Licence.objects.filter(person__in={draft.person.pk for draft in licences})
    for person, unit, starts, ends in rows.values_list("person", "unit", "starts_on", "ends_before"):
        held.setdefault((person, unit), []).append((starts, ends))
    for draft in licences:
        there = held.setdefault((draft.person.pk, draft.unit.pk), [])
        for starts, ends in there:
            if (ends is None or draft.starts_on < ends) and (draft.ends_before is None or starts < draft.ends_before):
                raise LicensedAlready(
                    N_("%(person)s holds a licence for %(unit)s in these days already."),
                    person=draft.person.reference, unit=draft.unit.code,
                )  # fmt: skip
        there.append((draft.starts_on, draft.ends_before))
