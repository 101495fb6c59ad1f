"""What a place must have so that a unit can be assessed there, and which curricula an accreditation is about."""

from django.db import models
from django.db.models import Q

from corridor.kernel.identifiers import new_id
from corridor.rooms.curricula.models import Curriculum, Unit

from .places import Accreditation


class UnitNeeds(models.Model):
    """
    Somebody has written down what assessing a unit needs: equipment (or none), and always an accreditation and a licensed assessor.

    Of a unit without this nobody can say whether a place is capable, and nothing is refused.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    unit = models.OneToOneField(Unit, on_delete=models.PROTECT, related_name="+")
    # From this day on it is asked; what was decided before was decided under other rules.
    asked_from = models.DateField()

    def __str__(self) -> str:
        return str(self.unit)


class NeededEquipment(models.Model):
    """So many of a kind of equipment, all of it working."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    needs = models.ForeignKey(UnitNeeds, on_delete=models.PROTECT, related_name="equipment")
    kind = models.CharField(max_length=150)
    count = models.PositiveSmallIntegerField(default=1)

    class Meta:
        ordering = ["kind"]
        constraints = [
            models.UniqueConstraint(fields=["needs", "kind"], name="sites_neededequipment_kind_once"),
            models.CheckConstraint(condition=Q(count__gt=0) & ~Q(kind=""), name="sites_neededequipment_is_something"),
        ]


class AccreditedCurriculum(models.Model):
    """An accreditation that names curricula holds for these alone."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    accreditation = models.ForeignKey(Accreditation, on_delete=models.PROTECT, related_name="curricula")
    curriculum = models.ForeignKey(Curriculum, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["accreditation", "curriculum"], name="sites_accredited_curriculum_once")
        ]
