"""Signing as a page does it: over the fingerprint that was read."""

from datetime import UTC, date, datetime

from corridor.foundations.access import Actor
from corridor.rooms.agreements.actions import sign_agreement
from corridor.rooms.agreements.models import Agreement
from tests.factories.actors import make_actor

SIGNING_ON = date(2023, 5, 18)


def coordinator_of(agreement: Agreement, member: str, label: str = "") -> Actor:
    party = agreement.parties.get(organisation__reference=member)
    return make_actor("coordinator", ("member", party.organisation_id), label=label or f"of-{member}")


def sign(
    agreement: Agreement, member: str, *, by: Actor | None = None, on: date = SIGNING_ON, over: str = ""
) -> Agreement:
    return sign_agreement(
        party=agreement.parties.get(organisation__reference=member),
        signed_hash=over or agreement.canonical_hash,
        on=on,
        at=datetime.combine(on, datetime.min.time(), UTC),
        by=by or coordinator_of(agreement, member),
    )
