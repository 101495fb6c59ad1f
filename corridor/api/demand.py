"""What employers say they need, by when, and how firmly; in sum, and where nobody teaches it. Wages are exact decimals, as text."""

from datetime import date
from decimal import Decimal
from typing import Annotated, Any, Literal

from django.http import HttpRequest, HttpResponse
from ninja import Field, File, Form, Query, Router, Schema, Status
from ninja.files import UploadedFile

from corridor.foundations import clock
from corridor.foundations.access import Permission
from corridor.kernel.errors import BadInput, Problem
from corridor.kernel.money import written
from corridor.kernel.wording import N_
from corridor.rooms.curricula import queries as curricula
from corridor.rooms.demand import actions, queries
from corridor.rooms.demand.drafts import DemandDraft
from corridor.rooms.demand.language_levels import written_level
from corridor.rooms.members import queries as members

from .asking import After, Code, Day, Limit, On, Page, Reference, States, Words, page
from .etags import require_version, tagged
from .files import upload_of
from .once import MAKES, made_once
from .parts import Named, Step, member, steps
from .tokens import PRIVATE, PUBLIC

TAG = "demand"
router = Router(auth=PUBLIC)
Quarter = Annotated[
    str, Query(pattern=r"^(\d{4}-Q[1-4])?$", description="of the day by which people are needed, like 2024-Q4")
]
UnitAddress = Annotated[str, Query(pattern=r"^[\w./-]{0,120}$", description="curriculum/version/code")]
Wage = Annotated[Decimal, Field(gt=0, max_digits=18, decimal_places=3)]


class UnitWanted(Schema):
    """``level`` is that of its curriculum, as a framework names it; null where none says so."""

    curriculum: str
    version: str
    code: str
    level: str | None
    framework: str | None


class WageOut(Schema):
    lowest: str
    highest: str
    currency: str
    period: str


class DemandRowOut(Schema):
    """``standing`` also says expired (its by-when day has passed) and restated (a newer statement replaces it)."""

    reference: str
    employer: Named
    occupation_code: str
    occupation_title: str
    posts: int
    country: str
    place: str
    stated_on: date | None
    needed_by: date
    wage: WageOut | None
    languages: list[str]
    strength: str
    paper: str
    standing: str
    units: list[UnitWanted]
    source_mark: str


class DemandOut(DemandRowOut):
    """``restatements`` is the chain in which it stands, the first statement first; empty where it was never restated."""

    replaces: str | None
    restatements: list[str]
    timeline: list[Step]


class UnitIn(Schema):
    curriculum: Words
    version: Words
    code: Words


class WageIn(Schema):
    lowest: Wage
    highest: Wage | None = None
    currency: str = Field(pattern="^[A-Z]{3}$")
    period: Literal["hour", "day", "month", "year"]


class DemandIn(Schema):
    """It is stated today, or stays a draft. A letter and a contract need the paper; languages are written HSK 4, or CEFR B1 en."""

    employer: Words
    occupation_code: str = Field(pattern=r"^[0-9]{1,4}$")
    occupation_title: str = Field(min_length=1, max_length=150)
    posts: int = Field(ge=1, le=1_000_000)
    country: str = Field(pattern="^[A-Z]{2}$")
    place: str = Field("", max_length=100)
    needed_by: Day
    wage: WageIn | None = None
    languages: list[Words] = Field([], max_length=20)
    strength: Literal["spoken", "letter", "contract"] = "spoken"
    paper: str = Field("", max_length=300)
    units: list[UnitIn] = Field([], max_length=200)
    replaces: Words = ""
    is_draft: bool = False
    source_mark: Literal["named", "assumed"] = "assumed"


class PaperIn(Schema):
    paper: Words = Field(min_length=1, max_length=300, description="With its day or number, and where it is kept")


class MetIn(Schema):
    is_partly: bool = False
    reason: str = Field("", max_length=300)


@router.get("/demand", response=Page[DemandRowOut])
def list_demand(
    request: HttpRequest,
    on: On = None,
    employer: Code = "",
    country: Code = "",
    occupation: Words = "",
    sector: Code = "",
    quarter: Quarter = "",
    unit: UnitAddress = "",
    status: States = [],  # noqa: B006 (read, never changed)
    after: After = "",
    limit: Limit = 50,
) -> dict[str, Any]:
    """
    What had been stated by a day, by reference; ``occupation`` is the beginning of an ISCO-08 code, or a word for it in any language;
    the status "open" means stated or partly met.
    """
    found = queries.list_demands(
        by=request.auth, on=on or clock.today(), employer=employer, country=country, occupation=occupation, sector=sector,
        quarter=quarter, unit=unit, states=status, after=after,
    )  # fmt: skip
    return page(found, lambda each: DemandRowOut(**_demand(each)), limit=limit, key=lambda each: each.reference)


