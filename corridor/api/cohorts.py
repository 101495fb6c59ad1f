"""Cohorts, and opening one: on a demand statement, or with the reason why there is none."""

from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import Field, Router, Schema, Status

from corridor.kernel.errors import NotFound
from corridor.kernel.wording import N_
from corridor.rooms.curricula import queries as curricula
from corridor.rooms.demand import queries as demand
from corridor.rooms.programmes import queries as programmes
from corridor.rooms.sites import queries as sites
from corridor.rooms.training import actions, queries
from corridor.rooms.training.actions import CohortPlan

from .asking import After, Code, Day, Limit, Page, Reference, Words, page
from .etags import tagged
from .once import MAKES, made_once

TAG = "training"
router = Router()


class CohortOut(Schema):
    """
    ``learners`` took up their places, ``learning`` are on the roll now; cancelled sessions do not count. An ordered cohort answers a demand
    that its employer has signed as a contract.
    """

    reference: str
    programme: str
    curriculum: str
    curriculum_version: str
    site: str
    brand: str | None
    demand: str | None
    no_demand_reason: str
    is_ordered: bool
    starts_on: date
    ends_before: date
    status: str
    learners: int
    learning: int
    completed: int
    sessions: int
    sessions_locked: int


class CohortIn(Schema):
    """``demand`` is the reference of a statement dated on or before the first day; without one, ``no_demand_reason`` says why."""

    reference: str = Field(pattern=r"^[A-Za-z0-9_-]{1,60}$")
    programme: Words
    curriculum: Words
    curriculum_version: Words
    site: Words
    starts_on: Day
    ends_before: Day = Field(description="The first day after its last")
    brand: Words = ""
    demand: Words = ""
    no_demand_reason: str = Field("", max_length=300)
    capacity: int | None = Field(None, ge=1, le=2000, description="How many places; left out, as many as come")
    languages: list[Words] = Field([], max_length=6, description="Tags, the main language first")


@router.get("/cohorts", response=Page[CohortOut])
def list_cohorts(
    request: HttpRequest,
    site: Code = "",
    programme: Code = "",
    status: Code = "",
    after: After = "",
    limit: Limit = 50,
) -> dict[str, Any]:
    """Cohorts that this account may see, by reference."""
    by = request.auth
    found = queries.list_cohorts(
        by=by,
        site=sites.get_site(reference=site, by=by).pk if site else None,
        programme=programmes.get_programme(reference=programme, by=by).pk if programme else None,
        status=status or None,
    )
    if after:
        found = found.filter(reference__gt=after)
    return page(found, drawn, limit=limit, key=lambda each: each.reference)


@router.get("/cohorts/{reference}", response=CohortOut)
def get_cohort(request: HttpRequest, response: HttpResponse, reference: Reference) -> CohortOut:
    return tagged(drawn(queries.get_cohort(reference=reference, by=request.auth)), response)


@router.post("/cohorts", response={201: CohortOut}, openapi_extra=MAKES)
def open_cohort(request: HttpRequest, response: HttpResponse, sent: CohortIn) -> Status[CohortOut]:
    """Open a cohort. Without a demand statement and without a reason it is refused."""
    by = request.auth

    def make() -> CohortOut:
        plan = CohortPlan(
            reference=sent.reference, programme=programmes.get_programme(reference=sent.programme, by=by),
            curriculum_version=_version(sent, by), site=sites.get_site(reference=sent.site, by=by),
            starts_on=sent.starts_on, ends_before=sent.ends_before, brand=sites.get_brand(code=sent.brand, by=by) if sent.brand else None,
            demand=demand.get_demand(reference=sent.demand, by=by) if sent.demand else None,
            no_demand_reason=sent.no_demand_reason, capacity=sent.capacity, languages=sent.languages,
        )  # fmt: skip
        cohort = actions.open_cohort(plan=plan, by=by)
        return drawn(queries.get_cohort(reference=cohort.reference, by=by))

    return Status(201, made_once(request, response, CohortOut, make))


def _version(sent: CohortIn, by: Any) -> Any:
    found = curricula.list_versions(by=by, curriculum=sent.curriculum).filter(version=sent.curriculum_version).first()
    if found is None:
        raise NotFound(
            N_("There is no version %(version)s of %(curriculum)s."), version=sent.curriculum_version, curriculum=sent.curriculum
        )  # fmt: skip
    return found


def drawn(cohort: Any) -> CohortOut:
    return CohortOut(
        reference=cohort.reference,
        programme=cohort.programme.reference,
        curriculum=cohort.curriculum_version.curriculum.reference,
        curriculum_version=cohort.curriculum_version.version,
        site=cohort.site.reference,
        brand=cohort.brand.code if cohort.brand else None,
        demand=cohort.demand.reference if cohort.demand else None,
        no_demand_reason=cohort.no_demand_reason,
        is_ordered=bool(cohort.demand and cohort.demand.orders_cohorts),
        starts_on=cohort.starts_on,
        ends_before=cohort.ends_before,
        status=cohort.status,
        learners=cohort.learners,
        learning=cohort.learning,
        completed=cohort.completed,
        sessions=cohort.sessions_planned,
        sessions_locked=cohort.sessions_locked,
    )
