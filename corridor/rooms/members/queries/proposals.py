"""What was proposed to the council about members."""

from django.db.models import QuerySet

from corridor.foundations.access import Actor, Permission
from corridor.kernel.errors import NotFound
from corridor.kernel.wording import N_

from ..lifecycle import ProposalStatus
from ..models import Organisation, Proposal


def _seen_by(by: Actor) -> QuerySet[Proposal]:
    """Everything for who may see every state of every member; who speaks for a member sees what is proposed about it."""
    found = Proposal.objects.select_related("membership__organisation")
    if by.holds_everywhere(Permission.MEMBER_VIEW_ANY_STATE):
        return found
    return found.filter(membership__organisation__in=by.ids_with(Permission.MEMBER_EDIT, "member"))


def list_proposals(*, by: Actor, organisation: Organisation | None = None) -> QuerySet[Proposal]:
    """The latest first; of one member, or of all that this reader may see."""
    found = _seen_by(by) if organisation is None else _seen_by(by).filter(membership__organisation=organisation)
    return found.prefetch_related("membership__organisation__names").order_by("-proposed_on", "-reference")


def proposals_to_decide(*, by: Actor) -> QuerySet[Proposal]:
    """For the council's desk."""
    if not by.may(Permission.PROPOSAL_DECIDE):
        return Proposal.objects.none()
    return list_proposals(by=by).filter(status=ProposalStatus.PROPOSED)


def proposals_to_carry_out(*, by: Actor) -> QuerySet[Proposal]:
    """For the secretariat's desk: what the council agreed to."""
    if not by.may(Permission.MEMBER_CHANGE_STATE):
        return Proposal.objects.none()
    return list_proposals(by=by).filter(status=ProposalStatus.AGREED)


def get_proposal(*, reference: str, by: Actor) -> Proposal:
    """With its changes and what counted. :raises NotFound: if there is none, or none for this reader."""
    found = _seen_by(by).filter(reference=reference)
    proposal = found.prefetch_related("evidence", "changes", "membership__organisation__names").first()
    if proposal is None:
        raise NotFound(N_("There is no proposal %(reference)s."), reference=reference)
    return proposal
