"""Indicators, figures counted from the records, and the rows behind them as their reader may see them."""

from datetime import date, datetime
from typing import Annotated, Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from ninja import Field, Path, Query, Router, Schema

from corridor.foundations import clock
from corridor.kernel.errors import BadInput, Problem
from corridor.kernel.periods import Period
from corridor.kernel.wording import N_
from corridor.rooms.indicators import queries

from .asking import After, Code, Day, Limit, Page, Words, page, rows_after
from .leaving import Country, ReadIn, Why, note_read
from .parts import Texts
from .tokens import PUBLIC

TAG = "figures"
router = Router(auth=PUBLIC)

IndicatorCode = Annotated[str, Path(pattern=r"^[a-z_]+(\.[a-z_]+)*$", max_length=60)]
Scope = Annotated[Words, Query(description="For example kind=teacher&site=REFERENCE, written as one value")]
Seed = Annotated[Words, Query(description="The same seed draws the same rows")]
# A count, or "·" where it is hidden because so few persons could be recognised.
Count = int | str


class IndicatorOut(Schema):
    code: str
    version: int
    title: str
    counted: str
    unit: str
    time: str
    dimensions: list[str]
    scope_keys: list[str]
    persons: bool
    is_collected: bool


class FigureOut(Schema):
    """
    A count has ``value``; a rate ``numerator``, ``denominator`` and ``percent``; so much for each ``ratio`` in its place; an outcome
    also ``block``. Of money ``value`` and the breakdown count the smallest units of ``currency``, and ``amount`` is the same as it is
    written. What does not belong to the figure is left out. "·" is a count that is hidden because so few persons could be recognised.
    """

    code: str
    definition_version: int
    unit: str
    on: date | None = None
    from_: date | None = Field(None, alias="from")
    to: date | None = None
    scope: str
    currency: str | None = None
    amount: str | None = None
    value: Count | None = None
    numerator: Count | None = None
    denominator: Count | None = None
    percent: str | None = None
    ratio: str | None = None
    withheld: dict[str, str] | None = None
    block: dict[str, Any] | None = None
    n: Count
    breakdown: dict[str, dict[str, Any]]
    missing: dict[str, Any]
    three_numbers: dict[str, Any] | None = None
    evidence_rows: Count
    evidence_hash: str
    content_hash: str
    not_counted: Count
    known_at: datetime
    state: str
    figure: str | None = None


class RowOut(Schema):
    """One record that was counted; ``erased`` says that the record is gone and still counted."""

    number: int
    kind: str
    id: str
    reference: str
    names: Texts
    codes: dict[str, str]
    erased: bool


class CohortCount(Schema):
    cohort: str
    count: Count


class EvidenceOut(Schema):
    """``of_rows`` stand behind the figure, ``hidden_rows`` of them this reader may not see; counts by cohort stand in for those."""

    figure: FigureOut
    of_rows: Count
    hidden_rows: Count
    seed: str
    cohorts: list[CohortCount]
    rows: list[RowOut]
    next: str | None = None


class ClaimOut(Schema):
    """What somebody published, and whether the records give it: holds, differs or not_derivable."""

    reference: str
    words: str
    source: str
    kind: str
    number: int | None
    code: str
    scope: str
    verdict: str


@router.get("/indicators", response=Page[IndicatorOut])
def list_indicators(request: HttpRequest, after: After = "", limit: Limit = 50) -> dict[str, Any]:
    def key(definition: Any) -> str:
        return definition.code

    return page(rows_after(queries.list_indicators(by=request.auth), after, key), _indicator, limit=limit, key=key)


@router.get("/figures/{code}", response=FigureOut, exclude_unset=True, by_alias=True)
def get_figure(
    request: HttpRequest,
    code: IndicatorCode,
    scope: Scope = "",
    on: Annotated[Day | None, Query()] = None,
    first: Annotated[Day | None, Query(alias="from", description="The first day, inside")] = None,
    last: Annotated[Day | None, Query(alias="to", description="The last day, inside")] = None,
    fresh: bool = False,
) -> FigureOut:
    """The kept figure where the same was frozen, else counted now; ``fresh`` counts from the records of now in any case."""
    found = queries.show_figure(
        code=code, scope=scope, **asked_when(on, first, last), at=clock.now(), by=request.auth, fresh=fresh
    )
    return figure_out(found)