@router.post("/demand", response={201: DemandOut}, openapi_extra=MAKES, auth=PRIVATE)
def state_demand(request: HttpRequest, response: HttpResponse, sent: DemandIn) -> Status[DemandOut]:
    """State what an employer needs, or state it anew in the place of an older statement."""
    by = request.auth

    def make() -> DemandOut:
        wage = sent.wage
        draft = DemandDraft(
            members.get_organisation(reference=sent.employer, by=by), sent.occupation_code, sent.occupation_title, sent.posts,
            sent.country, sent.needed_by, stated_on=None if sent.is_draft else clock.today(), strength=sent.strength,
            units=[_unit(each, by) for each in sent.units],
            replaces=queries.get_demand(reference=sent.replaces, by=by) if sent.replaces else None, source_mark=sent.source_mark,
            place=sent.place, wage_from=wage.lowest if wage else None, wage_to=wage.highest if wage else None,
            wage_currency=wage.currency if wage else "", wage_period=wage.period if wage else "", languages=sent.languages,
            paper=sent.paper,
        )  # fmt: skip
        return _read(actions.state_demand(demand=draft, by=by).reference, by)

    return Status(201, made_once(request, response, DemandOut, make))


@router.get("/demand/{reference}", response=DemandOut)
def get_demand(request: HttpRequest, response: HttpResponse, reference: Reference, on: On = None) -> DemandOut:
    return tagged(_read(reference, request.auth, on), response)


@router.post("/demand/{reference}/publication", response=DemandOut, auth=PRIVATE)
def publish_draft(request: HttpRequest, response: HttpResponse, reference: Reference) -> DemandOut:
    """A draft becomes a statement, dated today."""
    actions.publish_draft(statement=_held(request, reference), on=clock.today(), by=request.auth)
    return tagged(_read(reference, request.auth), response)


@router.post("/demand/{reference}/fulfilment", response=DemandOut, auth=PRIVATE)
def mark_met(request: HttpRequest, response: HttpResponse, reference: Reference, sent: MetIn) -> DemandOut:
    """The employer has found its people, or some of them."""
    found = _held(request, reference)
    actions.mark_met(statement=found, on=clock.today(), partly=sent.is_partly, reason=sent.reason, by=request.auth)
    return tagged(_read(reference, request.auth), response)


@router.post("/demand/{reference}/paper", response=DemandOut, auth=PRIVATE)
def keep_paper(
    request: HttpRequest, response: HttpResponse, reference: Reference, given: Form[PaperIn], file: UploadedFile | None = File(None)  # noqa: B008
) -> DemandOut:  # fmt: skip
    """Which letter or contract it is and where it is kept, with its scan where there is one."""
    found = _held(request, reference)
    upload = upload_of(file, title=given.paper, kind="demand") if file else None
    actions.keep_paper(statement=found, paper=given.paper, at=clock.now(), by=request.auth, upload=upload)
    return tagged(_read(reference, request.auth), response)


def _held(request: Any, reference: str) -> Any:
    """The statement, for who may change it, where the version that was read is named."""
    found = queries.get_demand(reference=reference, by=request.auth)
    request.auth.require(Permission.DEMAND_STATE, on=found)
    require_version(request, _read(reference, request.auth))
    return found


def _read(reference: str, by: Any, on: date | None = None) -> DemandOut:
    day = on or clock.today()
    found = queries.get_demand(reference=reference, by=by, on=day)
    chain = queries.restatements_of(statement=found, by=by, on=day)
    return DemandOut(
        **_demand(found), replaces=found.replaces.reference if found.replaces else None,
        restatements=[each.reference for each in chain], timeline=steps(found.changes.all()),
    )  # fmt: skip


def _unit(named: UnitIn, by: Any) -> Any:
    for version in curricula.list_versions(by=by, curriculum=named.curriculum):
        if version.version == named.version:
            for unit in version.units.all():
                if unit.code == named.code:
                    return unit
    address = f"{named.curriculum}/{named.version}/{named.code}"
    raise BadInput([Problem(N_("There is no unit “%(named)s”."), {"named": address}, column="units")])


def _wage(demand: Any) -> WageOut | None:
    if demand.wage_from is None:
        return None
    ends = [written(end.amount, end.currency) for end in (demand.wage_from, demand.wage_to)]
    return WageOut(lowest=ends[0], highest=ends[1], currency=demand.wage_currency, period=demand.wage_period)


def unit_wanted(unit: Any) -> UnitWanted:
    level = unit.version.level
    return UnitWanted(
        curriculum=unit.version.curriculum.reference, version=unit.version.version, code=unit.code,
        level=level.code if level else None, framework=str(level.framework) if level else None,
    )  # fmt: skip


def _demand(demand: Any) -> dict[str, Any]:
    return {
        "reference": demand.reference, "employer": member(demand.employer), "occupation_code": demand.occupation_code,
        "occupation_title": demand.occupation_title, "posts": demand.posts, "country": demand.country, "place": demand.place,
        "stated_on": demand.stated_on, "needed_by": demand.needed_by, "wage": _wage(demand),
        "languages": [written_level(each) for each in demand.languages.all()], "strength": demand.strength, "paper": demand.paper,
        "standing": demand.standing_then, "units": [unit_wanted(each.unit) for each in demand.units.all()],
        "source_mark": demand.source_mark,
    }  # fmt: skip
