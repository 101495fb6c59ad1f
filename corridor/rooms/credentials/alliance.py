"""The alliance as a signer: its DID document, and its key under the published name."""

from datetime import datetime
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from corridor.foundations.audit.keys import alliance_key, alliance_keys, open_alliance_key
from corridor.foundations.audit.models import AuditKey

from .addresses import alliance_did
from .proofs import data_integrity
from .proofs.did_documents import PublishedKey, did_document, verification_method


def alliance_document(*, as_of: datetime | None = None) -> dict[str, Any] | None:
    """The DID document of the alliance with every key it ever had, or those that had begun by an instant; None without any."""
    keys = [
        PublishedKey(
            _fragment(each),
            Ed25519PublicKey.from_public_bytes(bytes.fromhex(each.public_hex)),
            each.made_at,
            None if as_of and each.ended_at and each.ended_at > as_of else each.ended_at,
        )
        for each in alliance_keys()
        if as_of is None or each.made_at <= as_of
    ]
    return did_document(alliance_did(), keys) if keys else None


def alliance_signer() -> tuple[AuditKey, data_integrity.SigningKey]:
    """The key that signs for the alliance now, opened. :raises NoAllianceKey: if there is none."""
    key = alliance_key()
    return key, data_integrity.SigningKey(verification_method(alliance_did(), _fragment(key)), open_alliance_key(key))


def _fragment(key: AuditKey) -> str:
    return f"key-{key.public_hex[:16]}"
