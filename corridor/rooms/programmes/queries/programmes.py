"""Every way a programme can be read. Programmes are public; the text of their agreement is not."""

from collections.abc import Collection
from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, Prefetch, QuerySet

from corridor.foundations.access import Actor, Permission
from corridor.foundations.lifecycles.moving import with_status_on
from corridor.kernel.errors import NotFound
from corridor.kernel.wording import N_
from corridor.rooms.agreements.models import Agreement, AgreementChange, AgreementParty, AgreementText
from corridor.rooms.conferences.models import Announcement
from corridor.rooms.curricula.models import CurriculumVersion, Unit
from corridor.rooms.demand.models import DemandStatement
from corridor.rooms.sites.brands import listings_on

from ..funding_shares import Split, splits_of
from ..models import (
    Programme,
    ProgrammeAgreement,
    ProgrammeAnnouncement,
    ProgrammeChange,
    ProgrammeDemand,
    ProgrammeKind,
    ProgrammeMember,
    ProgrammeReview,
    ProgrammeSite,
    ProgrammeTitle,
)
from ..reviews import review_due_on

# (code, label) of every kind, for a form that narrows a list.
KINDS = ProgrammeKind.choices


def list_programmes(
    *,
    by: Actor,  # noqa: ARG001 (programmes are public)
    on: date,
    kind: str = "",
    country: str = "",
    brand: str = "",
    states: Collection[str] = (),
    member: str = "",
    site: str = "",
    agreement: str = "",
    announcement: str = "",
    demand: str = "",
    words: str = "",
    after: str = "",
) -> QuerySet[Programme]:
    """
    Programmes by reference, each with ``status_then``: its state on that day.

    ``country`` is that of a site where it is held; ``brand`` a code under which such a site stands that day. ``member``, ``site``,
    ``agreement``, ``announcement``, ``demand`` (any that it stands on) and ``after`` are references; ``words`` are looked for in titles.
    Titles, members and sites with
    their names come with the rows: six statements.
    """
    found: QuerySet[Any] = with_status_on(Programme.objects.all(), on)
    places = ProgrammeSite.objects.filter(programme=OuterRef("pk"))
    if kind:
        found = found.filter(kind=kind)
    if country:
        found = found.filter(Exists(places.filter(site__country=country)))
    if brand:
        listed = listings_on(on).filter(brand__code__iexact=brand).values("site")
        found = found.filter(Exists(places.filter(site__in=listed)))
    if site:
        found = found.filter(Exists(places.filter(site__reference=site)))
    if member:
        taking_part = ProgrammeMember.objects.filter(programme=OuterRef("pk"), organisation__reference=member)
        found = found.filter(Exists(taking_part))
    if agreement:
        under = ProgrammeAgreement.objects.filter(programme=OuterRef("pk"), agreement__reference=agreement)
        found = found.filter(Exists(under))
    if announcement:
        kept = ProgrammeAnnouncement.objects.filter(programme=OuterRef("pk"), announcement__reference=announcement)
        found = found.filter(Exists(kept))
    if demand:
        answered = ProgrammeDemand.objects.filter(programme=OuterRef("pk"), demand__reference=demand)
        found = found.filter(Exists(answered))
    if words:
        titled = ProgrammeTitle.objects.filter(programme=OuterRef("pk"), text__icontains=words)
        found = found.filter(Exists(titled))
    if states:
        found = found.filter(status_then__in=states)
    if after:
        found = found.filter(reference__gt=after)
    return _listed(found)


def count_programmes(*, by: Actor, on: date) -> dict[str, int]:  # noqa: ARG001 (programmes are public)
    """How many programmes stood in each state on that day; "all" is the sum."""
    counts = {"all": 0}
    for state in with_status_on(Programme.objects.all(), on).values_list("status_then", flat=True):
        counts["all"] += 1
        counts[state] = counts.get(state, 0) + 1
    return counts


