"""Pages in tests: the day is held still, and a reader sits in front of a browser."""

from datetime import date

import pytest

TODAY = date(2024, 2, 2)


@pytest.fixture
def today(settings) -> date:
    """2 February 2024, for every door."""
    settings.EXAMPLE_DAY = TODAY
    return TODAY
