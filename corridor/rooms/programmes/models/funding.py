"""Who bears a programme, from a day on."""

from fractions import Fraction

from django.db import models
from django.db.models import F, Q

from corridor.kernel.identifiers import new_id
from corridor.rooms.funding.models import Commitment

from .programmes import Programme


class FundingSplit(models.Model):
    """Who bears a programme from a day on, until the day of the next split."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="splits")
    starts_on = models.DateField()
    reason = models.CharField(max_length=300, blank=True)
    by_label = models.CharField(max_length=150)
    recorded_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["programme", "starts_on"]
        constraints = [models.UniqueConstraint(fields=["programme", "starts_on"], name="programmes_split_once_a_day")]

    def __str__(self) -> str:
        return f"{self.programme.reference} {self.starts_on}"


class ProgrammeFunding(models.Model):
    """What a commitment bears of it, as an exact fraction; those of one split add to the whole (funding_shares.py)."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    split = models.ForeignKey(FundingSplit, on_delete=models.PROTECT, related_name="shares")
    commitment = models.ForeignKey(Commitment, on_delete=models.PROTECT, related_name="+")
    numerator = models.PositiveIntegerField()
    denominator = models.PositiveIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["split", "commitment"], name="programmes_funding_once_a_split"),
            models.CheckConstraint(
                condition=Q(numerator__gt=0, denominator__gt=0, numerator__lte=F("denominator")),
                name="programmes_funding_is_a_share",
            ),
        ]

    @property
    def share(self) -> Fraction:
        return Fraction(self.numerator, self.denominator)
