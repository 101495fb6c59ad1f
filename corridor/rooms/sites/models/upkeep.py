"""What happens to equipment: hours of use, faults, repairs, spare parts, calibrations, and who learned to work on it."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from corridor.foundations.access import Scope
from corridor.foundations.documents.models import Document
from corridor.kernel.identifiers import new_id
from corridor.rooms.members.models import Organisation

from .equipment import Equipment
from .places import Site


class UpkeepRow(models.Model):
    """A row of the history of one machine."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return str(self.equipment)  # type: ignore[attr-defined]

    def scopes(self) -> frozenset[Scope]:
        found: frozenset[Scope] = self.equipment.scopes()  # type: ignore[attr-defined]
        return found


class UseReading(UpkeepRow):
    """What the hour meter showed at the end of a day."""

    equipment = models.ForeignKey(Equipment, on_delete=models.PROTECT, related_name="readings")
    read_on = models.DateField()
    hours = models.DecimalField(max_digits=10, decimal_places=1)

    class Meta:
        ordering = ["read_on"]
        constraints = [
            models.UniqueConstraint(fields=["equipment", "read_on"], name="sites_reading_once_a_day"),
            models.CheckConstraint(condition=Q(hours__gte=0), name="sites_reading_from_nothing"),
        ]


class FaultKind(models.TextChoices):
    DEAD = "dead", _("It does not start")
    STOPS = "stops", _("It stops by itself")
    UNSAFE = "unsafe", _("It is dangerous")
    WRONG = "wrong", _("It measures wrong")
    NOISE = "noise", _("Noise, smoke or a leak")
    BROKEN_PART = "broken_part", _("A part is broken or missing")
    OTHER = "other", _("Something else")


class FaultEnd(models.TextChoices):
    MENDED = "mended", _("Mended")
    UNFOUNDED = "unfounded", _("There was no fault")
    WRITTEN_OFF = "written_off", _("It was retired")


class Fault(UpkeepRow):
    """Something is wrong with a machine, since a day and until a day. Its key is made by the phone that reports it."""

    equipment = models.ForeignKey(Equipment, on_delete=models.PROTECT, related_name="faults")
    what = models.CharField(max_length=12, choices=FaultKind)
    words = models.CharField(max_length=300, blank=True)
    reported_on = models.DateField()
    came_at = models.DateTimeField()
    # The account, or "label" for somebody who held only the label.
    reported_by = models.CharField(max_length=150)
    settled_on = models.DateField(null=True)
    settled_as = models.CharField(max_length=12, choices=FaultEnd, blank=True)
    settled_because = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["reported_on", "pk"]
        indexes = [models.Index(fields=["equipment", "settled_on"])]
        constraints = [
            models.CheckConstraint(
                condition=Q(settled_on__isnull=True, settled_as="")
                | (Q(settled_on__gte=F("reported_on")) & ~Q(settled_as="")),
                name="sites_fault_is_settled_after_it_is_reported",
            ),
        ]


class Repair(UpkeepRow):
    """Work on a machine: by whom, from when until when, what it cost, and which member pays."""

    equipment = models.ForeignKey(Equipment, on_delete=models.PROTECT, related_name="repairs")
    fault = models.ForeignKey(Fault, null=True, on_delete=models.PROTECT, related_name="repairs")
    began_on = models.DateField()
    ended_on = models.DateField(null=True)
    # A firm or an office, never a person.
    done_by = models.CharField(max_length=200)
    what = models.CharField(max_length=300, blank=True)
    cost = models.DecimalField(max_digits=18, decimal_places=3, null=True)
    currency = models.CharField(max_length=3, blank=True)
    paid_by = models.ForeignKey(Organisation, null=True, on_delete=models.PROTECT, related_name="+")
    document = models.ForeignKey(Document, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["began_on", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["equipment", "began_on", "done_by"], name="sites_repair_once"),
            models.UniqueConstraint(
                fields=["equipment"], condition=Q(ended_on__isnull=True), name="sites_repair_one_at_a_time"
            ),
            models.CheckConstraint(
                condition=Q(ended_on__isnull=True) | Q(ended_on__gte=F("began_on")),
                name="sites_repair_ends_after_it_begins",
            ),
            models.CheckConstraint(
                condition=Q(cost__isnull=True, currency="") | (Q(cost__gte=0) & ~Q(currency="")),
                name="sites_repair_cost_has_a_currency",
            ),
        ]


class SparePart(models.Model):
    """Something kept to mend machines with: how much of it lies there, and below what it is ordered again."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    site = models.ForeignKey(Site, on_delete=models.PROTECT, related_name="spare_parts")
    number = models.CharField(max_length=60)
    name = models.CharField(max_length=150)
    # The kind of equipment that it fits; empty: several.
    fits = models.CharField(max_length=150, blank=True)
    stock = models.PositiveIntegerField(default=0)
    reorder_level = models.PositiveIntegerField(default=0)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["site", "number"]
        constraints = [
            models.UniqueConstraint(fields=["site", "number"], name="sites_part_number_once"),
            models.CheckConstraint(condition=~Q(number="") & ~Q(name=""), name="sites_part_says_what_it_is"),
            models.CheckConstraint(condition=Q(stock__gte=0), name="sites_part_is_not_owed"),
        ]

    def __str__(self) -> str:
        return f"{self.site.reference}/{self.number}"

    def scopes(self) -> frozenset[Scope]:
        return self.site.scopes()

    @property
    def is_low(self) -> bool:
        return self.stock <= self.reorder_level


class PartMovement(models.Model):
    """So many came, or went: into which repair, or why."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    part = models.ForeignKey(SparePart, on_delete=models.PROTECT, related_name="movements")
    moved_on = models.DateField()
    change = models.IntegerField()
    repair = models.ForeignKey(Repair, null=True, on_delete=models.PROTECT, related_name="parts_used")
    reason = models.CharField(max_length=300, blank=True)
    by_label = models.CharField(max_length=150)

    class Meta:
        ordering = ["moved_on", "pk"]
        constraints = [models.CheckConstraint(condition=~Q(change=0), name="sites_part_moves")]

    @property
    def count(self) -> int:
        return abs(self.change)


class CalibrationResult(models.TextChoices):
    PASSED = "passed", _("Within its limits")
    FAILED = "failed", _("Outside its limits")


class Calibration(UpkeepRow):
    """A machine was compared with a standard, by whom, and the paper that says so."""

    equipment = models.ForeignKey(Equipment, on_delete=models.PROTECT, related_name="calibrations")
    calibrated_on = models.DateField()
    done_by = models.CharField(max_length=200)
    result = models.CharField(max_length=10, choices=CalibrationResult)
    document = models.ForeignKey(Document, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["calibrated_on"]
        constraints = [models.UniqueConstraint(fields=["equipment", "calibrated_on"], name="sites_calibration_once")]


class Instruction(UpkeepRow):
    """People learned to work on a machine: how many, from whom. No names: who they were is in their own records."""

    equipment = models.ForeignKey(Equipment, on_delete=models.PROTECT, related_name="instructions")
    held_on = models.DateField()
    given_by = models.CharField(max_length=200)
    people = models.PositiveSmallIntegerField()
    what = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["held_on", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["equipment", "held_on", "given_by"], name="sites_instruction_once"),
            models.CheckConstraint(condition=Q(people__gt=0), name="sites_instruction_of_somebody"),
        ]
