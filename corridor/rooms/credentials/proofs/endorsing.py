"""
An endorsement: a member says in its own words what it thinks of a credential, of what is taught, or of another member, and signs it.
Source: 1EdTech Open Badges 3.0, EndorsementCredential.

The claim is one text. In several languages they stand one below the other, each after its tag: the official schema takes one string.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from corridor.kernel.wording import N_

from .contexts import CREDENTIALS, OPEN_BADGES
from .data_integrity import SigningKey, sign
from .instants import write_instant
from .refusals import CannotCompose
from .shape import check_shape
from .status_lists import StatusEntry


@dataclass(frozen=True)
class EndorsementFacts:
    """All that an endorsement says. ``endorses`` is the own id of what it speaks of; ``claims`` are by language."""

    id: str
    issuer_did: str
    issuer_name: str
    endorses: str
    name: str
    claims: Mapping[str, str]
    status: StatusEntry
    valid_from: datetime
    valid_until: datetime | None = None


def endorse(facts: EndorsementFacts, *, key: SigningKey, created: datetime) -> dict[str, Any]:
    """Compose, check our own shape, and sign. Raises CannotCompose without a claim or with an end before its beginning."""
    if not facts.claims or not all(text.strip() for text in facts.claims.values()):
        raise CannotCompose(N_("An endorsement cannot be issued without what it says."))
    if facts.valid_until is not None and facts.valid_until <= facts.valid_from:
        raise CannotCompose(N_("A credential cannot end before it begins."))
    document: dict[str, Any] = {
        "@context": [CREDENTIALS, OPEN_BADGES],
        "id": facts.id,
        "type": ["VerifiableCredential", "EndorsementCredential"],
        "name": facts.name,
        "issuer": {"id": facts.issuer_did, "type": ["Profile"], "name": facts.issuer_name},
        "validFrom": write_instant(facts.valid_from),
        "credentialSubject": {
            "id": facts.endorses,
            "type": ["EndorsementSubject"],
            "endorsementComment": comment(facts.claims),
        },
        "credentialStatus": facts.status.as_json(),
    }
    if facts.valid_until is not None:
        document["validUntil"] = write_instant(facts.valid_until)
    signed = sign(document, key=key, created=created)
    check_shape(signed, "endorsement")
    return signed


def comment(claims: Mapping[str, str]) -> str:
    """The claims as one text: alone as it is, several each after its tag in brackets."""
    if len(claims) == 1:
        return next(iter(claims.values()))
    return "\n\n".join(f"[{language}] {text}" for language, text in claims.items())
