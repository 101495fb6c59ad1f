"""How the alliance's own record and its memberships say no."""

from corridor.kernel.errors import Refusal, WrongMoment


class AnotherAlliance(Refusal):
    """One installation keeps the records of one alliance."""


class NoOpenMembership(Refusal):
    """A step was to be taken by an organisation that has no membership under way."""


class MembershipUnderWay(Refusal):
    """An organisation applies once at a time."""


class DayToCome(WrongMoment):
    """Records tell of days that have come, never of days to come."""


class PairSettled(WrongMoment):
    """Somebody has said before whether these two records are one organisation."""


class MergedBefore(WrongMoment):
    """The record was merged into another; what is to be done is done to that one."""


class TwoMemberships(Refusal):
    """Both records hold a membership that has not ended; one must end."""


class CannotBeUndone(WrongMoment):
    """Something that was done later stands on the merge."""


class AlreadyStanding(WrongMoment):
    """The secretariat has confirmed or refused the record before."""


class BelongsToItself(Refusal):
    """An organisation would stand above itself."""


class NumberTaken(Refusal):
    """A public register gives a number to one organisation alone."""
