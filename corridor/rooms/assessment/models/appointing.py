"""Who assesses a cohort, and what stands between an assessor and a learner."""

from datetime import date

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from corridor.kernel.identifiers import new_id
from corridor.kernel.periods import Period
from corridor.rooms.members.models import Organisation
from corridor.rooms.people.models import Person
from corridor.rooms.training.models import Cohort


class Appointment(models.Model):
    """An assessor for one cohort; never one of its trainers."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    cohort = models.ForeignKey(Cohort, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    appointed_on = models.DateField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["cohort", "person"], name="assessment_appointment_once")]


class Employment(models.Model):
    """An assessor works for an organisation, from a day until a day: whoever it sends to learn is assessed by somebody else."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    starts_on = models.DateField()
    ends_before = models.DateField(null=True)

    class Meta:
        ordering = ["person__reference", "-starts_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_before__isnull=True) | Q(ends_before__gt=F("starts_on")),
                name="assessment_employment_ends_after_it_starts",
            ),
            models.UniqueConstraint(fields=["person", "organisation", "starts_on"], name="assessment_employment_once"),
        ]

    def __str__(self) -> str:
        return f"{self.person.reference} {self.organisation.reference}"

    def holds_on(self, day: date) -> bool:
        return Period(self.starts_on, self.ends_before).contains(day)


class RelationKind(models.TextChoices):
    RELATIVE = "relative", _("Relative")
    CLOSE = "close", _("Close in another way")


class StatedRelation(models.Model):
    """Somebody said that an assessor and a learner are relatives, or otherwise close. How exactly is nobody's business."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    assessor = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    learner = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=10, choices=RelationKind)
    stated_on = models.DateField()
    stated_by = models.CharField(max_length=150)

    class Meta:
        ordering = ["assessor__reference", "learner__reference"]
        constraints = [
            models.UniqueConstraint(fields=["assessor", "learner"], name="assessment_relation_once"),
            models.CheckConstraint(condition=~Q(assessor=F("learner")), name="assessment_relation_is_of_two"),
        ]

    def __str__(self) -> str:
        return f"{self.assessor.reference} {self.learner.reference}"
