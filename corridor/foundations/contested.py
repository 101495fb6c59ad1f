"""Two who write the same thing at once: the second is refused by the room's own rule, as if it had come a moment later."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from django.db import IntegrityError, transaction


@contextmanager
def contested(look_again: Callable[[], object]) -> Iterator[None]:
    """
    Insert inside this, in an open transaction. Where a constraint of the table refuses, ``look_again`` asks the room's rule once more:
    what the other wrote is to be seen by then, and the rule raises its refusal.

    :raises IntegrityError: if the rule finds nothing wrong; then it was no race but a fault.
    """
    try:
        with transaction.atomic():
            yield
    except IntegrityError:
        look_again()
        raise
