"""
What was read of one page is kept for the next. Where drawings stand on them pages differ without end, so what is kept is bounded by size too,
not by number alone.
"""

from collections.abc import Callable
from functools import lru_cache, wraps
from typing import cast

# Bytes of a page. A line of text takes hundreds, a drawing hundreds of thousands, and is soon gone through.
LARGEST = 4_096


def length(text: bytes) -> int:
    return len(text)


def kept[Given, *More, Read](
    most: int, *, weighs: Callable[[Given], int]
) -> Callable[[Callable[[Given, *More], Read]], Callable[[Given, *More], Read]]:
    """The last ``most`` answers of a function are kept, but for those of what weighs more than ``LARGEST``."""

    def keeping(read: Callable[[Given, *More], Read]) -> Callable[[Given, *More], Read]:
        remembered = cast("Callable[[Given, *More], Read]", lru_cache(maxsize=most)(read))

        @wraps(read)
        def answered(given: Given, *more: *More) -> Read:
            return (read if weighs(given) > LARGEST else remembered)(given, *more)

        return answered

    return keeping
