"""The ledger, and every way an announcement can be read."""

from collections.abc import Collection
from datetime import date
from typing import Any

from django.db.models import OuterRef, Prefetch, Q, QuerySet, Subquery

from corridor.foundations.access import Actor
from corridor.foundations.documents.models import Document
from corridor.kernel.errors import NotFound
from corridor.kernel.wording import N_
from corridor.rooms.members.models import Organisation

from ..lifecycle import ENDED, AnnouncementStatus
from ..models import (
    Announcement,
    AnnouncementChange,
    AnnouncementReport,
    AnnouncementTitle,
    ReportEvidence,
)
from ..silence import with_silence_on

# What a ledger may be sorted by, and the fields of its keyset: the day of the report due, the day announced, the number.
SORTS = {"due": "due_then", "newest": "announced_on", "number": ""}


def list_announcements(
    *,
    by: Actor,
    on: date,
    conference: str = "",
    owner: str = "",
    country: str = "",
    states: Collection[str] = (),
    silent: bool | None = None,
    words: str = "",
    sort: str = "due",
    after: tuple[date | None, str] | None = None,
) -> QuerySet[Announcement]:
    """
    The ledger as it stood on that day: what had been announced, each with ``status_then``, ``due_then`` and ``silent_then``.

    ``conference`` and ``owner`` are references; ``words`` are looked for in titles and numbers. Sorted by "due", "newest" or
    "number"; ``after`` is the (day, reference) of the last row read, where the next page goes on (the day is None for "number").
    Titles, the owner's names, the conference's titles and the changes come with the rows: five statements, however many rows.
    What was last reported by that day stands in ``told``, ``told_language`` and ``told_on``.
    """
    found = _ledger(by=by, on=on)
    if conference:
        found = found.filter(conference__reference=conference)
    if owner:
        found = found.filter(owner__reference=owner)
    if country:
        found = found.filter(country=country)
    if words:
        titled = AnnouncementTitle.objects.filter(text__icontains=words).values("announcement")
        found = found.filter(Q(pk__in=titled) | Q(reference__icontains=words))
    if states:
        found = found.filter(status_then__in=states)
    if silent is not None:
        found = found.filter(silent_then=silent)
    found = found.select_related("conference", "owner").prefetch_related(
        "titles", "owner__names", "conference__titles", _changes()
    )
    last = AnnouncementReport.objects.filter(announcement=OuterRef("pk"), reported_on__lte=on).order_by(
        "-reported_on", "-pk"
    )
    found = found.annotate(
        told=Subquery(last.values("text")[:1]),
        told_language=Subquery(last.values("language")[:1]),
        told_on=Subquery(last.values("reported_on")[:1]),
    )
    return _page(found, sort=sort, after=after)


def changed_announcements(*, by: Actor, on: date, conference: str = "") -> QuerySet[Any]:
    """
    The ledger, the newest first, for a feed, with ``changed_at`` and ``reported_at``: when its state, and when a
    report, were last written down; None where never.
    """
    found = list_announcements(by=by, on=on, conference=conference, sort="newest")
    states = AnnouncementChange.objects.filter(announcement=OuterRef("pk")).order_by("-recorded_at")
    told = AnnouncementReport.objects.filter(announcement=OuterRef("pk"), recorded_at__isnull=False)
    return found.annotate(
        changed_at=Subquery(states.values("recorded_at")[:1]),
        reported_at=Subquery(told.order_by("-recorded_at").values("recorded_at")[:1]),
    )


def count_announcements(
    *, by: Actor, on: date, conference: str = "", owner: str = "", country: str = ""
) -> dict[str, int]:
    """
    How many announcements stood in each state on that day; "silent" counts beside them, "all" is the sum of the states, and "promised"
    all but the merged ones: a promise counts once, under the number that stands.
    """
    found = _ledger(by=by, on=on)
    if conference:
        found = found.filter(conference__reference=conference)
    if owner:
        found = found.filter(owner__reference=owner)
    if country:
        found = found.filter(country=country)
    counts = {"all": 0, "promised": 0, "silent": 0}
    for state, is_silent in found.values_list("status_then", "silent_then"):
        counts["all"] += 1
        counts["promised"] += state != AnnouncementStatus.MERGED
        counts["silent"] += is_silent
        counts[state] = counts.get(state, 0) + 1
    return counts


def reports_due(*, by: Actor, on: date, until: date) -> tuple[int, date | None]:
    """How many announcements owe a report from that day until the other, both inside, and the first of these days."""
    due = _ledger(by=by, on=on).filter(due_then__range=(on, until)).exclude(status_then__in=ENDED)
    days = sorted(due.values_list("due_then", flat=True))
    return len(days), days[0] if days else None


