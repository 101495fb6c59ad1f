"""Members on a day, one member, and for whom somebody speaks."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import DateField, Exists, F, OuterRef, Prefetch, Q, QuerySet, Subquery, Value
from django.db.models.functions import Replace

from corridor.foundations.access import Actor, Permission
from corridor.kernel.errors import NotFound
from corridor.kernel.wording import N_

from ..lifecycle import MembershipStatus, Standing
from ..merging import same_organisation_ids
from ..models import Alliance, MembershipChange, Organisation, OrganisationName, Seat
from ..models.organisations import OrganisationQuerySet
from ..seating import acting_on, held_on

# In the alliance, whatever else: what a list of members shows unless asked for another state.
IN_THE_ALLIANCE = (MembershipStatus.ACTIVE, MembershipStatus.DORMANT, MembershipStatus.SUSPENDED)

# Hyphens and dashes of every length, as names are typed with them.
DASHES = "-\u2010\u2011\u2012\u2013\u2014\u2212"


@dataclass(frozen=True)
class MemberRow:
    """A member in a list: ``status`` on the day asked for, ``since`` the first day it was ever active. Names are prefetched."""

    organisation: Organisation
    status: MembershipStatus
    since: date | None


@dataclass(frozen=True)
class MemberPage:
    """``next_after`` goes into ``after`` for the next page; empty on the last one."""

    rows: list[MemberRow]
    next_after: str = ""


@dataclass(frozen=True)
class TimelineStep:
    """One step of a membership. Reason and author are empty for readers who may only know states and days."""

    status: MembershipStatus
    on: date
    by_label: str = ""
    reason: str = ""


@dataclass(frozen=True)
class MemberRecord:
    """``status`` is None before its first application. ``seats`` are those held that day; empty for who may not see seats."""

    organisation: Organisation
    status: MembershipStatus | None
    timeline: list[TimelineStep]
    seats: list[Seat] = field(default_factory=list)


def get_alliance(*, by: Actor, places: bool = True) -> Alliance:  # noqa: ARG001 (public)
    """
    The alliance's own record, with ``names`` and, unless nobody needs them, ``founding_places`` and ``listed_places`` read.

    :raises NotFound: before it is described.
    """
    read = ("names", "founding_places", "listed_places") if places else ("names",)
    found = Alliance.objects.prefetch_related(*read).first()
    if found is None:
        raise NotFound(N_("The alliance has not been described yet."))
    return found


def list_members(
    *,
    by: Actor,
    on: date,
    search: str = "",
    country: str = "",
    kind: str = "",
    status: str = "",
    after: str = "",
    limit: int = 50,
) -> MemberPage:
    """
    Members on that day in the order of their references, a page at a time; two statements for a page of any size.

    ``search`` finds part of any name in any script, or of the reference, whatever dashes or spaces part its words. ``status`` asks for one
    state; without it, everyone who is in.
    """
    found: Any = _found_by(search)
    if status and status != MembershipStatus.ACTIVE:
        # Few are ever in another state: look only at those, not at everyone's state of that day.
        found = found.filter(pk__in=_ever(status))
    found = _with_status(found.visible_to(by), by, on)
    states = [status] if status else [each.value for each in IN_THE_ALLIANCE]
    found = found.filter(status_then__in=states)
    if country:
        found = found.filter(country=country)
    if kind:
        found = found.filter(kind=kind)
    if after:
        found = found.filter(reference__gt=after)
    first_active = MembershipChange.objects.filter(
        membership__organisation=OuterRef("pk"), to_status=MembershipStatus.ACTIVE
    ).order_by("effective_on")
    found = found.annotate(since=Subquery(first_active.values("effective_on")[:1], output_field=DateField()))
    # One more than asked for tells whether there is a next page.
    organisations = list(found.prefetch_related("names").order_by("reference")[: limit + 1])
    rows = [MemberRow(each, MembershipStatus(each.status_then), each.since) for each in organisations[:limit]]
    return MemberPage(rows, rows[-1].organisation.reference if len(organisations) > limit else "")


def search_organisations(*, by: Actor, search: str = "", country: str = "", kind: str = "") -> QuerySet[Organisation]:
    """Every organisation that this actor may see, member or not, by reference, with its names; those merged into others are left out."""
    given = {name: value for name, value in {"country": country, "kind": kind}.items() if value}
    return _found_by(search).visible_to(by).filter(**given).prefetch_related("names").order_by("reference")


def _found_by(search: str) -> OrganisationQuerySet:
    found = Organisation.objects.filter(merged_into__isnull=True)
    if not search:
        return found
    # Before who may see it and its state: those are dearer to look up, and SQLite takes conditions in the order in which they stand.
    wanted = " ".join("".join(" " if sign in DASHES else sign for sign in search).split())
    names = OrganisationName.objects.filter(organisation=OuterRef("pk")).alias(words=_words("name"))
    named = Exists(names.filter(words__icontains=wanted))
    return found.alias(words=_words("reference")).filter(Q(words__icontains=wanted) | named)


def _words(field: str) -> Any:
    """A name with a space for each dash: "North – South" and "North-South" are found by one another's words."""
    found: Any = F(field)
    for dash in DASHES:
        found = Replace(found, Value(dash), Value(" "))
    # Three spaces become two, and two one.
    return Replace(Replace(found, Value("  "), Value(" ")), Value("  "), Value(" "))


