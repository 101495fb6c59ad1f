"""The life of a decision, as data."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from corridor.foundations.lifecycles.life import Lifecycle


class DecisionStatus(models.TextChoices):
    ASSESSED = "assessed", _("Assessed")
    FINAL = "final", _("Final")


DECISION = Lifecycle(
    thing="decision",
    first=DecisionStatus.ASSESSED,
    transitions={DecisionStatus.ASSESSED: frozenset({DecisionStatus.FINAL}), DecisionStatus.FINAL: frozenset()},
)
