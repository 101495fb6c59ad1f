"""Every way a demand statement can be read. Statements are public; drafts are the employer's and the secretariat's."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Case, CharField, Exists, F, OuterRef, Prefetch, QuerySet, Value, When

from corridor.foundations.access import Actor
from corridor.foundations.lifecycles.moving import with_status_on
from corridor.kernel.errors import NotFound
from corridor.kernel.wording import N_

from .lifecycle import DemandStatus
from .models import DemandStatement, DemandStatementChange, DemandUnit

EXPIRED, RESTATED = "expired", "restated"
_OPEN = (DemandStatus.STATED.value, DemandStatus.PARTLY_MET.value)


def list_demands(
    *,
    by: Actor,
    on: date,
    employer: str = "",
    country: str = "",
    occupation: str = "",
    states: Collection[str] = (),
    after: str = "",
) -> QuerySet[DemandStatement]:
    """
    What had been stated by that day (and drafts, for those who see them), by reference.

    Each has ``status_then`` and ``standing_then``: also "expired" (its by-when day has passed and it is not met) and "restated"
    (a newer statement replaces it by that day). ``occupation`` is the beginning of an ISCO-08 code. Employers with their names and
    units come with the rows: four statements.
    """
    found = _standing(DemandStatement.objects.visible_to(by), on).exclude(stated_on__gt=on)
    if employer:
        found = found.filter(employer__reference=employer)
    if country:
        found = found.filter(country=country)
    if occupation:
        found = found.filter(occupation_code__startswith=occupation)
    if states:
        found = found.filter(standing_then__in=states)
    if after:
        found = found.filter(reference__gt=after)
    return _whole(found).order_by("reference")


@dataclass(frozen=True)
class DemandCounts:
    """Statements by their standing on a day ("all" is the sum), the places named in them, and the posts wanted by those still open."""

    by_state: dict[str, int]
    countries: list[str]
    open_posts: int


def count_demands(*, by: Actor, on: date) -> DemandCounts:
    found = _standing(DemandStatement.objects.visible_to(by), on).exclude(stated_on__gt=on).order_by()
    by_state, countries, open_posts = {"all": 0}, set(), 0
    for standing, country, posts in found.values_list("standing_then", "country", "posts"):
        by_state["all"] += 1
        by_state[standing] = by_state.get(standing, 0) + 1
        countries.add(country)
        open_posts += posts if standing in _OPEN else 0
    return DemandCounts(by_state, sorted(countries), open_posts)


def get_demand(*, reference: str, by: Actor, on: date | None = None) -> DemandStatement:
    """One statement with employer, units, what it replaces and what replaced it, and its changes."""
    found: QuerySet[Any] = DemandStatement.objects.visible_to(by)
    if on is not None:
        found = _standing(found, on)
    changes = Prefetch("changes", DemandStatementChange.objects.order_by("effective_on", "recorded_at", "pk"))
    row = (
        _whole(found)
        .select_related("employer", "replaces", "replaced_by")
        .prefetch_related(changes)
        .filter(reference=reference)
        .first()
    )
    if row is None:
        raise NotFound(N_("There is no demand statement %(reference)s."), reference=reference)
    return row


def demands_of(*, by: Actor, on: date) -> QuerySet[DemandStatement]:
    """For a desk: the statements of the employers this actor speaks for, as they stand on that day."""
    return _whole(_standing(DemandStatement.objects.stated_by(by), on)).order_by("-needed_by", "reference")


def _standing(found: QuerySet[Any], on: date) -> QuerySet[Any]:
    newer = DemandStatement.objects.filter(replaces=OuterRef("pk"), stated_on__lte=on)
    open_then = [DemandStatus.STATED.value, DemandStatus.PARTLY_MET.value]
    return (
        with_status_on(found, on)
        .annotate(is_restated=Exists(newer))
        .annotate(
            standing_then=Case(
                When(is_restated=True, then=Value(RESTATED)),
                When(needed_by__lt=on, status_then__in=open_then, then=Value(EXPIRED)),
                default=F("status_then"),
                output_field=CharField(),
            )
        )
    )


def _whole(found: QuerySet[Any]) -> QuerySet[Any]:
    units = DemandUnit.objects.select_related("unit__version__curriculum").order_by("unit__version", "unit__position")
    return found.select_related("employer").prefetch_related(
        "employer__names", Prefetch("units", units.prefetch_related("unit__titles"))
    )
