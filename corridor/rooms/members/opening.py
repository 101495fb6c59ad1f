"""An application for those who ask who sees it, and for who may open it for an hour with a reason (journeys ask the right)."""

from collections.abc import Iterable

from corridor.foundations.access import Source
from corridor.foundations.grants.drafts import Closed
from corridor.foundations.grants.holding import Holder

from .lifecycle import ApplicationStatus
from .models import Application, Reviewer


def application_named(reference: str) -> Closed | None:
    """A draft is its applicant's own and is not opened. Whoever holds the link reads who looked; there is no account to tell."""
    submitted = Application.objects.exclude(status=ApplicationStatus.DRAFT)
    row = submitted.filter(reference=reference).values_list("pk", "reference").first()
    return Closed(*row) if row else None


def reviewers_of(application: Application) -> Iterable[Holder]:
    """Who was asked to judge it and did not step aside."""
    asked = Reviewer.objects.filter(application=application, stepped_aside_at__isnull=True, user__is_active=True)
    for each in asked.select_related("user").order_by("user__username"):
        yield Holder(each.user_id, each.user.username, None, None, Source.ASKED)
