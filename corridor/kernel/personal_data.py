"""What is held about one human being, told part by part: each room tells its own, and what an erasure does to it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

SCHEMA_VERSION = 1

Value = str | int | None


class OnErasure(StrEnum):
    """What becomes of a part when the person is erased."""

    GOES = "goes"
    EMPTIED = "emptied"
    STAYS = "stays"


@dataclass(frozen=True)
class PersonalPart:
    """
    One kind of record about a person.

    ``models``: the tables it tells of ("training.Enrolment"); ``permission``: who holds it may see the part; ``why`` it is kept and ``until`` when;
    ``rows``: field -> value, days and instants in ISO 8601; ``heads``: field -> its word for a reader. ``becomes`` says what an erasure
    does, and ``because`` why; ``words`` are choices as they are shown. Texts are marked with ``N_`` and translated by whoever shows them.
    """

    code: str
    title: str
    models: tuple[str, ...]
    permission: str
    why: str
    until: str
    becomes: OnErasure
    because: str
    heads: Mapping[str, str]
    rows: Sequence[Mapping[str, Value]]
    # field -> code -> its word, for fields that hold codes.
    words: Mapping[str, Mapping[str, object]] = field(default_factory=dict)
