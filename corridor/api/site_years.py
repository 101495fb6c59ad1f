"""Years of sites for machines: what was planned, spent and done. Amounts are exact decimals, written as text, each in its own currency."""

from datetime import date
from decimal import Decimal
from typing import Annotated, Any, Literal
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from ninja import Field, Path, Router, Schema, Status

from corridor.foundations import clock
from corridor.journeys.site_year import SiteYear, Use, year_of_site
from corridor.kernel.errors import NotFound
from corridor.kernel.wording import N_
from corridor.rooms.sites import actions, queries
from corridor.rooms.sites.drafts_of_plans import PlanDraft, PlanLineDraft, SpendingDraft, Targets

from .asking import Day, Reference, Words
from .equipment import organisation_named
from .etags import require_version, tagged
from .once import MAKES, made_once
from .parts import MoneyOut, money
from .tokens import PRIVATE

TAG = "sites"
router = Router(auth=PRIVATE)

Year = Annotated[int, Path(ge=1, le=100_000)]
LineNumber = Annotated[int, Path(ge=1, le=100_000)]
Currency = Annotated[str, Field(pattern="^[A-Z]{3}$", description="ISO 4217")]
Count = Annotated[int | None, Field(ge=0, le=10_000_000)]


class UseOut(Schema):
    """``done`` is null where nobody knows, or where so few people are meant that it is not told."""

    planned: int | None
    done: str | None
    standing: str


class SpendingOut(Schema):
    """One that is struck counts no longer."""

    id: UUID
    spent_on: date
    spent: MoneyOut
    what: str
    document: str | None
    struck_on: date | None
    struck_because: str


class PlanLineOut(Schema):
    """``standing`` is over, under, exact, unspent or not_planned; ``apart`` was paid in currencies without a rate, and is in no sum."""

    id: UUID
    number: int
    kind: str
    what: str
    paid_by: str | None
    planned: MoneyOut
    spent: MoneyOut
    standing: str
    difference: MoneyOut
    apart: list[MoneyOut]
    spendings: list[SpendingOut]


class BalanceOut(Schema):
    planned: MoneyOut
    spent: MoneyOut
    standing: str


class UsedRateOut(Schema):
    of: str
    into: str
    on: date
    value: str
    source: str


class SiteYearOut(Schema):
    """``balances`` are one for each currency; ``rates`` are those by which something paid in another currency was reckoned."""

    site: str
    year: int
    is_over: bool
    sessions: UseOut
    learners: UseOut
    machine_hours: UseOut
    lines: list[PlanLineOut]
    balances: list[BalanceOut]
    rates: list[UsedRateOut]


class TargetsIn(Schema):
    """Empty: nobody planned it."""

    sessions: Count = None
    learners: Count = None
    machine_hours: Count = None


class SiteYearIn(TargetsIn):
    year: int = Field(ge=1990, le=2199)


class PlanLineIn(Schema):
    kind: Literal["equipment", "upkeep", "staff", "rooms", "consumables", "travel", "other"]
    what: Words
    amount: Decimal = Field(ge=0, max_digits=18, decimal_places=3)
    currency: Currency
    paid_by: Words = Field("", description="The reference of an organisation")


class SpendingIn(Schema):
    """What shows it is sent on the page."""

    spent_on: Day
    amount: Decimal = Field(gt=0, max_digits=18, decimal_places=3)
    currency: Currency
    what: Words = ""


class StrikeIn(Schema):
    reason: Words


@router.get("/sites/{reference}/years", response=list[SiteYearOut])
def list_site_years(request: HttpRequest, reference: Reference) -> list[SiteYearOut]:
    """The plans that the account may see, the earliest first."""
    queries.get_site(reference=reference, by=request.auth)
    plans = queries.list_plans(by=request.auth, site=reference)
    return [_read(reference, each.year, request) for each in plans]


@router.post("/sites/{reference}/years", response={201: SiteYearOut}, openapi_extra=MAKES)
def plan_site_year(
    request: HttpRequest, response: HttpResponse, reference: Reference, sent: SiteYearIn
) -> Status[SiteYearOut]:
    """Begin the plan of a year."""

    def make() -> SiteYearOut:
        site = queries.get_site(reference=reference, by=request.auth)
        actions.plan_years(plans=[PlanDraft(site, sent.year, _targets(sent))], by=request.auth)
        return _read(reference, sent.year, request)

    return Status(201, made_once(request, response, SiteYearOut, make))


@router.get("/sites/{reference}/years/{year}", response=SiteYearOut)
def get_site_year(request: HttpRequest, response: HttpResponse, reference: Reference, year: Year) -> SiteYearOut:
    return tagged(_read(reference, year, request), response)


@router.put("/sites/{reference}/years/{year}", response=SiteYearOut)
def correct_site_year(
    request: HttpRequest, response: HttpResponse, reference: Reference, year: Year, sent: TargetsIn
) -> SiteYearOut:
    """What is to be done in the year."""
    require_version(request, _read(reference, year, request))
    plan = queries.get_plan(site=reference, year=year, by=request.auth)
    actions.correct_targets(plan=plan, targets=_targets(sent), version=plan.version, by=request.auth)
    return tagged(_read(reference, year, request), response)


