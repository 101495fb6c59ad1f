"""The kinds of things around conferences and announcements: what doors name without knowing the tables."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Said(models.TextChoices):
    """How a wording came about."""

    READ_OUT = "read_out", _("Read out on the stage")
    TRANSLATED = "translated", _("Translated afterwards")


class StandsAs(models.TextChoices):
    """What a member does for an announcement beside its owner."""

    CO_OWNER = "co_owner", _("Co-owner")
    HOST = "host", _("Host")
    FUNDER = "funder", _("Funder")
    SUPPORTER = "supporter", _("Supporter")


class PartOf(models.TextChoices):
    """A line of what delegates are asked."""

    QUESTION = "question", _("Question")
    OPTION = "option", _("Answer to choose")


class ItemKind(models.TextChoices):
    """What happens at a time of an agenda."""

    OPENING = "opening", _("Opening")
    TALK = "talk", _("Talk")
    PANEL = "panel", _("Panel")
    WORKSHOP = "workshop", _("Working group")
    ANNOUNCEMENTS = "announcements", _("Announcements")
    SIGNING = "signing", _("Signing")
    BREAK = "break", _("Break")
    CLOSING = "closing", _("Closing")
