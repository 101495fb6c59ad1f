"""How the rights of a person say no."""

from corridor.kernel.errors import Refusal, WrongMoment


class AskedAlready(WrongMoment):
    """The same is asked already and waits for its answer."""


class OnHold(Refusal):
    """A reason of law says that the record must be kept for now."""


class ErasedAlready(WrongMoment):
    """The person was erased; nothing is known of them any more."""


class NotConfirmed(Refusal):
    """What cannot be taken back is said twice."""


class ExportGone(Refusal):
    """The copy was made for some days and these are over."""


class ThresholdReached(Refusal):
    """More persons' data would leave the country in this year than the secretariat allows without a decision."""
