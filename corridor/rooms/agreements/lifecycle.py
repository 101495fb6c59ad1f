"""The lives of an agreement and of what it obliges to, as data. Expiring, lapsed and overdue follow from days and are computed."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from corridor.foundations.lifecycles.life import Lifecycle


class AgreementStatus(models.TextChoices):
    DRAFT = "draft", _("Draft")
    PROPOSED = "proposed", _("Proposed")
    SIGNED = "signed", _("Signed by all")
    IN_FORCE = "in_force", _("In force")
    ACTIVATED = "activated", _("Activated")
    SUSPENDED = "suspended", _("Suspended")
    TERMINATED = "terminated", _("Terminated")
    REJECTED = "rejected", _("Rejected")
    WITHDRAWN = "withdrawn", _("Withdrawn")
    SUPERSEDED = "superseded", _("Superseded")


_A = AgreementStatus

AGREEMENT = Lifecycle(
    thing="agreement",
    first=_A.DRAFT,
    transitions={
        _A.DRAFT: frozenset({_A.PROPOSED, _A.WITHDRAWN}),
        _A.PROPOSED: frozenset({_A.SIGNED, _A.REJECTED, _A.WITHDRAWN, _A.TERMINATED}),
        # Taken back before the others confirmed it, the proposal is before its parties again.
        _A.REJECTED: frozenset({_A.PROPOSED}),
        _A.WITHDRAWN: frozenset({_A.DRAFT, _A.PROPOSED}),
        _A.SIGNED: frozenset({_A.IN_FORCE, _A.TERMINATED}),
        _A.IN_FORCE: frozenset({_A.ACTIVATED, _A.SUSPENDED, _A.TERMINATED, _A.SUPERSEDED}),
        _A.ACTIVATED: frozenset({_A.SUSPENDED, _A.TERMINATED, _A.SUPERSEDED}),
        _A.SUSPENDED: frozenset({_A.IN_FORCE, _A.ACTIVATED, _A.TERMINATED, _A.SUPERSEDED}),
        _A.TERMINATED: frozenset(),
        _A.SUPERSEDED: frozenset(),
    },
)


class MotionStatus(models.TextChoices):
    ASKED = "asked", pgettext_lazy("state of a request", "Asked")
    CONFIRMED = "confirmed", _("Confirmed")
    OBJECTED = "objected", _("Not agreed")
    TAKEN_BACK = "taken_back", _("Taken back")


_M = MotionStatus

MOTION = Lifecycle(
    thing="motion",
    first=_M.ASKED,
    transitions={
        _M.ASKED: frozenset({_M.CONFIRMED, _M.OBJECTED, _M.TAKEN_BACK}),
        _M.CONFIRMED: frozenset(),
        _M.OBJECTED: frozenset(),
        _M.TAKEN_BACK: frozenset(),
    },
)


class ObligationStatus(models.TextChoices):
    OPEN = "open", pgettext_lazy("state", "Open")
    FULFILLED = "fulfilled", _("Fulfilled")
    WAIVED = "waived", _("Waived")


_O = ObligationStatus

OBLIGATION = Lifecycle(
    thing="obligation",
    first=_O.OPEN,
    transitions={
        _O.OPEN: frozenset({_O.FULFILLED, _O.WAIVED}),
        _O.FULFILLED: frozenset(),
        _O.WAIVED: frozenset(),
    },
)
