"""Sign an agreement in the product: whoever signs has just proved themselves, and twice where they can or must."""

from datetime import date, datetime

from django.conf import settings

from corridor.foundations.access import Actor, Permission
from corridor.foundations.accounts.second_factor import has_second_factor
from corridor.kernel.errors import AccessDenied, Refusal
from corridor.kernel.wording import N_
from corridor.rooms.agreements import actions
from corridor.rooms.agreements.models import Agreement, AgreementParty, Signature, Signer


class SecondFactorWanted(Refusal):
    """A signature wants a second factor, given a moment ago. ``is_set_up`` says whether the account has one to give."""

    def __init__(self, message: str, *, is_set_up: bool) -> None:
        super().__init__(message)
        self.is_set_up = is_set_up


def require_second_factor(
    *,
    is_given: bool,
    by: Actor,
    again: str = N_("Give your second factor once more, then sign."),
    lacking: str = N_(
        "Agreements are signed with a second factor. Set one up: an app for codes, or a passkey. Then sign."
    ),
) -> None:
    """
    Whoever has a second factor gives it; where the alliance asks for one (REQUIRE_SECOND_FACTOR), nothing goes without.

    :raises SecondFactorWanted: if it was not given: with the words ``again``, or ``lacking`` where none is set up.
    """
    if by.user_id is None:
        raise AccessDenied(N_("Sign in first."))
    is_set_up = has_second_factor(user_id=by.user_id)
    if is_given or not (is_set_up or settings.REQUIRE_SECOND_FACTOR):
        return
    if is_set_up:
        raise SecondFactorWanted(again, is_set_up=True)
    raise SecondFactorWanted(lacking, is_set_up=False)


def sign_here(
    *,
    party: AgreementParty,
    signer: Signer | None,
    signed_hash: str,
    signed_as: str,
    is_second_factor_given: bool,
    on: date,
    at: datetime,
    by: Actor,
) -> Agreement:
    """
    Sign over the text that was read. ``is_second_factor_given``: a moment ago, in this session.

    :raises SecondFactorWanted: as above. Otherwise it refuses as ``sign_agreement``.
    """
    by.require(Permission.AGREEMENT_SIGN, on=party)
    require_second_factor(is_given=is_second_factor_given, by=by)
    proof = Signature.Proof.SECOND_FACTOR if is_second_factor_given else Signature.Proof.PASSWORD
    return actions.sign_agreement(
        party=party, signer=signer, signed_hash=signed_hash, signed_as=signed_as, proof=proof, on=on, at=at, by=by
    )


def sign_by_machine(
    *,
    party: AgreementParty,
    signer: Signer | None,
    signed_hash: str,
    signed_as: str,
    on: date,
    at: datetime,
    by: Actor,
) -> Agreement:
    """
    Sign with a token, which was made by somebody who had just proved themselves; where the alliance asks for a second factor, the account of
    the token has one.

    :raises SecondFactorWanted: if it has none. Otherwise it refuses as ``sign_agreement``.
    """
    by.require(Permission.AGREEMENT_SIGN, on=party)
    require_second_factor(is_given=by.user_id is not None and has_second_factor(user_id=by.user_id), by=by)
    return actions.sign_agreement(
        party=party, signer=signer, signed_hash=signed_hash, signed_as=signed_as, proof=Signature.Proof.TOKEN, on=on,
        at=at, by=by,
    )  # fmt: skip
