"""How many are meant to begin in a year."""

from django.db import models
from django.db.models import Q

from corridor.kernel.identifiers import new_id

from .programmes import Programme


class IntakePlan(models.Model):
    """Cohorts and learners that are meant to begin in a year, as it is planned now; what the plan said before is in the audit log."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="intakes")
    year = models.PositiveSmallIntegerField()
    cohorts = models.PositiveSmallIntegerField()
    learners = models.PositiveIntegerField()
    note = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["programme", "year"]
        constraints = [
            models.UniqueConstraint(fields=["programme", "year"], name="programmes_intake_once_a_year"),
            models.CheckConstraint(condition=Q(year__gte=1900, year__lte=2200), name="programmes_intake_is_of_a_year"),
        ]

    def __str__(self) -> str:
        return f"{self.programme.reference} {self.year}"