def get_programme(*, reference: str, by: Actor, on: date | None = None) -> Programme:
    """
    One programme and everything that it points back at: titles, changes, languages, members, sites with hosts and listings, the agreements
    with parties, titles and changes, the announcements with their conferences, the demand, the curriculum version with units and hours.

    An announcement, a demand statement or a curriculum version that this actor may not see yet is None. With
    ``on`` it has ``status_then``.
    """
    found: QuerySet[Any] = Programme.objects.all()
    if on is not None:
        found = with_status_on(found, on)
    changes = ProgrammeChange.objects.order_by("effective_on", "recorded_at", "pk")
    row = (
        _listed(found)
        .prefetch_related(
            Prefetch("changes", changes),
            "places__site__host__names",
            "places__site__listings__brand",
            "places__site__changes",
            "languages",
            Prefetch("agreement", _agreements()),
            Prefetch("announcement", _announcements(by)),
            Prefetch("agreements_under__agreement", _agreements()),
            Prefetch("announcements_kept__announcement", _announcements(by)),
            Prefetch("demands_answered__demand", _demands(by)),
            Prefetch("curriculum_version", _curricula(by)),
        )
        .filter(reference=reference)
        .first()
    )
    if row is None:
        raise NotFound(N_("There is no programme %(reference)s."), reference=reference)
    return row


def programmes_of(*, by: Actor, on: date) -> QuerySet[Programme]:
    """For a desk: the programmes in which the members take part that this actor speaks for."""
    members = by.ids_with(Permission.COHORT_VIEW, "member")
    taking_part = ProgrammeMember.objects.filter(programme=OuterRef("pk"), organisation__in=members)
    return _listed(with_status_on(Programme.objects.filter(Exists(taking_part)), on))


def reviews_of(*, programme: Programme, by: Actor) -> list[ProgrammeReview]:  # noqa: ARG001 (reviews are public)
    """What was found when it was looked at, the first time first."""
    rows = ProgrammeReview.objects.filter(programme=programme).select_related("programme").prefetch_related("figures")
    return list(rows.order_by("reviewed_on"))


def reviews_due(*, by: Actor, on: date, until: date | None = None) -> list[tuple[date, Programme]]:
    """
    The programmes that were to be looked at before that day and were not, the longest first, each with the day when it is due; with
    ``until`` also those that are due by then.
    """
    running = list_programmes(by=by, on=on, states=["running"]).prefetch_related("changes", "reviews")
    due = [(review_due_on(programme=each, reviews=list(each.reviews.all()), on=on), each) for each in running]
    found = [(day, each) for day, each in due if day is not None and (day < on or (until is not None and day <= until))]
    return sorted(found, key=lambda each: (each[0], each[1].reference))


def funding_of(*, programme: Programme, by: Actor) -> list[Split]:
    """Who bears the programme, the latest split first; what is not disclosed to this actor stands without its name."""
    return splits_of(programme, by=by)


def _listed(found: QuerySet[Any]) -> QuerySet[Any]:
    members = ProgrammeMember.objects.select_related("organisation").order_by("role", "organisation__reference")
    places = ProgrammeSite.objects.select_related("site").order_by("site__reference")
    return found.prefetch_related(
        "titles",
        Prefetch("members", members.prefetch_related("organisation__names")),
        Prefetch("places", places.prefetch_related("site__names")),
    ).order_by("reference")


def _agreements() -> QuerySet[Agreement]:
    parties = AgreementParty.objects.select_related("organisation").order_by("position", "organisation__reference")
    changes = AgreementChange.objects.order_by("effective_on", "recorded_at", "pk")
    return Agreement.objects.prefetch_related(
        Prefetch("texts", AgreementText.objects.defer("body").order_by("language")),
        Prefetch("parties", parties.prefetch_related("organisation__names")),
        Prefetch("changes", changes),
    )


def _announcements(by: Actor) -> QuerySet[Announcement]:
    found = Announcement.objects.visible_to(by).select_related("conference", "owner")
    return found.prefetch_related("titles", "conference__titles", "owner__names")


def _demands(by: Actor) -> QuerySet[DemandStatement]:
    return DemandStatement.objects.visible_to(by).select_related("employer").prefetch_related("employer__names")


def _curricula(by: Actor) -> QuerySet[CurriculumVersion]:
    units = Unit.objects.order_by("position").prefetch_related("titles", "hours")
    found = CurriculumVersion.objects.visible_to(by).select_related("curriculum", "level__framework")
    return found.prefetch_related("titles", "changes", Prefetch("units", units))
