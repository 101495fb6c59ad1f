"""Keys of members, and the list of who might issue what that the alliance signs."""

from django.db import models
from django.db.models import F, Q

from corridor.foundations.audit.models import AuditKey
from corridor.kernel.identifiers import new_id
from corridor.rooms.members.models import Organisation


class SigningKey(models.Model):
    """A member's key pair for a period. The public half stays published for ever; the private half is encrypted at rest."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    # The part after # in the verification method, e.g. key-2023.
    fragment = models.SlugField(max_length=40)
    public_multibase = models.CharField(max_length=80)
    sealed_private = models.BinaryField()
    valid_from = models.DateTimeField()
    valid_before = models.DateTimeField(null=True)
    # From that instant on nothing that it signed is trusted: somebody else may have had it.
    compromised_from = models.DateTimeField(null=True)
    # Since then its member signs with it elsewhere, and we do not (``./run leave``).
    handed_over_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["organisation", "valid_from"]
        constraints = [
            models.UniqueConstraint(fields=["organisation", "fragment"], name="credentials_key_fragment_once"),
            models.UniqueConstraint(fields=["public_multibase"], name="credentials_key_public_once"),
            models.CheckConstraint(
                condition=Q(valid_before__isnull=True) | Q(valid_before__gt=F("valid_from")),
                name="credentials_key_ends_after_it_begins",
            ),
            models.CheckConstraint(
                condition=Q(compromised_from__isnull=True)
                | (Q(compromised_from__gte=F("valid_from")) & Q(valid_before__isnull=False)),
                name="credentials_key_compromised_has_ended",
            ),
        ]


class RegisterEdition(models.Model):
    """The register of issuers as the alliance signed it: who might issue what, where, from when, until when. Earlier ones stay."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    number = models.PositiveIntegerField(unique=True)
    day = models.DateField(db_index=True)
    signed_at = models.DateTimeField()
    valid_until = models.DateTimeField()
    # What it says, without dates and proof: the same again is no new edition before the old one ends.
    content_sha256 = models.CharField(max_length=64)
    # The signed document as text, byte for byte as it is served.
    document = models.TextField()
    key = models.ForeignKey(AuditKey, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-number"]
        constraints = [
            models.CheckConstraint(condition=Q(number__gt=0), name="credentials_register_counts_from_one"),
            models.CheckConstraint(
                condition=Q(valid_until__gt=F("signed_at")), name="credentials_register_ends_after_it_is_signed"
            ),
        ]
