"""Which key of a member signs at an instant, and what it publishes of all of them."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Q

from corridor.kernel.wording import N_
from corridor.rooms.members.models import Organisation

from .addresses import did_of, key_name
from .models import SigningKey
from .proofs import data_integrity
from .proofs.did_documents import PublishedKey, did_document
from .proofs.multikey import read_public
from .refusals import NoSigningKey
from .sealing import unseal


def key_in_use(organisation: Organisation, *, at: datetime) -> SigningKey:
    """The member's key that may sign at that instant, the newest if there are several. :raises NoSigningKey: if there is none."""
    usable = Q(valid_before__isnull=True) | Q(valid_before__gt=at)
    key = SigningKey.objects.filter(usable, organisation=organisation, valid_from__lte=at).order_by("valid_from").last()
    if key is None:
        raise NoSigningKey(
            N_("%(member)s has no key that may sign on %(day)s. Its key holder can make one."),
            member=organisation.reference,
            day=at.date(),
        )
    return key


def signer(key: SigningKey, *, reference: str) -> data_integrity.SigningKey:
    """The private half, opened, under its published name. Keep it no longer than the signing takes."""
    return data_integrity.SigningKey(key_name(reference, key.fragment), unseal(bytes(key.sealed_private), row=key.pk))


def published(organisation: UUID, reference: str) -> dict[str, Any] | None:
    """The member's DID document with every key it ever had; None where it never had one."""
    keys = [
        PublishedKey(key.fragment, read_public(key.public_multibase), key.valid_from, key.valid_before)
        for key in SigningKey.objects.filter(organisation=organisation).order_by("valid_from")
    ]
    return did_document(did_of(reference), keys) if keys else None