@router.get("/figures/{code}/evidence", response=EvidenceOut, exclude_none=True, by_alias=True)
def open_figure(
    request: HttpRequest,
    response: HttpResponse,
    code: IndicatorCode,
    why: Why,
    scope: Scope = "",
    on: Annotated[Day | None, Query()] = None,
    first: Annotated[Day | None, Query(alias="from", description="The first day, inside")] = None,
    last: Annotated[Day | None, Query(alias="to", description="The last day, inside")] = None,
    dimension: Code = "",
    cell: Code = "",
    sample: Annotated[int | None, Query(ge=1, le=1000, description="So many rows at random")] = None,
    seed: Seed = "",
    after: Annotated[int, Query(ge=0, le=10_000_000)] = 0,
    limit: Limit = 50,
    to_country: Country = "",
) -> EvidenceOut:
    """
    The rows behind a figure, or behind one cell of a breakdown. Those about persons whose data leave their country with the answer are
    written into the ledger of transfers.
    """
    found = queries.open_figure(
        code=code, scope=scope, **asked_when(on, first, last), at=clock.now(), by=request.auth, dimension=dimension,
        cell=cell, sample=sample, seed=seed, start=after + 1, at_most=limit + 1,
    )  # fmt: skip
    read = ReadIn(to=to_country, **why.model_dump())
    records = [UUID(each.row.record_id) for each in found.rows[:limit]]
    note_read(request, response, read, about=f"/figures/{code}", records=records)
    return EvidenceOut(
        figure=figure_out(found.answer),
        of_rows=found.of_rows,
        hidden_rows=found.hidden_rows,
        seed=found.seed,
        cohorts=[CohortCount(cohort=cohort, count=count) for cohort, count in found.cohorts],
        rows=[_evidence_row(each) for each in found.rows[:limit]],
        next=str(after + limit) if len(found.rows) > limit else None,
    )


@router.get("/claims", response=Page[ClaimOut])
def list_claims(request: HttpRequest, after: After = "", limit: Limit = 50) -> dict[str, Any]:
    """Claims of the days until today, each beside what the records give."""

    def key(check: queries.ClaimCheck) -> str:
        return check.claim.reference

    found = queries.check_claims(at=clock.now(), on=clock.today(), by=request.auth)
    return page(rows_after(found, after, key), _claim, limit=limit, key=key)


def asked_when(on: date | None, first: date | None, last: date | None) -> dict[str, Any]:
    """:raises BadInput: for a day and a period at once. A last day alone counts from the day the alliance began."""
    if on and (first or last):
        raise BadInput([Problem(N_("Ask either for a day or for a period, not for both."), column="on")])
    if first:
        return {"period": Period.through(first, last or clock.today())}
    return {"on": on or last or clock.today()}


def figure_out(answer: Any) -> FigureOut:
    return FigureOut(**answer.as_json())


def _indicator(definition: Any) -> IndicatorOut:
    return IndicatorOut(
        code=definition.code,
        version=definition.version,
        title=str(definition.title),
        counted=str(definition.counted),
        unit=definition.unit.value,
        time=definition.time.value,
        dimensions=list(definition.dimensions),
        scope_keys=sorted(definition.keys),
        persons=definition.persons,
        is_collected=definition.is_collected,
    )


def _evidence_row(opened: queries.OpenedRow) -> RowOut:
    card = opened.card
    return RowOut(
        number=opened.number,
        kind=opened.row.record_kind,
        id=opened.row.record_id,
        reference=card.reference if card else "",
        names=dict(card.names) if card else {},
        codes=dict(opened.row.codes),
        erased=opened.is_erased,
    )


def _claim(check: queries.ClaimCheck) -> ClaimOut:
    return ClaimOut(
        reference=check.claim.reference,
        words=check.claim.words,
        source=check.claim.source,
        kind=check.claim.kind,
        number=check.claim.number,
        code=check.claim.code,
        scope=check.claim.scope,
        verdict=check.verdict,
    )
