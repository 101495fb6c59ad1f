"""The life of a curriculum version, as data."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from corridor.foundations.lifecycles.life import Lifecycle


class VersionStatus(models.TextChoices):
    DRAFT = "draft", _("Draft")
    PUBLISHED = "published", _("Published")
    SUPERSEDED = "superseded", _("Superseded")


CURRICULUM_VERSION = Lifecycle(
    thing="curriculum version",
    first=VersionStatus.DRAFT,
    transitions={
        VersionStatus.DRAFT: frozenset({VersionStatus.PUBLISHED}),
        VersionStatus.PUBLISHED: frozenset({VersionStatus.SUPERSEDED}),
        VersionStatus.SUPERSEDED: frozenset(),
    },
)
