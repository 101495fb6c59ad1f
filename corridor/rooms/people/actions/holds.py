"""Saying that a record must be kept for now, and that it need not any more."""

from datetime import date

from django.db import transaction

from corridor.foundations.access import Actor, Permission
from corridor.foundations.audit import log
from corridor.kernel.errors import BadInput, Problem, WrongMoment
from corridor.kernel.wording import N_

from ..models import Hold, Person
from ..rights_refusals import ErasedAlready


@transaction.atomic
def place_hold(*, person: Person, reason: str, on: date, by: Actor, until: date | None = None) -> Hold:
    """
    Keep the record from that day on, for a reason of law; ``until`` is the last day, if it is known.

    :raises BadInput: without a reason, or if it would end before it starts. :raises ErasedAlready: if there is nothing left to keep.
    """
    by.require(Permission.PERSON_ERASE)
    held = Person.objects.select_for_update().get(pk=person.pk)
    if held.erased_at is not None:
        raise ErasedAlready(N_("%(person)s was erased."), person=held.reference)
    problems = []
    if not reason.strip():
        problems.append(Problem(N_("Say which law or case demands it."), column="reason"))
    if until is not None and until < on:
        problems.append(Problem(N_("It cannot end before it starts."), column="until"))
    if problems:
        raise BadInput(problems)
    ends = date.fromordinal(until.toordinal() + 1) if until else None
    made = Hold.objects.create(person=held, reason=reason.strip(), starts_on=on, ends_before=ends, by_label=by.label)
    log.record("people.held", by=by, subject=made)
    return made


@transaction.atomic
def lift_hold(*, hold: Hold, on: date, by: Actor) -> Hold:
    """From that day on the record need not be kept for this any more. :raises WrongMoment: if it has ended, or on its first day."""
    by.require(Permission.PERSON_ERASE)
    held = Hold.objects.select_for_update().get(pk=hold.pk)
    if held.ends_before is not None and held.ends_before <= on:
        raise WrongMoment(N_("This hold has ended already."))
    if on <= held.starts_on:
        raise WrongMoment(N_("A hold stands for a day at least; lift it tomorrow."))
    held.ends_before = on
    held.save(update_fields=["ends_before"])
    log.record("people.hold_lifted", by=by, subject=held)
    return held
