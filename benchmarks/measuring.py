"""Two things measured in turns, and what is said of them: medians, the spread, and the ratio of each pair of turns."""

import statistics
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Spread:
    median: float
    least: float
    most: float

    @classmethod
    def of(cls, figures: Sequence[float]) -> "Spread":
        return cls(statistics.median(figures), min(figures), max(figures))


@dataclass(frozen=True)
class Result:
    """
    One comparison. ``unit`` is "per second" (more is better) or "ms" (less is better); ``ratio`` is ours / theirs in that unit.

    ``goal`` is the ratio hoped for: at least so much of a rate, at most so much of a time; None where there is none.
    """

    name: str
    peer: str
    unit: str
    ours: Spread
    theirs: Spread
    ratio: Spread
    goal: float | None = None
    note: str = ""

    @classmethod
    def of(
        cls, name: str, peer: str, unit: str, ours: Sequence[float], theirs: Sequence[float], *,
        goal: float | None = None, note: str = "",
    ) -> "Result":  # fmt: skip
        pairs = [mine / other for mine, other in zip(ours, theirs, strict=True)]
        return cls(name, peer, unit, Spread.of(ours), Spread.of(theirs), Spread.of(pairs), goal, note)

    @property
    def verdict(self) -> str:
        """Against the goal: "met", "not met", or "far off" where it is not half reached."""
        if self.goal is None:
            return ""
        reached = self.ratio.median / self.goal if self.unit == "per second" else self.goal / self.ratio.median
        return "met" if reached >= 1 else "not met" if reached >= 0.5 else "far off"


def rate(do: Callable[[], object], seconds: float) -> float:
    """How often a second, measured over so many seconds."""
    begun, count = time.perf_counter(), 0
    while time.perf_counter() - begun < seconds:
        do()
        count += 1
    return count / (time.perf_counter() - begun)


def milliseconds(do: Callable[[], object]) -> float:
    """How long, once."""
    begun = time.perf_counter()
    do()
    return (time.perf_counter() - begun) * 1000


def mean_milliseconds(do: Callable[[], object], seconds: float) -> float:
    """How long on average, over so many seconds; once at least."""
    return 1000 / rate(do, seconds)
