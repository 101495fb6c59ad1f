"""Write down signatures in ink, each with the scan that shows it; and, for the loader, those that were given elsewhere before."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from corridor.foundations.access import Actor, Permission
from corridor.kernel.wording import N_
from corridor.rooms.conferences.ledger import require_loader
from corridor.rooms.members.standing import require_active, require_come

from ...drafts import KeptSignature, PaperSignature
from ...models import Agreement, AgreementParty, Signature
from ...refusals import NoScan, PartyIsNotAMember
from .keeping import Given, Round

# By what each way of signing is known to be theirs.
SHOWN_BY = {
    AgreementParty.Signature.PAPER: Signature.Proof.SCAN,
    AgreementParty.Signature.LINK: Signature.Proof.MAIL_CODE,
    AgreementParty.Signature.ELECTRONIC: Signature.Proof.SECOND_FACTOR,
}


@transaction.atomic
def record_paper_signatures(*, signatures: Sequence[PaperSignature], at: datetime, by: Actor) -> list[Agreement]:
    """
    Write down signatures in ink, each with the scan that shows it; the paper carries the fingerprint of the proposed text.

    Where signing goes in order, they are taken in the order of parties and signers.

    :raises NoScan: for one without a scan. :raises AlreadySigned, NotASigner, NotProposed, NotTheirTurn, PartyIsNotAMember, SignedTooEarly,
    SignerHasLeft, TextChanged: as in sign_agreement. :raises DayToCome: for a signature of a day that has not come.
    """
    by.require(Permission.AGREEMENT_SIGN_ON_PAPER)
    kept = [KeptSignature(**vars(each)) for each in signatures]
    return _taken(kept, at=at).keep("agreements.signed_on_paper", at=at, by=by)


@transaction.atomic
def load_signatures(*, signatures: Sequence[KeptSignature], at: datetime, by: Actor) -> list[Agreement]:
    """
    Write down signatures that were given in another product before, in whichever way.

    :raises AccessDenied: for anyone but the loader. Otherwise as ``record_paper_signatures``.
    """
    require_loader(by)
    return _taken(signatures, at=at).keep("agreements.signatures_loaded", at=at, by=by)


def _taken(signatures: Sequence[KeptSignature], *, at: datetime) -> Round:
    signing = Round(given.party.agreement_id for given in signatures)
    signing.require_unchanged()
    require_come((given.signed_on for given in signatures), at=at)
    places = [(signing.parties[given.party.pk].organisation, given.signed_on) for given in signatures]
    require_active(places, refusal=PartyIsNotAMember)
    for given in sorted(signatures, key=_place):
        party = signing.parties[given.party.pk]
        if given.way == AgreementParty.Signature.PAPER and given.scan is None:
            signing.require_open(party, on=given.signed_on)
            raise NoScan(
                N_("The signature of %(member)s under %(agreement)s is on paper: its scan is missing."),
                member=party.organisation.reference, agreement=party.agreement.reference,
            )  # fmt: skip
        signer = next((each for each in signing.signers_of(party) if given.signer and each.pk == given.signer.pk), None)
        signing.take(
            Given(
                party, given.way, SHOWN_BY[given.way], given.signed_on, given.signed_as or (signer.office if signer else ""),
                signer=signer, scan=given.scan, name=signer.person_name if signer and given.way == AgreementParty.Signature.LINK else "",
            )
        )  # fmt: skip
    return signing


def _place(given: KeptSignature) -> tuple[int, int]:
    return given.party.position, given.signer.position if given.signer else 0
