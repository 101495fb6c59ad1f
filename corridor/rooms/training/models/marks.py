"""Who was there: one mark for each learner in each session."""

from django.db import models

from corridor.kernel.identifiers import new_id

from .enrolments import Enrolment
from .entries import RegisterEntry
from .mark_words import Mark
from .sessions import Session


class Attendance(models.Model):
    """One learner's mark in one session, as it stands; what was said before is in SaidMark."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    session = models.ForeignKey(Session, on_delete=models.PROTECT, related_name="marks")
    enrolment = models.ForeignKey(Enrolment, on_delete=models.PROTECT, related_name="marks")
    mark = models.CharField(max_length=10, choices=Mark)
    minutes_late = models.PositiveSmallIntegerField(null=True)
    remark = models.CharField(max_length=200, blank=True, default="")
    # What wrote it; none for what came from a sheet.
    entry = models.ForeignKey(RegisterEntry, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["session", "enrolment"], name="training_attendance_once")]
        indexes = [models.Index(fields=["enrolment", "mark"])]
