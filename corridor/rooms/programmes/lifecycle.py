"""The life of a programme, as data."""

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
