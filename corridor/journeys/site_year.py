"""A year of a site: what was planned against what was spent and done, line by line. Currencies are added only with a dated rate and its source."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from corridor.foundations.access import Actor
from corridor.kernel.money import Money, NoRate, Rate, Reckoned, reckon, totals
from corridor.kernel.periods import Period
from corridor.rooms.funding import queries as funding
from corridor.rooms.sites import queries as sites
from corridor.rooms.sites.models import PlanLine, Spending, YearPlan
from corridor.rooms.training import queries as training

# How what was spent stands to what was planned.
NOT_PLANNED, OVER, EXACT, UNDER, UNSPENT = "not_planned", "over", "exact", "under", "unspent"


@dataclass(frozen=True)
class LineOfYear:
    """
    One line: ``spent`` is in its own currency, with ``rates`` where something was paid in another; ``apart`` is what no rate reckons, and is in
    no sum. ``difference`` is what is left, or what was spent too much (``standing`` says which).
    """

    line: PlanLine
    planned: Money
    spent: Money
    standing: str
    difference: Money
    apart: list[Money]
    rates: tuple[Rate, ...]
    spendings: list[Spending]


@dataclass(frozen=True)
class Balance:
    """Planned and spent of some lines, in one currency."""

    planned: Money
    spent: Money

    @property
    def standing(self) -> str:
        return _standing_of(self.planned, self.spent)

    @property
    def difference(self) -> Money:
        return _difference_of(self.planned, self.spent)


@dataclass(frozen=True)
class PayerOfYear:
    """Who pays lines (None: nobody is named), each currency for itself."""

    payer: Any
    balances: list[Balance]


@dataclass(frozen=True)
class Use:
    """What was planned to be done and what was done; None where nobody planned it, or nobody knows (``is_hidden``: so few that it is not told)."""

    planned: int | None
    done: int | Decimal | None
    is_hidden: bool = False

    @property
    def standing(self) -> str:
        if self.planned is None or self.done is None:
            return ""
        return OVER if self.done > self.planned else EXACT if self.done == self.planned else UNDER

    @property
    def difference(self) -> Decimal:
        """How much more or less was done than planned."""
        return abs(Decimal(self.done or 0) - Decimal(self.planned or 0))


@dataclass(frozen=True)
class SiteYear:
    """A plan and what became of it by a day. ``is_over``: the year has ended, so what is left stays."""

    plan: YearPlan
    on: date
    is_over: bool
    lines: list[LineOfYear]
    balances: list[Balance]
    payers: list[PayerOfYear]
    sessions: Use
    learners: Use
    machine_hours: Use

    @property
    def rates(self) -> list[Rate]:
        """The rates with which something paid in another currency was reckoned, each once."""
        return list(dict.fromkeys(rate for each in self.lines for rate in each.rates))

    @property
    def apart(self) -> list[Money]:
        """What was spent and is in no sum, for there is no rate."""
        return list(totals(money for each in self.lines for money in each.apart).values())


def year_of_site(*, site: str, year: int, on: date, by: Actor) -> SiteYear:
    """:raises NotFound: if there is no plan of that year that this actor may see."""
    plan = sites.get_plan(site=site, year=year, by=by)
    whole = Period.year(year)
    first, last = whole.first_day, min(date(year, 12, 31), on)
    lines = [_line(each, by=by) for each in plan.lines.all()]
    taught = training.taught_between(site=plan.site_id, first=first, last=last, by=by)
    return SiteYear(
        plan, on, whole.has_ended(on=on), lines, _balances(lines), _payers(lines), Use(plan.sessions, taught.held),
        Use(plan.learners, taught.learners, is_hidden=taught.learners is None),
        Use(plan.machine_hours, sites.hours_run(site=site, first=first, last=last, by=by)),
    )  # fmt: skip


def reckoned_year(*, found: SiteYear, into: str, by: Actor) -> tuple[Reckoned, Reckoned]:
    """
    All that was planned and all that was spent in one currency, by the latest rates of that day or before.

    :raises NoRate: for a currency without a rate. :raises BadInput: into what is no currency.
    """
    rates = [each.as_rate() for each in funding.latest_rates(into=into, on=found.on, by=by)]
    planned = reckon([each.planned for each in found.balances], into=into, rates=rates)
    spent = reckon([*(each.spent for each in found.balances), *found.apart], into=into, rates=rates)
    return planned, spent


def _standing_of(planned: Money, spent: Money) -> str:
    if spent.amount == planned.amount:
        return EXACT
    if planned.amount == 0:
        return NOT_PLANNED
    if spent.amount == 0:
        return UNSPENT
    return OVER if planned < spent else UNDER


def _difference_of(planned: Money, spent: Money) -> Money:
    return spent - planned if planned < spent else planned - spent


def _line(line: PlanLine, *, by: Actor) -> LineOfYear:
    spendings = list(line.spendings.all())
    spent, apart, used = Money(Decimal(0), line.currency), [], []
    for each in spendings:
        if each.struck_on is not None:
            continue
        try:
            rates = _rates(each, line.currency, by=by)
            reckoned = reckon([each.money], into=line.currency, rates=rates)
        except NoRate:
            apart.append(each.money)
            continue
        spent += reckoned.money
        used += reckoned.rates
    planned = line.money
    return LineOfYear(
        line, planned, spent, _standing_of(planned, spent), _difference_of(planned, spent), list(totals(apart).values()),
        tuple(used), spendings,
    )  # fmt: skip


def _rates(spending: Spending, into: str, *, by: Actor) -> list[Rate]:
    """Of the day on which it was paid, or before."""
    if spending.currency == into:
        return []
    return [each.as_rate() for each in funding.latest_rates(into=into, on=spending.spent_on, by=by)]


def _balances(lines: Iterable[LineOfYear]) -> list[Balance]:
    rows: Sequence[LineOfYear] = list(lines)
    planned, spent = totals(each.planned for each in rows), totals(each.spent for each in rows)
    return [Balance(planned[currency], spent[currency]) for currency in planned]


def _payers(lines: Iterable[LineOfYear]) -> list[PayerOfYear]:
    by_payer: dict[Any, list[LineOfYear]] = {}
    payers: dict[Any, Any] = {}
    for each in lines:
        by_payer.setdefault(each.line.paid_by_id, []).append(each)
        payers[each.line.paid_by_id] = each.line.paid_by
    order = sorted(by_payer, key=lambda key: (payers[key] is None, payers[key].reference if payers[key] else ""))
    return [PayerOfYear(payers[key], _balances(by_payer[key])) for key in order]
