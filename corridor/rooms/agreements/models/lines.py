"""The numbered lines of an agreement: what is delivered, in each of its languages."""

from django.db import models
from django.db.models import Q

from .agreements import Agreement


class AgreementLine(models.Model):
    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, related_name="lines")
    number = models.PositiveSmallIntegerField()
    language = models.CharField(max_length=12)
    text = models.TextField()

    class Meta:
        ordering = ["agreement", "number", "language"]
        constraints = [
            models.UniqueConstraint(fields=["agreement", "number", "language"], name="agreements_line_once"),
            models.CheckConstraint(condition=Q(number__gt=0) & ~Q(text=""), name="agreements_line_says_something"),
        ]
