"""Who may be assessed without the hours of a unit, and why."""

from django.db import models
from django.db.models import Q

from corridor.kernel.identifiers import new_id
from corridor.rooms.curricula.models import Unit

from .enrolments import Enrolment


class HoursWaiver(models.Model):
    """A learner may be assessed in a unit without having attended its hours, with the reason."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    enrolment = models.ForeignKey(Enrolment, on_delete=models.PROTECT, related_name="hours_waivers")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    waived_on = models.DateField()
    reason = models.CharField(max_length=300)
    by_label = models.CharField(max_length=150)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["enrolment", "unit"], name="training_hourswaiver_once"),
            models.CheckConstraint(condition=~Q(reason=""), name="training_hourswaiver_has_a_reason"),
        ]
