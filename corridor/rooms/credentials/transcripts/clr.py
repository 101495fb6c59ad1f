"""
A transcript as Comprehensive Learner Record. Source: 1EdTech CLR Standard 2.0.

Each certificate stands in it whole, as its issuer signed it, and can be verified by itself; so do attestations that its holder trains or
assesses, and what members endorse among the certificates. The alliance signs only that these are the
certificates in force of one person: as a signed token, one of the two forms that the standard knows, which needs no vocabulary to be read.
"""

from datetime import datetime
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from ..jwt.credentials import write_credential
from ..proofs.contexts import CREDENTIALS, OPEN_BADGES
from ..proofs.data_integrity import SigningKey, timestamp
from .facts import Transcript

CONTEXT = "https://purl.imsglobal.org/spec/clr/v2p0/context-2.0.1.json"
TYPE = "ClrCredential"


def compose_clr(transcript: Transcript, *, did: str, alliance: str) -> dict[str, Any]:
    """The record without a proof. Its id follows from what stands in it and when."""
    documents = [*(each.document for each in transcript.awarded), *transcript.attested]
    said = " ".join(
        [str(each["id"]) for each in (*documents, *transcript.endorsements)] + [timestamp(transcript.made_at)]
    )
    achievements = {each["credentialSubject"]["achievement"]["id"]: each for each in documents}
    names = [
        {"type": "IdentityObject", "hashed": False, "identityHash": name, "identityType": "ext:name"}
        for name in transcript.holder.names
    ]
    record = {
        "@context": [CREDENTIALS, CONTEXT, OPEN_BADGES],
        "id": f"urn:uuid:{uuid5(NAMESPACE_URL, said)}",
        "type": ["VerifiableCredential", TYPE],
        "name": "Certificates in force",
        "issuer": {"id": did, "type": ["Profile"], "name": alliance},
        "validFrom": timestamp(transcript.made_at),
        "credentialSubject": {
            "type": ["ClrSubject"],
            "identifier": names,
            "achievement": [_achievement(each) for each in achievements.values()],
            "verifiableCredential": documents,
        },
    }
    return record | ({"endorsement": list(transcript.endorsements)} if transcript.endorsements else {})


def _achievement(document: dict[str, Any]) -> dict[str, Any]:
    """As the certificate names it, in the words that the schema of CLR 2.0 knows: the language came later."""
    achievement: dict[str, Any] = document["credentialSubject"]["achievement"]
    return {name: value for name, value in achievement.items() if name != "inLanguage"}


def write_clr(transcript: Transcript, *, key: SigningKey, alliance: str, at: datetime) -> str:
    """The record as a token that the alliance signed."""
    did = key.verification_method.partition("#")[0]
    return write_credential(compose_clr(transcript, did=did, alliance=alliance), key=key, at=at)
