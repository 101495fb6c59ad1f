"""Totals of money in each currency, rates between currencies, and who bears a programme. Amounts and shares are exact, written as text."""

from datetime import date
from decimal import Decimal
from typing import Annotated, Any

from django.http import HttpRequest, HttpResponse
from ninja import Field, Router, Schema, Status

from corridor.foundations import clock
from corridor.foundations.access import Permission
from corridor.kernel.money import written
from corridor.kernel.shares import read_share, write_share
from corridor.rooms.funding import actions, queries
from corridor.rooms.funding.drafts import RateDraft
from corridor.rooms.programmes import queries as programmes
from corridor.rooms.programmes.actions import split_funding
from corridor.rooms.programmes.drafts import SplitDraft

from .asking import After, Code, Day, Limit, On, Page, Reference, Words, page
from .commitments import Currency
from .etags import tagged
from .once import MAKES, made_once
from .tokens import PRIVATE, PUBLIC

TAG = "funding"
router = Router(auth=PUBLIC)
_NAMES = ("pledged", "contracted", "disbursed", "refunded")


class TotalOut(Schema):
    currency: str
    pledged: str
    contracted: str
    disbursed: str
    refunded: str


class RateOut(Schema):
    """One of ``of`` is ``value`` of ``into``, on that day, as the source says."""

    of: str
    into: str
    on: date
    value: str
    source: str


class TotalsOut(Schema):
    """Each currency for itself; ``reckoned`` is all of it in one currency, by the rates beside it, and null where none was asked for."""

    totals: list[TotalOut]
    reckoned: TotalOut | None
    rates: list[RateOut]


class RateIn(Schema):
    of: str = Field(pattern="^[A-Z]{3}$")
    into: str = Field(pattern="^[A-Z]{3}$")
    on: Day
    value: Annotated[Decimal, Field(gt=0, max_digits=15, decimal_places=9)]
    source: Words


class ShareIn(Schema):
    commitment: Words
    share: Words = Field(description="An exact fraction: 1/3, 25%")


class SplitIn(Schema):
    starts_on: Day
    shares: list[ShareIn]
    reason: Words = ""


class ShareOut(Schema):
    """``commitment`` is null where it is not disclosed to this reader."""

    share: str
    commitment: str | None


class SplitOut(Schema):
    starts_on: date
    ends_before: date | None
    reason: str
    shares: list[ShareOut]


class SplitsOut(Schema):
    programme: str
    splits: list[SplitOut]


@router.get("/funding-totals", response=TotalsOut)
def total_commitments(
    request: HttpRequest,
    on: On = None,
    member: Code = "",
    agreement: Code = "",
    purpose: Code = "",
    into: Currency = "",
) -> TotalsOut:
    """The totals in each currency; over currencies only with dated rates that are named (409 NoRate where one is missing)."""
    by, day = request.auth, on or clock.today()
    rows = queries.list_commitments(by=by, on=day, member=member, agreement=agreement, purpose=purpose)
    found = queries.total_of(rows=rows, by=by)
    totals = [
        TotalOut(
            currency=each.currency,
            **{name: written(getattr(each, name).amount, each.currency) for name in _NAMES},
        )
        for each in found
    ]
    if not into:
        return TotalsOut(totals=totals, reckoned=None, rates=[])
    reckoned = queries.reckoned_totals(found=found, into=into, on=day, by=by)
    rates = {rate.of: rate for each in reckoned.values() for rate in each.rates}
    whole = TotalOut(currency=into, **{name: written(each.money.amount, into) for name, each in reckoned.items()})
    return TotalsOut(totals=totals, reckoned=whole, rates=[_rate(each) for each in rates.values()])


@router.get("/exchange-rates", response=Page[RateOut])
def list_rates(
    request: HttpRequest, of: Currency = "", into: Currency = "", after: After = "", limit: Limit = 50
) -> dict[str, Any]:
    """Rates between currencies, the latest first."""
    found = queries.list_rates(by=request.auth, of=of, into=into, after=after)
    return page(found, _rate, limit=limit, key=lambda each: f"{each.on:%Y-%m-%d} {each.of} {each.into}")


@router.post("/exchange-rates", response={201: RateOut}, openapi_extra=MAKES, auth=PRIVATE)
def set_rate(request: HttpRequest, response: HttpResponse, sent: RateIn) -> Status[RateOut]:
    """Write down a rate of a day, with its source."""

    def make() -> RateOut:
        draft = RateDraft(sent.of, sent.into, sent.on, sent.value, sent.source)
        return _rate(actions.set_rates(rates=[draft], at=clock.now(), by=request.auth)[0])

    return Status(201, made_once(request, response, RateOut, make))


@router.get("/programmes/{reference}/funding", response=SplitsOut)
def list_splits(request: HttpRequest, response: HttpResponse, reference: Reference) -> SplitsOut:
    """Who bears a programme, the latest split first."""
    return tagged(_splits(reference, request.auth), response)


@router.post("/programmes/{reference}/funding", response={201: SplitsOut}, openapi_extra=MAKES, auth=PRIVATE)
def split(request: HttpRequest, response: HttpResponse, reference: Reference, sent: SplitIn) -> Status[SplitsOut]:
    """Say who bears it from a day on: exact shares that add to the whole (409 SplitIncomplete says what is missing)."""
    by = request.auth
    by.require(Permission.FUNDING_COMMIT)

    def make() -> SplitsOut:
        programme = programmes.get_programme(reference=reference, by=by)
        shares = [
            (queries.get_commitment(reference=each.commitment, by=by, on=clock.today()), read_share(each.share))
            for each in sent.shares
        ]
        split_funding(splits=[SplitDraft(programme, sent.starts_on, shares, sent.reason)], by=by)
        return _splits(reference, by)

    return Status(201, made_once(request, response, SplitsOut, make))


def _rate(rate: Any) -> RateOut:
    return RateOut(of=rate.of, into=rate.into, on=rate.on, value=f"{rate.value.normalize():f}", source=rate.source)


def _splits(reference: str, by: Any) -> SplitsOut:
    programme = programmes.get_programme(reference=reference, by=by)
    splits = [
        SplitOut(
            starts_on=each.starts_on, ends_before=each.ends_before, reason=each.reason,
            shares=[
                ShareOut(share=write_share(one.share), commitment=one.commitment.reference if one.commitment else None)
                for one in each.shares
            ],
        )
        for each in programmes.funding_of(programme=programme, by=by)
    ]  # fmt: skip
    return SplitsOut(programme=reference, splits=splits)
