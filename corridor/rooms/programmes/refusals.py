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


class StaysOnceApproved(Refusal):
    """What others rely on stays as it was approved."""


class StepNotNeeded(Refusal):
    """A step is looked at where the kind of programme needs it."""


class StepStillOpen(Refusal):
    """Steps are taken in their order, and a programme runs once all that it needs are approved."""


class StepIsApproved(Refusal):
    """A step that is approved is not looked at again."""


class LookedAtThatDay(Refusal):
    """A step is looked at once a day."""


class TakesNoPart(Refusal):
    """Who owns a risk or gives credits takes part in the programme."""


class NoDegree(Refusal):
    """Credits are planned for degree programmes."""


class CreditsOfTermDiffer(Refusal):
    """What members give in a term is what its learners need."""


class CreditsOfMemberDiffer(Refusal):
    """What a member gives in all terms is what it has to give."""


class StudyStands(Refusal):
    """Joint study from a day on is planned once."""
