"""Who may let an obligation off: the other parties and the secretariat, never who owes it."""

from corridor.foundations.access import Actor, Permission
from corridor.kernel.wording import N_

from .models import Obligation
from .refusals import OwnObligation


def require_may_let_off(obligation: Obligation, *, by: Actor) -> None:
    """:raises OwnObligation: for who speaks for the member that owes it. :raises AccessDenied: for who speaks for no party."""
    if obligation.organisation_id in by.ids_with(Permission.OBLIGATION_FULFIL, "member"):
        raise OwnObligation(
            N_("%(member)s owes it and cannot let itself off. Another party of %(agreement)s or the secretariat can."),
            member=obligation.organisation.reference, agreement=obligation.agreement.reference,
        )  # fmt: skip
    by.require(Permission.OBLIGATION_WAIVE, on=obligation.agreement)


def may_let_off(obligation: Obligation, *, by: Actor) -> bool:
    is_own = obligation.organisation_id in by.ids_with(Permission.OBLIGATION_FULFIL, "member")
    return not is_own and by.may(Permission.OBLIGATION_WAIVE, on=obligation.agreement)
