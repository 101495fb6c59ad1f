from django.db import models
from django.db.models import Q

from corridor.kernel.identifiers import new_id


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


class EntryDetail(models.Model):
    """
    One field that an edit changed. Both values are empty where they are personal or hold nothing; the seal of the entry covers its details.
    """

    entry = models.ForeignKey(Entry, on_delete=models.PROTECT, related_name="details")
    field = models.CharField(max_length=60)
    before = models.CharField(max_length=300, blank=True)
    after = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["entry", "field"], name="audit_entrydetail_field_once")]


class AuditKey(models.Model):
    """The alliance's Ed25519 key pair that signs checkpoints. Old ones stay: what they signed is checked with them."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    public_hex = models.CharField(max_length=64, unique=True)
    sealed_private = models.BinaryField()
    made_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True) | Q(ended_at__gte=models.F("made_at")),
                name="audit_auditkey_ends_after_made",
            ),
        ]


class Checkpoint(models.Model):
    """How far the chain was at an instant, signed. Whoever keeps the file can show later that the chain was cut or rewritten."""

    day = models.DateField(unique=True)
    place = models.PositiveBigIntegerField()
    seal = models.CharField(max_length=64)
    entries = models.PositiveBigIntegerField()
    made_at = models.DateTimeField()
    key = models.ForeignKey(AuditKey, on_delete=models.PROTECT, related_name="+")
    signature = models.CharField(max_length=128)

    class Meta:
        ordering = ["-day"]
        constraints = [models.CheckConstraint(condition=Q(place__gt=0), name="audit_checkpoint_of_a_sealed_entry")]
