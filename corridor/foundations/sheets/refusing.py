"""What a room refuses while it takes a sheet, told with the file and the row where it stands."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace

from corridor.kernel.errors import BadInput, Problem, Refusal

from .kinds import Row


@contextmanager
def refusals_in(rows: Sequence[Row]) -> Iterator[None]:
    """
    Turn what is refused inside into BadInput with the file, and the first row whose first cell the refusal names.

    A room's action knows no rows: it names the thing. Problems that say where they stand already stay as they are.
    """
    try:
        yield
    except BadInput as refused:
        raise BadInput([_placed(problem, rows) for problem in refused.problems]) from refused
    except Refusal as refused:
        raise BadInput([_placed(Problem(refused.message, refused.places), rows)]) from refused


def _placed(problem: Problem, rows: Sequence[Row]) -> Problem:
    if problem.file or not rows:
        return problem
    named = {place for place in problem.places.values() if isinstance(place, str)}
    row = next((row for row in rows if row.values[0] in named), None)
    return replace(problem, file=rows[0].file, row=row.number if row else None)
