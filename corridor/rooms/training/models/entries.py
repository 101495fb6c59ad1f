"""What was written into a register, by whom and when: an act of writing, and what it said of each learner where more than one had a say."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from corridor.kernel.identifiers import new_id
from corridor.rooms.programmes.models import Programme

from .enrolments import Enrolment
from .mark_words import Mark
from .sessions import Session


class EntryOrigin(models.TextChoices):
    PAGE = "page", _("On a page")
    DEVICE = "device", _("On a device")
    PAPER = "paper", _("From a paper sheet")
    SHEET = "sheet", _("From a spreadsheet")
    DECISION = "decision", _("Decided between two")
    CORRECTION = "correction", _("Corrected after signing")
    ARRIVAL = "arrival", _("Confirmed after the learner said so")


class RegisterEntry(models.Model):
    """
    One act of writing into a register. Of a device its key is that of the event, so that what is sent twice is written once.

    ``said_at`` is what the clock of the device showed; ``entered_at`` is ours.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    session = models.ForeignKey(Session, on_delete=models.PROTECT, related_name="entries")
    origin = models.CharField(max_length=10, choices=EntryOrigin)
    # Empty for a sheet, whose import says who brought it.
    entered_by = models.CharField(max_length=150, blank=True)
    entered_at = models.DateTimeField()
    said_at = models.DateTimeField(null=True)
    # Why so late, why otherwise than it was signed, why one and not the other.
    reason = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["entered_at", "id"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(origin__in=["decision", "correction"]) | ~Q(reason=""), name="training_entry_says_why"
            )
        ]


class SaidMark(models.Model):
    """
    What one act of writing said of one learner, and which mark it had before its eyes. Never changed.

    A mark that nobody has replaced stands (agreeing.py). Those of a register that was written once stand in Attendance alone.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    entry = models.ForeignKey(RegisterEntry, on_delete=models.PROTECT, related_name="marks")
    enrolment = models.ForeignKey(Enrolment, on_delete=models.PROTECT, related_name="+")
    mark = models.CharField(max_length=10, choices=Mark)
    minutes_late = models.PositiveSmallIntegerField(null=True)
    remark = models.CharField(max_length=200, blank=True)
    # The entry whose mark was seen; it may come later than this one, from another device, so it is a key and no link. None: nothing was seen.
    replaces = models.UUIDField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["entry", "enrolment", "replaces"], name="training_saidmark_once"),
            models.UniqueConstraint(
                fields=["entry", "enrolment"],
                condition=Q(replaces__isnull=True),
                name="training_saidmark_seeing_none_once",
            ),
        ]


class Guest(models.Model):
    """Somebody who was in the room without a place in the cohort, as the trainer wrote them down; until it was taken back."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    entry = models.ForeignKey(RegisterEntry, on_delete=models.PROTECT, related_name="guests")
    name = models.CharField(max_length=100)
    taken_back_at = models.DateTimeField(null=True)
    taken_back_by = models.CharField(max_length=150, blank=True, default="")


class SigningWith(models.TextChoices):
    NAME = "name", _("The name")
    SECOND_FACTOR = "second_factor", _("The name and a second factor")


class RegisterRule(models.Model):
    """How registers of a programme are kept. Without a row: no reason is asked, no register closes by itself, and a signed one is locked at once."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    programme = models.OneToOneField(Programme, on_delete=models.PROTECT, related_name="+")
    # From so many days after the session on, a register is taken with a reason.
    late_after_days = models.PositiveSmallIntegerField(null=True)
    # From so many days after the session on, a register is taken and signed only when it was opened again.
    closes_after_days = models.PositiveSmallIntegerField(null=True)
    # From so many days after it was signed on, its trainer corrects no mark of it any more.
    locks_after_days = models.PositiveSmallIntegerField(default=0)
    sign_with = models.CharField(max_length=15, choices=SigningWith, default=SigningWith.NAME)


class RegisterOpening(models.Model):
    """A register that had closed or locked was opened again, with a reason, until an instant."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    session = models.ForeignKey(Session, on_delete=models.PROTECT, related_name="openings")
    opened_by = models.CharField(max_length=150)
    opened_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    reason = models.CharField(max_length=300)

    class Meta:
        ordering = ["opened_at", "id"]
        constraints = [
            models.CheckConstraint(condition=~Q(reason=""), name="training_opening_says_why"),
            models.CheckConstraint(condition=Q(ends_at__gt=models.F("opened_at")), name="training_opening_ends_later"),
        ]
