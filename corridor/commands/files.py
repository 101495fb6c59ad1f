"""A file that is named on the command line, read up to a bound."""

from pathlib import Path

from corridor.kernel.errors import BadInput, Problem
from corridor.kernel.wording import N_


def bytes_of(path: Path, *, most: int) -> bytes:
    """Its first ``most`` bytes. :raises BadInput: if there is no such file, or it cannot be opened."""
    try:
        with path.open("rb") as file:
            return file.read(most)
    except OSError:
        raise BadInput([Problem(N_("There is no file at %(path)s."), {"path": str(path)})]) from None
