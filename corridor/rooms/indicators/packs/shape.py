"""
What stands where in a pack, and the one way in which a number is written as text, so that every format can be read back.

A pack is a folder: ``manifest.json``, ``public/edition.{json,html,pdf,xlsx}``, ``evidence/FIG-....jsonl``. Kernel and standard library only.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

FORMAT = "corridor-edition/1"
MANIFEST = "manifest.json"
PUBLIC, EVIDENCE = "public", "evidence"
JSON, HTML, XLSX, PDF = "edition.json", "edition.html", "edition.xlsx", "edition.pdf"

# What the counting code gives (kernel.printed_figures), beside the particulars of the figure.
NUMBERS = (
    "value",
    "numerator",
    "denominator",
    "percent",
    "ratio",
    "withheld",
    "n",
    "evidence_rows",
    "evidence_hash",
    "content_hash",
    "three_numbers",
    "block",
    "breakdown",
    "missing",
)
# What is said of a figure that its rows do not give; the same in every format.
SAID = (
    "reference",
    "version",
    "code",
    "definition_version",
    "unit",
    "scope",
    "on",
    "from",
    "to",
    "known_at",
    "not_counted",
)
NOTHING = "–"


@dataclass(frozen=True, slots=True)
class Signed:
    """One of the two persons who stand for the figure."""

    by: str
    role: str
    on: str


@dataclass(frozen=True, slots=True)
class PackedFigure:
    """
    One figure as anyone may read it. ``said``: SAID by name; ``numbers``: as ``printed(result, to_public=True)`` gives them.

    ``words``: for each dimension its title and what its codes are called. ``evidence``: the canonical lines of its rows; None where the
    reader may not see them.
    """

    said: Mapping[str, Any]
    numbers: Mapping[str, Any]
    title: str
    about: str
    counted: str
    unit_words: str
    words: Mapping[str, tuple[str, Mapping[str, str]]]
    signatures: Sequence[Signed] = ()
    correction: str = ""
    evidence: bytes | None = None

    @property
    def reference(self) -> str:
        return str(self.said["reference"])


@dataclass(frozen=True, slots=True)
class PackedEdition:
    """An edition to be written. Days and instants are ISO texts."""

    reference: str
    title: str
    alliance: str
    day: str
    published_at: str
    fingerprint: str
    language: str
    figures: Sequence[PackedFigure] = field(default_factory=tuple)


def text_of(value: object) -> str:
    """A printed number or particular as text. A whole number that a spreadsheet gave back as 12.0 is "12"; nothing is a dash."""
    if value is None or value == "":
        return NOTHING
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)


def flat(numbers: Mapping[str, Any], before: str = "") -> dict[str, str]:
    """Every number by its place: {"value": "240", "breakdown.sex.female": "124", "block.bounds.0": "60.0%"}."""
    found: dict[str, str] = {}
    for name, value in numbers.items():
        place = f"{before}{name}"
        if isinstance(value, Mapping):
            found |= flat(value, f"{place}.")
        elif isinstance(value, list | tuple):
            found |= flat({str(number): part for number, part in enumerate(value)}, f"{place}.")
        else:
            found[place] = text_of(value)
    return found
