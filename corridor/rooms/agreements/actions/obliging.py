"""What parties owe under an agreement: written down, and corrected while it is open. settling.py says how it is kept and let off."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import transaction

from corridor.foundations.access import Actor, Permission
from corridor.foundations.audit import log
from corridor.foundations.lifecycles.numbering import give_numbers
from corridor.foundations.sheets.steps.moving import BuiltOn
from corridor.kernel.errors import BadInput, Problem, WrongMoment
from corridor.kernel.identifiers import new_id
from corridor.kernel.wording import N_
from corridor.rooms.members.models import Organisation

from ..drafts import ObligationDraft
from ..holding import hold_obligations
from ..lifecycle import AgreementStatus, ObligationStatus
from ..models import LONGEST_RHYTHM, AgreementParty, Obligation, ObligationChange, ObligationOccurrence
from ..refusals import NotAParty, ReferenceTaken

FIELDS = ("what", "due_on", "every_months", "shown_by")


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
    if problems := [each for draft in obligations for each in _faults_of(draft.what, draft.every_months)]:
        raise BadInput(problems)
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
                organisation=draft.organisation, what=draft.what.strip(), due_on=draft.due_on, first_due_on=draft.due_on,
                every_months=draft.every_months, shown_by=draft.shown_by,
            )
            for reference, draft in zip(references, obligations, strict=True)
        ],
        batch_size=500,
    )  # fmt: skip
    log.record_each("agreements.obligation_set", by=by, subjects=made)
    return made


@transaction.atomic
def change_obligations(*, changes: Sequence[ObligationChanged], by: Actor) -> list[Obligation]:
    """
    Correct what is owed and by when.

    :raises WrongMoment: of one that is kept or let off, and of the rhythm of one that was settled before.
    """
    by.require(Permission.OBLIGATION_SET)
    held = {row.pk: row for row in hold_obligations([each.obligation.pk for each in changes])}
    for change in changes:
        row = held[change.obligation.pk]
        if row.status != ObligationStatus.OPEN:
            raise WrongMoment(
                N_("%(obligation)s is “%(now)s”; it does not change any more."),
                obligation=row.reference, now=row.get_status_display(),
            )  # fmt: skip
        if row.turn > 1 and {"due_on", "every_months"} & set(change.values):
            raise WrongMoment(
                N_("%(obligation)s was settled before; its days follow from the first one and do not change."),
                obligation=row.reference,
            )
        for field, value in change.values.items():
            setattr(row, field, value)
        if row.turn == 1:
            row.first_due_on = row.due_on
        if problems := _faults_of(row.what, row.every_months):
            raise BadInput(problems)
    Obligation.objects.bulk_update(held.values(), [*FIELDS, "first_due_on"], batch_size=500)
    log.record_each("agreements.obligation_changed", by=by, subjects=list(held.values()))
    return list(held.values())


@transaction.atomic
def remove_obligations(*, keys: Sequence[UUID], settled_with_it: Sequence[UUID] = (), by: Actor) -> int:
    """
    Take away obligations that an import set by mistake; those in ``settled_with_it`` were settled by the same import.

    :raises BuiltOn: if another was settled since.
    """
    by.require(Permission.OBLIGATION_SET)
    held = hold_obligations(keys)
    settled = set(ObligationOccurrence.objects.filter(obligation__in=held).values_list("obligation", flat=True))
    for row in held:
        if row.pk in settled and row.pk not in settled_with_it:
            raise BuiltOn(
                N_("%(obligation)s was settled since; the import cannot be taken back."), obligation=row.reference
            )
    ObligationOccurrence.objects.filter(obligation__in=held).delete()
    ObligationChange.objects.filter(obligation__in=held).delete()
    Obligation.objects.filter(pk__in=[row.pk for row in held]).delete()
    log.record_each("agreements.import_undone", by=by, subjects=held)
    return len(held)


def _faults_of(what: str, every_months: int | None) -> list[Problem]:
    faults = []
    if not what.strip():
        faults.append(Problem(N_("Say what is owed."), column="what"))
    if every_months is not None and not 1 <= every_months <= LONGEST_RHYTHM:
        faults.append(
            Problem(
                N_("It returns every 1 to %(most)s months, or not at all."), {"most": LONGEST_RHYTHM}, column="every_months"
            )
        )  # fmt: skip
    return faults


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
