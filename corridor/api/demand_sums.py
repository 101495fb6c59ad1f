"""Demand in sum, the units that nobody teaches, and what occupations are called."""

from typing import Any, Literal

from django.http import HttpRequest
from ninja import Router, Schema

from corridor.foundations import clock
from corridor.journeys.demand_gaps import demand_gaps
from corridor.rooms.demand.occupations import find_occupations
from corridor.rooms.demand.totals import totals_of_demand

from .asking import After, Limit, On, Page, Words, page
from .demand import UnitWanted, unit_wanted
from .tokens import PUBLIC

TAG = "demand"
router = Router(auth=PUBLIC)


class DemandTotalOut(Schema):
    """``key`` narrows the list of demand to what was counted, with ``status=open``; "none" for employers without a main sector."""

    key: str
    statements: int
    posts: int


class DemandGapOut(Schema):
    """A unit that open statements want and that is taught at no site (``taught_in`` is empty), or not everywhere it is wanted."""

    unit: UnitWanted
    statements: int
    posts: int
    wanted_in: list[str]
    taught_in: list[str]


class DemandGapsOut(Schema):
    """``unnamed``: open statements that name no units."""

    gaps: list[DemandGapOut]
    unnamed: list[str]


class OccupationWordOut(Schema):
    language: str
    kind: str
    text: str


class OccupationOut(Schema):
    code: str
    words: list[OccupationWordOut]


@router.get("/demand-totals", response=list[DemandTotalOut])
def list_totals(
    request: HttpRequest, per: Literal["sector", "country", "quarter", "unit"] = "sector", on: On = None
) -> list[DemandTotalOut]:
    """Open statements and their posts; a statement that wants several units is counted with each of them."""
    totals = totals_of_demand(per=per, by=request.auth, on=on or clock.today())
    return [DemandTotalOut(key=each.key, statements=each.statements, posts=each.posts) for each in totals]


@router.get("/demand-gaps", response=DemandGapsOut)
def list_gaps(request: HttpRequest, on: On = None) -> DemandGapsOut:
    """What is wanted and not taught, the most posts first; what no site teaches comes before what others teach."""
    found = demand_gaps(by=request.auth, on=on or clock.today())
    return DemandGapsOut(
        gaps=[
            DemandGapOut(
                unit=unit_wanted(each.unit), statements=each.statements, posts=each.posts, wanted_in=sorted(each.wanted_in),
                taught_in=sorted(each.taught_in),
            )
            for each in [*found.nowhere, *found.elsewhere]
        ],
        unnamed=[each.reference for each in found.unnamed],
    )  # fmt: skip


@router.get("/occupations", response=Page[OccupationOut])
def list_occupations(request: HttpRequest, q: Words = "", after: After = "", limit: Limit = 50) -> dict[str, Any]:
    """Occupations by code; ``q`` is any word for one, in any language, or the beginning of a code."""
    found = find_occupations(words=q, by=request.auth)
    return page(found.filter(code__gt=after) if after else found, _occupation, limit=limit, key=lambda each: each.code)


def _occupation(each: Any) -> OccupationOut:
    words = [OccupationWordOut(language=word.language, kind=word.kind, text=word.text) for word in each.words.all()]
    return OccupationOut(code=each.code, words=words)
