"""Signing what was prepared, some at a time: each set is one transaction, so that a killed worker leaves whole credentials or none."""

from datetime import datetime

from django.db import transaction

from corridor.foundations.access import Actor, Permission
from corridor.foundations.audit import log
from corridor.foundations.lifecycles.moving import move_each
from corridor.rooms.training.models import Cohort

from ..composition import compose
from ..keys import key_in_use, signer
from ..lifecycle import CredentialStatus
from ..lists import as_text, sign_lists
from ..models import Credential, StatusList
from ..proofs.composing import issue

AT_ONCE = 50
_STANDS_ON = (
    "cohort__programme", "cohort__site", "cohort__curriculum_version__curriculum", "enrolment__person", "enrolment__cohort",
    "issuer", "status_list",
)  # fmt: skip
_TEXTS = ("cohort__programme__titles", "cohort__site__names", "cohort__curriculum_version__titles")


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
    drafts = list(
        Credential.objects.filter(cohort=cohort, status=CredentialStatus.DRAFT)
        .select_related(*_STANDS_ON)
        .prefetch_related(*_TEXTS)
        .order_by("reference")[:limit]
    )
    sign_held(drafts, at=at, by=by)
    return drafts


def sign_held(drafts: list[Credential], *, at: datetime, by: Actor) -> None:
    """Sign drafts that the caller holds, in an open transaction."""
    if not drafts:
        return
    issuers = {draft.issuer_id: draft.issuer for draft in drafts}
    keys = {pk: key_in_use(issuer, at=at) for pk, issuer in issuers.items()}
    signers = {pk: signer(key, reference=issuers[pk].reference) for pk, key in keys.items()}
    for draft, facts in zip(drafts, compose(drafts), strict=True):
        draft.signing_key = keys[draft.issuer_id]
        draft.document = as_text(issue(facts, key=signers[draft.issuer_id], created=at))
    Credential.objects.bulk_update(drafts, ["signing_key", "document"], batch_size=100)
    move_each([(draft, draft.issued_on) for draft in drafts], to=CredentialStatus.ISSUED, by=by)
    # A list is published with the first credential that names it, or nobody could say whether that one stands.
    unsigned = StatusList.objects.filter(pk__in={draft.status_list_id for draft in drafts}, signed_list="")
    sign_lists(list(unsigned), at=at)
    log.record_each("credentials.issued", by=by, subjects=drafts)


def hold_draft(credential: Credential) -> Credential:
    """One draft with all that composing needs."""
    return Credential.objects.select_related(*_STANDS_ON).prefetch_related(*_TEXTS).get(pk=credential.pk)
