"""The long-term proof: what was issued and changed, day by day, hashed into one signed root."""

from django.db import models
from django.db.models import Q

from corridor.foundations.audit.models import AuditKey
from corridor.kernel.identifiers import new_id

from .attestations import AttestationChange
from .credentials import CredentialChange


class DayTree(models.Model):
    """All that was issued and changed since the tree before, as one root that is signed and chained to that tree."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    number = models.PositiveIntegerField(unique=True)
    day = models.DateField(unique=True)
    size = models.PositiveIntegerField()
    root = models.CharField(max_length=64)
    made_at = models.DateTimeField()
    # The signed checkpoint as text, byte for byte; the next one names its SHA-256.
    document = models.TextField()
    key = models.ForeignKey(AuditKey, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-number"]
        constraints = [models.CheckConstraint(condition=Q(number__gt=0), name="credentials_daytree_counts_from_one")]


class TreeLeaf(models.Model):
    """One change of a credential or of an attestation in its tree, in the words that were hashed. They name no person."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    tree = models.ForeignKey(DayTree, on_delete=models.PROTECT, related_name="leaves")
    position = models.PositiveIntegerField()
    change = models.OneToOneField(CredentialChange, null=True, on_delete=models.PROTECT, related_name="leaf")
    attestation_change = models.OneToOneField(
        AttestationChange, null=True, on_delete=models.PROTECT, related_name="leaf"
    )
    # Canonical JSON: what the leaf says.
    said = models.CharField(max_length=600)

    class Meta:
        ordering = ["tree", "position"]
        constraints = [
            models.UniqueConstraint(fields=["tree", "position"], name="credentials_treeleaf_place_once"),
            models.CheckConstraint(
                condition=Q(change__isnull=False, attestation_change__isnull=True)
                | Q(change__isnull=True, attestation_change__isnull=False),
                name="credentials_treeleaf_is_of_one_change",
            ),
        ]
