"""
A member signs beside the issuer of a credential: an act of its own, by whoever keeps its keys. With the last signature it is issued; before
that nothing of it is given out.
"""

import json
from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from corridor.foundations.access import Actor, Permission
from corridor.foundations.audit import log
from corridor.kernel.wording import N_
from corridor.rooms.members.models import Organisation

from ..keys import key_in_use, signer
from ..models import Credential, JointSigner
from ..proofs.data_integrity import as_text, document_hash, sign_digest
from ..proofs.shape import check_shape
from ..refusals import NothingToSign
from ..signing import issue_held
from .signing import AT_ONCE


@transaction.atomic
def co_sign(
    *,
    organisation: Organisation,
    at: datetime,
    by: Actor,
    credentials: Sequence[Credential] | None = None,
    limit: int = AT_ONCE,
) -> list[Credential]:
    """
    Sign up to ``limit`` credentials that wait for that member's signature (of those given, where some are), and issue those of which it is the
    last. Call again until nothing waits. A credential stays as its issuer signed it, whatever the records say since.

    :raises NothingToSign: if none waits. :raises NoSigningKey: if the member has no key for that instant.
    """
    by.require(Permission.KEY_MAKE, on=organisation)
    waiting = JointSigner.objects.filter(organisation=organisation, proof="").exclude(credential__prepared="")
    if credentials is not None:
        waiting = waiting.filter(credential__in=[each.pk for each in credentials])
    wanted = list(waiting.order_by("credential__reference").values_list("credential", flat=True)[:limit])
    # The credentials first, in the order of their keys: of two members that sign at once the second sees the first one's proof.
    held = list(
        Credential.objects.select_for_update(of=("self",))
        .select_related("enrolment__person", "enrolment__cohort", "issuer", "status_list")
        .filter(pk__in=wanted)
        .exclude(prepared="")
        .order_by("pk")
    )
    rows = {each.credential_id: each for each in waiting.filter(credential__in=[each.pk for each in held])}
    held = [each for each in held if each.pk in rows]
    if not held:
        raise NothingToSign(N_("Nothing waits for the signature of %(member)s."), member=organisation.reference)
    key = key_in_use(organisation, at=at)
    private = signer(key, reference=organisation.reference)
    for credential in held:
        document = json.loads(credential.prepared)
        unsecured = {name: value for name, value in document.items() if name != "proof"}
        row = rows[credential.pk]
        row.proof = as_text(sign_digest(unsecured, document_hash(unsecured), key=private, created=at))
        row.signing_key, row.signed_at = key, at
    JointSigner.objects.bulk_update(rows.values(), ["proof", "signing_key", "signed_at"], batch_size=100)
    log.record_each("credentials.co_signed", by=by, subjects=held)
    done = _complete(held)
    issue_held(done, at=at, by=by)
    return held


def _complete(held: Sequence[Credential]) -> list[Credential]:
    """Those that everybody has signed now, with all proofs in their documents: the issuer's, then the others by reference."""
    proofs: dict[object, list[str]] = {}
    for each in JointSigner.objects.filter(credential__in=held).order_by("organisation__reference"):
        proofs.setdefault(each.credential_id, []).append(each.proof)
    done = [each for each in held if all(proofs[each.pk])]
    for credential in done:
        document = json.loads(credential.prepared)
        document["proof"] += [json.loads(each) for each in proofs[credential.pk]]
        check_shape(document)
        credential.document, credential.prepared = as_text(document), ""
    Credential.objects.bulk_update(done, ["document", "prepared"], batch_size=100)
    return done
