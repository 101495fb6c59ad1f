"""The lives of a programme and of its risks, as data."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from corridor.foundations.lifecycles.life import Lifecycle


class ProgrammeStatus(models.TextChoices):
    PROPOSED = "proposed", _("Proposed")
    APPROVED = "approved", _("Approved")
    RUNNING = "running", _("Running")
    COMPLETED = "completed", _("Completed")
    SUSPENDED = "suspended", _("Suspended")
    CANCELLED = "cancelled", _("Cancelled")


_P = ProgrammeStatus

PROGRAMME = Lifecycle(
    thing="programme",
    first=_P.PROPOSED,
    transitions={
        _P.PROPOSED: frozenset({_P.APPROVED, _P.CANCELLED}),
        _P.APPROVED: frozenset({_P.RUNNING, _P.CANCELLED}),
        _P.RUNNING: frozenset({_P.COMPLETED, _P.SUSPENDED, _P.CANCELLED}),
        _P.SUSPENDED: frozenset({_P.RUNNING, _P.CANCELLED}),
        _P.COMPLETED: frozenset(),
        _P.CANCELLED: frozenset(),
    },
)


class RiskStatus(models.TextChoices):
    OPEN = "open", _("Open")
    CAME_TRUE = "came_true", _("Came true")
    CLOSED = "closed", _("Closed")


_R = RiskStatus

RISK = Lifecycle(
    thing="risk",
    first=_R.OPEN,
    transitions={
        _R.OPEN: frozenset({_R.CAME_TRUE, _R.CLOSED}),
        _R.CAME_TRUE: frozenset({_R.CLOSED}),
        _R.CLOSED: frozenset({_R.OPEN}),
    },
)
