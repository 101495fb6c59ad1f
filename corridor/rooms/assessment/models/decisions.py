"""What was decided of each learner, unit by unit, and from when its learner may see it."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from corridor.foundations.access import Scope
from corridor.foundations.lifecycles.models import Change, Living
from corridor.kernel.identifiers import new_id
from corridor.rooms.curricula.models import Unit
from corridor.rooms.people.models import Person
from corridor.rooms.training.models import Cohort, Enrolment

from ..lifecycle import DECISION
from .schemes import Scheme


class Result(models.TextChoices):
    COMPETENT = "competent", _("Competent")
    NOT_YET_COMPETENT = "not_yet_competent", _("Not yet competent")


class ChecklistPlace(models.TextChoices):
    HERE = "here", _("Filled in here")
    PAPER = "paper", _("Kept on paper")


class Way(models.TextChoices):
    ASSESSMENT = "assessment", _("Assessment")
    PRIOR_LEARNING = "prior_learning", _("Prior learning")


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
    # The rules it was made under; none: nobody had published any for the unit by that day.
    scheme = models.ForeignKey(Scheme, null=True, on_delete=models.PROTECT, related_name="+")
    # Where its checklist is; blank: there is no scheme, hence none.
    checklist = models.CharField(max_length=10, choices=ChecklistPlace, blank=True)
    way = models.CharField(max_length=20, choices=Way, default=Way.ASSESSMENT)

    class Meta:
        ordering = ["enrolment", "unit", "attempt"]
        indexes = [models.Index(fields=["status", "result"])]
        constraints = [
            models.UniqueConstraint(
                fields=["enrolment", "unit", "attempt"], name="assessment_decision_once_per_attempt"
            ),
            models.CheckConstraint(
                condition=Q(scheme__isnull=True, checklist="") | (Q(scheme__isnull=False) & ~Q(checklist="")),
                name="assessment_decision_has_a_checklist_by_a_scheme",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.enrolment} {self.unit.code} ({self.attempt})"

    def scopes(self) -> frozenset[Scope]:
        return self.enrolment.scopes()


class DecisionChange(Change):
    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, related_name="changes")


class ResultsRelease(models.Model):
    """From which instant the learners of a cohort see what was decided of them in a unit. None: once it is decided."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    cohort = models.ForeignKey(Cohort, on_delete=models.PROTECT, related_name="+")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    release_at = models.DateTimeField()
    by_label = models.CharField(max_length=150)

    class Meta:
        ordering = ["cohort", "unit"]
        constraints = [models.UniqueConstraint(fields=["cohort", "unit"], name="assessment_release_once")]

    def __str__(self) -> str:
        return f"{self.cohort.reference} {self.unit.code}"
