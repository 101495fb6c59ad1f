"""How units are assessed: read by every account, written by the secretariat."""

from datetime import date
from decimal import Decimal
from typing import Annotated, Any, Literal
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from ninja import Field, Router, Schema, Status

from corridor.kernel.errors import BadInput, Problem
from corridor.kernel.wording import N_
from corridor.rooms.assessment import actions, queries
from corridor.rooms.assessment.queries.choices import EvidenceNeed, InstrumentKind, Judges, Signing, Weight
from corridor.rooms.assessment.schemes import CriterionDraft, InstrumentDraft, SchemeDraft
from corridor.rooms.curricula import queries as curricula

from .asking import Code, Day, Limit, Page, Words, page
from .etags import require_version, tagged
from .once import MAKES, made_once
from .tokens import PRIVATE

TAG = "assessment"
router = Router(auth=PRIVATE)

Mark = Annotated[Decimal, Field(gt=0, max_digits=7, decimal_places=2)]
Texts = dict[str, Words]


class SchemeCriterionOut(Schema):
    """``code`` is how it is called on the checklist; ``texts`` by language."""

    id: UUID
    code: str
    weight: str
    evidence: str
    texts: dict[str, str]


class InstrumentOut(Schema):
    """A written test has its highest mark and the one from which it is passed, both exact; others have neither."""

    position: int
    kind: str
    titles: dict[str, str]
    scale: str
    pass_mark: str
    criteria: list[SchemeCriterionOut]


class SchemeOut(Schema):
    """``published_on``: from that day decisions are made by it; nothing for a draft. ``edition`` counts the changes of a draft."""

    id: UUID
    curriculum: str
    curriculum_version: str
    unit: str
    version: int
    status: str
    edition: int
    published_on: date | None
    attempts_allowed: int
    signing: str
    judges: str
    appeal_days: int
    instruments: list[InstrumentOut]


class SchemeCriterionIn(Schema):
    texts: Texts = Field(description="By language (BCP 47)")
    weight: Literal["critical", "required", "optional"] = "required"
    evidence: Literal["none", "any", "photo", "video"] = "none"


class InstrumentIn(Schema):
    kind: Literal["practical_task", "observation", "oral", "written", "product", "portfolio"]
    titles: Texts = Field(description="By language (BCP 47)")
    scale: Mark | None = Field(None, description="For a written test: its highest mark")
    pass_mark: Mark | None = Field(None, description="For a written test: the mark from which it is passed")
    criteria: list[SchemeCriterionIn] = Field([], max_length=60)


class SchemeFacts(Schema):
    attempts_allowed: int = Field(3, ge=1, le=20)
    signing: Literal["assessor", "learner", "witness"] = "assessor"
    judges: Literal["one", "outside", "two"] = "one"
    appeal_days: int = Field(14, ge=1, le=365)
    instruments: list[InstrumentIn] = Field([], max_length=20)


class SchemeIn(SchemeFacts):
    curriculum: Words
    curriculum_version: Words
    unit: Words


class PublicationIn(Schema):
    on: Day


@router.get("/schemes", response=Page[SchemeOut])
def list_schemes(
    request: HttpRequest, curriculum: Code = "", version: Code = "", unit: Code = "", status: Code = "", after: UUID | None = None,
    limit: Limit = 50,
) -> dict[str, Any]:  # fmt: skip
    """Published schemes and what came before them; drafts for who writes them."""
    found = queries.list_schemes(by=request.auth, curriculum=curriculum, version=version, unit=unit, status=status)
    found = found.order_by("pk")
    return page(found.filter(pk__gt=after) if after else found, drawn, limit=limit, key=lambda each: str(each.pk))


@router.get("/schemes/{key}", response=SchemeOut)
def get_scheme(request: HttpRequest, response: HttpResponse, key: UUID) -> SchemeOut:
    return tagged(read(key, request), response)


