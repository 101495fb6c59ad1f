"""The meetings of a cohort, as planned and as held."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from corridor.foundations.access import Scope
from corridor.foundations.documents.models import Document
from corridor.foundations.lifecycles.models import Change, Living

from ..lifecycle import SESSION
from .cohorts import Cohort


class SessionKind(models.TextChoices):
    THEORY = "theory", _("Theory")
    PRACTICE = "practice", _("Practice")
    LANGUAGE = "language", _("Language")
    COMPANY = "company", _("In a company")


class CaptureMode(models.TextChoices):
    LIVE = "live", _("Taken in the room")
    LATE = "late", _("Taken later")
    PAPER = "paper", _("From a paper sheet")
    IMPORTED = "imported", _("From a spreadsheet")


class Session(Living):
    """One meeting of a cohort. Its day is the site's day at the instant it begins."""

    LIFE = SESSION

    cohort = models.ForeignKey(Cohort, on_delete=models.PROTECT, related_name="sessions")
    number = models.PositiveSmallIntegerField()
    begins_at = models.DateTimeField()
    held_on = models.DateField()
    # Whole minutes, so that hours never become a float.
    minutes = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=10, choices=SessionKind)
    topic = models.CharField(max_length=200, blank=True)
    # Counts the writes of the register, so that a stale form is noticed.
    version = models.PositiveIntegerField(default=1)
    capture_mode = models.CharField(max_length=10, choices=CaptureMode, blank=True)
    # The account that signed by locking; the office or role is in the audit.
    signed_by = models.CharField(max_length=150, blank=True)
    signed_at = models.DateTimeField(null=True)
    sheet = models.ForeignKey(Document, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["cohort", "number"]
        indexes = [models.Index(fields=["cohort", "held_on"]), models.Index(fields=["status", "held_on"])]
        constraints = [
            models.UniqueConstraint(fields=["cohort", "number"], name="training_session_number_once"),
            models.CheckConstraint(condition=Q(minutes__gt=0), name="training_session_lasts"),
        ]

    def __str__(self) -> str:
        return f"{self.cohort.reference}/s{self.number}"

    def scopes(self) -> frozenset[Scope]:
        return self.cohort.scopes()


class SessionChange(Change):
    session = models.ForeignKey(Session, on_delete=models.PROTECT, related_name="changes")
