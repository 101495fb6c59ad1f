"""Who promised whom how much, what became a contract, and by when it was to be paid. Amounts are whole numbers of the smallest unit."""

from datetime import date
from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from corridor.foundations.access import Actor, Permission, Scope
from corridor.foundations.documents.models import Document
from corridor.foundations.lifecycles.models import Change, Living
from corridor.kernel.identifiers import new_id
from corridor.kernel.money import Money
from corridor.rooms.agreements.models import Agreement
from corridor.rooms.members.models import Organisation, SourceMark

from ..lifecycle import COMMITMENT


class Purpose(models.TextChoices):
    """What the money is for. What keeps a workshop going is told apart from what builds it."""

    EQUIPMENT = "equipment", _("Equipment")
    BUILDING = "building", _("Rooms and buildings")
    TRAINING = "training", _("Training")
    STAFF = "staff", _("Trainers and staff")
    SCHOLARSHIPS = "scholarships", _("Scholarships")
    TRAVEL = "travel", _("Travel and exchange")
    RUNNING_COSTS = "running_costs", _("Running costs")
    MAINTENANCE = "maintenance", _("Maintenance and repair")
    OTHER = "other", _("Something else")


class Disclosure(models.TextChoices):
    PUBLIC = "public", _("Anyone may read it")
    PARTIES = "parties", _("For who pays, who is paid, and oversight")


class CommitmentQuerySet(models.QuerySet["Commitment"]):
    def visible_to(self, by: Actor) -> Self:
        """Anyone sees what is disclosed; the rest only those that pay or are paid, and oversight."""
        if by.holds_everywhere(Permission.FUNDING_VIEW_ANY):
            return self
        own = by.ids_with(Permission.FUNDING_VIEW_ANY, "member")
        return self.filter(Q(disclosure=Disclosure.PUBLIC) | Q(payer__in=own) | Q(payee__in=own))


class Commitment(Living):
    """A promise of money from one organisation to another, until it is contracted, paid or withdrawn."""

    LIFE = COMMITMENT

    reference = models.SlugField(max_length=20, unique=True)
    payer = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    payee = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    agreement = models.ForeignKey(Agreement, null=True, on_delete=models.PROTECT, related_name="+")
    currency = models.CharField(max_length=3)
    pledged_units = models.BigIntegerField()
    contracted_units = models.BigIntegerField(null=True)
    purpose = models.CharField(max_length=16, choices=Purpose)
    what = models.CharField(max_length=300)
    pledged_on = models.DateField()
    disclosure = models.CharField(max_length=10, choices=Disclosure, default=Disclosure.PARTIES)
    source_mark = models.CharField(max_length=10, choices=SourceMark)
    source = models.CharField(max_length=300, blank=True)
    # What shows that it was pledged, and that it was contracted.
    document = models.ForeignKey(Document, null=True, on_delete=models.PROTECT, related_name="+")
    contract = models.ForeignKey(Document, null=True, on_delete=models.PROTECT, related_name="+")
    version = models.PositiveIntegerField(default=1)

    objects = CommitmentQuerySet.as_manager()

    class Meta:
        ordering = ["reference"]
        constraints = [
            models.CheckConstraint(condition=~Q(payer=F("payee")), name="funding_commitment_pays_another"),
            models.CheckConstraint(
                condition=Q(pledged_units__gt=0) & (Q(contracted_units__isnull=True) | Q(contracted_units__gt=0)),
                name="funding_commitment_is_of_something",
            ),
            models.CheckConstraint(
                condition=~Q(status__in=["contracted", "disbursed"]) | Q(contracted_units__isnull=False),
                name="funding_commitment_contracted_says_how_much",
            ),
            models.CheckConstraint(condition=~Q(what=""), name="funding_commitment_says_what_for"),
        ]

    def __str__(self) -> str:
        return self.reference

    @property
    def pledged(self) -> Money:
        return Money.of_units(self.pledged_units, self.currency)

    @property
    def contracted(self) -> Money | None:
        return None if self.contracted_units is None else Money.of_units(self.contracted_units, self.currency)

    def paid_by(self, day: date) -> int:
        """What was paid and not paid back by that day, in the smallest unit. For many: standing.with_movements_on."""
        moved = [each.units_out for each in self.movements.all() if each.on <= day]
        return sum(moved)

    def late_since(self, day: date, *, paid_on: date | None = None) -> date | None:
        """The due day of the first instalment before that day that was not whole (by ``paid_on``, or by that day); None where nothing is late."""
        paid, due = self.paid_by(paid_on or day), 0
        for each in sorted(self.instalments.all(), key=lambda one: (one.due_on, one.number)):
            due += each.units
            if each.due_on < day and due > paid:
                return each.due_on
        return None

    def scopes(self) -> frozenset[Scope]:
        return frozenset({("member", self.payer_id), ("member", self.payee_id)})


class CommitmentChange(Change):
    commitment = models.ForeignKey(Commitment, on_delete=models.PROTECT, related_name="changes")


class Instalment(models.Model):
    """A part of what was contracted, and the day by which it is to be paid."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    commitment = models.ForeignKey(Commitment, on_delete=models.PROTECT, related_name="instalments")
    number = models.PositiveSmallIntegerField()
    due_on = models.DateField()
    units = models.BigIntegerField()

    class Meta:
        ordering = ["commitment", "number"]
        constraints = [
            models.UniqueConstraint(fields=["commitment", "number"], name="funding_instalment_number_once"),
            models.CheckConstraint(condition=Q(units__gt=0), name="funding_instalment_is_of_something"),
        ]

    @property
    def money(self) -> Money:
        return Money.of_units(self.units, self.commitment.currency)
