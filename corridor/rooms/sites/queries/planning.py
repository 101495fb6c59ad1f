"""The plans of sites for years, what was spent on them, and how long machines ran; for those who work there, the host and oversight."""

from datetime import date, timedelta
from decimal import Decimal
from uuid import UUID

from django.db.models import Prefetch, Q, QuerySet

from corridor.foundations.access import Actor, Permission
from corridor.foundations.documents.models import Document
from corridor.foundations.documents.queries import bytes_of
from corridor.kernel.errors import NotFound
from corridor.kernel.wording import N_

from ..models import CostKind, Equipment, PlanLine, Spending, UseReading, YearPlan

# (code, label) of what a form offers.
COST_KINDS = CostKind.choices


def list_plans(*, by: Actor, site: str = "", after: str = "") -> QuerySet[YearPlan]:
    """Plans that this actor may see, by site and year, with lines and spending; ``after`` is the last one read, like "wks-one/2023"."""
    found = YearPlan.objects.select_related("site")
    if not by.holds_everywhere(Permission.SITE_PLAN_VIEW):
        found = found.filter(
            Q(site__in=by.ids_with(Permission.SITE_PLAN_VIEW, "site"))
            | Q(site__host__in=by.ids_with(Permission.SITE_PLAN_VIEW, "member"))
        )
    if site:
        found = found.filter(site__reference=site)
    if after:
        there, _slash, year = after.partition("/")
        later = Q(site__reference=there, year__gt=int(year)) if year.isdecimal() and len(year) < 5 else Q()
        found = found.filter(Q(site__reference__gt=there) | later) if later else found.filter(site__reference__gt=there)
    lines = PlanLine.objects.select_related("paid_by").order_by("number")
    spendings = Spending.objects.select_related("document").order_by("spent_on", "pk")
    return found.prefetch_related(
        Prefetch("lines", lines), Prefetch("lines__spendings", spendings), "lines__paid_by__names"
    ).order_by("site__reference", "year")


def get_plan(*, site: str, year: int, by: Actor) -> YearPlan:
    """:raises NotFound: if there is none that this actor may see."""
    found = list_plans(by=by, site=site).filter(year=year).first()
    if found is None:
        raise NotFound(N_("There is no plan of %(site)s for %(year)s."), site=site, year=str(year))
    return found


def get_plan_line(*, site: str, year: int, key: UUID, by: Actor) -> PlanLine:
    plan = get_plan(site=site, year=year, by=by)
    found = next((each for each in plan.lines.all() if each.pk == key), None)
    if found is None:
        raise NotFound(N_("There is no such line of a plan."))
    return found


def get_spending(*, site: str, year: int, key: UUID, by: Actor) -> Spending:
    plan = get_plan(site=site, year=year, by=by)
    found = next((each for line in plan.lines.all() for each in line.spendings.all() if each.pk == key), None)
    if found is None:
        raise NotFound(N_("There is no such spending."))
    return found


def open_spending_paper(*, site: str, year: int, key: UUID, by: Actor) -> tuple[Document, bytes]:
    """The document that shows what was spent. :raises NotFound: if there is none."""
    found = get_spending(site=site, year=year, key=key, by=by)
    if found.document is None:
        raise NotFound(N_("No paper is kept with it."))
    return found.document, bytes_of(found.document)


def hours_run(*, site: str, first: date, last: date, by: Actor) -> Decimal | None:
    """
    How long the machines of a site ran between two days (both inside), as their meters say; None where no meter was read in these days.

    A meter that was read before counts from there, one of a machine that came in these days from nothing, any other from its first reading.
    """
    seen = Equipment.objects.filter(site__reference=site)
    if not by.holds_everywhere(Permission.SITE_PLAN_VIEW):
        seen = seen.filter(
            Q(site__in=by.ids_with(Permission.SITE_PLAN_VIEW, "site"))
            | Q(site__host__in=by.ids_with(Permission.SITE_PLAN_VIEW, "member"))
        )
    readings = UseReading.objects.filter(equipment__in=seen, read_on__lte=last).order_by("equipment", "read_on")
    before: dict[UUID, Decimal] = {}
    within: dict[UUID, list[Decimal]] = {}
    came: dict[UUID, date | None] = {}
    for each in readings.select_related("equipment"):
        came[each.equipment_id] = each.equipment.acquired_on
        if each.read_on < first:
            before[each.equipment_id] = each.hours
        else:
            within.setdefault(each.equipment_id, []).append(each.hours)
    if not within:
        return None
    day_before = first - timedelta(days=1)
    return sum(
        (
            hours[-1] - before.get(key, Decimal(0) if (came[key] or day_before) > day_before else hours[0])
            for key, hours in within.items()
        ),
        Decimal(0),
    )
