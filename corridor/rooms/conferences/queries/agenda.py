"""The agenda, the documents, what was decided, and the minutes of a conference."""

from datetime import date
from uuid import UUID

from django.db.models import Prefetch, Q, QuerySet

from corridor.foundations.access import Actor, Permission
from corridor.foundations.documents.models import Document
from corridor.kernel.errors import NotFound
from corridor.kernel.wording import N_

from ..lifecycle import ResolutionStatus
from ..models import AgendaItem, Conference, ConferenceDocument, Minutes, Resolution, ResolutionChange


def agenda_of(*, conference: Conference, by: Actor) -> QuerySet[AgendaItem]:  # noqa: ARG001 (an agenda is public)
    """In the order of time, with rooms, titles, speakers and what stands there of the contributions; four statements."""
    return (
        AgendaItem.objects.filter(conference=conference)
        .select_related("hall", "contribution")
        .prefetch_related("titles", "speakers")
        .order_by("starts_at", "ends_at", "pk")
    )


def get_item(*, conference: str, key: UUID, by: Actor) -> AgendaItem:  # noqa: ARG001 (an agenda is public)
    found = (
        AgendaItem.objects.select_related("conference", "hall", "contribution").prefetch_related("titles", "speakers")
        .filter(conference__reference=conference, pk=key).first()
    )  # fmt: skip
    if found is None:
        raise NotFound(N_("There is nothing of that kind on the agenda."))
    return found


def documents_of(*, conference: Conference, by: Actor) -> list[Document]:  # noqa: ARG001 (public)
    return [
        each.document for each in ConferenceDocument.objects.filter(conference=conference).select_related("document")
    ]


def get_conference_document(*, conference: str, document: str, by: Actor) -> Document:  # noqa: ARG001 (public)
    found = (
        ConferenceDocument.objects.filter(conference__reference=conference, document__reference=document)
        .select_related("document")
        .first()
    )
    if found is None:
        raise NotFound(N_("There is no document %(reference)s."), reference=document)
    return found.document


def list_resolutions(
    *, by: Actor, on: date, conference: str = "", state: str = "", after: str = ""  # noqa: ARG001 (public)
) -> QuerySet[Resolution]:  # fmt: skip
    """By number; ``state`` is one of the life's, or "late" on that day. Texts, owners' names and changes come with them."""
    found = _read(Resolution.objects.all())
    if conference:
        found = found.filter(conference__reference=conference)
    if state == "late":
        found = found.filter(status=ResolutionStatus.OPEN, due_on__lt=on)
    elif state:
        found = found.filter(status=state)
    if after:
        found = found.filter(reference__gt=after)
    return found.order_by("reference")


def get_resolution(*, reference: str, by: Actor) -> Resolution:  # noqa: ARG001 (public)
    found = _read(Resolution.objects.filter(reference=reference)).first()
    if found is None:
        raise NotFound(N_("There is no resolution %(reference)s."), reference=reference)
    return found


def resolutions_owed_by(*, by: Actor, on: date, within_days: int = 31) -> QuerySet[Resolution]:
    """For a desk: what this actor must see carried out by then, the late ones first; the secretariat sees what is late everywhere."""
    if not by.holds_somewhere(Permission.RESOLUTION_SETTLE):
        return Resolution.objects.none()
    until = date.fromordinal(on.toordinal() + within_days)
    open_ones = _read(Resolution.objects.carried_out_by(by).filter(status=ResolutionStatus.OPEN))
    if by.holds_everywhere(Permission.RESOLUTION_SETTLE):
        return open_ones.filter(Q(due_on__lt=on) | Q(due_on__lte=until, owner=None)).order_by("due_on", "reference")
    return open_ones.filter(due_on__lte=until).order_by("due_on", "reference")


def minutes_of(*, conference: Conference, by: Actor) -> list[Minutes]:
    """Anyone reads what is approved; the rest who writes and who approves."""
    found = Minutes.objects.filter(conference=conference).order_by("language")
    if not by.may(Permission.CONFERENCE_PLAN) and not by.may(Permission.MINUTES_APPROVE):
        found = found.exclude(approved_by="")
    return list(found)


def get_minutes(*, conference: str, language: str, by: Actor) -> Minutes:
    found = (
        Minutes.objects.select_related("conference").filter(conference__reference=conference, language=language).first()
    )
    sees = by.may(Permission.CONFERENCE_PLAN) or by.may(Permission.MINUTES_APPROVE)
    if found is None or (not found.approved_by and not sees):
        raise NotFound(N_("There are no minutes of %(conference)s in that language."), conference=conference)
    return found


def _read(found: QuerySet[Resolution]) -> QuerySet[Resolution]:
    changes = Prefetch("changes", ResolutionChange.objects.order_by("effective_on", "recorded_at", "pk"))
    return found.select_related("conference", "owner").prefetch_related(
        "texts", "owner__names", "conference__titles", changes
    )
