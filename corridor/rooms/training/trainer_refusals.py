"""How the register of trainers says no."""

from corridor.kernel.errors import Refusal, WrongMoment


class RegisteredAlready(WrongMoment):
    """The person stands in the register of trainers, under this record or another of the same human being."""


class NotTheirSession(Refusal):
    """The session is not one that the trainer taught, or it was watched by who taught it."""


class NothingToWatch(WrongMoment):
    """A session is watched when it is held; before that, or where it was called off, there is nothing to see."""


class WrittenBefore(WrongMoment):
    """The same stands there already."""
