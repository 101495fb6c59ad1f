"""Which key of a member signs at an instant, and what it publishes of all of them."""

import json
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from corridor.kernel.wording import N_
from corridor.rooms.members.models import Organisation

from .addresses import did_of, key_name
from .lifecycle import CredentialStatus
from .models import Attestation, Credential, JointSigner, SigningKey
from .proofs import data_integrity
from .proofs.did_documents import PublishedKey, did_document
from .proofs.instants import read_instant
from .proofs.multikey import read_public
from .refusals import NoSigningKey
from .sealing import unseal

# Attestations call these two states by the same names.
_IN_HAND = (CredentialStatus.ISSUED, CredentialStatus.SUSPENDED)


def key_in_use(organisation: Organisation, *, at: datetime) -> SigningKey:
    """The member's key that may sign at that instant, the newest if there are several. :raises NoSigningKey: if there is none."""
    key = usable_keys(organisation.pk, at=at).order_by("valid_from").last()
    if key is None:
        raise NoSigningKey(
            N_("%(member)s has no key that may sign on %(day)s. Its key holder can make one."),
            member=organisation.reference,
            day=at.date(),
        )
    return key


def usable_keys(organisation: UUID, *, at: datetime) -> QuerySet[SigningKey]:
    """The member's keys with which we may sign at that instant: begun, not ended, not compromised, not handed over."""
    lasting = Q(valid_before__isnull=True) | Q(valid_before__gt=at)
    ours = SigningKey.objects.filter(lasting, compromised_from__isnull=True, handed_over_at__isnull=True)
    return ours.filter(organisation=organisation, valid_from__lte=at)


def signer(key: SigningKey, *, reference: str) -> data_integrity.SigningKey:
    """The private half, opened, under its published name. Keep it no longer than the signing takes."""
    return data_integrity.SigningKey(key_name(reference, key.fragment), unseal(bytes(key.sealed_private), row=key.pk))


def published(organisation: UUID, reference: str, *, as_of: datetime | None = None) -> dict[str, Any] | None:
    """
    The member's DID document with every key it ever had; None where it never had one.

    With ``as_of`` as it was at that instant: the keys that had begun, and the ends that had come. That a key was compromised is always told.
    """
    rows = SigningKey.objects.filter(organisation=organisation).defer("sealed_private").order_by("valid_from")
    if as_of is not None:
        rows = rows.filter(valid_from__lte=as_of)
    keys = [
        PublishedKey(
            key.fragment,
            read_public(key.public_multibase),
            key.valid_from,
            None if as_of and key.valid_before and key.valid_before > as_of else key.valid_before,
            key.compromised_from,
        )
        for key in rows
    ]
    return did_document(did_of(reference), keys) if keys else None


def affected_by(key: SigningKey, *, since: datetime) -> list[Credential]:
    """
    Credentials in force or suspended that the key signed from that instant on, alone or beside others, by reference: what is to be issued anew.
    """
    beside = JointSigner.objects.filter(signing_key=key, signed_at__gte=since).values("credential")
    signed = Credential.objects.filter(Q(signing_key=key) | Q(pk__in=beside), status__in=_IN_HAND)
    found = signed.exclude(document="").select_related("cohort", "issuer", "enrolment__person").order_by("reference")
    return [each for each in found.iterator(chunk_size=500) if signed_at(each, key) >= since]


def attestations_affected_by(key: SigningKey, *, since: datetime) -> list[Attestation]:
    """The same of what its member signed outside of cohorts: what is to be given anew."""
    rows = Attestation.objects.filter(signing_key=key, status__in=_IN_HAND).exclude(document="")
    found = rows.select_related("issuer", "person", "entitlement").order_by("reference")
    return [each for each in found.iterator(chunk_size=500) if signed_at(each, key) >= since]


def signed_at(signed: Credential | Attestation, key: SigningKey) -> datetime:
    """The instant that the proof by the key names; the end of time where none can be read, so that nothing is overlooked."""
    proofs = json.loads(signed.document).get("proof", [])
    all_of_them = proofs if isinstance(proofs, list) else [proofs]
    method = key_name(key.organisation.reference, key.fragment)
    own = [each for each in all_of_them if each.get("verificationMethod") == method]
    instants = [read_instant(each.get("created")) for each in own]
    return max((each for each in instants if each is not None), default=datetime.max.replace(tzinfo=UTC))
