"""The plain facts of which a credential is composed (composing.py)."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from .status_lists import StatusEntry
from .texts import Texts


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
    them; ``kind`` is a word of Open Badges for what it is (``CFItem`` of CASE); ``names`` what it is called in further languages.
    """

    name: str
    url: str
    framework: str = ""
    code: str = ""
    kind: str = ""
    names: Texts = ()


@dataclass(frozen=True)
class Measured:
    """A result that is no unit: what was measured, under its own absolute address, and how much."""

    id: str
    name: str
    value: str
    names: Texts = ()


@dataclass(frozen=True)
class CompetentUnit:
    """
    One unit in which the learner was finally found competent. ``id`` is an absolute address; ``hours`` what the unit takes by the curriculum,
    under an address and a name of their own.
    """

    id: str
    name: str
    alignments: tuple[Alignment, ...] = ()
    names: Texts = ()
    hours: Measured | None = None


@dataclass(frozen=True)
class Place:
    """A site or a programme: its public address and its name; ``note`` is what is to be said of it for that day. Both in further languages too."""

    id: str
    name: str
    note: str = ""
    names: Texts = ()
    notes: Texts = ()


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
    ``achievement_names``, ``issuer_names``, ``description_texts``, ``criteria_texts`` and ``recognition_texts`` say the same in further languages.
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
    description_texts: Texts = ()
    recognition_texts: Texts = ()
