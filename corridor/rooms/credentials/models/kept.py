"""What was taken over from another house when its member came here: enough to verify what was issued there."""

from django.db import models
from django.db.models import Q

from corridor.kernel.identifiers import new_id


class KeptIssuer(models.Model):
    """An issuer of another house, whose kit was taken over here."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    did = models.CharField(max_length=300, unique=True)
    name = models.CharField(max_length=300)
    # The address of the house that it left, and its own reference there.
    came_from = models.CharField(max_length=300)
    reference = models.SlugField(max_length=60)
    taken_at = models.DateTimeField()

    class Meta:
        ordering = ["did"]


class KeptDocument(models.Model):
    """A signed document of the kit as text, byte for byte, by its own address."""

    class Kind(models.TextChoices):
        DID = "did", "DID"
        STATUS = "status", "status"
        COMPANION = "companion", "companion"
        REGISTER = "register", "register"
        CHECKPOINT = "checkpoint", "checkpoint"

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    issuer = models.ForeignKey(KeptIssuer, on_delete=models.PROTECT, related_name="documents")
    kind = models.CharField(max_length=10, choices=Kind)
    address = models.CharField(max_length=300, db_index=True)
    text = models.TextField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["issuer", "kind", "address"], name="credentials_keptdocument_once"),
            models.CheckConstraint(condition=~Q(text=""), name="credentials_keptdocument_says_something"),
        ]
