"""How money says no."""

from corridor.kernel.errors import Refusal, WrongMoment


class ReferenceTaken(Refusal):
    """Two commitments cannot carry one reference."""


class PaysItself(Refusal):
    """Whoever pays is another than who is paid."""


class NotContracted(WrongMoment):
    """Money moves under a contract, from the day of the contract."""


class ContractedOtherwise(Refusal):
    """What was contracted is in the currency of the pledge, and its instalments are not more than it."""


class MoreThanContracted(Refusal):
    """More was paid than was contracted, and nobody says why."""


class MoreThanPaid(Refusal):
    """More was paid back than had been paid."""


class PaidLater(WrongMoment):
    """What is withdrawn from a day on was not paid after it."""


class MovementNotShown(Refusal):
    """A payment or a refund has a document, or says why there is none."""


class RateStands(Refusal):
    """There is one rate of a day from one currency into another."""
