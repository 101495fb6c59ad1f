"""Attestations given anew, because nobody can rely any more on the key that signed them."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import cast

from django.db import transaction

from corridor.foundations.access import Actor
from corridor.kernel.errors import AccessDenied, Refusal
from corridor.rooms.curricula.models import CurriculumVersion
from corridor.rooms.members.models import Organisation
from corridor.rooms.people.models import Person

from ..days import begun
from ..drafts import Why
from ..lifecycle import AttestationStatus
from ..models import Attestation, AttestationKind, Credential, Entitlement
from .attesting import EndorsementDraft, attest_person, change_attestation, give_endorsement


@transaction.atomic
def give_again(
    *, attestations: Sequence[Attestation], on: date, at: datetime, by: Actor, why: Why
) -> list[Attestation]:
    """
    Revoke those that stand, and sign the same again with the key of today: an endorsement in its own words, a person by the records as they are
    now. What can be signed no more (its last day has come, nothing proves it, what it endorsed is gone) stays as it is. Return the new ones.

    :raises AccessDenied: for who may neither give nor revoke such a one.
    """
    made = []
    for each in attestations:
        if each.status != AttestationStatus.ISSUED:
            continue
        try:
            with transaction.atomic():
                made.append(_again(each, on=on, at=at, by=by))
                change_attestation(attestation=each, to=AttestationStatus.REVOKED, on=on, at=at, by=by, why=why)
        except AccessDenied:
            raise
        except Refusal:
            continue
    return made


def _again(attestation: Attestation, *, on: date, at: datetime, by: Actor) -> Attestation:
    if attestation.kind == AttestationKind.ENDORSEMENT:
        claims = dict(attestation.texts.values_list("language", "text"))
        about = cast(
            "Credential | CurriculumVersion | Organisation",
            attestation.credential or attestation.version or attestation.member,
        )
        draft = EndorsementDraft(
            endorser=attestation.issuer, about=about, claims=claims, expires_before=attestation.expires_before
        )
        return give_endorsement(draft=draft, on=on, at=at, by=by)
    # What a row of this kind has, its table promises.
    right, person = cast("Entitlement", attestation.entitlement), cast("Person", attestation.person)
    return attest_person(
        kind=AttestationKind(attestation.kind), person=person, version=cast("CurriculumVersion", attestation.version),
        right=right, on=begun(on, at=at, zone=right.site.zone), at=at, by=by, expires_before=attestation.expires_before,
    )  # fmt: skip
