"""Whose turn it is, where an agreement is signed in order."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from corridor.foundations.access import Actor

from .models import AgreementParty, Signature, Signer, SigningOrder


def is_in_office(signer: Signer) -> bool:
    return signer.ended_at is None


def is_theirs(signer: Signer, *, by: Actor) -> bool:
    """Whether whoever speaks for the party signs in this office here: its own account does, or anyone where it has neither account nor address."""
    if signer.account_id is not None:
        return signer.account_id == by.user_id
    return not signer.email


def before(
    party: AgreementParty,
    signer: Signer | None,
    parties: Iterable[AgreementParty],
    signers: Mapping[Any, Sequence[Signer]],
    counting: Mapping[Any, Sequence[Signature]],
) -> str | None:
    """
    Who has to sign first: a party (its reference) or an office of the same party; None where nobody has.

    ``signers`` and ``counting`` (the signatures that count) are by the key of the party.
    """
    if party.agreement.signing_order != SigningOrder.IN_ORDER:
        return None
    earlier = [each for each in parties if each.position < party.position and each.signed_on is None]
    if earlier:
        return min(earlier, key=lambda each: each.position).organisation.reference
    if signer is None:
        return None
    done = {each.signer_id for each in counting.get(party.pk, ())}
    waited_for = (
        each.office
        for each in sorted(signers.get(party.pk, ()), key=lambda each: each.position)
        if is_in_office(each) and each.position < signer.position and each.pk not in done
    )
    return next(waited_for, None)
