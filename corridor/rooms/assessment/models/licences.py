"""Who may assess which unit, and where a unit may be assessed although something stands in the way."""

from datetime import date

from django.db import models
from django.db.models import F, Q

from corridor.kernel.identifiers import new_id
from corridor.kernel.periods import Period
from corridor.rooms.curricula.models import Unit
from corridor.rooms.people.models import Person
from corridor.rooms.sites.models import Site


class Licence(models.Model):
    """A person may assess a unit, from a day until a day; who says so."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    starts_on = models.DateField()
    ends_before = models.DateField(null=True)
    granted_by = models.CharField(max_length=200)

    class Meta:
        ordering = ["-starts_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_before__isnull=True) | Q(ends_before__gt=F("starts_on")),
                name="assessment_licence_ends_after_it_starts",
            ),
            models.UniqueConstraint(fields=["person", "unit", "starts_on"], name="assessment_licence_once"),
        ]

    def __str__(self) -> str:
        return f"{self.person.reference} {self.unit.code}"

    def is_in_force(self, *, on: date) -> bool:
        return Period(self.starts_on, self.ends_before).contains(on)


class CapabilityException(models.Model):
    """The secretariat lets a unit be assessed at a place for some days although something stands in the way, with the reason."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    site = models.ForeignKey(Site, on_delete=models.PROTECT, related_name="+")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    starts_on = models.DateField()
    ends_before = models.DateField()
    reason = models.CharField(max_length=300)
    by_label = models.CharField(max_length=150)

    class Meta:
        ordering = ["-starts_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_before__gt=F("starts_on")) & ~Q(reason=""),
                name="assessment_exception_has_days_and_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.site.reference} {self.unit.code}"
