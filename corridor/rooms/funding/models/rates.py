"""Rates between currencies: dated, with their source; without one nothing is added over two currencies."""

from django.db import models
from django.db.models import F, Q

from corridor.kernel.identifiers import new_id
from corridor.kernel.money import Rate


class ExchangeRate(models.Model):
    """One of the first currency was so many of the second on that day. Fifteen digits, which every database keeps exactly."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    of = models.CharField(max_length=3)
    into = models.CharField(max_length=3)
    on = models.DateField()
    value = models.DecimalField(max_digits=15, decimal_places=9)
    source = models.CharField(max_length=300)
    by_label = models.CharField(max_length=150)

    class Meta:
        ordering = ["-on", "of", "into"]
        constraints = [
            models.UniqueConstraint(fields=["of", "into", "on"], name="funding_rate_once_a_day"),
            models.CheckConstraint(condition=Q(value__gt=0) & ~Q(of=F("into")), name="funding_rate_is_between_two"),
            models.CheckConstraint(condition=~Q(source=""), name="funding_rate_has_a_source"),
        ]

    def __str__(self) -> str:
        return f"{self.of}/{self.into} {self.on}"

    def as_rate(self) -> Rate:
        return Rate(self.of, self.into, self.on, self.value, self.source)
