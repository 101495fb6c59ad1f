from django.db import models
from django.db.models import Q


class Entry(models.Model):
    """
    One thing that happened, who did it and to what.

    No foreign keys: the log must outlive the rows it talks about. No personal values either, only references, so that a person can be erased.
    """

    happened_at = models.DateTimeField(auto_now_add=True)
    event = models.CharField(max_length=80)
    by = models.CharField(max_length=150)
    subject = models.CharField(max_length=150, db_index=True)
    # How many things a bulk action touched; 1 for a single one.
    count = models.PositiveIntegerField(default=1)
    # Both given by sealing. The place is not the id: an action that commits late gets a late place.
    place = models.PositiveBigIntegerField(null=True, unique=True)
    seal = models.CharField(max_length=64, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(place__isnull=True, seal="") | (Q(place__isnull=False) & ~Q(seal="")),
                name="audit_entry_sealed_has_place_and_seal",
            ),
        ]


class ChainEnd(models.Model):
    """
    The last seal given; one row. Without it, cutting entries off the end would leave a shorter chain that looks whole.

    Whoever can rewrite this row as well can still cut, so print the last seal where they cannot reach it.
    """

    place = models.PositiveBigIntegerField(default=0)
    seal = models.CharField(max_length=64, blank=True)
