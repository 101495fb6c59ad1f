"""How assessment says no."""

from corridor.kernel.errors import AccessDenied, Refusal, WrongMoment


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


class ConflictOfInterest(Refusal):
    """Relatives, who is close in another way, and who works for the learner's employer do not assess a learner."""


class NoAttemptLeft(WrongMoment):
    """The scheme of the unit allows so many attempts and no more."""


class ChecklistIncomplete(Refusal):
    """A unit with a scheme is decided criterion by criterion; what is required was not looked at."""


class ContradictsChecklist(Refusal):
    """The result says something else than the criteria."""


class NotSigned(WrongMoment):
    """The scheme asks for a signature that is not there, or is of an earlier state of the decision."""


class SignedAlready(WrongMoment):
    """Nobody signs the same state of a decision twice."""


class MediaPending(WrongMoment):
    """Evidence of the decision is still on its way; the decision stands, and is final when all is there."""


class EvidenceMissing(WrongMoment):
    """A criterion needs evidence, and none shows it."""


class PieceDiffers(WrongMoment):
    """Another content arrived under the number of this piece before."""


class DecisionIsDrawn(WrongMoment):
    """The decision was drawn for a second judgement, and that is not over."""


class NothingToDraw(WrongMoment):
    """There is no decision that could be drawn and was not."""


class JudgedAlready(WrongMoment):
    """The second judgement was given."""


class NoDisagreement(WrongMoment):
    """Both assessors say the same, or nobody has judged a second time: there is nothing to settle."""


class StandsOnIt(WrongMoment):
    """A file that a final decision stands on stays."""


class SchemeIsPublished(WrongMoment):
    """A published scheme never changes; a new version takes its place."""


class SchemeIsBegun(WrongMoment):
    """There is one draft for a unit at a time."""


class SchemeIsEmpty(Refusal):
    """A scheme looks at something before it is published."""


class AppealIsOpen(WrongMoment):
    """A decision bears no award while somebody hears an appeal against it."""


class AppealTooLate(WrongMoment):
    """The days in which one may appeal are over."""


class NotYetAppealable(WrongMoment):
    """Only a final decision can be appealed against."""


class AppealedAlready(WrongMoment):
    """There is one appeal against a decision."""


class PanelIsNotIndependent(Refusal):
    """Whoever judged or taught the learner, or is close to them, does not sit on the panel."""


class PanelIsTooSmall(Refusal):
    """A panel has at least three people, one of them its chair."""


class NotOnThePanel(AccessDenied):
    """The panel rules, and who keeps the records of the whole alliance may write it down."""


class ClaimedAlready(WrongMoment):
    """The learner has claimed this unit already, or is competent in it."""


class NotCalled(Refusal):
    """Only learners of the cohort who are there to be assessed are called."""
