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
