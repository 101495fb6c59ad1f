"""Why a registration for a conference is not taken."""

from corridor.kernel.errors import NotFound, Refusal, WrongMoment


class NoSuchDelegate(NotFound):
    """The link is unknown."""


class NotOpen(WrongMoment):
    """Registration has not begun, or is over."""


class IsFull(WrongMoment):
    """There is no place left."""


class RegisteredAlready(WrongMoment):
    """Somebody with that address is registered; their link was sent again."""


class CannotPrint(Refusal):
    """A character is in none of the fonts."""


class UnknownCard(NotFound):
    """No delegate of this conference has that code."""
