"""Reads that several figures share: made once while figures are counted together, and anew for each that is counted alone."""

from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import wraps
from typing import Any

_read: ContextVar[dict[Hashable, Any] | None] = ContextVar("read_once", default=None)


@contextmanager
def counted_together(how_many: int) -> Iterator[None]:
    """
    Whatever so many figures share is read once in here; one alone shares nothing. For reading: what is written meanwhile is not seen.
    """
    if how_many < 2 or _read.get() is not None:
        yield
        return
    token = _read.set({})
    try:
        yield
    finally:
        _read.reset(token)


def are_counted_together() -> bool:
    """Whether more is worth reading than one figure needs."""
    return _read.get() is not None


def shared[**Asked, Found](read: Callable[Asked, Found]) -> Callable[Asked, Found]:
    """What the function found is given again to whoever asks the same in one ``counted_together``. Nobody changes what it found."""

    @wraps(read)
    def once(*args: Asked.args, **named: Asked.kwargs) -> Found:
        known = _read.get()
        if known is None:
            return read(*args, **named)
        key = (read, args, tuple(sorted(named.items())))
        if key not in known:
            known[key] = read(*args, **named)
        found: Found = known[key]
        return found

    return once
