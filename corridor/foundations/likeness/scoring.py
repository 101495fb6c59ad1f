"""How alike two names are, as a number that can be explained; and a verdict that names everything it was made of."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import permutations

from rapidfuzz import fuzz

from .letters import latin_forms, plain, squeezed
from .sounds import heard_in

# Two spellings of one sound are a little less sure than one spelling.
_BY_SOUND = 0.96
_FEW_WORDS = 3


@lru_cache(maxsize=100_000)
def likeness(a: str, b: str) -> float:
    """
    From 0 (nothing in common) to 1 (the same letters), whatever the script, the order of the words and their spaces.

    The best of: the same letters in the own script; the spelling in Latin letters; the rough sound of it. "陈美" and "CHEN, Mei" are 1.
    """
    if plain(a) == plain(b) and plain(a):
        return 1.0
    spelled = max((_spelled_alike(one, other) for one in latin_forms(a) for other in latin_forms(b)), default=0.0)
    if spelled == 1.0:
        return spelled
    heard = max((_alike(one, other) for one in heard_in(a) for other in heard_in(b)), default=0.0)
    return max(spelled, _BY_SOUND * heard)


def best_likeness(names: Iterable[str], others: Iterable[str]) -> tuple[float, str, str]:
    """The most alike two of the names of two things: (how alike, the one, the other). (0.0, "", "") where one has none."""
    rest = list(others)
    found = ((likeness(one, other), one, other) for one in names for other in rest)
    return max(found, default=(0.0, "", ""))


def _spelled_alike(one: str, other: str) -> float:
    if squeezed(one) == squeezed(other):
        return 1.0
    return _alike(one.split(), other.split())


def _alike(one: Sequence[str], other: Sequence[str]) -> float:
    """The same words in another order, or the same letters with other spaces, in whatever order where the words are few."""
    fewer, more = sorted((one, other), key=len)
    best = fuzz.token_sort_ratio(" ".join(one), " ".join(other))
    orders = permutations(more) if len(more) <= _FEW_WORDS else [tuple(more)]
    joined = "".join(fewer)
    return max(best, *(fuzz.ratio(joined, "".join(words)) for words in orders)) / 100


@dataclass(frozen=True)
class Clue:
    """
    One thing that speaks for two records being one (``points`` above 0), or against it (below 0).

    ``message`` is a sentence marked with ``N_`` with named places, so that a door can say it in the reader's language.
    """

    code: str
    points: int
    message: str
    places: dict[str, str] = field(default_factory=dict)


def score_of(clues: Iterable[Clue]) -> int:
    """The points of all clues together, held between 0 and 100."""
    return max(0, min(100, sum(clue.points for clue in clues)))
