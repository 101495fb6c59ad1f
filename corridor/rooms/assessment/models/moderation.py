"""Looking again at a share of the decisions: drawn by chance that anybody can repeat, judged a second time without knowing the first."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from corridor.foundations.access import Scope
from corridor.kernel.identifiers import new_id
from corridor.rooms.curricula.models import Unit
from corridor.rooms.people.models import Person
from corridor.rooms.training.models import Cohort

from .decisions import Decision, Result


class SamplingPlan(models.Model):
    """So many percent of each assessor's decisions in a cohort (in one unit, or all), at least so many, drawn with this seed."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    cohort = models.ForeignKey(Cohort, on_delete=models.PROTECT, related_name="+")
    unit = models.ForeignKey(Unit, null=True, on_delete=models.PROTECT, related_name="+")
    share = models.PositiveSmallIntegerField()
    least = models.PositiveSmallIntegerField(default=1)
    seed = models.CharField(max_length=60)
    drawn_on = models.DateField()
    by_label = models.CharField(max_length=150)

    class Meta:
        ordering = ["-drawn_on", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(share__gte=1, share__lte=100), name="assessment_plan_draws_a_share"),
            models.CheckConstraint(condition=~Q(seed=""), name="assessment_plan_has_a_seed"),
        ]

    def __str__(self) -> str:
        return f"{self.cohort.reference} {self.drawn_on}"


class Settling(models.TextChoices):
    """What follows when two assessors do not agree."""

    FIRST_STANDS = "first_stands", _("The first decision stands")
    OVERTURNED = "overturned", _("It is set aside; the learner is assessed again")


class Sample(models.Model):
    """A decision that was drawn. ``second`` judges without seeing the first; a disagreement is settled by somebody else."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    plan = models.ForeignKey(SamplingPlan, on_delete=models.PROTECT, related_name="samples")
    decision = models.OneToOneField(Decision, on_delete=models.PROTECT, related_name="sample")
    second = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    result = models.CharField(max_length=20, choices=Result, blank=True)
    note = models.CharField(max_length=1_000, blank=True)
    judged_on = models.DateField(null=True)
    settled = models.CharField(max_length=20, choices=Settling, blank=True)
    settled_on = models.DateField(null=True)
    settled_by = models.CharField(max_length=150, blank=True)
    reason = models.CharField(max_length=500, blank=True)

    class Meta:
        ordering = ["plan", "decision"]
        constraints = [
            models.CheckConstraint(
                condition=Q(judged_on__isnull=True, result="")
                | (Q(judged_on__isnull=False, second__isnull=False) & ~Q(result="")),
                name="assessment_sample_is_judged_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(settled_on__isnull=True, settled="")
                | (Q(settled_on__isnull=False, judged_on__isnull=False) & ~Q(settled="") & ~Q(settled_by="")),
                name="assessment_sample_is_settled_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return str(self.decision)

    def scopes(self) -> frozenset[Scope]:
        return self.decision.scopes()

    @property
    def state(self) -> str:
        """ "waiting", "agreed", "disagreed" or "settled". The decision has been read."""
        if self.judged_on is None:
            return "waiting"
        if self.result == self.decision.result:
            return "agreed"
        return "settled" if self.settled_on else "disagreed"