def members_on(*, day: date, by: Actor) -> QuerySet[Organisation]:
    """Organisations that are active on that day: what figures count. Dormant and suspended ones are not among them."""
    return _active_among(Organisation.objects.all(), by, day)


def _active_among(found: OrganisationQuerySet, by: Actor, day: date) -> QuerySet[Organisation]:
    counted = found.filter(merged_into__isnull=True, standing=Standing.CONFIRMED).visible_to(by)
    return _with_status(counted, by, day).filter(status_then=MembershipStatus.ACTIVE)


def get_organisation(*, reference: str, by: Actor) -> Organisation:
    """
    The organisation of that reference; of one that was merged away, the record that stands for it now.

    :raises NotFound: if there is none of that reference, or none for this actor (an application, for a visitor).
    """
    found = Organisation.objects.filter(reference=reference).first()
    if found is not None and found.merged_into_id is not None:
        found = found.surviving()
    seen = Organisation.objects.visible_to(by).filter(pk=found.pk).prefetch_related("names").first() if found else None
    if seen is None:
        raise NotFound(N_("There is no member %(reference)s."), reference=reference)
    return seen


def get_member(*, reference: str, by: Actor, on: date) -> MemberRecord:
    """
    An organisation with its names, the steps of its memberships, its state on that day and who spoke for it then.

    :raises NotFound: as get_organisation.
    """
    organisation = get_organisation(reference=reference, by=by)
    changes = _changes_for(by, organisation).order_by("effective_on", "recorded_at", "pk")
    sees_reasons = _sees_any_state(by, organisation)
    timeline = [
        TimelineStep(
            MembershipStatus(change.to_status),
            change.effective_on,
            change.by_label if sees_reasons else "",
            change.reason if sees_reasons else "",
        )
        for change in changes
    ]
    past = [step.status for step in timeline if step.on <= on]
    return MemberRecord(organisation, past[-1] if past else None, timeline, _seats_of(organisation, by, on))


def spoken_for(*, permission: Permission, on: date, by: Actor, kind: str = "") -> QuerySet[Organisation]:
    """
    The members of that day (of one ``kind``) for which this actor holds the permission, with their names; all active ones for who
    holds it everywhere.
    """
    found = members_on(day=on, by=by)
    if kind:
        found = found.filter(kind=kind)
    if not by.holds_everywhere(permission):
        found = found.filter(pk__in=by.ids_with(permission, "member"))
    return found.prefetch_related("names").order_by("reference")


def _seats_of(organisation: Organisation, by: Actor, on: date) -> list[Seat]:
    if not by.may(Permission.SEAT_VIEW, on=organisation):
        return []
    same = same_organisation_ids([organisation.pk])[organisation.pk]
    seats = held_on(on).filter(organisation__in=same).select_related("user")
    acting = Prefetch("substitutes", acting_on(on).select_related("user"), to_attr="acting")
    return list(seats.prefetch_related(acting).order_by("role", "held_from"))


def _sees_any_state(by: Actor, organisation: Organisation) -> bool:
    return by.holds_everywhere(Permission.MEMBER_VIEW_ANY_STATE) or by.may(Permission.MEMBER_EDIT, on=organisation)


def _changes_for(by: Actor, organisation: Organisation) -> QuerySet[MembershipChange]:
    changes = MembershipChange.objects.filter(membership__organisation=organisation)
    return changes if _sees_any_state(by, organisation) else changes.filter(_became_active("membership"))


def _ever(status: str) -> QuerySet[MembershipChange, Any]:
    """The organisations that were in that state at any time."""
    return MembershipChange.objects.filter(to_status=status).values("membership__organisation")


def _became_active(membership: str) -> Exists:
    """Visitors know of memberships that came to be, not of applications under way."""
    return Exists(MembershipChange.objects.filter(membership=OuterRef(membership), to_status=MembershipStatus.ACTIVE))


def _with_status(found: QuerySet[Organisation], by: Actor, day: date) -> QuerySet[Any]:
    """Annotate ``status_then``: the state on that day of the latest membership begun by then; None where there was none."""
    steps = MembershipChange.objects.filter(membership__organisation=OuterRef("pk"), effective_on__lte=day)
    if not by.holds_everywhere(Permission.MEMBER_VIEW_ANY_STATE):
        steps = steps.filter(_became_active("membership"))
    latest = steps.order_by("-effective_on", "-recorded_at", "-pk").values("to_status")[:1]
    return found.annotate(status_then=Subquery(latest))
