"""The tree of the day: everything issued and changed since the last one, hashed into one root, signed and chained."""

from datetime import date, datetime
from hashlib import sha256
from typing import Any

from django.db import transaction

from corridor.foundations.access import Actor, Permission
from corridor.foundations.audit import log
from corridor.foundations.audit.models import AuditKey
from corridor.foundations.contested import contested
from corridor.kernel.wording import N_

from ..addresses import alliance_did, checkpoint_url, credential_id, status_list_url
from ..alliance import alliance_signer
from ..models import AttestationChange, CredentialChange, DayTree, RegisterEdition, StatusList, TreeLeaf
from ..proofs.data_integrity import as_text
from ..proofs.trees import Leaf, leaf_hash, root_of, sign_checkpoint
from ..refusals import TreeHasGrown
from ..remembering import remember_text_later, remembered_text

MEMORY = "checkpoint"


@transaction.atomic
def grow_tree(*, on: date, at: datetime, by: Actor) -> DayTree:
    """
    Hash every change of a credential or of an attestation that stands in no tree yet, sign the root, and chain it to the last checkpoint. One
    a day.

    A day without a change has an empty tree, so that the chain has no gap. ``at`` is the world's own instant.

    :raises NoAllianceKey: without the alliance's key. :raises TreeHasGrown: if there is one of that day or a later one.
    """
    by.require(Permission.ISSUERS_SIGN)
    last = DayTree.objects.order_by("-number").first()
    _require_none_since(on)
    key, signer = alliance_signer()
    changes = _changes()
    said = [_leaf(each).as_bytes() for each in changes]
    root = root_of([leaf_hash(each) for each in said]).hex()
    # Chained to what left last, also where an older copy of the records was put back.
    number, text = remembered_text(MEMORY)
    if last is not None and last.number >= number:
        number, text = last.number, last.document
    document = sign_checkpoint(
        url=checkpoint_url(number + 1), alliance_did=alliance_did(), number=number + 1, day=on, size=len(said), root=root,
        previous=sha256(text.encode()).hexdigest() if text else "", lists=_lists(), register=_register(), key=signer, created=at,
    )  # fmt: skip
    made = DayTree(
        number=number + 1, day=on, size=len(said), root=root, made_at=at, document=as_text(document), key=key
    )
    with contested(lambda: _require_none_since(on)):
        made.save(force_insert=True)
    TreeLeaf.objects.bulk_create(
        [
            TreeLeaf(tree=made, position=position, said=text.decode(), **_of(change))
            for position, (change, text) in enumerate(zip(changes, said, strict=True))
        ],
        batch_size=500,
    )
    remember_text_later(MEMORY, made.number, made.document)
    log.record("credentials.tree_grown", by=by, subject=made, count=max(1, made.size))
    return made


def tree_is_due(*, on: date, by: Actor) -> bool:
    """Whether the nightly work should grow one: the alliance has a key, something was ever issued, and there is none of that day or later."""
    by.require(Permission.ISSUERS_SIGN)
    if not AuditKey.objects.filter(ended_at__isnull=True).exists() or DayTree.objects.filter(day__gte=on).exists():
        return False
    return any(model.objects.exclude(to_status="draft").exists() for model in (CredentialChange, AttestationChange))


def _changes() -> list[CredentialChange | AttestationChange]:
    """What stands in no tree yet, in the order in which it was written down."""
    held = CredentialChange.objects.filter(leaf__isnull=True).exclude(to_status="draft").select_related("credential")
    given = AttestationChange.objects.filter(leaf__isnull=True).exclude(to_status="draft").select_related("attestation")
    return sorted([*held, *given], key=lambda each: (each.recorded_at, each.pk))


def _leaf(change: CredentialChange | AttestationChange) -> Leaf:
    signed = change.credential if isinstance(change, CredentialChange) else change.attestation
    # Of a holder who was erased the fingerprint stays, and stands for the text.
    fingerprint = signed.document_sha256 or sha256(signed.document.encode()).hexdigest()
    return Leaf(credential_id(signed.pk), fingerprint, change.to_status, change.effective_on)


def _of(change: CredentialChange | AttestationChange) -> dict[str, Any]:
    return {"change" if isinstance(change, CredentialChange) else "attestation_change": change}


def _lists() -> list[tuple[str, int]]:
    rows = StatusList.objects.exclude(signed_list="").order_by("organisation__reference", "number")
    return [
        (status_list_url(reference, number), sequence)
        for reference, number, sequence in rows.values_list("organisation__reference", "number", "sequence")
    ]


def _register() -> int:
    return RegisterEdition.objects.order_by("-number").values_list("number", flat=True).first() or 0


def _require_none_since(day: date) -> None:
    last = DayTree.objects.order_by("-day").values_list("day", flat=True).first()
    if last is not None and last >= day:
        raise TreeHasGrown(N_("There is a checkpoint of %(day)s already."), day=last)
