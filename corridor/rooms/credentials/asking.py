"""How often anybody may have something verified from one address, so that nobody keeps the house busy. Who asks is kept by nobody."""

from datetime import timedelta

from corridor.foundations.attempts import Attempts

VERIFIED = Attempts("verified", most=300, within=timedelta(minutes=5))
# Suites of other people ask much in a short time, and only where an operator lets them.
BY_SOFTWARE = Attempts("verified-by-software", most=3_000, within=timedelta(minutes=5))


def count_asking(*, address: str, attempts: Attempts = VERIFIED) -> None:
    """Remember one more. :raises TooManyAttempts: if there were as many as there may be."""
    attempts.require_left(address)
    attempts.count(address)
