"""Handing the keys of a member over to it: from then on it signs elsewhere, and nobody signs for it here."""

import json
from datetime import datetime

from django.db import transaction

from corridor.foundations.access import Actor, Permission
from corridor.foundations.audit import log
from corridor.kernel.wording import N_
from corridor.rooms.members.models import Organisation

from ..addresses import key_name
from ..keys import usable_keys
from ..lists import sign_lists
from ..models import SigningKey, StatusList
from ..proofs.data_integrity import timestamp
from ..proofs.multikey import base58
from ..proofs.sealed_boxes import seal_to
from ..refusals import NoSigningKey
from ..sealing import unseal

_SECRET = b"\x80\x26"  # Ed25519, as Multikey writes a private half


@transaction.atomic
def hand_over_keys(*, organisation: Organisation, recipient: bytes, at: datetime, by: Actor) -> str:
    """
    The private halves of the keys that have not ended, sealed to the member's own public key (PEM). Ours are forgotten.

    Its lists are signed a last time, without an end: nobody here can sign them again. The caller keeps what is returned before it commits.

    :raises NoSigningKey: if there is none to hand over. :raises BadKey: for a public key of another kind.
    """
    by.require(Permission.KEY_MAKE, on=organisation)
    Organisation.objects.select_for_update(no_key=True).get(pk=organisation.pk)
    usable = list(usable_keys(organisation.pk, at=at).select_for_update())
    if not usable:
        raise NoSigningKey(
            N_("%(member)s has no key that signs on %(day)s; there is nothing to hand over."),
            member=organisation.reference, day=at.date(),
        )  # fmt: skip
    sign_lists(StatusList.objects.filter(organisation=organisation).exclude(signed_list=""), at=at, is_last=True)
    secrets = [_told(key, organisation.reference) for key in usable]
    box = seal_to(json.dumps({"keys": secrets}).encode(), recipient=recipient)
    for key in usable:
        key.sealed_private, key.handed_over_at = b"", at
    SigningKey.objects.bulk_update(usable, ["sealed_private", "handed_over_at"])
    log.record_each("credentials.key_handed_over", by=by, subjects=usable)
    return box


def _told(key: SigningKey, reference: str) -> dict[str, str]:
    private = unseal(bytes(key.sealed_private), row=key.pk)
    name = key_name(reference, key.fragment)
    said = {
        "id": name, "type": "Multikey", "controller": name.partition("#")[0], "publicKeyMultibase": key.public_multibase,
        "secretKeyMultibase": "z" + base58(_SECRET + private.private_bytes_raw()), "validFrom": timestamp(key.valid_from),
    }  # fmt: skip
    return said | ({"expires": timestamp(key.valid_before)} if key.valid_before else {})
