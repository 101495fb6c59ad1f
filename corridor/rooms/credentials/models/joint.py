"""Members that sign a credential beside its issuer, each with its own key."""

from django.db import models
from django.db.models import Q

from corridor.kernel.identifiers import new_id
from corridor.rooms.members.models import Organisation

from .credentials import Credential
from .entitlements import Entitlement
from .keys import SigningKey


class JointSigner(models.Model):
    """One member that signs a credential beside its issuer. Until all have, nothing of it is given out."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    credential = models.ForeignKey(Credential, on_delete=models.PROTECT, related_name="signers")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    entitlement = models.ForeignKey(Entitlement, on_delete=models.PROTECT, related_name="+")
    signing_key = models.ForeignKey(SigningKey, null=True, on_delete=models.PROTECT, related_name="+")
    # Its proof as text, as it stands in the signed document.
    proof = models.TextField(blank=True)
    signed_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["credential", "organisation__reference"]
        constraints = [
            models.UniqueConstraint(fields=["credential", "organisation"], name="credentials_jointsigner_once"),
            models.CheckConstraint(
                condition=Q(proof="", signing_key__isnull=True, signed_at__isnull=True)
                | (~Q(proof="") & Q(signing_key__isnull=False, signed_at__isnull=False)),
                name="credentials_jointsigner_signed_with_a_key",
            ),
        ]
