"""Conferences, as anyone may read them."""

from datetime import date

from django.db.models import Prefetch, QuerySet

from corridor.foundations.access import Actor
from corridor.foundations.lifecycles.moving import with_status_on
from corridor.kernel.errors import NotFound
from corridor.kernel.wording import N_

from ..models import Conference, ConferenceChange


def list_conferences(*, by: Actor, on: date | None = None) -> QuerySet[Conference]:  # noqa: ARG001 (conferences are public)
    """All conferences, the latest first, with titles; with ``on`` each has ``status_then``."""
    found = Conference.objects.prefetch_related("titles").order_by("-starts_on", "reference")
    return with_status_on(found, on) if on else found


def next_conference(*, on: date, by: Actor) -> Conference | None:
    """The conference that is next to begin on that day, or goes on."""
    return list_conferences(by=by).filter(ends_before__gt=on).order_by("starts_on").first()


def get_conference(*, reference: str, by: Actor) -> Conference:  # noqa: ARG001 (conferences are public)
    changes = Prefetch("changes", ConferenceChange.objects.order_by("effective_on", "recorded_at", "pk"))
    found = Conference.objects.prefetch_related("titles", changes).filter(reference=reference).first()
    if found is None:
        raise NotFound(N_("There is no conference %(reference)s."), reference=reference)
    return found
