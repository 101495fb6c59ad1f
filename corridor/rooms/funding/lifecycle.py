"""The life of a funding commitment, as data. What was paid, paid back and is late follows from its movements and is computed."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from corridor.foundations.lifecycles.life import Lifecycle


class CommitmentStatus(models.TextChoices):
    PLEDGED = "pledged", pgettext_lazy("state", "Pledged")
    CONTRACTED = "contracted", pgettext_lazy("state", "Contracted")
    DISBURSED = "disbursed", pgettext_lazy("state", "Disbursed")
    WITHDRAWN = "withdrawn", _("Withdrawn")


_C = CommitmentStatus

COMMITMENT = Lifecycle(
    thing="commitment",
    first=_C.PLEDGED,
    transitions={
        _C.PLEDGED: frozenset({_C.CONTRACTED, _C.WITHDRAWN}),
        _C.CONTRACTED: frozenset({_C.DISBURSED, _C.WITHDRAWN}),
        _C.DISBURSED: frozenset(),
        _C.WITHDRAWN: frozenset(),
    },
)
