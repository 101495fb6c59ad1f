"""Asking the council to let a member rest, to suspend it or to end its membership; deciding; and carrying out what was agreed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from corridor.foundations.access import Actor, Permission, Role
from corridor.foundations.audit import log
from corridor.foundations.contested import contested
from corridor.foundations.lifecycles.moving import move
from corridor.foundations.lifecycles.numbering import give_numbers
from corridor.foundations.notices.events import Event
from corridor.foundations.notices.telling import tell
from corridor.kernel.errors import AccessDenied, BadInput, Problem, WrongMoment
from corridor.kernel.wording import N_

from ..lifecycle import MEMBERSHIP, MembershipStatus, ProposalStatus
from ..models import Alliance, Membership, Proposal, ProposalEvidence
from ..seating import held_on, speakers_on
from .memberships import move_membership

ENDS = frozenset({MembershipStatus.DORMANT, MembershipStatus.SUSPENDED, MembershipStatus.WITHDRAWN})


class ProposalOpen(WrongMoment):
    """A proposal about this member is still to be decided or carried out."""


@dataclass(frozen=True)
class Counted:
    """A line of what counted: so many records of a thing (its reference), in a role, from a day to a day."""

    kind: str
    role: str
    reference: str
    count: int
    first_on: date
    last_on: date


@transaction.atomic
def propose_step(
    *,
    membership: Membership,
    to: MembershipStatus,
    reason: str,
    counted: Sequence[Counted],
    counted_from: date,
    on: date,
    at: datetime,
    by: Actor,
) -> Proposal:
    """
    Ask the council for a step of a membership. ``counted`` is what the records show for the member from ``counted_from`` to that day; it is kept
    with the proposal as it is.

    :raises BadInput: without a reason, or for a step that is no end. :raises WrongMoment: if its state does not lead there.
    :raises ProposalOpen: if another waits.
    """
    by.require(Permission.MEMBER_PROPOSE)
    membership = Membership.objects.select_for_update(of=("self",)).select_related("organisation").get(pk=membership.pk)
    problems = [] if reason.strip() else [Problem(N_("Say why."), column="reason")]
    if to not in ENDS:
        problems.append(Problem(N_("Only a step out of the active members is proposed to the council."), column="to"))
    if problems:
        raise BadInput(problems)
    if not MEMBERSHIP.may_become(membership.status, to):
        raise WrongMoment(
            N_("%(thing)s is “%(now)s”; it cannot become “%(to)s”."),
            thing=str(membership), now=MembershipStatus(membership.status).label, to=to.label,
        )  # fmt: skip
    _require_none_open(membership)
    reference = give_numbers(model=Proposal, prefix="PRP", days=[on], gate=Alliance)[0]
    with contested(lambda: _require_none_open(membership)):
        made = Proposal.objects.create(
            reference=reference, membership=membership, to_status=to.value, reason=reason.strip(), proposed_on=on,
            counted_from=counted_from, status=ProposalStatus.PROPOSED.value,
        )  # fmt: skip
    made.changes.create(from_status="", to_status=ProposalStatus.PROPOSED, effective_on=on, by_label=by.label)
    ProposalEvidence.objects.bulk_create(
        [
            ProposalEvidence(
                proposal=made, kind=each.kind, role=each.role, reference=each.reference, count=each.count,
                first_on=each.first_on, last_on=each.last_on,
            )
            for each in counted
        ]
    )  # fmt: skip
    log.record("members.step_proposed", by=by, subject=made)
    council = held_on(on).filter(role=Role.COUNCIL).values_list("user_id", flat=True)
    _tell(Event.PROPOSAL_MADE, made, [*council, *_speakers(made, on)], at=at, by=by)
    return made


@transaction.atomic
def decide_proposal(*, proposal: Proposal, agreed: bool, minute: str, on: date, at: datetime, by: Actor) -> Proposal:
    """
    The council's word on a proposal, with its minute. Who made it does not decide it.

    :raises BadInput: without a minute. :raises WrongMoment: if it is decided.
    """
    by.require(Permission.PROPOSAL_DECIDE)
    held = _held(proposal)
    if log.is_recorded("members.step_proposed", by=by, subject=held):
        raise AccessDenied(N_("Who made a proposal does not decide on it."))
    if not minute.strip():
        raise BadInput([Problem(N_("Write down what the council said."), column="minute")])
    held.minute = minute.strip()
    held.save(update_fields=["minute"])
    move(held, to=ProposalStatus.AGREED if agreed else ProposalStatus.DECLINED, on=on, by=by, reason=minute[:300])
    log.record("members.proposal_decided", by=by, subject=held)
    secretariat = held_on(on).filter(role=Role.SECRETARIAT).values_list("user_id", flat=True)
    _tell(Event.PROPOSAL_DECIDED, held, [*secretariat, *_speakers(held, on)], at=at, by=by)
    return held


@transaction.atomic
def carry_out_proposal(*, proposal: Proposal, on: date, by: Actor) -> Proposal:
    """
    Move the membership as the council agreed, from that day.

    :raises WrongMoment: if it was not agreed, or the membership's state does not lead there any more.
    """
    by.require(Permission.MEMBER_CHANGE_STATE)
    held = _held(proposal)
    move(held, to=ProposalStatus.CARRIED_OUT, on=on, by=by)
    move_membership(
        organisation=held.membership.organisation, to=MembershipStatus(held.to_status), on=on, by=by,
        reason=f"{held.reference}: {held.reason}"[:300],
    )  # fmt: skip
    log.record("members.proposal_carried_out", by=by, subject=held)
    return held


@transaction.atomic
def take_back_proposal(*, proposal: Proposal, on: date, by: Actor, reason: str) -> Proposal:
    """
    Before the council decides; and what it agreed to but was not carried out, where things went another way.

    :raises BadInput: without a reason. :raises WrongMoment: once it is declined or carried out.
    """
    by.require(Permission.MEMBER_PROPOSE)
    if not reason.strip():
        raise BadInput([Problem(N_("Say why."), column="reason")])
    held = _held(proposal)
    move(held, to=ProposalStatus.TAKEN_BACK, on=on, by=by, reason=reason)
    log.record("members.proposal_taken_back", by=by, subject=held)
    return held


def _held(proposal: Proposal) -> Proposal:
    rows = Proposal.objects.select_for_update(of=("self",)).select_related("membership__organisation")
    return rows.get(pk=proposal.pk)


def _require_none_open(membership: Membership) -> None:
    waiting = {ProposalStatus.PROPOSED.value, ProposalStatus.AGREED.value}
    open_one = Proposal.objects.filter(membership=membership, status__in=waiting).first()
    if open_one is not None:
        raise ProposalOpen(N_("%(proposal)s about this member is still open."), proposal=open_one.reference)


def _speakers(proposal: Proposal, on: date) -> list:
    return speakers_on(on, roles=[Role.COORDINATOR, Role.KEY_HOLDER]).get(proposal.membership.organisation_id, [])


def _tell(event: Event, proposal: Proposal, to: list, *, at: datetime, by: Actor) -> None:
    tell(event, to=to, about=proposal.reference, link=f"/proposals/{proposal.reference}/", at=at, by=by)
