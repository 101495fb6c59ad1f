"""Signatures under a decision, on the assessor's device: assessor, learner, and a witness of the company."""

from datetime import datetime

from django.db import transaction

from corridor.foundations.access import Actor, Permission
from corridor.foundations.audit import log
from corridor.kernel.errors import BadInput, Problem
from corridor.kernel.wording import N_
from corridor.rooms.members.models import Organisation

from ..lifecycle import DecisionStatus
from ..models import Decision, SignerRole, SignOff, Stance
from ..refusals import DecisionIsFinal, SignedAlready
from .deciding import _require_own


@transaction.atomic
def sign_decision(
    *,
    decision: Decision,
    role: SignerRole,
    name: str,
    at: datetime,
    by: Actor,
    stance: Stance = Stance.AGREES,
    organisation: Organisation | None = None,
) -> SignOff:
    """
    Put a name under a decision as it stands now, on the device of its own assessor. A learner may sign that they have seen it and do not
    agree; the assessor only what they decided.

    :raises SignedAlready: by the same signer, as it stands. :raises DecisionIsFinal: nothing is added to a final one.
    """
    by.require(Permission.DECISION_RECORD, on=decision)
    rows = Decision.objects.select_for_update(of=("self",)).select_related("enrolment__cohort", "unit", "assessor")
    held = rows.get(pk=decision.pk)
    _require_own(held.assessor, held.enrolment, by=by)
    if held.status != DecisionStatus.ASSESSED:
        raise DecisionIsFinal(N_("Decision %(decision)s is final; it does not change."), decision=str(held))
    problems = []
    if not name.strip():
        problems.append(Problem(N_("Write the name of who signs."), column="name"))
    if role == SignerRole.WITNESS and organisation is None:
        problems.append(Problem(N_("Say for which company the witness signs."), column="organisation"))
    if role != SignerRole.WITNESS and organisation is not None:
        problems.append(Problem(N_("Only a witness signs for a company."), column="organisation"))
    if role == SignerRole.ASSESSOR and stance != Stance.AGREES:
        problems.append(Problem(N_("Change the decision instead: it is your own."), column="stance"))
    if problems:
        raise BadInput(problems)
    if held.signoffs.filter(role=role, decision_version=held.version).exists():
        raise SignedAlready(N_("%(who)s has signed %(decision)s as it stands."), who=role.label, decision=str(held))
    made = SignOff.objects.create(
        decision=held, decision_version=held.version, role=role, stance=stance, name=name.strip()[:150],
        organisation=organisation, signed_at=at, by_label=by.label,
    )  # fmt: skip
    log.record("assessment.signed", by=by, subject=held)
    return made
