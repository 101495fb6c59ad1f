"""Every way a demand statement can be read. Statements are public; drafts are the employer's and the secretariat's."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Case, CharField, Exists, F, OuterRef, Prefetch, QuerySet, Value, When

from corridor.foundations.access import Actor, Permission
from corridor.foundations.documents.models import Document
from corridor.foundations.documents.queries import bytes_of
from corridor.foundations.lifecycles.moving import with_status_on
from corridor.kernel.errors import NotFound
from corridor.kernel.wording import N_

from .lifecycle import DemandStatus
from .models import DemandStatement, DemandStatementChange, DemandUnit
from .narrowing import called, in_quarter, in_sector, wanting

EXPIRED, RESTATED, OPEN = "expired", "restated", "open"
_OPEN = (DemandStatus.STATED.value, DemandStatus.PARTLY_MET.value)


def list_demands(
    *,
    by: Actor,
    on: date,
    employer: str = "",
    country: str = "",
    occupation: str = "",
    sector: str = "",
    quarter: str = "",
    unit: str = "",
    states: Collection[str] = (),
    after: str = "",
) -> QuerySet[DemandStatement]:
    """
    What had been stated by that day (and drafts, for those who see them), by reference.

    Each has ``status_then`` and ``standing_then``: also "expired" (its by-when day has passed and it is not met) and "restated"
    (a newer statement replaces it by that day). ``occupation`` is the beginning of an ISCO-08 code, or a word for an occupation in any
    language. ``sector`` is the code of what an employer mainly does, or "none" where nothing says so; ``quarter`` ("2024-Q4") that of the
    day by which people are needed; ``unit`` is written curriculum/version/code. The state "open" means stated or partly met. Employers with
    their names, units and languages come with the rows: five statements.
    """
    found = _standing(DemandStatement.objects.visible_to(by), on).exclude(stated_on__gt=on)
    if employer:
        found = found.filter(employer__reference=employer)
    if country:
        found = found.filter(country=country)
    if occupation:
        found = called(found, occupation)
    if sector:
        found = in_sector(found, sector)
    if quarter:
        found = in_quarter(found, quarter)
    if unit:
        found = wanting(found, unit)
    if states:
        found = found.filter(standing_then__in=[*states, *(_OPEN if OPEN in states else ())])
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
    by_state, countries, open_posts = {"all": 0, OPEN: 0}, set(), 0
    for standing, country, posts in found.values_list("standing_then", "country", "posts"):
        by_state["all"] += 1
        by_state[standing] = by_state.get(standing, 0) + 1
        countries.add(country)
        if standing in _OPEN:
            by_state[OPEN] += 1
            open_posts += posts
    return DemandCounts(by_state, sorted(countries), open_posts)


def get_demand(*, reference: str, by: Actor, on: date | None = None) -> DemandStatement:
    """One statement with employer, units, what it replaces and what replaced it, and its changes."""
    found: QuerySet[Any] = DemandStatement.objects.visible_to(by)
    if on is not None:
        found = _standing(found, on)
    changes = Prefetch("changes", DemandStatementChange.objects.order_by("effective_on", "recorded_at", "pk"))
    row = (
        _whole(found)
        .select_related("employer", "replaces", "replaced_by", "document")
        .prefetch_related(changes)
        .filter(reference=reference)
        .first()
    )
    if row is None:
        raise NotFound(N_("There is no demand statement %(reference)s."), reference=reference)
    return row


def restatements_of(*, statement: DemandStatement, by: Actor, on: date) -> list[DemandStatement]:
    """The chain in which a statement stands, the first one first: what it restates, and what restated it by that day."""
    own = DemandStatement.objects.visible_to(by).filter(employer=statement.employer_id).exclude(stated_on__gt=on)
    rows = {row.pk: row for row in _standing(own, on)}
    newer = {row.replaces_id: row for row in rows.values() if row.replaces_id is not None}
    chain = [rows[statement.pk]] if statement.pk in rows else []
    while chain and chain[0].replaces_id in rows:
        chain.insert(0, rows[chain[0].replaces_id])
    while chain and chain[-1].pk in newer:
        chain.append(newer[chain[-1].pk])
    return chain if len(chain) > 1 else []


def open_paper(*, reference: str, by: Actor) -> tuple[Document, bytes]:
    """The scan of the letter or contract, for the employer and the secretariat. :raises NotFound: for all others, and where there is none."""
    statement = get_demand(reference=reference, by=by)
    if statement.document is None or not by.may(Permission.DEMAND_STATE, on=statement):
        raise NotFound(N_("No paper of %(statement)s is here that you may see."), statement=reference)
    return statement.document, bytes_of(statement.document)


def open_demands(*, by: Actor, on: date) -> QuerySet[DemandStatement]:
    """The statements that are open on a day, as they stand: stated or partly met, not restated, not expired."""
    return list_demands(by=by, on=on, states=[OPEN])


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
    with_level = DemandUnit.objects.select_related("unit__version__curriculum", "unit__version__level__framework")
    units = with_level.order_by("unit__version", "unit__position")
    return found.select_related("employer").prefetch_related(
        "employer__names", "languages", Prefetch("units", units.prefetch_related("unit__titles"))
    )
