"""What counts in figures: everybody's, whoever asks; see training's counting."""

from datetime import date

from django.db.models import Q, QuerySet

from corridor.foundations.lifecycles.moving import with_status_on

from .lifecycle import CredentialStatus
from .models import Credential


def credentials_in_force(on: date) -> QuerySet[Credential]:
    """
    Credentials issued by that day, not suspended, revoked or replaced on it, nor past their end: everybody's, whoever asks.
    """
    issued = Credential.objects.filter(issued_on__lte=on).filter(
        Q(expires_before__isnull=True) | Q(expires_before__gt=on)
    )
    return with_status_on(issued, on).filter(status_then=CredentialStatus.ISSUED)
