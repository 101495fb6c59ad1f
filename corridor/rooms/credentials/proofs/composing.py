"""
What we issue: an Open Badges 3.0 credential, composed from plain facts. Source: 1EdTech Open Badges 3.0; W3C VC Data
Model 2.0.

What it is of stands in ``Kind``. It lists the units as results, each with its alignments to foreign units, and the hours: those that the units
take, together and each by itself, or for proof of attendance those attended. Names and descriptions are plain strings in English: the official
schema takes no language maps; what they are in other languages stands beside them (``texts``). There are no numbers and no
``credentialSchema`` (verifiers would fetch it).

Where the official schema has no place of its own: the site and the programme, which our verifier's *scope* check
needs, are two pieces of ``evidence`` whose ``genre`` says which is which; so are the members that sign beside the
issuer (without them a proof could be taken out of the set unseen), and what was shown, as a hash. A recognition
statement is the credential's ``description``.
"""

import hashlib
from datetime import datetime
from typing import Any

from corridor.kernel.wording import N_

from .complete import require_complete
from .contexts import CREDENTIALS, OPEN_BADGES
from .data_integrity import SigningKey, sign
from .facts import Alignment as Alignment
from .facts import CompetentUnit as CompetentUnit
from .facts import CredentialFacts as CredentialFacts
from .facts import Kind as Kind
from .facts import Learner as Learner
from .facts import Measured as Measured
from .facts import Place as Place
from .instants import write_instant
from .shape import MOST, check_shape
from .texts import editions, names_of, tagged

# What is measured beside units, as it is signed.
HOURS_ATTENDED = N_("Hours attended, by the registers")
HOURS_OF_UNITS = N_("Hours of the units listed")
SITE = "site"
PROGRAMME = "programme"
SIGNER = "signer"
SHOWN = "shown"


def hashed_identifier(identifier: str, salt: str) -> str:
    """``sha256$`` and the hex digest of identifier and salt, as Open Badges writes an IdentityHash."""
    return "sha256$" + hashlib.sha256((identifier + salt).encode()).hexdigest()


def compose_credential(facts: CredentialFacts) -> dict[str, Any]:
    """
    The credential without a proof. Raises CannotCompose when something it needs is missing or in a form that
    validators refuse.
    """
    require_complete(facts)
    measured = _all_measured(facts)
    document: dict[str, Any] = {
        "@context": [CREDENTIALS, OPEN_BADGES],
        "id": facts.id,
        "type": ["VerifiableCredential", "OpenBadgeCredential"],
        "name": facts.achievement_name,
        "issuer": {"id": facts.issuer_did, "type": ["Profile"], "name": facts.issuer_name} | tagged(facts.issuer_names),
        "validFrom": write_instant(facts.valid_from),
        "credentialSubject": {
            "type": ["AchievementSubject"],
            "identifier": _identifiers(facts.learner),
            "achievement": _achievement(facts, measured),
            "result": [
                *({"type": ["Result"], "resultDescription": unit.id, "status": "Completed"} for unit in facts.units),
                *({"type": ["Result"], "resultDescription": each.id, "value": each.value} for each in measured),
            ],
        },
        "evidence": [_evidence(place, genre) for place, genre in _places(facts)],
        "credentialStatus": facts.status.as_json(),
    }
    # A reader takes no more parts of a kind: what has no room stays in English.
    names = names_of((place.id, genre, place.names, place.notes) for place, genre in _places(facts))
    document["evidence"] += names[: MOST - len(document["evidence"])]
    if facts.recognition:
        document |= {"description": facts.recognition} | tagged(facts.recognition_texts)
    if facts.valid_until is not None:
        document["validUntil"] = write_instant(facts.valid_until)
    if facts.issuer_url:
        document["issuer"]["url"] = facts.issuer_url
    return document


def issue(facts: CredentialFacts, *, key: SigningKey, created: datetime) -> dict[str, Any]:
    """
    Compose, check our own shape, and sign. The proof's key must be one that ``facts.issuer_did`` publishes for
    ``created``.
    """
    signed = sign(compose_credential(facts), key=key, created=created)
    check_shape(signed)
    return signed


def _identifiers(learner: Learner) -> list[dict[str, Any]]:
    names = [
        {"type": "IdentityObject", "hashed": False, "identityHash": name, "identityType": "name"}
        for name in dict.fromkeys((learner.name, *learner.other_names))
    ]
    hashed = {
        "type": "IdentityObject",
        "hashed": True,
        "identityHash": hashed_identifier(learner.identifier, learner.salt),
        "identityType": learner.identifier_kind,
        "salt": learner.salt,
    }
    return [*names, hashed]


def _places(facts: CredentialFacts) -> list[tuple[Place, str]]:
    beside = [*((each, SIGNER) for each in facts.signers), *((each, SHOWN) for each in facts.shown)]
    return [(facts.site, SITE), (facts.programme, PROGRAMME), *beside]


def _evidence(place: Place, genre: str) -> dict[str, Any]:
    found = {"id": place.id, "type": ["Evidence"], "name": place.name, "genre": genre}
    return found | ({"description": place.note} if place.note else {})


def _all_measured(facts: CredentialFacts) -> tuple[Measured, ...]:
    """The hours of the whole, and of each unit by itself where there is room for all of them: a reader takes no more parts of a kind."""
    each = tuple(unit.hours for unit in facts.units if unit.hours is not None)
    return (*facts.measured, *each) if len(facts.units) + len(facts.measured) + len(each) <= MOST else facts.measured


def _achievement(facts: CredentialFacts, measured: tuple[Measured, ...]) -> dict[str, Any]:
    found: dict[str, Any] = {
        "id": facts.achievement_id,
        "type": ["Achievement"],
        "achievementType": facts.kind.value,
        "name": facts.achievement_name,
        "description": facts.achievement_description,
        "inLanguage": facts.language,
        "criteria": {"narrative": facts.criteria},
        "resultDescription": [*map(_unit, facts.units), *map(_measured, measured)],
    }
    if facts.alignments:
        found["alignment"] = [_alignment(each) for each in facts.alignments]
    related = editions(
        facts.achievement_id, facts.achievement_name, names=facts.achievement_names,
        descriptions=facts.description_texts, criteria=facts.criteria_texts,
    )  # fmt: skip
    if related:
        found["related"] = related
    return found


def _measured(each: Measured) -> dict[str, Any]:
    described = {"id": each.id, "type": ["ResultDescription"], "name": each.name, "resultType": "Result"}
    return described | tagged(each.names)


def _unit(unit: CompetentUnit) -> dict[str, Any]:
    described: dict[str, Any] = {
        "id": unit.id,
        "type": ["ResultDescription"],
        "name": unit.name,
        "resultType": "Status",
    } | tagged(unit.names)
    if unit.alignments:
        described["alignment"] = [_alignment(alignment) for alignment in unit.alignments]
    return described


def _alignment(alignment: Alignment) -> dict[str, Any]:
    found = {"type": ["Alignment"], "targetName": alignment.name, "targetUrl": alignment.url}
    optional = {
        "targetFramework": alignment.framework, "targetCode": alignment.code, "targetType": alignment.kind,
    }  # fmt: skip
    return found | {key: value for key, value in optional.items() if value} | tagged(alignment.names)
