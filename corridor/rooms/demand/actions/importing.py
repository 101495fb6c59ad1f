"""What an import changes in drafts of demand statements, and how it is taken back."""

from collections.abc import Sequence
from uuid import UUID

from django.db import transaction
from django.db.models import ProtectedError

from corridor.foundations.access import Actor, Permission
from corridor.foundations.audit import log
from corridor.foundations.lifecycles.moving import take_back
from corridor.foundations.sheets.steps.moving import BuiltOn
from corridor.kernel.errors import BadInput, NotFound
from corridor.kernel.wording import N_

from ..checking import faults_of
from ..drafts import DemandDraft
from ..lifecycle import DemandStatus
from ..models import DemandLanguage, DemandStatement, DemandStatementChange, DemandUnit
from ..refusals import StatedAlready
from ..writing import FIELDS, fields_of, write_wants
from .stating import _state


@transaction.atomic
def revise_drafts(*, drafts: Sequence[tuple[DemandStatement, DemandDraft]], by: Actor) -> list[DemandStatement]:
    """
    Put drafts anew as given; one that gets a day is stated on it. Its employer, its reference and what it replaces stay.

    :raises StatedAlready: for a statement that is no draft any more. :raises BadInput: as state_demands.
    """
    held = {row.pk: row for row in _hold([statement.pk for statement, _draft in drafts], by=by)}
    if problems := [problem for _statement, draft in drafts for problem in faults_of(draft)]:
        raise BadInput(problems)
    for statement in held.values():
        if statement.status != DemandStatus.DRAFT:
            raise StatedAlready(
                N_("%(statement)s is stated; state it anew instead, as its replacement."), statement=statement.reference
            )
    DemandUnit.objects.filter(statement__in=held).delete()
    DemandLanguage.objects.filter(statement__in=held).delete()
    for statement, draft in drafts:
        for field, value in fields_of(draft).items():
            setattr(held[statement.pk], field, value)
    revised = list(held.values())
    DemandStatement.objects.bulk_update(revised, FIELDS, batch_size=500)
    write_wants((held[statement.pk], draft) for statement, draft in drafts)
    _state(revised, by=by)
    log.record_each("demand.draft_revised", by=by, subjects=revised)
    return revised


@transaction.atomic
def take_statements_back(*, keys: Sequence[UUID], by: Actor) -> int:
    """
    Make drafts again of what an import stated by mistake.

    :raises BuiltOn: if one was met, or restated, since.
    """
    held = _hold(keys, by=by)
    replaced = set(DemandStatement.objects.filter(replaces__in=held).values_list("replaces", flat=True))
    for statement in held:
        if statement.status != DemandStatus.STATED or statement.pk in replaced:
            raise BuiltOn(
                N_("%(statement)s was met or restated since; the import cannot be taken back."),
                statement=statement.reference,
            )
        take_back(statement)
        statement.stated_on = None
    DemandStatement.objects.bulk_update(held, ["stated_on"], batch_size=500)
    log.record_each("demand.taken_back", by=by, subjects=held)
    return len(held)


@transaction.atomic
def remove_statements(*, keys: Sequence[UUID], by: Actor) -> int:
    """
    Take away statements that an import wrote down by mistake.

    :raises BuiltOn: if one was met or restated, or something cites it.
    """
    held = _hold(keys, by=by)
    for statement in held:
        if statement.status not in {DemandStatus.DRAFT, DemandStatus.STATED}:
            raise BuiltOn(
                N_("%(statement)s was met or restated since; the import cannot be taken back."),
                statement=statement.reference,
            )
    try:
        with transaction.atomic():
            DemandUnit.objects.filter(statement__in=held).delete()
            DemandLanguage.objects.filter(statement__in=held).delete()
            DemandStatementChange.objects.filter(statement__in=held).delete()
            DemandStatement.objects.filter(pk__in=[each.pk for each in held]).delete()
    except ProtectedError as stands:
        raise BuiltOn(
            N_("Something was built on these statements since (%(which)s); the import cannot be taken back."),
            which=str(next(iter(stands.protected_objects))),
        ) from None
    log.record_each("demand.import_undone", by=by, subjects=held)
    return len(held)


def _hold(keys: Sequence[UUID], *, by: Actor) -> list[DemandStatement]:
    held = list(DemandStatement.objects.select_for_update(of=("self",)).filter(pk__in=keys).order_by("pk"))
    if len(held) < len(set(keys)):
        raise NotFound(N_("There is no such demand statement."))
    for statement in held:
        by.require(Permission.DEMAND_STATE, on=statement)
    return held
