"""What parties owe under an agreement: written down, corrected while it is open, kept, and let off."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from corridor.foundations.access import Actor, Permission
from corridor.foundations.audit import log
from corridor.foundations.documents.receiving import receive
from corridor.foundations.lifecycles.moving import Step, take_back, take_steps
from corridor.foundations.lifecycles.numbering import give_numbers
from corridor.foundations.sheets.steps.moving import BuiltOn
from corridor.kernel.errors import BadInput, NotFound, Problem, WrongMoment
from corridor.kernel.identifiers import new_id
from corridor.kernel.wording import N_
from corridor.rooms.members.models import Organisation
from corridor.rooms.members.standing import require_come

from ..drafts import ObligationDraft, ObligationStep
from ..lifecycle import AgreementStatus, ObligationStatus
from ..models import AgreementParty, Obligation, ObligationChange
from ..refusals import NotAParty, ReferenceTaken

FIELDS = ("what", "due_on")


@dataclass(frozen=True)
class ObligationChanged:
    """New values of an open obligation (FIELDS)."""

    obligation: Obligation
    values: Mapping[str, Any]


@transaction.atomic
def set_obligations(*, obligations: Sequence[ObligationDraft], by: Actor) -> list[Obligation]:
    """
    Write down what parties owe.

    :raises NotAParty: for a member that is no party. :raises WrongMoment: under an agreement that was terminated.
    :raises BadInput: if one does not say what is owed. :raises ReferenceTaken: if a reference is in use.
    """
    by.require(Permission.OBLIGATION_SET)
    if any(not draft.what.strip() for draft in obligations):
        raise BadInput([Problem(N_("Say what is owed."), column="what")])
    _require_parties(obligations)
    days = [draft.due_on for draft in obligations if not draft.reference]
    numbers = iter(give_numbers(model=Obligation, prefix="OBL", days=days, gate=Organisation))
    references = [draft.reference or next(numbers) for draft in obligations]
    taken = Obligation.objects.filter(reference__in=references).values_list("reference", flat=True).first()
    if taken or len(set(references)) < len(references):
        again = taken or next(each for place, each in enumerate(references) if each in references[:place])
        raise ReferenceTaken(N_("There is an obligation %(reference)s already."), reference=again)
    made = Obligation.objects.bulk_create(
        [
            Obligation(
                id=draft.key or new_id(), reference=reference, status=ObligationStatus.OPEN, agreement=draft.agreement,
                organisation=draft.organisation, what=draft.what.strip(), due_on=draft.due_on,
            )
            for reference, draft in zip(references, obligations, strict=True)
        ],
        batch_size=500,
    )  # fmt: skip
    log.record_each("agreements.obligation_set", by=by, subjects=made)
    return made


@transaction.atomic
def change_obligations(*, changes: Sequence[ObligationChanged], by: Actor) -> list[Obligation]:
    """Correct what is owed and by when. :raises WrongMoment: of one that is kept or let off."""
    by.require(Permission.OBLIGATION_SET)
    held = {row.pk: row for row in _hold([each.obligation.pk for each in changes])}
    for change in changes:
        row = held[change.obligation.pk]
        if row.status != ObligationStatus.OPEN:
            raise WrongMoment(
                N_("%(obligation)s is “%(now)s”; it does not change any more."),
                obligation=row.reference, now=row.get_status_display(),
            )  # fmt: skip
        for field, value in change.values.items():
            setattr(row, field, value)
        if not row.what.strip():
            raise BadInput([Problem(N_("Say what is owed."), column="what")])
    Obligation.objects.bulk_update(held.values(), FIELDS, batch_size=500)
    log.record_each("agreements.obligation_changed", by=by, subjects=list(held.values()))
    return list(held.values())


@transaction.atomic
def settle_obligations(*, steps: Sequence[ObligationStep], at: datetime, by: Actor) -> list[Obligation]:
    """
    Say that obligations were kept, or let them off: the first for who speaks for the party, the second for who sets obligations.

    :raises WrongMoment: if one is settled already. :raises DayToCome: on a day that has not come. :raises BadInput: to let one off without a reason.
    """
    held = {row.pk: row for row in _hold([step.obligation.pk for step in steps])}
    for step in steps:
        row = held[step.obligation.pk]
        if step.to == ObligationStatus.WAIVED:
            by.require(Permission.OBLIGATION_SET, on=row)
            if not step.reason.strip():
                raise BadInput([Problem(N_("Say why it is let off."), column="reason")])
        else:
            by.require(Permission.OBLIGATION_FULFIL, on=row)
    require_come((step.on for step in steps), at=at)
    take_steps([Step(held[step.obligation.pk], step.to, step.on, step.reason.strip()) for step in steps], by=by)
    for step in steps:
        row = held[step.obligation.pk]
        row.evidence = receive(step.upload, at=at, by=by) if step.upload else step.evidence
    Obligation.objects.bulk_update(held.values(), ["evidence"], batch_size=500)
    log.record_each("agreements.obligation_settled", by=by, subjects=list(held.values()))
    return list(held.values())


@transaction.atomic
def reopen_obligations(*, keys: Sequence[UUID], by: Actor) -> int:
    """Open again what an import settled by mistake."""
    held = _hold(keys)
    for row in held:
        permission = (
            Permission.OBLIGATION_SET if row.status == ObligationStatus.WAIVED else Permission.OBLIGATION_FULFIL
        )
        by.require(permission, on=row)
        take_back(row)
        row.evidence = None
    Obligation.objects.bulk_update(held, ["evidence"], batch_size=500)
    log.record_each("agreements.obligation_reopened", by=by, subjects=held)
    return len(held)


@transaction.atomic
def remove_obligations(*, keys: Sequence[UUID], settled_with_it: Sequence[UUID] = (), by: Actor) -> int:
    """
    Take away obligations that an import set by mistake; those in ``settled_with_it`` were settled by the same import.

    :raises BuiltOn: if another was settled since.
    """
    by.require(Permission.OBLIGATION_SET)
    held = _hold(keys)
    for row in held:
        if row.status != ObligationStatus.OPEN and row.pk not in settled_with_it:
            raise BuiltOn(
                N_("%(obligation)s was settled since; the import cannot be taken back."), obligation=row.reference
            )
    ObligationChange.objects.filter(obligation__in=held).delete()
    Obligation.objects.filter(pk__in=[row.pk for row in held]).delete()
    log.record_each("agreements.import_undone", by=by, subjects=held)
    return len(held)


def _hold(keys: Sequence[UUID]) -> list[Obligation]:
    held = list(Obligation.objects.select_for_update(of=("self",)).filter(pk__in=keys).order_by("pk"))
    if len(held) < len(set(keys)):
        raise NotFound(N_("There is no such obligation."))
    return held


def _require_parties(obligations: Sequence[ObligationDraft]) -> None:
    agreements = {draft.agreement.pk for draft in obligations}
    parties = set(
        AgreementParty.objects.filter(agreement__in=agreements).values_list("agreement_id", "organisation_id")
    )
    for draft in obligations:
        places: dict[str, object] = {
            "member": draft.organisation.reference, "agreement": draft.agreement.reference,
        }  # fmt: skip
        if (draft.agreement.pk, draft.organisation.pk) not in parties:
            raise NotAParty(N_("%(member)s is not a party to %(agreement)s; only parties owe something."), **places)
        if draft.agreement.status == AgreementStatus.TERMINATED:
            raise WrongMoment(N_("%(agreement)s was terminated; nothing new is owed under it."), **places)
