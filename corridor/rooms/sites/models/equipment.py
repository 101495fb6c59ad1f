"""What a site teaches with: whose it is, what it is worth, how far it works, and the labels that stick on it."""

from datetime import date
from secrets import token_urlsafe
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from corridor.foundations.access import Actor, Permission, Scope
from corridor.foundations.documents.models import Document
from corridor.foundations.lifecycles.models import Change, Living
from corridor.kernel.identifiers import new_id
from corridor.rooms.members.models import Organisation

from ..lifecycle import EQUIPMENT
from .places import Site


class Condition(models.TextChoices):
    NEW = "new", _("As new")
    GOOD = "good", _("Good")
    WORN = "worn", _("Worn")
    POOR = "poor", _("Poor")


class EquipmentQuerySet(models.QuerySet["Equipment"]):
    def visible_to(self, by: Actor) -> Self:
        """All of it for oversight; else that of the sites that the actor works at, and of those that the own member hosts."""
        if by.holds_everywhere(Permission.EQUIPMENT_VIEW):
            return self
        return self.filter(
            Q(site__in=by.ids_with(Permission.EQUIPMENT_VIEW, "site"))
            | Q(site__host__in=by.ids_with(Permission.EQUIPMENT_VIEW, "member"))
        )


class Equipment(Living):
    """Something that a site teaches with, or several of one kind under one number of its inventory."""

    LIFE = EQUIPMENT

    site = models.ForeignKey(Site, on_delete=models.PROTECT, related_name="equipment")
    kind = models.CharField(max_length=150)
    inventory_number = models.CharField(max_length=60)
    count = models.PositiveIntegerField(default=1)
    acquired_on = models.DateField(null=True)
    owner = models.ForeignKey(Organisation, null=True, on_delete=models.PROTECT, related_name="+")
    donor = models.ForeignKey(Organisation, null=True, on_delete=models.PROTECT, related_name="+")
    value = models.DecimalField(max_digits=18, decimal_places=3, null=True)
    currency = models.CharField(max_length=3, blank=True)
    serial = models.CharField(max_length=80, blank=True)
    condition = models.CharField(max_length=10, choices=Condition, blank=True)
    # Every so many months it must be calibrated; none: never.
    calibration_months = models.PositiveSmallIntegerField(null=True)
    # Who pays what it needs while it runs; the page says so where nobody does.
    running_costs_by = models.ForeignKey(Organisation, null=True, on_delete=models.PROTECT, related_name="+")
    # Who can mend it: a firm or an office, never a person.
    mended_by = models.CharField(max_length=200, blank=True)
    # What shows that it came: a delivery note, an invoice.
    document = models.ForeignKey(Document, null=True, on_delete=models.PROTECT, related_name="+")
    version = models.PositiveIntegerField(default=1)

    objects = EquipmentQuerySet.as_manager()

    class Meta:
        ordering = ["site", "inventory_number"]
        constraints = [
            models.UniqueConstraint(fields=["site", "inventory_number"], name="sites_equipment_number_once"),
            models.CheckConstraint(condition=Q(count__gt=0), name="sites_equipment_is_there"),
            models.CheckConstraint(
                condition=~Q(kind="") & ~Q(inventory_number=""), name="sites_equipment_says_what_it_is"
            ),
            models.CheckConstraint(
                condition=Q(value__isnull=True, currency="") | (Q(value__gte=0) & ~Q(currency="")),
                name="sites_equipment_value_has_a_currency",
            ),
            models.CheckConstraint(
                condition=Q(calibration_months__isnull=True) | Q(calibration_months__gt=0),
                name="sites_equipment_is_calibrated_at_times",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.site.reference}/{self.inventory_number}"

    def scopes(self) -> frozenset[Scope]:
        return self.site.scopes() | {("equipment", self.pk)}


class EquipmentChange(Change):
    equipment = models.ForeignKey(Equipment, on_delete=models.PROTECT, related_name="changes")


def new_secret() -> str:
    """96 random bits, short enough for a small QR code."""
    return token_urlsafe(12)


class EquipmentLabel(models.Model):
    """
    What sticks on a machine: whoever reads it may report a fault of that one machine.

    The secret is kept as it is, for it is printed again; it opens nothing but the report.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    equipment = models.ForeignKey(Equipment, on_delete=models.PROTECT, related_name="labels")
    secret = models.CharField(max_length=40, unique=True, default=new_secret)
    made_on = models.DateField()
    ended_on = models.DateField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["equipment"], condition=Q(ended_on__isnull=True), name="sites_label_one_stands"
            ),
        ]

    def __str__(self) -> str:
        return str(self.equipment)

    def stands(self, *, on: date) -> bool:
        return self.ended_on is None or on < self.ended_on
