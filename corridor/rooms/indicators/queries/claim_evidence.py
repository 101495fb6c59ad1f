"""Answers of members that stand beside published claims."""

from uuid import UUID

from corridor.foundations.access import Actor, Permission
from corridor.kernel.errors import NotFound
from corridor.kernel.wording import N_

from ..models import Claim, ClaimEvidence


def get_claim(*, reference: str, by: Actor) -> Claim:
    """:raises NotFound: if there is none of that reference."""
    by.require(Permission.FIGURE_VIEW)
    found = Claim.objects.filter(reference=reference).first()
    if found is None:
        raise NotFound(N_("There is no claim %(reference)s."), reference=reference)
    return found


def evidence_of_claims(*, by: Actor) -> dict[UUID, list[ClaimEvidence]]:
    """
    By claim: the answers held beside it, with their member, call and question. What a member answered is for those who may see data calls;
    for others there is nothing.
    """
    if not by.may(Permission.DATA_CALL_VIEW):
        return {}
    found: dict[UUID, list[ClaimEvidence]] = {}
    rows = ClaimEvidence.objects.select_related(
        "answer__question", "answer__sent__asked__organisation", "answer__sent__asked__call"
    )
    for each in rows.prefetch_related("answer__question__texts", "answer__sent__asked__organisation__names"):
        found.setdefault(each.claim_id, []).append(each)
    return found
