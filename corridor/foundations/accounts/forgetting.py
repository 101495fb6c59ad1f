"""What sign-in remembers of networks and browsers, and for how long: counts until they run out, attempts and sign-ins for thirty days."""

from datetime import datetime, timedelta

from axes.models import AccessAttempt, AccessFailureLog, AccessLog
from django.db import transaction

from .models import SharedValue

# Long enough to look into an attack, and no longer: they hold addresses, browsers and names that were typed.
KEPT_FOR = timedelta(days=30)


@transaction.atomic
def forget_attempts(*, at: datetime) -> int:
    """Remove counts that have run out, and what is older than thirty days. Returns how many rows went."""
    gone = SharedValue.objects.filter(expires__lt=at).delete()[0]
    for kept in (AccessAttempt, AccessFailureLog, AccessLog):
        gone += kept.objects.filter(attempt_time__lt=at - KEPT_FOR).delete()[0]
    return gone
