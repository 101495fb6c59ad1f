"""The life of a follow-up wave, as data."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from corridor.foundations.lifecycles.life import Lifecycle


class WaveStatus(models.TextChoices):
    PLANNED = "planned", _("Planned")
    OPEN = "open", pgettext_lazy("state", "Open")
    CLOSED = "closed", _("Closed")


WAVE = Lifecycle(
    thing="follow-up wave",
    first=WaveStatus.PLANNED,
    transitions={
        WaveStatus.PLANNED: frozenset({WaveStatus.OPEN}),
        WaveStatus.OPEN: frozenset({WaveStatus.CLOSED}),
        WaveStatus.CLOSED: frozenset(),
    },
)
