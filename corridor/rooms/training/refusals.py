"""How teaching says no."""

from corridor.kernel.errors import AccessDenied, BadInput, NotFound, Refusal, WrongMoment


class NoDemand(Refusal):
    """A cohort was to open without a demand statement and without a reason why there is none."""


class DemandIsLate(WrongMoment):
    """The demand statement cited by a cohort is not dated, or dated after the cohort's first day."""


class ProgrammeIsNotRunning(WrongMoment):
    """The programme was neither approved nor running on that day."""


class AgreementIsNotInForce(WrongMoment):
    """Nothing is taught except under an agreement in force."""


class SiteIsNotOpen(WrongMoment):
    """The site was not in operation on that day."""


class NotHeldThere(Refusal):
    """The programme is not held at that site."""


class CurriculumIsNotPublished(WrongMoment):
    """The curriculum version was still a draft on that day."""


class BrandIsNotListed(WrongMoment):
    """The site did not carry that brand on that day."""


class CohortIsClosed(WrongMoment):
    """A cohort that has finished takes no more learners and plans no more sessions."""


class RegisterLocked(WrongMoment):
    """A signed register does not change."""


class SessionIsCancelled(WrongMoment):
    """A cancelled session has no register."""


class SessionIsHeld(WrongMoment):
    """The plan of a session that was held or called off does not change."""


class SessionHasNotBegun(WrongMoment):
    """A register is taken on the day of the session or after, never before."""


class RegisterIsEmpty(WrongMoment):
    """A register that nobody has taken cannot be signed."""


class SessionsAreOpen(WrongMoment):
    """Sessions of the cohort are neither locked nor cancelled."""


class NoPlaceLeft(WrongMoment):
    """All places of the cohort are taken."""


class NotRecruiting(WrongMoment):
    """The cohort takes no applications now."""


class OfferRanOut(WrongMoment):
    """The last day on which the offered place could be taken up has passed."""


class NothingOffered(WrongMoment):
    """There is no offer to answer."""


class RegisterContested(WrongMoment):
    """Two entries of a register say different things of one learner; somebody decides first."""


class RegisterIsClosed(WrongMoment):
    """So long after the session the register is taken only when it was opened again."""


class SaysNoReason(BadInput):
    """So long after the session a register is taken with a reason."""


class RegisterIsNotSigned(WrongMoment):
    """Before it is signed a register is taken again, not corrected."""


class SessionsClash(BadInput):
    """Somebody or something would be in two places at once."""


class MarksAreThere(WrongMoment):
    """A session with marks is moved only where somebody says that they go with it."""


class RegisterIsOpen(WrongMoment):
    """What has not closed is not opened again."""


class HoursAreMissing(WrongMoment):
    """The learner has not attended as much of the unit as the cohort asks for."""


class PlacementIsOver(WrongMoment):
    """A placement that was broken off does not change."""


class WeekIsConfirmed(WrongMoment):
    """What the mentor has confirmed does not change."""


class NoSuchCode(NotFound):
    """What was scanned is no code of a session, or somebody has changed it."""


class CodeIsOld(WrongMoment):
    """The code on the screen changes twice a minute; one of before is not taken."""


class ArrivalsHaveEnded(WrongMoment):
    """The code of the session is not shown any more, or its day is over."""


class NoPlaceInThisCohort(AccessDenied):
    """Only who has a place in the cohort says that they are there."""


class PhoneOfAnother(WrongMoment):
    """One phone speaks for one learner in a session."""


class NobodyToConfirm(WrongMoment):
    """Nobody waits to be confirmed, or not those who were named."""