@router.post("/sites/{reference}/years/{year}/lines", response={201: SiteYearOut}, openapi_extra=MAKES)
def add_plan_line(
    request: HttpRequest, response: HttpResponse, reference: Reference, year: Year, sent: PlanLineIn
) -> Status[SiteYearOut]:
    def make() -> SiteYearOut:
        plan = queries.get_plan(site=reference, year=year, by=request.auth)
        actions.add_plan_lines(lines=[PlanLineDraft(plan, **_values(sent, request))], by=request.auth)
        return _read(reference, year, request)

    return Status(201, made_once(request, response, SiteYearOut, make))


@router.put("/sites/{reference}/years/{year}/lines/{number}", response=SiteYearOut)
def correct_plan_line(
    request: HttpRequest, response: HttpResponse, reference: Reference, year: Year, number: LineNumber, sent: PlanLineIn
) -> SiteYearOut:
    line = _line(reference, year, number, request)
    require_version(request, _read(reference, year, request))
    actions.correct_plan_line(line=line, values=_values(sent, request), version=line.version, by=request.auth)
    return tagged(_read(reference, year, request), response)


@router.api_operation(["DELETE"], "/sites/{reference}/years/{year}/lines/{number}", response=SiteYearOut)
def remove_plan_line(
    request: HttpRequest, response: HttpResponse, reference: Reference, year: Year, number: LineNumber
) -> SiteYearOut:
    """A line on which something was spent stays."""
    line = _line(reference, year, number, request)
    require_version(request, _read(reference, year, request))
    actions.remove_plan_lines(keys=[line.pk], by=request.auth)
    return tagged(_read(reference, year, request), response)


@router.post(
    "/sites/{reference}/years/{year}/lines/{number}/spending", response={201: SiteYearOut}, openapi_extra=MAKES
)
def write_spending(
    request: HttpRequest, response: HttpResponse, reference: Reference, year: Year, number: LineNumber, sent: SpendingIn
) -> Status[SiteYearOut]:
    """Something was spent on a line that day."""

    def make() -> SiteYearOut:
        line = _line(reference, year, number, request)
        draft = SpendingDraft(line, sent.spent_on, sent.amount, sent.currency, sent.what)
        actions.write_spending(spendings=[draft], at=clock.now(), by=request.auth)
        return _read(reference, year, request)

    return Status(201, made_once(request, response, SiteYearOut, make))


@router.post("/sites/{reference}/years/{year}/spending/{key}/strike", response=SiteYearOut)
def strike_spending(
    request: HttpRequest, response: HttpResponse, reference: Reference, year: Year, key: UUID, sent: StrikeIn
) -> SiteYearOut:
    """It was written down wrongly: it counts no longer, and stays readable with the reason."""
    found = queries.get_spending(site=reference, year=year, key=key, by=request.auth)
    require_version(request, _read(reference, year, request))
    actions.strike_spending(spending=found, reason=sent.reason, on=clock.today(), by=request.auth)
    return tagged(_read(reference, year, request), response)


def _targets(sent: TargetsIn) -> Targets:
    return Targets(sent.sessions, sent.learners, sent.machine_hours)


def _values(sent: PlanLineIn, request: HttpRequest) -> dict[str, Any]:
    return sent.dict() | {"paid_by": organisation_named(sent.paid_by, request, field="paid_by")}


def _line(reference: str, year: int, number: int, request: HttpRequest) -> Any:
    plan = queries.get_plan(site=reference, year=year, by=request.auth)
    found = next((each for each in plan.lines.all() if each.number == number), None)
    if found is None:
        raise NotFound(N_("There is no such line of a plan."))
    return found


def _read(reference: str, year: int, request: HttpRequest) -> SiteYearOut:
    return _drawn(year_of_site(site=reference, year=year, on=clock.today(), by=request.auth))


def _drawn(found: SiteYear) -> SiteYearOut:
    return SiteYearOut(
        site=found.plan.site.reference, year=found.plan.year, is_over=found.is_over, sessions=_use(found.sessions),
        learners=_use(found.learners), machine_hours=_use(found.machine_hours),
        lines=[
            PlanLineOut(
                id=each.line.pk, number=each.line.number, kind=each.line.kind, what=each.line.what,
                paid_by=each.line.paid_by.reference if each.line.paid_by else None, planned=money(each.planned),
                spent=money(each.spent), standing=each.standing, difference=money(each.difference),
                apart=[money(amount) for amount in each.apart],
                spendings=[
                    SpendingOut(
                        id=row.pk, spent_on=row.spent_on, spent=money(row.money), what=row.what,
                        document=row.document.reference if row.document else None, struck_on=row.struck_on,
                        struck_because=row.struck_because,
                    )
                    for row in each.spendings
                ],
            )
            for each in found.lines
        ],
        balances=[
            BalanceOut(planned=money(each.planned), spent=money(each.spent), standing=each.standing)
            for each in found.balances
        ],
        rates=[
            UsedRateOut(of=each.of, into=each.into, on=each.on, value=f"{each.value.normalize():f}", source=each.source)
            for each in found.rates
        ],
    )  # fmt: skip


def _use(use: Use) -> UseOut:
    done = None if use.done is None or use.is_hidden else f"{Decimal(use.done).normalize():f}"
    return UseOut(planned=use.planned, done=done, standing=use.standing)
