"""What every text in several languages is: rows, not columns."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class TextState(models.TextChoices):
    DRAFT = "draft", _("Draft translation")
    REVIEWED = "reviewed", _("Reviewed")
    STALE = "stale", _("Out of date")


class Text(models.Model):
    """A text in one language: rows, not columns, each with its state and where it comes from."""

    language = models.CharField(max_length=12)
    text = models.TextField()
    text_state = models.CharField(max_length=10, choices=TextState, default=TextState.DRAFT)
    source = models.CharField(max_length=200, blank=True)

    class Meta:
        abstract = True
