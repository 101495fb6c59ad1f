"""Signing what was prepared, some at a time: each set is one transaction, so that a killed worker leaves whole credentials or none."""

from datetime import datetime

from django.db import transaction

from corridor.foundations.access import Actor, Permission
from corridor.rooms.training.models import Cohort

from ..models import Credential
from ..signing import drafts_to_sign, sign_held

AT_ONCE = 50


@transaction.atomic
def sign_drafts(*, cohort: Cohort, at: datetime, by: Actor, limit: int = AT_ONCE) -> list[Credential]:
    """
    Sign up to ``limit`` drafts of a cohort at that instant and issue them on their day. Call again until nothing comes back.

    Safe to do twice and by two at once: each holds the drafts it signs, and a draft that was signed is no draft any more.

    :raises NoSigningKey: if the issuer has no key for that instant. :raises CannotCompose: names what a credential lacks.
    """
    by.require(Permission.CREDENTIAL_AWARD, on=cohort)
    # The row of the cohort first, and alone: of two who sign, the second sees what the first has left.
    Cohort.objects.select_for_update(no_key=True).get(pk=cohort.pk)
    drafts = list(drafts_to_sign().filter(cohort=cohort)[:limit])
    sign_held(drafts, at=at, by=by)
    return drafts
