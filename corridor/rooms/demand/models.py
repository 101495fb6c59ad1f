"""What employers say they need, by when, and how firmly."""

from datetime import date
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from corridor.foundations.access import Actor, Permission, Scope
from corridor.foundations.lifecycles.models import Change, Living
from corridor.rooms.curricula.models import Unit
from corridor.rooms.members.models import Organisation, SourceMark

from .lifecycle import DEMAND, DemandStatus


class Strength(models.TextChoices):
    SPOKEN = "spoken", _("Said, not written")
    LETTER = "letter", _("Letter")
    CONTRACT = "contract", _("Contract")


class DemandQuerySet(models.QuerySet["DemandStatement"]):
    def visible_to(self, by: Actor) -> Self:
        """Anyone sees what is stated; a draft only those who may state it."""
        if by.holds_everywhere(Permission.DEMAND_STATE):
            return self
        return self.filter(
            ~Q(status=DemandStatus.DRAFT) | Q(employer__in=by.ids_with(Permission.DEMAND_STATE, "member"))
        )

    def stated_by(self, by: Actor) -> Self:
        return self.filter(employer__in=by.ids_with(Permission.DEMAND_STATE, "member"))


class DemandStatement(Living):
    """An employer wants so many people for an occupation, able to do these units, by a day."""

    LIFE = DEMAND

    reference = models.SlugField(max_length=20, unique=True)
    employer = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    # ISCO-08, with the title as the statement words it.
    occupation_code = models.CharField(max_length=4)
    occupation_title = models.CharField(max_length=150)
    posts = models.PositiveIntegerField()
    country = models.CharField(max_length=2)
    stated_on = models.DateField(null=True)
    needed_by = models.DateField()
    strength = models.CharField(max_length=10, choices=Strength)
    replaces = models.OneToOneField("self", null=True, on_delete=models.PROTECT, related_name="replaced_by")
    source_mark = models.CharField(max_length=10, choices=SourceMark)

    objects = DemandQuerySet.as_manager()

    class Meta:
        ordering = ["reference"]
        constraints = [
            models.CheckConstraint(condition=Q(posts__gt=0), name="demand_statement_wants_somebody"),
            models.CheckConstraint(
                condition=Q(status="draft") | Q(stated_on__isnull=False), name="demand_statement_stated_has_a_day"
            ),
        ]

    def __str__(self) -> str:
        return self.reference

    def is_expired(self, *, on: date) -> bool:
        """Its by-when day has passed, and it was not met by then."""
        return self.needed_by < on and self.status_on(on) in {DemandStatus.STATED.value, DemandStatus.PARTLY_MET.value}

    def scopes(self) -> frozenset[Scope]:
        return frozenset({("member", self.employer_id)})


class DemandStatementChange(Change):
    statement = models.ForeignKey(DemandStatement, on_delete=models.PROTECT, related_name="changes")


class DemandUnit(models.Model):
    statement = models.ForeignKey(DemandStatement, on_delete=models.PROTECT, related_name="units")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["statement", "unit"], name="demand_unit_once")]
