"""The night's work on what holders showed."""

from datetime import datetime

from django.db import transaction

from corridor.foundations.access import Actor, Permission

from ..forgetting import drop_what_is_over


@transaction.atomic
def forget_showings(*, at: datetime, by: Actor) -> int:
    """
    Drop the texts of what is shown no more, ninety days later also for what and to whom it was, and the addresses of links that have ended.
    Return how many rows went.
    """
    by.require(Permission.PERSON_ERASE)
    return drop_what_is_over(at=at)
