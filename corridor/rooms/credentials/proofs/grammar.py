"""What stands where in a document of this alliance, kind by kind: the closed grammar by which ``shape`` looks at it."""

from typing import Any

from .contexts import CREDENTIALS, OPEN_BADGES
from .suites import OF_FORM, Form

TEXT, TAGGED, INSTANT, FLAG = "text", "tagged", "instant", "flag"


class One:
    """Exactly one node of that kind."""

    def __init__(self, kind: str) -> None:
        self.kind = kind


class Many(One):
    """A list of one or more nodes of that kind."""


class OneOf:
    """One of those texts."""

    def __init__(self, texts: frozenset[str]) -> None:
        self.texts = texts


class Is:
    """Exactly that value; lists are compared without order, except the vocabularies."""

    def __init__(self, value: Any) -> None:
        self.value = value


# key -> what stands there; a key ending in ? may be absent
GRAMMAR: dict[str, dict[str, Any]] = {
    "credential": {
        "@context": Is([CREDENTIALS, OPEN_BADGES]),
        "id": TEXT,
        "type": Is(["VerifiableCredential", "OpenBadgeCredential"]),
        "name": TEXT,
        "description?": TEXT,
        "narrative?": TAGGED,
        "issuer": One("issuer"),
        "validFrom": INSTANT,
        "validUntil?": INSTANT,
        "credentialSubject": One("subject"),
        "evidence": Many("evidence"),
        "credentialStatus": One("status"),
        "proof": Many("proof"),
    },
    "issuer": {"id": TEXT, "type": Is(["Profile"]), "name": TEXT, "narrative?": TAGGED, "url?": TEXT},
    "subject": {
        "type": Is(["AchievementSubject"]),
        "identifier": Many("identity"),
        "achievement": One("achievement"),
        "result": Many("result"),
    },
    "identity": {
        "type": Is("IdentityObject"),
        "hashed": FLAG,
        "identityHash": TEXT,
        "identityType": TEXT,
        "salt?": TEXT,
    },
    "achievement": {
        "id": TEXT,
        "type": Is(["Achievement"]),
        "achievementType": TEXT,
        "name": TEXT,
        "description": TEXT,
        "inLanguage": TEXT,
        "criteria": One("criteria"),
        "resultDescription": Many("unit"),
        "alignment?": Many("alignment"),
        "related?": Many("edition"),
    },
    "criteria": {"narrative": TEXT},
    "edition": {
        "id": TEXT,
        "type": Is(["Related"]),
        "inLanguage": TEXT,
        "name": TEXT,
        "description?": TEXT,
        "narrative?": TEXT,
    },
    "unit": {
        "id": TEXT,
        "type": Is(["ResultDescription"]),
        "name": TEXT,
        "narrative?": TAGGED,
        "resultType": TEXT,
        "alignment?": Many("alignment"),
    },
    "alignment": {
        "type": Is(["Alignment"]),
        "targetName": TEXT,
        "targetUrl": TEXT,
        "targetFramework?": TEXT,
        "targetCode?": TEXT,
        "targetType?": TEXT,
        "narrative?": TAGGED,
    },
    "result": {"type": Is(["Result"]), "resultDescription": TEXT, "status?": TEXT, "value?": TEXT},
    "evidence": {
        "id": TEXT,
        "type": Is(["Evidence"]),
        "name": TEXT,
        "genre": TEXT,
        "description?": TEXT,
        "inLanguage?": TEXT,
    },
    "status": {
        "id": TEXT,
        "type": Is("BitstringStatusListEntry"),
        "statusPurpose": TEXT,
        "statusListIndex": TEXT,
        "statusListCredential": TEXT,
    },
    "proof": {
        "type": Is("DataIntegrityProof"),
        "cryptosuite": OneOf(OF_FORM[Form.RDFC]),
        "created": INSTANT,
        "verificationMethod": TEXT,
        "proofPurpose": Is("assertionMethod"),
        "proofValue": TEXT,
    },
    "status list": {
        "@context": Is([CREDENTIALS]),
        "id": TEXT,
        "type": Is(["VerifiableCredential", "BitstringStatusListCredential"]),
        "issuer": TEXT,
        "validFrom": INSTANT,
        "validUntil?": INSTANT,
        "credentialSubject": One("bits"),
        "proof": Many("proof"),
    },
    "endorsement": {
        "@context": Is([CREDENTIALS, OPEN_BADGES]),
        "id": TEXT,
        "type": Is(["VerifiableCredential", "EndorsementCredential"]),
        "name": TEXT,
        "narrative?": TAGGED,
        "issuer": One("issuer"),
        "validFrom": INSTANT,
        "validUntil?": INSTANT,
        "credentialSubject": One("endorsed"),
        "credentialStatus": One("status"),
        "proof": Many("proof"),
    },
    "endorsed": {"id": TEXT, "type": Is(["EndorsementSubject"]), "endorsementComment": TEXT, "narrative?": TAGGED},
    "identified subject": {
        "id": TEXT,
        "type": Is(["AchievementSubject"]),
        "identifier": Many("identity"),
        "achievement": One("achievement"),
        "result": Many("result"),
    },
    "bits": {"id": TEXT, "type": Is("BitstringStatusList"), "statusPurpose": TEXT, "encodedList": TEXT},
}

# The same in a signed token, which is its own proof and names its subject.
GRAMMAR["token"] = {
    **{name: rule for name, rule in GRAMMAR["credential"].items() if name != "proof"},
    "credentialSubject": One("identified subject"),
}
