"""For which party somebody speaks under an agreement, and who writes its drafts."""

from corridor.foundations.access import Actor, Permission
from corridor.kernel.errors import BadInput, NotFound, Problem
from corridor.kernel.wording import N_
from corridor.rooms.members.models import Organisation

from .models import Agreement


def side_of(agreement: Agreement, *, by: Actor, member: str = "") -> Organisation | None:
    """
    The party for which this actor speaks; None for the secretariat. ``member`` says which, for who speaks for several.

    :raises AccessDenied: for who speaks for no party and is not the secretariat. :raises NotFound: for a member that is no party.
    :raises BadInput: where it is not clear for which.
    """
    parties = [party.organisation for party in agreement.parties.select_related("organisation")]
    if by.holds_everywhere(Permission.AGREEMENT_NEGOTIATE):
        mine = parties if member else []
    else:
        keys = by.ids_with(Permission.AGREEMENT_NEGOTIATE, "member")
        mine = [party for party in parties if party.pk in keys]
    if member and mine:
        named = next((party for party in mine if party.reference == member), None)
        if named is None:
            raise NotFound(
                N_("%(member)s is not a party to %(reference)s."), member=member, reference=agreement.reference,
            )  # fmt: skip
        return named
    if len(mine) > 1:
        raise BadInput([Problem(N_("Say for which member you speak."), column="member")])
    if mine:
        return mine[0]
    by.require(Permission.AGREEMENT_PROPOSE)
    return None


def may_negotiate(agreement: Agreement, *, by: Actor) -> bool:
    """Whether this actor speaks for a party, or is the secretariat."""
    return by.may(Permission.AGREEMENT_PROPOSE) or by.may(Permission.AGREEMENT_NEGOTIATE, on=agreement)


def may_write(agreement: Agreement, *, by: Actor) -> bool:
    """Drafts are the secretariat's; an amendment's and a follow-up's also that of who speaks for a party."""
    is_of_parties = agreement.amends_id is not None or agreement.renews_id is not None
    return by.may(Permission.AGREEMENT_DRAFT) or (
        is_of_parties and by.may(Permission.AGREEMENT_NEGOTIATE, on=agreement)
    )


def require_writer(agreement: Agreement, *, by: Actor) -> None:
    """:raises AccessDenied: for who may not write this draft."""
    if not may_write(agreement, by=by):
        by.require(Permission.AGREEMENT_DRAFT)