def list_owners(*, by: Actor) -> QuerySet[Organisation]:
    """The members that own an announcement, with their names, for a filter."""
    owners = Announcement.objects.visible_to(by).order_by().values("owner")
    return Organisation.objects.filter(pk__in=owners).prefetch_related("names").order_by("reference")


def list_countries(*, by: Actor) -> list[str]:
    """Where announcements are to happen, for a filter."""
    said = Announcement.objects.visible_to(by).exclude(country="").order_by()
    return list(said.values_list("country", flat=True).distinct())


def get_announcement(*, reference: str, by: Actor, on: date | None = None) -> Announcement:
    """
    One announcement with its titles, owner, conference, changes and reports, each in the order of days.

    With ``on`` it has ``status_then``, ``due_then`` and ``silent_then`` of that day.
    """
    found: QuerySet[Any] = Announcement.objects.visible_to(by)
    if on is not None:
        found = with_silence_on(found, on)
    row = (
        found.select_related("conference", "owner", "merged_into")
        .prefetch_related(
            "titles",
            "wordings",
            "targets",
            "members__organisation__names",
            "owner__names",
            "conference__titles",
            _changes(),
            Prefetch("reports", _told()),
        )
        .filter(reference=reference)
        .first()
    )
    if row is None:
        raise NotFound(N_("There is no announcement %(reference)s."), reference=reference)
    return row


def merged_into(*, announcement: Announcement, by: Actor) -> list[Announcement]:
    """The announcements that lead to this one, nearest first, with titles, changes and reports; a few statements a step of the way."""
    found: list[Announcement] = []
    last = [announcement.pk]
    while last:
        step = Announcement.objects.visible_to(by).filter(merged_into__in=last).order_by("reference")
        rows = list(step.prefetch_related("titles", "owner__names", _changes(), Prefetch("reports", _told())))
        found += rows
        last = [each.pk for each in rows]
    return found


def get_report_evidence(*, reference: str, document: str, by: Actor) -> Document:
    """
    A document that shows a report on that announcement; whoever may read the report may open it.

    :raises NotFound: if there is none, or none for this actor.
    """
    shown = ReportEvidence.objects.filter(
        report__announcement__in=Announcement.objects.visible_to(by).filter(reference=reference),
        document__reference=document,
    ).select_related("document")
    found = shown.first()
    if found is None or found.document is None:
        raise NotFound(N_("There is no document %(reference)s."), reference=document)
    return found.document


def silent_announcements(*, by: Actor, on: date, conference: str = "") -> QuerySet[Announcement]:
    """Those whose report day has passed, the longest silent first."""
    return list_announcements(by=by, on=on, conference=conference, silent=True, sort="due")


def announcements_owed_by(*, by: Actor, on: date, within_days: int = 31) -> QuerySet[Announcement]:
    """For a desk: what the members this actor speaks for must report on by then; the silent ones first."""
    until = date.fromordinal(on.toordinal() + within_days)
    owned = with_silence_on(Announcement.objects.owned_by(by).filter(announced_on__lte=on), on)
    due = owned.filter(due_then__lte=until).exclude(status_then__in=ENDED)
    return due.prefetch_related("titles").order_by("due_then", "reference")


def announcements_to_confirm(*, by: Actor) -> QuerySet[Announcement]:
    """For a desk: what waits for this actor as the second person; what they made themselves waits for somebody else."""
    waiting = Announcement.objects.awaiting_confirmation_by(by)
    return (
        waiting.select_related("conference", "owner").prefetch_related("titles").order_by("announced_on", "reference")
    )


def _changes() -> Prefetch:
    """What became of it, in the order of days."""
    return Prefetch("changes", AnnouncementChange.objects.order_by("effective_on", "recorded_at", "pk"))


def _told() -> QuerySet[AnnouncementReport]:
    told = AnnouncementReport.objects.select_related("announcement").order_by("reported_on", "pk")
    return told.prefetch_related("evidence__document")


def _ledger(*, by: Actor, on: date) -> QuerySet[Any]:
    return with_silence_on(Announcement.objects.visible_to(by).filter(announced_on__lte=on), on)


def _page(found: QuerySet[Announcement], *, sort: str, after: tuple[date | None, str] | None) -> QuerySet[Announcement]:
    field = SORTS.get(sort, "due_then")
    if not field:
        return (found.filter(reference__gt=after[1]) if after else found).order_by("reference")
    further = "lt" if sort == "newest" else "gt"
    if after:
        day, reference = after
        found = found.filter(Q(**{f"{field}__{further}": day}) | Q(**{field: day}, reference__gt=reference))
    return found.order_by(f"-{field}" if sort == "newest" else field, "reference")
