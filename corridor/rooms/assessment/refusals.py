"""How assessment says no."""

from corridor.kernel.errors import Refusal, WrongMoment


class AssessorIsTrainer(Refusal):
    """Whoever teaches a cohort does not assess it."""


class NotAppointed(Refusal):
    """Only assessors appointed to the cohort decide about its learners, and each in their own name."""


class OwnAssessor(Refusal):
    """Nobody assesses oneself."""


class NotInCurriculum(Refusal):
    """The unit is not one of the curriculum version that the cohort follows."""


class DecisionIsFinal(WrongMoment):
    """A final decision does not change."""


class AlreadyDecided(WrongMoment):
    """There is a decision for this attempt; it is changed, not made twice."""


class NoFurtherAttempt(WrongMoment):
    """A further attempt comes only after a final "not yet competent"."""


class NotAssessing(WrongMoment):
    """The cohort is not being assessed at this time of its life."""


class NotALearner(WrongMoment):
    """Who has not been enrolled, or never started, has nothing to be assessed in."""


class DecisionsAreOpen(WrongMoment):
    """Decisions of the cohort are not final."""


class NotCapable(WrongMoment):
    """On that day the unit cannot be assessed at that place: something does not work, is not accredited, or nobody is licensed."""


class NotLicensed(WrongMoment):
    """The assessor holds no licence for the unit on that day."""


class LicensedAlready(Refusal):
    """A person holds one licence for a unit at a time."""
