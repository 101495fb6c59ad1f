"""What stands between an assessor and a learner, as somebody stated it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db import transaction

from corridor.foundations.access import Actor, Permission
from corridor.foundations.audit import log
from corridor.kernel.errors import AccessDenied, BadInput, NotFound, Problem, WrongMoment
from corridor.kernel.wording import N_
from corridor.rooms.members.models import Organisation
from corridor.rooms.people.models import Person

from ..models import Employment, RelationKind, StatedRelation


@dataclass(frozen=True)
class EmploymentDraft:
    """``ends_before`` is the first day on which it is over; None: it goes on."""

    person: Person
    organisation: Organisation
    starts_on: date
    ends_before: date | None = None


@transaction.atomic
def state_relation(*, assessor: Person, learner: Person, kind: RelationKind, on: date, by: Actor) -> StatedRelation:
    """
    Write down that an assessor and a learner are close: the secretariat for anybody, an assessor for themself. Said twice, it is there once.

    :raises BadInput: for one and the same person.
    """
    if not by.may(Permission.CONFLICT_STATE) and (by.person_id is None or by.person_id != assessor.pk):
        raise AccessDenied(N_("The secretariat writes down who is close to whom, and assessors for themselves."))
    if assessor.pk == learner.pk:
        raise BadInput([Problem(N_("Name two persons."), column="learner")])
    made, is_new = StatedRelation.objects.get_or_create(
        assessor=assessor, learner=learner, defaults={"kind": kind, "stated_on": on, "stated_by": by.label}
    )
    if is_new:
        log.record("assessment.relation_stated", by=by, subject=made)
    return made


@transaction.atomic
def withdraw_relation(*, relation: StatedRelation, by: Actor) -> None:
    """It was written down by mistake; the audit keeps that it was."""
    by.require(Permission.CONFLICT_STATE)
    found = StatedRelation.objects.select_for_update(of=("self",)).filter(pk=relation.pk).first()
    if found is None:
        raise NotFound(N_("There is no such statement."))
    log.record("assessment.relation_withdrawn", by=by, subject=found)
    found.delete()


@transaction.atomic
def state_employments(*, employments: Sequence[EmploymentDraft], by: Actor) -> list[Employment]:
    """
    Write down for whom assessors work, from when until when.

    :raises BadInput: for days in the wrong order. :raises WrongMoment: if it stands there for these days.
    """
    by.require(Permission.CONFLICT_STATE)
    made = []
    for draft in employments:
        if draft.ends_before is not None and draft.ends_before <= draft.starts_on:
            raise BadInput([Problem(N_("The last day is before the first."), column="ends_on")])
        Person.objects.select_for_update(of=("self",), no_key=True).get(pk=draft.person.pk)
        for each in Employment.objects.filter(person=draft.person, organisation=draft.organisation):
            ends_after = draft.ends_before is None or each.starts_on < draft.ends_before
            if ends_after and (each.ends_before is None or draft.starts_on < each.ends_before):
                raise WrongMoment(
                    N_("%(person)s works for %(organisation)s in these days already, as is written down."),
                    person=draft.person.reference, organisation=draft.organisation.reference,
                )  # fmt: skip
        made.append(
            Employment.objects.create(
                person=draft.person, organisation=draft.organisation, starts_on=draft.starts_on,
                ends_before=draft.ends_before,
            )
        )  # fmt: skip
    log.record_each("assessment.employment_stated", by=by, subjects=made)
    return made


@transaction.atomic
def end_employment(*, employment: Employment, ends_before: date, by: Actor) -> Employment:
    """``ends_before`` is the first day without it. :raises WrongMoment: if it has ended by then, or begins later."""
    by.require(Permission.CONFLICT_STATE)
    found = Employment.objects.select_for_update(of=("self",)).filter(pk=employment.pk).first()
    if found is None:
        raise NotFound(N_("There is no such statement."))
    if ends_before <= found.starts_on or (found.ends_before is not None and found.ends_before <= ends_before):
        raise WrongMoment(N_("This work has ended by then, or begins later."))
    found.ends_before = ends_before
    found.save(update_fields=["ends_before"])
    log.record("assessment.employment_ended", by=by, subject=found)
    return found
