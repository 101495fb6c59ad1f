"""Counting attempts, for all processes together (ADR 0018): so many in a while, and then none until it is over."""

from dataclasses import dataclass
from datetime import timedelta
from hashlib import sha256

from django.core.cache import cache

from corridor.kernel.errors import Refusal
from corridor.kernel.wording import N_


class TooManyAttempts(Refusal):
    """Doors answer 429."""


@dataclass(frozen=True)
class Attempts:
    """At most ``most`` attempts at one thing (a key) ``within`` a while. What is counted runs out by itself and is kept by nobody."""

    name: str
    most: int
    within: timedelta

    def require_left(self, key: object) -> None:
        """:raises TooManyAttempts: if there were as many as there may be."""
        if int(cache.get(self._place(key), 0)) >= self.most:
            raise TooManyAttempts(
                N_("Too many attempts. Wait %(minutes)s minutes, then try again."),
                minutes=int(self.within.total_seconds() // 60),
            )

    def count(self, key: object) -> None:
        """
        Remember one more attempt. Call it outside the transaction of what is attempted: what fails is undone, and must be counted all the same.
        """
        place, seconds = self._place(key), int(self.within.total_seconds())
        if not cache.add(place, 1, seconds):
            cache.set(place, int(cache.get(place, 0)) + 1, seconds)

    def clear(self, key: object) -> None:
        cache.delete(self._place(key))

    def _place(self, key: object) -> str:
        return f"attempts:{self.name}:{sha256(str(key).encode()).hexdigest()}"
