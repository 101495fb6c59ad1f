"""The rows a figure is counted from (docs/rules/figures.md, "Evidence"). No names stand in them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType

from .errors import BadInput, Problem
from .wording import N_

UNKNOWN = "unknown"


class Role(StrEnum):
    """What a row counts under: the two parts of a rate, or the steps of a follow-up (E, s, A, R, V, Vself, Y)."""

    NUMERATOR = "numerator"
    DENOMINATOR = "denominator"
    ELIGIBLE = "eligible"
    TO_ASK = "to_ask"
    ASKED = "asked"
    REACHED = "reached"
    ANSWERED = "answered"
    ANSWERED_SELF = "answered_self"
    YES = "yes"


def role_of(*roles: Role) -> str:
    """Write the roles of one row in the one order that is hashed: sorted, parted by single spaces."""
    return " ".join(sorted(role.value for role in roles))


LARGEST_AMOUNT = 2**53 - 1
FIELDS = {
    "record_kind": str,
    "record_id": str,
    "subject_id": str,
    "amount": int,
    "role": str,
    "codes": dict,
}


@dataclass(frozen=True, slots=True)
class EvidenceRow:
    """
    One record that is counted.

    ``record_kind`` and ``record_id`` find it again (an enrolment, a membership, an attendance); ``subject_id`` is the person
    or thing that is counted, after the merges known then; ``amount`` is a whole number (1 where records are counted); ``role``
    is empty, or the words it counts under, parted by single spaces ("denominator numerator"); ``codes`` gives one code per
    breakdown dimension, "unknown" where nobody knows.
    """

    record_kind: str
    record_id: str
    subject_id: str
    amount: int = 1
    role: str = ""
    codes: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))

    @property
    def roles(self) -> frozenset[str]:
        return frozenset(self.role.split())

    @property
    def key(self) -> tuple[str, str]:
        """What a record is found by in two versions of one set."""
        return self.record_kind, self.record_id.lower()

    def code(self, dimension: str) -> str:
        return self.codes.get(dimension) or UNKNOWN

    def as_dict(self) -> dict[str, object]:
        """Return the row as it is kept and hashed: six fields, nothing else."""
        return {
            "record_kind": self.record_kind,
            "record_id": self.record_id,
            "subject_id": self.subject_id,
            "amount": self.amount,
            "role": self.role,
            "codes": dict(self.codes),
        }

    @classmethod
    def from_dict(cls, line: Mapping[str, object]) -> "EvidenceRow":
        """Read a kept row. Anything but the six fields in their types is refused with BadInput."""
        problem = _problem_with(line)
        if problem:
            raise BadInput([problem])
        return cls(**line)  # type: ignore[arg-type]


def read_rows(lines: Iterable[Mapping[str, object]], *, file: str = "") -> list[EvidenceRow]:
    """Read kept rows, in order. Every malformed line is named by its number in one BadInput."""
    rows, problems = [], []
    for number, line in enumerate(lines, start=1):
        if problem := _problem_with(line):
            problems.append(Problem(problem.message, problem.places, file=file, row=number))
        else:
            rows.append(EvidenceRow.from_dict(line))
    if problems:
        raise BadInput(problems)
    return rows


def _problem_with(line: Mapping[str, object]) -> Problem | None:
    if set(line) != set(FIELDS):
        return Problem(N_("An evidence row has six fields: record_kind, record_id, subject_id, amount, role, codes."))
    for name, kind in FIELDS.items():
        if type(line[name]) is not kind:
            return Problem(N_("The field %(name)s has the wrong type."), {"name": name})
    codes, amount = line["codes"], line["amount"]
    if isinstance(codes, dict) and not all(isinstance(part, str) for pair in codes.items() for part in pair):
        return Problem(N_("Codes are texts by dimension."))
    if isinstance(amount, int) and abs(amount) > LARGEST_AMOUNT:
        return Problem(N_("An amount must be exact in every reader: at most 9007199254740991."))
    return None
