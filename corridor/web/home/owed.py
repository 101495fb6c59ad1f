"""One thing that somebody owes."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Owed:
    """One thing to do: by when (None: it waits, without a day), what, why it matters, where, and one verb."""

    due: date | None
    title: str
    text: str
    reference: str
    url: str
    verb: str
