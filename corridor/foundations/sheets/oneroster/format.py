"""What the tables of a package are made of, as data read from format.toml."""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

_COLUMN = re.compile(r"(?P<kind>[a-z]+)(:(?P<words>[a-z]+))?(?P<needed>!)?( -> (?P<names>[A-Za-z]+))?")
COMMON = ("sourcedId", "status", "dateLastModified")
MANIFEST = "manifest.csv"
EXTENSION = "metadata."


@dataclass(frozen=True)
class Field:
    """A column. ``words`` names the vocabulary it is of; ``names`` the table whose records it names."""

    name: str
    kind: str
    is_needed: bool = False
    words: str = ""
    names: str = ""


@dataclass(frozen=True)
class Vocabulary:
    words: tuple[str, ...]
    is_closed: bool

    def takes(self, word: str) -> bool:
        return word in self.words or (not self.is_closed and word.startswith("ext:") and len(word) > len("ext:"))


@dataclass(frozen=True)
class FileFormat:
    """One table by its name in the manifest ("users"), with the columns after the three that all tables share."""

    name: str
    fields: tuple[Field, ...]

    @property
    def file(self) -> str:
        return f"{self.name}.csv"

    @property
    def header(self) -> tuple[str, ...]:
        return (*COMMON, *(field.name for field in self.fields))


def _field(name: str, written: str) -> Field:
    found = _COLUMN.fullmatch(written)
    if found is None:
        raise ValueError(f"format.toml: {name} = {written!r}")
    return Field(name, found["kind"], bool(found["needed"]), found["words"] or "", found["names"] or "")


def _read() -> tuple[Mapping[str, FileFormat], Mapping[str, Vocabulary]]:
    read = tomllib.loads(Path(__file__).with_name("format.toml").read_text(encoding="utf-8"))
    files = {
        name: FileFormat(name, tuple(_field(column, written) for column, written in columns.items()))
        for name, columns in read["files"].items()
    }
    closed = read["closed"]["vocabularies"]
    words = {name: Vocabulary(tuple(words), name in closed) for name, words in read["vocabularies"].items()}
    return MappingProxyType(files), MappingProxyType(words)


FILES, VOCABULARIES = _read()
