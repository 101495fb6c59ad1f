"""
The one text that every party signs.

The canonical form is JSON by RFC 8785 of what the parties promise: texts, parties, period and the announcement that is answered. Its
SHA-256 is fixed when the agreement is proposed and is the fingerprint that each signature carries.
"""

from hashlib import sha256

import rfc8785

from .models import Agreement

FORM = "agreement/1"


def canonical_form(agreement: Agreement) -> bytes:
    """Return the bytes that are hashed. Reads texts, parties and the announcement; two statements fewer where they are prefetched."""
    announcement = agreement.announcement
    return rfc8785.dumps(
        {
            "form": FORM,
            "agreement": agreement.reference,
            "announcement": announcement.reference if announcement else None,
            "starts_on": agreement.starts_on.isoformat(),
            "ends_before": agreement.ends_before.isoformat() if agreement.ends_before else None,
            "parties": [
                {"member": party.organisation.reference, "position": party.position, "role": party.role}
                for party in sorted(
                    agreement.parties.all(), key=lambda party: (party.position, party.organisation.reference)
                )
            ],
            "texts": [
                {"language": text.language, "standing": text.standing, "title": text.title, "body": text.body}
                for text in sorted(agreement.texts.all(), key=lambda text: text.language)
            ],
        }
    )


def hash_of(agreement: Agreement) -> str:
    """Return SHA-256 (hexadecimal) of the canonical form."""
    return sha256(canonical_form(agreement)).hexdigest()


def hash_still_matches(agreement: Agreement) -> bool:
    """Whether the text as it stands is the text that was proposed. A draft has nothing to match yet."""
    return agreement.canonical_hash != "" and hash_of(agreement) == agreement.canonical_hash


def parties_that_differ(agreement: Agreement) -> list[str]:
    """References of the parties whose signature is over another text than the one proposed."""
    return [
        party.organisation.reference
        for party in agreement.parties.all()
        if party.signed_hash and party.signed_hash != agreement.canonical_hash
    ]
