"""What a site means to do and to spend in a year, line by line, and what was spent."""

from decimal import Decimal

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from corridor.foundations.access import Scope
from corridor.foundations.documents.models import Document
from corridor.kernel.identifiers import new_id
from corridor.kernel.money import Money
from corridor.rooms.members.models import Organisation

from .places import Site

FIRST_YEAR, LAST_YEAR = 1990, 2199


class CostKind(models.TextChoices):
    EQUIPMENT = "equipment", _("Equipment")
    UPKEEP = "upkeep", _("Upkeep of equipment")
    STAFF = "staff", _("Staff")
    ROOMS = "rooms", _("Rooms")
    CONSUMABLES = "consumables", _("Consumables")
    TRAVEL = "travel", _("Travel")
    OTHER = "other", _("Something else")


class YearPlan(models.Model):
    """The plan of a site for a calendar year: how much is to be taught there, and the lines of its budget. Empty: nobody planned it."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    site = models.ForeignKey(Site, on_delete=models.PROTECT, related_name="plans")
    year = models.PositiveSmallIntegerField()
    sessions = models.PositiveIntegerField(null=True)
    learners = models.PositiveIntegerField(null=True)
    # Hours of all machines that have a meter.
    machine_hours = models.PositiveIntegerField(null=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["site", "-year"]
        constraints = [
            models.UniqueConstraint(fields=["site", "year"], name="sites_plan_once_a_year"),
            models.CheckConstraint(
                condition=Q(year__gte=FIRST_YEAR, year__lte=LAST_YEAR), name="sites_plan_is_of_a_year"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.site.reference}/{self.year}"

    def scopes(self) -> frozenset[Scope]:
        return self.site.scopes()


class PlanLine(models.Model):
    """So much for something, in one currency, and who pays it. What was not planned and is spent all the same has a line of 0."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    plan = models.ForeignKey(YearPlan, on_delete=models.PROTECT, related_name="lines")
    number = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=20, choices=CostKind)
    what = models.CharField(max_length=200)
    amount = models.DecimalField(max_digits=18, decimal_places=3)
    currency = models.CharField(max_length=3)
    # Empty: nobody has said who pays it, and the page says so.
    paid_by = models.ForeignKey(Organisation, null=True, on_delete=models.PROTECT, related_name="+")
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["plan", "number"]
        constraints = [
            models.UniqueConstraint(fields=["plan", "number"], name="sites_planline_number_once"),
            models.CheckConstraint(
                condition=Q(amount__gte=0, number__gt=0) & ~Q(what="") & ~Q(currency=""),
                name="sites_planline_is_whole",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.plan}/{self.number}"

    def scopes(self) -> frozenset[Scope]:
        return self.plan.scopes()

    @property
    def money(self) -> Money:
        return Money(Decimal(self.amount), self.currency)


class Spending(models.Model):
    """What was spent on a line on a day, with the document that shows it. One that was written down wrongly is struck, and stays readable."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    line = models.ForeignKey(PlanLine, on_delete=models.PROTECT, related_name="spendings")
    spent_on = models.DateField()
    amount = models.DecimalField(max_digits=18, decimal_places=3)
    currency = models.CharField(max_length=3)
    what = models.CharField(max_length=200, blank=True)
    document = models.ForeignKey(Document, null=True, on_delete=models.PROTECT, related_name="+")
    struck_on = models.DateField(null=True)
    struck_because = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["spent_on", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(amount__gt=0) & ~Q(currency=""), name="sites_spending_is_something"),
            models.CheckConstraint(
                condition=Q(struck_on__isnull=True, struck_because="")
                | (Q(struck_on__isnull=False) & ~Q(struck_because="")),
                name="sites_spending_is_struck_for_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.line} {self.spent_on}"

    def scopes(self) -> frozenset[Scope]:
        return self.line.scopes()

    @property
    def money(self) -> Money:
        return Money(Decimal(self.amount), self.currency)
