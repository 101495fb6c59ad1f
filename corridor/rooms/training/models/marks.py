"""Who was there: one mark for each learner in each session."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from corridor.kernel.identifiers import new_id

from .enrolments import Enrolment
from .sessions import Session


class Mark(models.TextChoices):
    PRESENT = "present", _("Present")
    LATE = "late", _("Late")
    ABSENT = "absent", _("Absent")
    EXCUSED = "excused", _("Excused")


class Attendance(models.Model):
    """One learner's mark in one session."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    session = models.ForeignKey(Session, on_delete=models.PROTECT, related_name="marks")
    enrolment = models.ForeignKey(Enrolment, on_delete=models.PROTECT, related_name="marks")
    mark = models.CharField(max_length=10, choices=Mark)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["session", "enrolment"], name="training_attendance_once")]
        indexes = [models.Index(fields=["enrolment", "mark"])]