@router.post("/schemes", response={201: SchemeOut}, openapi_extra=MAKES)
def write_scheme(request: HttpRequest, response: HttpResponse, sent: SchemeIn) -> Status[SchemeOut]:
    """Begin the next version for a unit, as a draft. There is one draft for a unit at a time."""

    def make() -> SchemeOut:
        version = curricula.get_version(reference=sent.curriculum, version=sent.curriculum_version, by=request.auth)
        unit = next((each for each in version.units if each.code == sent.unit), None)
        if unit is None:
            text = N_("There is no unit %(unit)s in this curriculum.")
            raise BadInput([Problem(text, {"unit": sent.unit}, column="unit")])
        (made,) = actions.write_schemes(schemes=[_draft(unit, sent)], by=request.auth)
        return read(made.pk, request)

    return Status(201, made_once(request, response, SchemeOut, make))


@router.put("/schemes/{key}", response=SchemeOut)
def rewrite_scheme(request: HttpRequest, response: HttpResponse, key: UUID, sent: SchemeFacts) -> SchemeOut:
    """A draft becomes what is said here. What is published does not change: its next version is written with POST."""
    require_version(request, read(key, request))
    found = queries.get_scheme(key=key, by=request.auth)
    (made,) = actions.write_schemes(schemes=[_draft(found.unit, sent, edition=found.edition)], by=request.auth)
    return tagged(read(made.pk, request), response)


@router.post("/schemes/{key}/publication", response=SchemeOut)
def publish_scheme(request: HttpRequest, response: HttpResponse, key: UUID, sent: PublicationIn) -> SchemeOut:
    """From that day on decisions about the unit are made by it."""
    require_version(request, read(key, request))
    actions.publish_schemes(schemes=[queries.get_scheme(key=key, by=request.auth)], on=sent.on, by=request.auth)
    return tagged(read(key, request), response)


@router.api_operation(["DELETE"], "/schemes/{key}", response={204: None})
def discard_scheme(request: HttpRequest, key: UUID) -> Status[None]:
    """Throw a draft away; what was published stays."""
    require_version(request, read(key, request))
    actions.discard_scheme(scheme=queries.get_scheme(key=key, by=request.auth), by=request.auth)
    return Status(204, None)


def read(key: UUID, request: HttpRequest) -> SchemeOut:
    return drawn(queries.get_scheme(key=key, by=request.auth))


def drawn(scheme: Any) -> SchemeOut:
    published = [each.effective_on for each in scheme.changes.all() if each.to_status == "published"]
    version = scheme.unit.version
    return SchemeOut(
        id=scheme.pk, curriculum=version.curriculum.reference, curriculum_version=version.version, unit=scheme.unit.code,
        version=scheme.version, status=scheme.status, edition=scheme.edition, published_on=next(iter(published), None),
        attempts_allowed=scheme.attempts_allowed, signing=scheme.signing, judges=scheme.judges, appeal_days=scheme.appeal_days,
        instruments=[_instrument(each) for each in scheme.instruments.all()],
    )  # fmt: skip


def _instrument(instrument: Any) -> InstrumentOut:
    return InstrumentOut(
        position=instrument.position, kind=instrument.kind, titles=_texts(instrument), scale=exact(instrument.scale),
        pass_mark=exact(instrument.pass_mark),
        criteria=[
            SchemeCriterionOut(
                id=each.pk, code=f"{instrument.position}.{each.position}", weight=each.weight, evidence=each.evidence,
                texts=_texts(each),
            )
            for each in instrument.criteria.all()
        ],
    )  # fmt: skip


def _texts(thing: Any) -> dict[str, str]:
    return {each.language: each.text for each in thing.texts.all()}


def exact(mark: Decimal | None) -> str:
    """As it is written; empty for none."""
    return "" if mark is None else f"{mark.normalize():f}"


def _draft(unit: Any, sent: SchemeFacts, *, edition: int | None = None) -> SchemeDraft:
    return SchemeDraft(
        unit=unit, attempts_allowed=sent.attempts_allowed, signing=Signing(sent.signing), judges=Judges(sent.judges),
        appeal_days=sent.appeal_days, edition=edition,
        instruments=tuple(
            InstrumentDraft(
                kind=InstrumentKind(each.kind), titles=each.titles, scale=each.scale, pass_mark=each.pass_mark,
                criteria=tuple(
                    CriterionDraft(texts=one.texts, weight=Weight(one.weight), evidence=EvidenceNeed(one.evidence))
                    for one in each.criteria
                ),
            )
            for each in sent.instruments
        ),
    )  # fmt: skip
