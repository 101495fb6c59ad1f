"""What a package holds once it was read."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from .format import COMMON, FileFormat

BULK, DELTA, ABSENT = "bulk", "delta", "absent"
MODES = (ABSENT, BULK, DELTA)


@dataclass(frozen=True, slots=True)
class Record:
    """A row of a table, as it was written: record["givenName"]; "" where nothing stands. ``row`` counts from 1 with the header."""

    row: int
    values: Mapping[str, str]

    def __getitem__(self, column: str) -> str:
        return self.values.get(column, "")

    @property
    def key(self) -> str:
        return self.values.get(COMMON[0], "")

    @property
    def is_deleted(self) -> bool:
        return self.values.get("status") == "tobedeleted"

    def several(self, column: str) -> list[str]:
        return [part.strip() for part in self[column].split(",") if part.strip()]


@dataclass(frozen=True, slots=True)
class Table:
    """A table of the package; ``mode`` is bulk (all there is) or delta (what changed)."""

    form: FileFormat
    mode: str
    records: Sequence[Record] = ()
    extensions: Sequence[str] = ()
    # A table whose header or quotation marks are broken holds nothing that could be looked up.
    is_readable: bool = True


@dataclass(frozen=True)
class Manifest:
    """What manifest.csv says: the mode of each table by its name, and who sent the package."""

    modes: Mapping[str, str]
    system_name: str = ""
    system_code: str = ""


@dataclass(frozen=True)
class Package:
    manifest: Manifest
    tables: Mapping[str, Table] = field(default_factory=dict)

    def records(self, name: str) -> Sequence[Record]:
        """The rows of a table by its name in the manifest; none where it is absent."""
        return self.tables[name].records if name in self.tables else ()

    def by_key(self, name: str) -> dict[str, Record]:
        return {record.key: record for record in self.records(name)}
