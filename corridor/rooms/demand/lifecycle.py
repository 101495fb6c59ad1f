"""The life of a demand statement, as data. Expired follows from its by-when day and is computed."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from corridor.foundations.lifecycles.life import Lifecycle


class DemandStatus(models.TextChoices):
    DRAFT = "draft", _("Draft")
    STATED = "stated", _("Stated")
    PARTLY_MET = "partly_met", _("Partly met")
    MET = "met", _("Met")


DEMAND = Lifecycle(
    thing="demand statement",
    first=DemandStatus.DRAFT,
    transitions={
        DemandStatus.DRAFT: frozenset({DemandStatus.STATED}),
        DemandStatus.STATED: frozenset({DemandStatus.PARTLY_MET, DemandStatus.MET}),
        DemandStatus.PARTLY_MET: frozenset({DemandStatus.MET}),
        DemandStatus.MET: frozenset(),
    },
)
