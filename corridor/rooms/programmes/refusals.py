"""How a programme says no."""

from corridor.kernel.errors import Refusal


class ReferenceTaken(Refusal):
    """Two programmes cannot carry one reference."""


class AgreementNotSigned(Refusal):
    """A programme is approved under an agreement that all have signed."""


class AgreementNotInForce(Refusal):
    """A programme runs under an agreement that is in force that day."""


class NobodyLeads(Refusal):
    """A programme is approved once somebody leads it."""


class HasThatRole(Refusal):
    """A member takes part in one role once."""


class HeldThereAlready(Refusal):
    """A programme names a site once."""


class SplitStands(Refusal):
    """Who bears a programme from a day on is said once."""


class CommitmentGone(Refusal):
    """A commitment that was withdrawn bears nothing."""


class NothingToReview(Refusal):
    """A programme is looked at after it has begun to run."""


class ReviewedThatDay(Refusal):
    """A programme is reviewed once a day."""
