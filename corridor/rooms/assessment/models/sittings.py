"""A day on which learners of a cohort are assessed in a unit, and who is called."""

from django.db import models

from corridor.foundations.access import Scope
from corridor.kernel.identifiers import new_id
from corridor.rooms.curricula.models import Unit
from corridor.rooms.people.models import Person
from corridor.rooms.training.models import Cohort, Enrolment


class Sitting(models.Model):
    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    cohort = models.ForeignKey(Cohort, on_delete=models.PROTECT, related_name="+")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    held_on = models.DateField()
    assessor = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["held_on", "unit__position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["cohort", "unit", "held_on", "assessor"], name="assessment_sitting_once")
        ]

    def __str__(self) -> str:
        return f"{self.cohort.reference} {self.unit.code} {self.held_on}"

    def scopes(self) -> frozenset[Scope]:
        return self.cohort.scopes()


class SittingCall(models.Model):
    """A learner who is called to a sitting."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    sitting = models.ForeignKey(Sitting, on_delete=models.PROTECT, related_name="called")
    enrolment = models.ForeignKey(Enrolment, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["enrolment__number"]
        constraints = [models.UniqueConstraint(fields=["sitting", "enrolment"], name="assessment_called_once")]
