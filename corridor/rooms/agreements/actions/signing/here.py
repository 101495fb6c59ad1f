"""Sign in the product: for a member that one speaks for, over the text that was read."""

from datetime import date, datetime

from django.db import transaction

from corridor.foundations.access import Actor, Permission
from corridor.kernel.wording import N_
from corridor.rooms.members.standing import require_active

from ...models import Agreement, AgreementParty, Signature, Signer
from ...refusals import NotASigner, PartyIsNotAMember, SignerHasLeft
from ...turns import is_in_office, is_theirs
from .keeping import Given, Round


@transaction.atomic
def sign_agreement(
    *,
    party: AgreementParty,
    signed_hash: str,
    on: date,
    at: datetime,
    by: Actor,
    signed_as: str = "",
    signer: Signer | None = None,
    proof: str = Signature.Proof.PASSWORD,
) -> Agreement:
    """
    Add one signature of a party over the text that was read; the last one puts the agreement in force.

    It is signed on the day of the last signature and in force from that day, or from its first day where that is later.

    :param signed_hash: the fingerprint of the text that the signer read. Another than the proposed one is a StaleForm.
    :param signer: the office for which it is signed, where the party has named several; its own account, or whoever speaks for the party
        where the office has neither account nor address.
    :raises AlreadySigned: if this member has signed before. :raises NotProposed: if it is not before the parties.
    :raises TextChanged: if the text as it stands is not the one that was proposed.
    :raises NotASigner, NotTheirTurn, SignerHasLeft: if the office is not theirs, its turn has not come, or it signs no more.
    :raises PartyIsNotAMember: if it is no active member on that day.
    """
    _require_seat(party, by)
    signing = Round([party.agreement_id])
    party = signing.parties[party.pk]
    signing.require_open(party, on=on)
    signing.require_unchanged(signed_hash=signed_hash)
    require_active([(party.organisation, on)], refusal=PartyIsNotAMember)
    chosen = _signer_of(signing, party, signer, by)
    signing.take(
        Given(
            party, AgreementParty.Signature.ELECTRONIC, Signature.Proof(proof), on, chosen.office if chosen else signed_as,
            signer=chosen, account=by.user_id,
        )
    )  # fmt: skip
    signing.keep("agreements.signed", at=at, by=by)
    return signing.agreements[party.agreement_id]


def _require_seat(party: AgreementParty, by: Actor) -> None:
    if by.may(Permission.AGREEMENT_SIGN, on=party):
        return
    # Whoever was named and has lost the seat since is told so, and not merely that they may not.
    if by.user_id is not None and Signer.objects.filter(party=party, account=by.user_id).exists():
        raise SignerHasLeft(
            N_("You speak for %(member)s no more, so you cannot sign for it. Its coordinator or the secretariat names another signer."),
            member=party.organisation.reference,
        )  # fmt: skip
    by.require(Permission.AGREEMENT_SIGN, on=party)


def _signer_of(signing: Round, party: AgreementParty, wanted: Signer | None, by: Actor) -> Signer | None:
    """The named signer as whom this account signs; None where the party has named none."""
    places: dict[str, object] = {"member": party.organisation.reference}
    named = signing.signers_of(party)
    in_office = [each for each in named if is_in_office(each)]
    if wanted is not None:
        chosen = next((each for each in named if each.pk == wanted.pk), None)
        if chosen is None:
            raise NotASigner(N_("For %(member)s named offices sign; choose one of them."), **places)
        if is_in_office(chosen) and not is_theirs(chosen, by=by):
            raise NotASigner(
                N_("“%(office)s” signs for %(member)s by its own account, by its link or on paper; you cannot sign for it."),
                **places, office=chosen.office,
            )  # fmt: skip
        return chosen
    if not in_office:
        return None
    theirs = [each for each in in_office if is_theirs(each, by=by)]
    own = [each for each in theirs if each.account_id is not None]
    if own or len(theirs) == 1:
        return (own or theirs)[0]
    raise NotASigner(N_("For %(member)s named offices sign; choose one of them."), **places)
