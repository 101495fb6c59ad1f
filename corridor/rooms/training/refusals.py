"""How teaching says no."""

from corridor.kernel.errors import Refusal, WrongMoment


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
