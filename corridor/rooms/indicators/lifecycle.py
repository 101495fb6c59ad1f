"""The lives of a kept figure and of an edition, as data. Corrected is computed: a later version points back."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from corridor.foundations.lifecycles.life import Lifecycle


class FigureStatus(models.TextChoices):
    COLLECTED = "collected", _("Collected")
    VALIDATED = "validated", _("Validated")
    RECONCILED = "reconciled", _("Reconciled")
    FROZEN = "frozen", _("Frozen")
    SIGNED_OFF = "signed_off", _("Signed off")
    PUBLISHED = "published", _("Published")


class EditionStatus(models.TextChoices):
    DRAFT = "draft", _("Draft")
    PUBLISHED = "published", _("Published")


_F = FigureStatus

FIGURE = Lifecycle(
    thing="figure",
    first=_F.COLLECTED,
    transitions={
        _F.COLLECTED: frozenset({_F.VALIDATED}),
        _F.VALIDATED: frozenset({_F.RECONCILED}),
        _F.RECONCILED: frozenset({_F.FROZEN}),
        _F.FROZEN: frozenset({_F.SIGNED_OFF}),
        _F.SIGNED_OFF: frozenset({_F.PUBLISHED}),
        _F.PUBLISHED: frozenset(),
    },
)
EDITION = Lifecycle(
    thing="edition",
    first=EditionStatus.DRAFT,
    transitions={EditionStatus.DRAFT: frozenset({EditionStatus.PUBLISHED}), EditionStatus.PUBLISHED: frozenset()},
)
