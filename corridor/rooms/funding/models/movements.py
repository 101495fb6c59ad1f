"""Money that moved: a payment, or a refund. A movement is never rewritten; what was wrong is paid back."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from corridor.foundations.documents.models import Document
from corridor.kernel.identifiers import new_id
from corridor.kernel.money import Money

from .commitments import Commitment


class Movement(models.Model):
    class Kind(models.TextChoices):
        DISBURSEMENT = "disbursement", _("Payment")
        REFUND = "refund", _("Refund")

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    commitment = models.ForeignKey(Commitment, on_delete=models.PROTECT, related_name="movements")
    number = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=14, choices=Kind)
    on = models.DateField()
    units = models.BigIntegerField()
    document = models.ForeignKey(Document, null=True, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(max_length=300, blank=True)
    by_label = models.CharField(max_length=150)
    recorded_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["commitment", "number"]
        indexes = [models.Index(fields=["commitment", "on"])]
        constraints = [
            models.UniqueConstraint(fields=["commitment", "number"], name="funding_movement_number_once"),
            models.CheckConstraint(condition=Q(units__gt=0), name="funding_movement_is_of_something"),
            models.CheckConstraint(
                condition=Q(document__isnull=False) | ~Q(reason=""), name="funding_movement_is_shown_or_explained"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.commitment.reference}.{self.number}"

    @property
    def units_out(self) -> int:
        """What it adds to what was paid: a refund takes away."""
        return self.units if self.kind == self.Kind.DISBURSEMENT else -self.units

    @property
    def money(self) -> Money:
        return Money.of_units(self.units, self.commitment.currency)
