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


_A = AgreementStatus

AGREEMENT = Lifecycle(
    thing="agreement",
    first=_A.DRAFT,
    transitions={
        _A.DRAFT: frozenset({_A.PROPOSED}),
        _A.PROPOSED: frozenset({_A.SIGNED, _A.TERMINATED}),
        _A.SIGNED: frozenset({_A.IN_FORCE, _A.TERMINATED}),
        _A.IN_FORCE: frozenset({_A.ACTIVATED, _A.SUSPENDED, _A.TERMINATED}),
        _A.ACTIVATED: frozenset({_A.SUSPENDED, _A.TERMINATED}),
        _A.SUSPENDED: frozenset({_A.IN_FORCE, _A.ACTIVATED, _A.TERMINATED}),
        _A.TERMINATED: frozenset(),
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
