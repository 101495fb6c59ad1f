"""Files of acts as a test tells them, done until the day of the example."""

from datetime import UTC, datetime

import pytest

from corridor.journeys._living.acts import do_acts, read_acts
from corridor.journeys._living.kinds import kinds_of_acts
from corridor.kernel.errors import BadInput

UNTIL = datetime(2024, 2, 2, 4, 0, tzinfo=UTC)


def tell(folder, name, header, *rows):
    """Write one file of acts; it is done with the next ``live``."""
    (folder / "living" / "files").mkdir(parents=True, exist_ok=True)
    text = "\n".join([f"at,by,{header}", *rows, ""])
    (folder / "living" / f"{name}.csv").write_text(text, encoding="utf-8")


def live(folder):
    return do_acts(read_acts(folder=folder, kinds=kinds_of_acts(folder)), until=UNTIL)


def refused(folder):
    """The first problem: file, row, column, words. Nothing of the file was done."""
    with pytest.raises(BadInput) as caught:
        live(folder)
    problem = caught.value.problems[0]
    return problem.file, problem.row, problem.column, str(problem)
