"""
The kinds of certificates as data: what each is in Open Badges, what it is called, what stands behind it, what it demands.

A signed document is in English, so these are no messages of the interface.
"""

from dataclasses import dataclass
from enum import Enum

from .models import CredentialKind
from .proofs.facts import Kind


class Demand(Enum):
    """What must stand in the records before a certificate of that kind is signed."""

    ALL_REQUIRED_UNITS = "all required units finally competent"
    SOME_UNIT = "at least one unit finally competent"
    UNITS_ASKED_FOR = "the units asked for finally competent"
    HOURS_IN_REGISTERS = "hours in registers that were signed and locked"
    TEACHER = "a teacher in training, with all required units finally competent"


@dataclass(frozen=True)
class KindRule:
    """``named``, ``described`` and ``judged`` are what is signed; their places are filled when it is composed."""

    is_a: Kind
    demand: Demand
    named: str
    described: str
    judged: str
    # Its key among the words that are signed in further languages.
    judged_by: str = "by_assessor"


_BY_ASSESSOR = (
    "Found competent, in each unit listed, by an assessor who did not train the learner, on evidence from practice."
)
RULES = {
    CredentialKind.AWARD: KindRule(
        Kind.AWARD, Demand.ALL_REQUIRED_UNITS, "{title}",
        "Competent in every required unit of {title}, version {version}.", _BY_ASSESSOR,
    ),
    CredentialKind.STATEMENT: KindRule(
        Kind.STATEMENT, Demand.SOME_UNIT, "{title}: statement of units",
        "Competent in {units} of the units of {title}, version {version}; not the whole award.", _BY_ASSESSOR,
    ),
    CredentialKind.UNIT: KindRule(
        Kind.UNIT, Demand.UNITS_ASKED_FOR, "{title}: {names}",
        "Competent in one unit of {title}, version {version}; not the whole award.", _BY_ASSESSOR,
    ),
    CredentialKind.MODULE: KindRule(
        Kind.MODULE, Demand.UNITS_ASKED_FOR, "{title}: module {part}",
        "Competent in {units} units of {title}, version {version}, that make up one module; not the whole award.", _BY_ASSESSOR,
    ),
    CredentialKind.ATTENDANCE: KindRule(
        Kind.ATTENDANCE, Demand.HOURS_IN_REGISTERS, "{title}: proof of attendance",
        "Attended {hours} hours of {title}, version {version}. Nothing was assessed; this is no qualification.",
        "In the room by registers that were signed and locked, less the minutes late.", "by_registers",
    ),
    CredentialKind.TEACHER: KindRule(
        Kind.TEACHER, Demand.TEACHER, "{title}: teacher in training",
        "A teacher in training, competent in every required unit of {title}, version {version}.", _BY_ASSESSOR,
    ),
}  # fmt: skip
