"""
Composing, signing and issuing drafts that somebody holds: the one way in which a credential comes to be signed.

What several members sign is signed by its issuer here, and issued when the last of them has signed too (actions/co_signing.py).
"""

from datetime import datetime

from django.db.models import QuerySet

from corridor.foundations.access import Actor
from corridor.foundations.audit import log
from corridor.foundations.lifecycles.moving import move_each

from .composition import compose
from .keys import key_in_use, signer
from .lifecycle import CredentialStatus
from .lists import sign_lists
from .models import Credential, StatusList
from .papers import sign_papers_held
from .proofs.template import issue_text

_STANDS_ON = (
    "cohort__programme", "cohort__site", "cohort__curriculum_version__curriculum",
    "cohort__curriculum_version__level__framework", "enrolment__person", "enrolment__cohort", "issuer", "status_list",
)  # fmt: skip
_TEXTS = (
    "cohort__programme__titles", "cohort__site__names", "cohort__curriculum_version__titles",
    "cohort__curriculum_version__level__framework__names",
)  # fmt: skip


def drafts_to_sign() -> QuerySet[Credential]:
    """Drafts with all that composing needs, by reference."""
    drafts = Credential.objects.filter(status=CredentialStatus.DRAFT, prepared="").select_related(*_STANDS_ON)
    return drafts.prefetch_related(*_TEXTS).order_by("reference")


def sign_held(drafts: list[Credential], *, at: datetime, by: Actor) -> None:
    """Sign drafts that the caller holds, in an open transaction."""
    if not drafts:
        return
    issuers = {draft.issuer_id: draft.issuer for draft in drafts}
    keys = {pk: key_in_use(issuer, at=at) for pk, issuer in issuers.items()}
    signers = {pk: signer(key, reference=issuers[pk].reference) for pk, key in keys.items()}
    alone, joint = [], []
    for number, (draft, facts) in enumerate(zip(drafts, compose(drafts), strict=True)):
        draft.signing_key = keys[draft.issuer_id]
        text = issue_text(facts, key=signers[draft.issuer_id], created=at, number=number)
        if facts.signers:
            draft.prepared = text
            joint.append(draft)
        else:
            draft.document = text
            alone.append(draft)
    Credential.objects.bulk_update(drafts, ["signing_key", "document", "prepared"], batch_size=100)
    log.record_each("credentials.prepared", by=by, subjects=joint)
    issue_held(alone, at=at, by=by)


def issue_held(drafts: list[Credential], *, at: datetime, by: Actor) -> None:
    """Issue what everybody has signed who is to sign it, in an open transaction, with the words for its paper."""
    sign_papers_held(drafts, at=at)
    move_each([(draft, draft.issued_on) for draft in drafts], to=CredentialStatus.ISSUED, by=by)
    # A list is published with the first credential that names it, or nobody could say whether that one stands.
    unsigned = StatusList.objects.filter(pk__in={draft.status_list_id for draft in drafts}, signed_list="")
    sign_lists(list(unsigned), at=at)
    log.record_each("credentials.issued", by=by, subjects=drafts)
