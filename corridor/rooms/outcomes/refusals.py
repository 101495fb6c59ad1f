"""How following up says no."""

from corridor.kernel.errors import Refusal, WrongMoment


class NotLongEnoughAgo(WrongMoment):
    """A cohort left too short a time ago for this wave."""


class NobodyToAsk(Refusal):
    """A wave without cohorts asks nobody."""


class WaveIsNotOpen(WrongMoment):
    """Answers are taken in while a wave is open."""


class WaveIsClosed(WrongMoment):
    """No answer comes in after closing."""


class NobodyMayBeAsked(WrongMoment):
    """The purpose for which graduates would be asked is not written down."""
