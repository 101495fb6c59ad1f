"""Signing beside an issuer: with the last signature the certificates are issued, and their cohort is certified."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from corridor.foundations.access import NIGHTLY, Actor
from corridor.rooms.credentials.actions.co_signing import co_sign
from corridor.rooms.credentials.models import Credential
from corridor.rooms.members.models import Organisation

from .award_credentials import certify_if_complete


@transaction.atomic
def co_sign_credentials(
    *, organisation: Organisation, at: datetime, by: Actor, credentials: Sequence[Credential] | None = None
) -> list[Credential]:
    """
    Sign what waits for that member, some at a time (``co_sign``); the cohorts of which it was the last signature are certified. Return what was
    signed, with the state it is in now.
    """
    signed = co_sign(organisation=organisation, at=at, by=by, credentials=credentials)
    cohorts = {each.cohort_id: each for each in signed if each.document}
    # That a cohort is certified follows from its last signature: whoever gives that needs no right over cohorts.
    house = Actor(label=by.label, grants=NIGHTLY.grants)
    for each in cohorts.values():
        certify_if_complete(cohort=each.cohort, on=each.issued_on, by=house)
    return signed
