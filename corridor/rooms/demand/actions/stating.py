"""State what employers need, restate it, and say that it is met."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from django.db import transaction

from corridor.foundations.access import Actor, Permission
from corridor.foundations.audit import log
from corridor.foundations.lifecycles.moving import move, move_each
from corridor.foundations.lifecycles.numbering import give_numbers
from corridor.kernel.errors import BadInput, NotFound
from corridor.kernel.identifiers import new_id
from corridor.kernel.wording import N_
from corridor.rooms.members.models import Organisation

from ..checking import NO_PAPER, faults_of
from ..drafts import DemandDraft
from ..lifecycle import DemandStatus
from ..models import DemandStatement, Strength
from ..refusals import AlreadyReplaced, NeededBefore, NoPaper, ReferenceTaken, StatedByAnother
from ..writing import fields_of, write_wants


@transaction.atomic
def state_demands(*, demands: Sequence[DemandDraft], by: Actor) -> list[DemandStatement]:
    """
    Write down what employers need. One that replaces another is a restatement: the older no longer counts.

    :raises AlreadyReplaced: if something replaced it before. :raises StatedByAnother: if it is another employer's.
    :raises ReferenceTaken: if a reference is in use. :raises BadInput: with every reason (checking.py).
    """
    for draft in demands:
        by.require(Permission.DEMAND_STATE, on=draft.employer)
    problems = [problem for draft in demands for problem in faults_of(draft)]
    if problems:
        raise BadInput(problems)
    _refuse_replaced(demands)
    unnumbered = [draft.stated_on or draft.needed_by for draft in demands if not draft.reference]
    numbers = iter(give_numbers(model=DemandStatement, prefix="DEM", days=unnumbered, gate=Organisation))
    references = [draft.reference or next(numbers) for draft in demands]
    taken = DemandStatement.objects.filter(reference__in=references).values_list("reference", flat=True).first()
    if taken or len(set(references)) < len(references):
        again = taken or next(each for place, each in enumerate(references) if each in references[:place])
        raise ReferenceTaken(N_("There is a demand statement %(reference)s already."), reference=again)
    made = DemandStatement.objects.bulk_create(
        [
            DemandStatement(
                id=draft.key or new_id(), reference=reference, status=DemandStatus.DRAFT, employer=draft.employer,
                replaces=draft.replaces, **fields_of(draft),
            )
            for reference, draft in zip(references, demands, strict=True)
        ]
    )  # fmt: skip
    write_wants(zip(made, demands, strict=True))
    _state(made, by=by)
    log.record_each("demand.stated", by=by, subjects=made)
    return made


def state_demand(*, demand: DemandDraft, by: Actor) -> DemandStatement:
    return state_demands(demands=[demand], by=by)[0]


@transaction.atomic
def publish_draft(*, statement: DemandStatement, on: date, by: Actor) -> DemandStatement:
    """
    A draft becomes a statement, dated.

    :raises WrongMoment: if it is stated already. :raises NoPaper: for a letter that nobody can find. :raises NeededBefore: once the day by
        which people are needed has passed.
    """
    by.require(Permission.DEMAND_STATE, on=statement)
    statement = _held(statement)
    if statement.status == DemandStatus.DRAFT and statement.strength != Strength.SPOKEN and not statement.paper:
        raise NoPaper(NO_PAPER, statement=statement.reference)
    if statement.status == DemandStatus.DRAFT and statement.needed_by < on:
        raise NeededBefore(
            N_("%(statement)s needs people by %(day)s, and that day has passed. Give the draft a later day, then state it."),
            statement=statement.reference, day=statement.needed_by,
        )  # fmt: skip
    statement.stated_on = statement.stated_on or on
    statement.save(update_fields=["stated_on"])
    move(statement, to=DemandStatus.STATED, on=on, by=by)
    log.record("demand.stated", by=by, subject=statement)
    return statement


@transaction.atomic
def mark_met(
    *, statement: DemandStatement, on: date, by: Actor, partly: bool = False, reason: str = ""
) -> DemandStatement:
    """
    The employer says that it has found its people, or some of them.

    :raises WrongMoment: if it is not stated, or met already.
    """
    by.require(Permission.DEMAND_STATE, on=statement)
    statement = _held(statement)
    to = DemandStatus.PARTLY_MET if partly else DemandStatus.MET
    move(statement, to=to, on=on, by=by, reason=reason)
    log.record(f"demand.{to.value}", by=by, subject=statement)
    return statement


def _state(statements: Iterable[DemandStatement], *, by: Actor) -> None:
    """Drafts that have a day are stated on it."""
    stated = [(statement, statement.stated_on) for statement in statements if statement.stated_on is not None]
    move_each(stated, to=DemandStatus.STATED, by=by)


def _held(statement: DemandStatement) -> DemandStatement:
    found = DemandStatement.objects.select_for_update().filter(pk=statement.pk).first()
    if found is None:
        raise NotFound(N_("There is no such demand statement."))
    return found


def _refuse_replaced(demands: Sequence[DemandDraft]) -> None:
    older = [draft.replaces for draft in demands if draft.replaces is not None]
    keys: list[Any] = [statement.pk for statement in older]
    list(DemandStatement.objects.select_for_update().filter(pk__in=keys).order_by("pk").values_list("pk"))
    replaced = set(DemandStatement.objects.filter(replaces__in=keys).values_list("replaces", flat=True))
    for place, statement in enumerate(older):
        if statement.pk in replaced or statement.pk in keys[:place]:
            raise AlreadyReplaced(
                N_("%(statement)s was restated before; restate the newer one."), statement=statement.reference
            )
    for draft in demands:
        if draft.replaces is not None and draft.replaces.employer_id != draft.employer.pk:
            raise StatedByAnother(
                N_("%(statement)s is the statement of another employer."), statement=draft.replaces.reference
            )
