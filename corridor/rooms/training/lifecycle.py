"""The lives of a cohort, an enrolment and a session, as data."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from corridor.foundations.lifecycles.life import Lifecycle


class CohortStatus(models.TextChoices):
    PLANNED = "planned", _("Planned")
    RECRUITING = "recruiting", _("Recruiting")
    RUNNING = "running", _("Running")
    FINISHED = "finished", _("Finished")
    ASSESSED = "assessed", _("Assessed")
    CERTIFIED = "certified", _("Certified")
    FOLLOWED_UP = "followed_up", _("Followed up")


class EnrolmentStatus(models.TextChoices):
    APPLIED = "applied", _("Applied")
    SELECTED = "selected", _("Selected")
    ENROLLED = "enrolled", _("Enrolled")
    ATTENDING = "attending", _("Attending")
    COMPLETED = "completed", _("Completed")
    TRANSFERRED = "transferred", _("Transferred")
    WITHDREW = "withdrew", _("Withdrew")
    NEVER_STARTED = "never_started", _("Never started")
    SUSPENDED = "suspended", _("Suspended")


class SessionStatus(models.TextChoices):
    PLANNED = "planned", _("Planned")
    HELD = "held", _("Held")
    LOCKED = "locked", _("Locked")
    CANCELLED = "cancelled", _("Cancelled")


_C, _E, _S = CohortStatus, EnrolmentStatus, SessionStatus

COHORT = Lifecycle(
    thing="cohort",
    first=_C.PLANNED,
    transitions={
        _C.PLANNED: frozenset({_C.RECRUITING, _C.RUNNING}),
        _C.RECRUITING: frozenset({_C.RUNNING}),
        _C.RUNNING: frozenset({_C.FINISHED}),
        _C.FINISHED: frozenset({_C.ASSESSED, _C.FOLLOWED_UP}),
        _C.ASSESSED: frozenset({_C.CERTIFIED, _C.FOLLOWED_UP}),
        _C.CERTIFIED: frozenset({_C.FOLLOWED_UP}),
        _C.FOLLOWED_UP: frozenset(),
    },
)
ENROLMENT = Lifecycle(
    thing="enrolment",
    first=_E.APPLIED,
    transitions={
        _E.APPLIED: frozenset({_E.SELECTED, _E.ENROLLED, _E.WITHDREW}),
        _E.SELECTED: frozenset({_E.ENROLLED, _E.WITHDREW}),
        _E.ENROLLED: frozenset({_E.ATTENDING, _E.NEVER_STARTED, _E.WITHDREW, _E.TRANSFERRED}),
        _E.ATTENDING: frozenset({_E.COMPLETED, _E.WITHDREW, _E.TRANSFERRED, _E.SUSPENDED}),
        _E.SUSPENDED: frozenset({_E.ATTENDING, _E.WITHDREW, _E.TRANSFERRED}),
        _E.COMPLETED: frozenset(),
        _E.TRANSFERRED: frozenset(),
        _E.WITHDREW: frozenset(),
        _E.NEVER_STARTED: frozenset(),
    },
)
SESSION = Lifecycle(
    thing="session",
    first=_S.PLANNED,
    transitions={
        _S.PLANNED: frozenset({_S.HELD, _S.CANCELLED}),
        _S.HELD: frozenset({_S.LOCKED}),
        _S.LOCKED: frozenset(),
        _S.CANCELLED: frozenset(),
    },
)
