"""A folder with files of acts, and living through it."""

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

import pytest

from corridor.journeys._living.acts import do_acts, read_acts
from corridor.journeys._living.kinds import kinds_of_acts
from corridor.kernel.errors import BadInput

UNTIL = datetime(2024, 2, 2, 4, 0, tzinfo=UTC)


def write_acts(folder: Path, **files: Sequence[dict[str, object]]) -> Path:
    """Each file with every column of its kind; rows say what they fill."""
    (folder / "living").mkdir(exist_ok=True)
    columns = {kind.name: [each.name for each in kind.sheet().columns] for kind in kinds_of_acts(folder)}
    for name, rows in files.items():
        lines = [columns[name], *([row.get(column, "") for column in columns[name]] for row in rows)]
        for row in rows:
            assert set(row) <= set(columns[name]), row
        text = "\n".join(",".join(str(cell) for cell in line) for line in lines)
        (folder / "living" / f"{name}.csv").write_text(f"{text}\n", encoding="utf-8")
    return folder


def live(folder: Path, **files: Sequence[dict[str, object]]) -> dict[str, int]:
    write_acts(folder, **files)
    return do_acts(read_acts(folder=folder, kinds=kinds_of_acts(folder)), until=UNTIL)


def refusal(folder: Path, **files: Sequence[dict[str, object]]) -> tuple[str, int | None, str, str]:
    """File, row, column and reason of the one thing that is refused."""
    with pytest.raises(BadInput) as refused:
        live(folder, **files)
    (problem,) = refused.value.problems
    return problem.file, problem.row, problem.column, str(problem).rsplit(": ", 1)[-1]
