"""What employers say they need, by when, and how firmly."""

from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import Router, Schema

from corridor.foundations import clock
from corridor.rooms.demand import queries

from .asking import After, Code, Limit, On, Page, Reference, States, page
from .etags import tagged
from .parts import Named, Step, member, steps
from .tokens import PUBLIC

TAG = "demand"
router = Router(auth=PUBLIC)


class UnitWanted(Schema):
    curriculum: str
    version: str
    code: str


class DemandRowOut(Schema):
    """``standing`` also says expired (its by-when day has passed) and restated (a newer statement replaces it)."""

    reference: str
    employer: Named
    occupation_code: str
    occupation_title: str
    posts: int
    country: str
    stated_on: date | None
    needed_by: date
    strength: str
    standing: str
    units: list[UnitWanted]
    source_mark: str


class DemandOut(DemandRowOut):
    replaces: str | None
    timeline: list[Step]


@router.get("/demand", response=Page[DemandRowOut])
def list_demand(
    request: HttpRequest,
    on: On = None,
    employer: Code = "",
    country: Code = "",
    occupation: Code = "",
    status: States = [],  # noqa: B006 (read, never changed)
    after: After = "",
    limit: Limit = 50,
) -> dict[str, Any]:
    """What had been stated by a day, by reference; ``occupation`` is the beginning of an ISCO-08 code."""
    found = queries.list_demands(
        by=request.auth, on=on or clock.today(), employer=employer, country=country, occupation=occupation, states=status,
        after=after,
    )  # fmt: skip
    return page(found, lambda each: DemandRowOut(**_demand(each)), limit=limit, key=lambda each: each.reference)


@router.get("/demand/{reference}", response=DemandOut)
def get_demand(request: HttpRequest, response: HttpResponse, reference: Reference, on: On = None) -> DemandOut:
    found = queries.get_demand(reference=reference, by=request.auth, on=on or clock.today())
    replaces = found.replaces.reference if found.replaces else None
    return tagged(DemandOut(**_demand(found), replaces=replaces, timeline=steps(found.changes.all())), response)


def _demand(demand: Any) -> dict[str, Any]:
    return {
        "reference": demand.reference,
        "employer": member(demand.employer),
        "occupation_code": demand.occupation_code,
        "occupation_title": demand.occupation_title,
        "posts": demand.posts,
        "country": demand.country,
        "stated_on": demand.stated_on,
        "needed_by": demand.needed_by,
        "strength": demand.strength,
        "standing": demand.standing_then,
        "units": [
            UnitWanted(
                curriculum=each.unit.version.curriculum.reference,
                version=each.unit.version.version,
                code=each.unit.code,
            )
            for each in demand.units.all()
        ],
        "source_mark": demand.source_mark,
    }
