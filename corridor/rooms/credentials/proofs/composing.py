"""
What we issue: an Open Badges 3.0 credential, composed from plain facts. Source: 1EdTech Open Badges 3.0; W3C VC Data
Model 2.0.

What it is of stands in ``Kind``. It lists the units as results, each with its alignments to foreign units, and the hours: those that the units
take, or for proof of attendance those attended. Names and descriptions are plain strings in English: the official schema takes no language maps;
what they are in other languages stands beside them (``texts``). There are no numbers and no ``credentialSchema`` (verifiers would fetch it).

Where the official schema has no place of its own: the site and the programme, which our verifier's *scope* check
needs, are two pieces of ``evidence`` whose ``genre`` says which is which; so are the members that sign beside the
issuer (without them a proof could be taken out of the set unseen), and what was shown, as a hash. A recognition
statement is the credential's ``description``.
"""

import hashlib
import re
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from corridor.kernel.wording import N_

from .contexts import CREDENTIALS, OPEN_BADGES
from .data_integrity import SigningKey, sign
from .instants import write_instant
from .refusals import CannotCompose
from .shape import MOST, check_shape
from .status_lists import StatusEntry
from .texts import Texts, editions, names_of, tagged

# What is measured beside units, as it is signed.
HOURS_ATTENDED = N_("Hours attended, by the registers")
HOURS_OF_UNITS = N_("Hours of the units listed")
SITE = "site"
PROGRAMME = "programme"
SIGNER = "signer"
SHOWN = "shown"
_LANGUAGE = re.compile(r"[a-z]{2,4}")


class Kind(StrEnum):
    """What the credential is, as the value of ``achievementType`` in Open Badges."""

    AWARD = "Certificate"
    STATEMENT = "CertificateOfCompletion"
    UNIT = "Competency"
    MODULE = "MicroCredential"
    ATTENDANCE = "Course"
    TEACHER = "ext:TeacherInTraining"
    TRAINER = "Certification"
    ASSESSOR = "License"


@dataclass(frozen=True)
class Alignment:
    """
    A foreign unit that one of ours answers to. ``url`` leads to it; ``code`` and ``framework`` as its owner writes
    them; ``kind`` is a word of Open Badges for what it is (``CFItem`` of CASE).
    """

    name: str
    url: str
    framework: str = ""
    code: str = ""
    kind: str = ""


@dataclass(frozen=True)
class CompetentUnit:
    """One unit in which the learner was finally found competent. ``id`` is an absolute address."""

    id: str
    name: str
    alignments: tuple[Alignment, ...] = ()
    names: Texts = ()


@dataclass(frozen=True)
class Place:
    """A site or a programme: its public address and its name, in further languages too; ``note`` is what is to be said of it for that day."""

    id: str
    name: str
    note: str = ""
    names: Texts = ()


@dataclass(frozen=True)
class Measured:
    """A result that is no unit: what was measured, under its own absolute address, and how much."""

    id: str
    name: str
    value: str


@dataclass(frozen=True)
class Learner:
    """
    Who earned it: the name as printed and any in other scripts, and an identifier that is only ever written hashed.

    ``identifier`` is what the learner can show again (an e-mail address, a learner's reference); ``salt`` must be
    random, one for each credential.
    """

    name: str
    identifier: str
    salt: str
    other_names: tuple[str, ...] = ()
    identifier_kind: str = "emailAddress"


@dataclass(frozen=True)
class CredentialFacts:
    """
    All that a credential says. Every ``id`` is an absolute address. ``valid_from`` is in the zone of the place: its
    day is the day of issue.

    ``achievement_id`` names the award (or, for a statement, the curriculum it is of); ``recognition`` is printed as
    it is. ``signers`` are the members that sign beside the issuer, by their DIDs; ``shown`` what the learner agreed to
    have named as evidence, by its hash; ``alignments`` what the whole answers to, such as a level of a framework.
    ``achievement_names``, ``issuer_names`` and ``criteria_texts`` say the same in further languages.
    """

    id: str
    kind: Kind
    issuer_did: str
    issuer_name: str
    learner: Learner
    achievement_id: str
    achievement_name: str
    achievement_description: str
    criteria: str
    units: tuple[CompetentUnit, ...]
    site: Place
    programme: Place
    status: StatusEntry
    valid_from: datetime
    valid_until: datetime | None = None
    language: str = "en"
    recognition: str = ""
    issuer_url: str = ""
    signers: tuple[Place, ...] = ()
    shown: tuple[Place, ...] = ()
    alignments: tuple[Alignment, ...] = ()
    measured: tuple[Measured, ...] = ()
    achievement_names: Texts = ()
    issuer_names: Texts = ()
    criteria_texts: Texts = ()


