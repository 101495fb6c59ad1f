"""
The words that a credential needs in further languages beside what the records hold: one file for each language, by BCP 47
(``certificates/signed/<tag>.toml``).

What they say in English stands where it is composed (kinds.py, attesting.py). Like the words of a paper they go through no catalogue: they are
signed, and stay as they were. Another language is another file with the same keys and places in braces.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, fields
from functools import cache
from pathlib import Path

from .paper_words import require_keys

SIGNED = Path(__file__).parent / "certificates" / "signed"
_TABLES = {
    "named": {"trainer", "assessor"},
    "described": {"award", "statement", "unit", "module", "attendance", "teacher", "trainer", "assessor"},
}


@dataclass(frozen=True, slots=True)
class SignedWords:
    """All of them in one language. ``comma`` stands between two names of languages, ``space`` between two sentences."""

    taught_in: str
    comma: str
    space: str
    level: str
    capable: str
    hours_attended: str
    hours_of_units: str
    by_assessor: str
    by_registers: str
    by_trainers: str
    by_licences: str
    named: Mapping[str, str]
    described: Mapping[str, str]


@cache
def signed_words() -> Mapping[str, SignedWords]:
    """
    By language, in the order of the alphabet; English is not among them.

    :raises WordsIncomplete: for a file that is not whole.
    """
    return {path.stem: read_signed_words(path) for path in sorted(SIGNED.glob("*.toml"))}


def read_signed_words(path: Path) -> SignedWords:
    """:raises WordsIncomplete: names the file, and the first key that is amiss."""
    found = tomllib.loads(path.read_text(encoding="utf-8"))
    require_keys(found, {each.name for each in fields(SignedWords)}, path.name)
    for name, keys in _TABLES.items():
        require_keys(found[name], keys, f"{path.name}, {name}")
    return SignedWords(**found)
