"""Take a sheet from the text of its file, as a loader does; and what is said of a broken one."""

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

import pytest

from corridor.foundations.access import NIGHTLY
from corridor.foundations.sheets.kinds import SheetKind
from corridor.foundations.sheets.reading import read_sheet
from corridor.kernel.errors import BadInput

AT = datetime(2024, 2, 2, 3, tzinfo=UTC)


def take_text(folder: Path, kinds: Sequence[SheetKind], name: str, text: str) -> int:
    """Write the text as the file of that kind (by its name) and take it. Answers how many rows were taken."""
    kind = next(kind for kind in kinds if kind.name == name)
    path = folder / kind.pattern.replace("*", "csv")
    path.write_text(text, encoding="utf-8")
    return kind.taken(read_sheet(path, kind=kind), by=NIGHTLY, at=AT)


def told(folder: Path, kinds: Sequence[SheetKind], name: str, text: str) -> list[str]:
    """Every problem of a sheet that is refused."""
    with pytest.raises(BadInput) as refused:
        take_text(folder, kinds, name, text)
    return [str(problem) for problem in refused.value.problems]