def hashed_identifier(identifier: str, salt: str) -> str:
    """``sha256$`` and the hex digest of identifier and salt, as Open Badges writes an IdentityHash."""
    return "sha256$" + hashlib.sha256((identifier + salt).encode()).hexdigest()


def compose_credential(facts: CredentialFacts) -> dict[str, Any]:
    """
    The credential without a proof. Raises CannotCompose when something it needs is missing or in a form that
    validators refuse.
    """
    require_complete(facts)
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
            "achievement": _achievement(facts),
            "result": [
                *({"type": ["Result"], "resultDescription": unit.id, "status": "Completed"} for unit in facts.units),
                *({"type": ["Result"], "resultDescription": each.id, "value": each.value} for each in facts.measured),
            ],
        },
        "evidence": [_evidence(place, genre) for place, genre in _places(facts)],
        "credentialStatus": facts.status.as_json(),
    }
    # A reader takes no more parts of a kind: what has no room stays in English.
    names = names_of((place.id, genre, place.names) for place, genre in _places(facts))
    document["evidence"] += names[: MOST - len(document["evidence"])]
    if facts.recognition:
        document["description"] = facts.recognition
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


def _achievement(facts: CredentialFacts) -> dict[str, Any]:
    found: dict[str, Any] = {
        "id": facts.achievement_id,
        "type": ["Achievement"],
        "achievementType": facts.kind.value,
        "name": facts.achievement_name,
        "description": facts.achievement_description,
        "inLanguage": facts.language,
        "criteria": {"narrative": facts.criteria},
        "resultDescription": [*map(_unit, facts.units), *map(_measured, facts.measured)],
    }
    if facts.alignments:
        found["alignment"] = [_alignment(each) for each in facts.alignments]
    if facts.achievement_names:
        found["related"] = editions(facts.achievement_id, facts.achievement_names, facts.criteria_texts)
    return found


def _measured(each: Measured) -> dict[str, Any]:
    return {"id": each.id, "type": ["ResultDescription"], "name": each.name, "resultType": "Result"}


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
    return found | {key: value for key, value in optional.items() if value}


def require_complete(facts: CredentialFacts) -> None:
    """Raises CannotCompose when something that a credential needs is missing or in a form that validators refuse."""
    needed = {
        "id": facts.id,
        "issuer": facts.issuer_name,
        "learner": facts.learner.name,
        "identifier": facts.learner.identifier,
        "salt": facts.learner.salt,
        "achievement": facts.achievement_name,
        "description": facts.achievement_description,
        "criteria": facts.criteria,
        "units": facts.units or facts.measured,
        "site": facts.site.name,
        "programme": facts.programme.name,
    }
    for name, value in needed.items():
        if not value:
            raise CannotCompose(N_("A credential cannot be issued without its %(part)s."), part=name)
    if not _LANGUAGE.fullmatch(facts.language):
        raise CannotCompose(
            N_("“%(language)s” is not a language in lower case, such as en or lo."), language=facts.language
        )
    if facts.valid_from.tzinfo is None or (facts.valid_until is not None and facts.valid_until.tzinfo is None):
        raise CannotCompose(N_("An instant on a credential needs its zone."))
    if facts.valid_until is not None and facts.valid_until <= facts.valid_from:
        raise CannotCompose(N_("A credential cannot end before it begins."))
    if len({unit.id for unit in facts.units}) < len(facts.units):
        raise CannotCompose(N_("A unit stands twice on the credential."))
