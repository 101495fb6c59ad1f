from corridor.kernel.errors import AccessDenied, WrongMoment


class MoreThanOwn(AccessDenied):
    """Nobody gives a right that they do not hold themself."""


class NotPassedOn(AccessDenied):
    """The role is not held, comes itself from a delegation, or is an office of signatures."""


class HeldAlready(WrongMoment):
    """The account holds that very grant."""


class HasEnded(WrongMoment):
    """It has ended before."""


class ReadingAlone(AccessDenied):
    """Whoever sees the product as a role changes nothing."""


class SeenAnyway(WrongMoment):
    """The record stands open to whoever wants to open it."""
