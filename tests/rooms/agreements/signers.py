"""Named signers in tests: who names them, and who signs in their place."""

from datetime import UTC, datetime

from corridor.foundations.access import Actor
from corridor.rooms.agreements import actions
from corridor.rooms.agreements.drafts import SignerDraft
from corridor.rooms.agreements.models import Agreement, AgreementParty, Signer
from tests.factories.actors import NIGHTLY, make_actor, make_user

from .signing import SIGNING_ON

AT = datetime(2023, 5, 18, 6, tzinfo=UTC)
LI = make_actor("secretariat", label="li-na")


def side(agreement: Agreement, member: str = "chongqing") -> AgreementParty:
    return agreement.parties.get(organisation__reference=member)


def name(agreement: Agreement, *offices: str, member: str = "chongqing", by: Actor = NIGHTLY, **known) -> list[Signer]:
    party = side(agreement, member)
    return [actions.name_signer(party=party, draft=SignerDraft(office, **known), at=AT, by=by) for office in offices]


def set_signing(agreement: Agreement, quorum: int, order: str = "parallel") -> None:
    actions.set_signing(agreement=agreement, quorum=quorum, order=order, read=(1, "parallel"), by=LI)


def person(agreement: Agreement, username: str, member: str = "chongqing") -> Actor:
    scope = ("member", side(agreement, member).organisation_id)
    return make_actor("coordinator", scope, user=make_user(username))


def sign_as(agreement: Agreement, signer: Signer | None, by: Actor, member: str = "chongqing") -> Agreement:
    return actions.sign_agreement(
        party=side(agreement, member), signer=signer, signed_hash=agreement.canonical_hash, on=SIGNING_ON, at=AT, by=by,
        signed_as="" if signer else "President",
    )  # fmt: skip
