"""How a cohort chooses among those who applied: what is judged, and what each reached."""

from django.db import models
from django.db.models import F, Q

from corridor.foundations.access import Scope
from corridor.kernel.identifiers import new_id

from .cohorts import Cohort
from .enrolments import Enrolment


class SelectionCriterion(models.Model):
    """An entry test, an interview or anything else that gives points; who stays under the least is not selected."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    cohort = models.ForeignKey(Cohort, on_delete=models.PROTECT, related_name="criteria")
    position = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=80)
    most = models.PositiveSmallIntegerField()
    least = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["cohort", "position"]
        constraints = [
            models.UniqueConstraint(fields=["cohort", "position"], name="training_criterion_position_once"),
            models.UniqueConstraint(fields=["cohort", "title"], name="training_criterion_title_once"),
            models.CheckConstraint(
                condition=Q(most__gt=0, least__lte=F("most")) & ~Q(title=""), name="training_criterion_can_be_reached"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def scopes(self) -> frozenset[Scope]:
        return self.cohort.scopes()


class SelectionScore(models.Model):
    """What one applicant reached in one criterion, and the account that wrote it down."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    enrolment = models.ForeignKey(Enrolment, on_delete=models.PROTECT, related_name="scores")
    criterion = models.ForeignKey(SelectionCriterion, on_delete=models.PROTECT, related_name="scores")
    points = models.PositiveSmallIntegerField()
    by_label = models.CharField(max_length=150)
    scored_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["enrolment", "criterion"], name="training_score_once")]
