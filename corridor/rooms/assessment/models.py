"""Who may assess a cohort, and what was decided of each learner, unit by unit."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from corridor.foundations.access import Scope
from corridor.foundations.lifecycles.models import Change, Living
from corridor.kernel.identifiers import new_id
from corridor.rooms.curricula.models import Unit
from corridor.rooms.people.models import Person
from corridor.rooms.training.models import Cohort, Enrolment

from .lifecycle import DECISION


class Appointment(models.Model):
    """An assessor for one cohort; never one of its trainers."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    cohort = models.ForeignKey(Cohort, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    appointed_on = models.DateField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["cohort", "person"], name="assessment_appointment_once")]


class Result(models.TextChoices):
    COMPETENT = "competent", _("Competent")
    NOT_YET_COMPETENT = "not_yet_competent", _("Not yet competent")


class Decision(Living):
    """An assessor's judgement of one learner in one unit. A learner may try again: the latest final attempt counts."""

    LIFE = DECISION

    enrolment = models.ForeignKey(Enrolment, on_delete=models.PROTECT, related_name="+")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    attempt = models.PositiveSmallIntegerField(default=1)
    assessor = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    result = models.CharField(max_length=20, choices=Result)
    decided_on = models.DateField()
    evidence_note = models.TextField(blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["enrolment", "unit", "attempt"]
        indexes = [models.Index(fields=["status", "result"])]
        constraints = [
            models.UniqueConstraint(
                fields=["enrolment", "unit", "attempt"], name="assessment_decision_once_per_attempt"
            )
        ]

    def __str__(self) -> str:
        return f"{self.enrolment} {self.unit.code} ({self.attempt})"

    def scopes(self) -> frozenset[Scope]:
        return self.enrolment.scopes()


class DecisionChange(Change):
    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, related_name="changes")
