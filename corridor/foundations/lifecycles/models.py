"""
What every thing with a life has: its latest status, and the table of its changes.

A room declares ``class ProgrammeChange(Change)`` with a foreign key named in ``Meta``-free plain sight (``thing``), and
``class Programme(Living)`` with ``LIFE``. Only ``moving.move`` writes a status.
"""

from datetime import date
from typing import Any, ClassVar

from django.db import models

from corridor.kernel.identifiers import new_id

from .life import Lifecycle

LONGEST_REASON = 300


class Change(models.Model):
    """One step in a life: when it took effect, and when and by whom it was written down."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    from_status = models.CharField(max_length=20)
    to_status = models.CharField(max_length=20)
    effective_on = models.DateField()
    recorded_at = models.DateTimeField(auto_now_add=True)
    by_label = models.CharField(max_length=150)
    reason = models.CharField(max_length=LONGEST_REASON, blank=True)

    class Meta:
        abstract = True
        constraints: ClassVar[list[Any]] = [
            models.CheckConstraint(
                condition=~models.Q(from_status=models.F("to_status")), name="%(app_label)s_%(class)s_goes_somewhere"
            ),
        ]


class Living(models.Model):
    """
    A thing with a life. Its changes hang on it as ``changes``.

    ``status`` is the latest state written, kept for lists. For the state on a day ask ``status_on(day)``.
    """

    LIFE: ClassVar[Lifecycle[Any]]

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    status = models.CharField(max_length=20)

    class Meta:
        abstract = True

    def status_on(self, day: date) -> str:
        """The state on that day as it is known now: a change recorded late counts from the day it took effect."""
        change = self.changes.filter(effective_on__lte=day).order_by("effective_on", "recorded_at", "pk").last()  # type: ignore[attr-defined]
        return change.to_status if change else self.LIFE.first.value

    def get_status_display(self) -> str:
        return str(type(self.LIFE.first)(self.status).label)
