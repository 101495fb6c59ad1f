"""Status lists: which credentials are not to be relied on now."""

from django.db import models
from django.db.models import Q

from corridor.kernel.identifiers import new_id
from corridor.rooms.members.models import Organisation


class StatusList(models.Model):
    """One member's bit string of at least 131,072 entries, signed again on every change, with its companion document."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    number = models.PositiveSmallIntegerField(default=1)
    length = models.PositiveIntegerField(default=131_072)
    bits = models.BinaryField()
    # The signed documents as text, byte for byte as they are served.
    signed_list = models.TextField(blank=True)
    signed_companion = models.TextField(blank=True)
    signed_at = models.DateTimeField(null=True)
    # How often it was signed. Whoever has seen a higher number knows that an older list is shown again.
    sequence = models.PositiveIntegerField(default=0)
    valid_until = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organisation", "number"], name="credentials_statuslist_once"),
            models.CheckConstraint(condition=Q(length__gte=131_072), name="credentials_statuslist_is_long_enough"),
        ]


class StrayEntry(models.Model):
    """
    An entry of a published list that the records do not explain, because an older copy of them was put back: taken over, so that
    nothing comes to life again.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    status_list = models.ForeignKey(StatusList, on_delete=models.PROTECT, related_name="stray_entries")
    index = models.PositiveIntegerField()
    # What the set bit means: suspended, revoked or replaced. It never changes.
    meaning = models.CharField(max_length=10)
    since = models.DateField()
    why = models.CharField(max_length=60, blank=True)
    replaced_by = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["status_list", "index"], name="credentials_strayentry_once"),
            models.CheckConstraint(
                condition=Q(meaning__in=["suspended", "revoked", "replaced"]), name="credentials_strayentry_is_set"
            ),
        ]
