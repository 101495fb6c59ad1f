"""How far the teaching of a cohort has come."""

from corridor.kernel.wording import N_

from .lifecycle import SessionStatus
from .models import Cohort, Session
from .refusals import SessionsAreOpen

ENDED = [SessionStatus.LOCKED.value, SessionStatus.CANCELLED.value]


def require_all_sessions_ended(cohort: Cohort) -> None:
    """:raises SessionsAreOpen: says how many sessions of the cohort are neither locked nor cancelled."""
    still_open = Session.objects.filter(cohort=cohort).exclude(status__in=ENDED).count()
    if still_open:
        raise SessionsAreOpen(
            N_("%(open)s sessions of %(cohort)s are not locked yet. Sign their registers, or cancel them."),
            open=still_open, cohort=cohort.reference,
        )  # fmt: skip
