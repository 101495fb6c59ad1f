"""Curricula with their units, how units compare with those of other countries, and frameworks."""

from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import Router, Schema

from corridor.rooms.curricula import queries

from .asking import After, Code, Limit, Page, Reference, page, rows_after
from .etags import tagged
from .parts import Named, Texts, member, texts
from .tokens import PUBLIC

TAG = "curricula"
router = Router(auth=PUBLIC)


class LevelOut(Schema):
    framework: str
    edition: str
    code: str


class VersionRowOut(Schema):
    curriculum: str
    version: str
    status: str
    titles: Texts
    developer: Named
    level: LevelOut | None
    units: int
    hours: int
    source_mark: str


class MappingClaimOut(Schema):
    """How a unit compares with a foreign one; ``none`` says that none was found in ``country``. Unreviewed claims do not count."""

    relation: str
    country: str
    code: str
    title: str
    coverage: str
    claimant: str
    claimed_on: date
    expires_before: date | None
    reviewed_on: date | None


class ElementOut(Schema):
    texts: Texts
    criteria: list[Texts]


class UnitOut(Schema):
    code: str
    requirement: str
    titles: Texts
    hours: dict[str, int]
    elements: list[ElementOut]
    learning_outcomes: list[Texts]
    mapping_claims: list[MappingClaimOut]


class VersionOut(Schema):
    curriculum: str
    version: str
    status: str
    titles: Texts
    developer: Named
    level: LevelOut | None
    published_on: date | None
    superseded_on: date | None
    units: list[UnitOut]


class FrameworkOut(Schema):
    code: str
    edition: str
    levels: list[str]


@router.get("/curricula", response=Page[VersionRowOut])
def list_curricula(request: HttpRequest, curriculum: Code = "", after: After = "", limit: Limit = 50) -> dict[str, Any]:
    """Versions by curriculum and version."""
    found = queries.list_versions(by=request.auth, curriculum=curriculum)
    return page(rows_after(found, after, _key), _row, limit=limit, key=_key)


@router.get("/curricula/{reference}/{version}", response=VersionOut)
def get_curriculum(
    request: HttpRequest, response: HttpResponse, reference: Reference, version: Reference
) -> VersionOut:
    found = queries.get_version(reference=reference, version=version, by=request.auth)
    one = found.version
    return tagged(
        VersionOut(
            curriculum=one.curriculum.reference,
            version=one.version,
            status=one.status,
            titles=texts(one.titles.all()),
            developer=member(one.curriculum.developer),
            level=_level(one.level),
            published_on=found.published_on,
            superseded_on=found.superseded_on,
            units=[_unit(each) for each in found.units],
        ),
        response,
    )


@router.get("/frameworks", response=Page[FrameworkOut])
def list_frameworks(request: HttpRequest, after: After = "", limit: Limit = 50) -> dict[str, Any]:
    """Framework editions; levels from low to high."""

    def key(framework: Any) -> str:
        return f"{framework.code} {framework.edition}"

    def draw(framework: Any) -> FrameworkOut:
        levels = sorted(framework.levels.all(), key=lambda each: each.rank)
        return FrameworkOut(code=framework.code, edition=framework.edition, levels=[each.code for each in levels])

    found = queries.list_frameworks(by=request.auth)
    return page(rows_after(found, after, key), draw, limit=limit, key=key)


def _key(version: Any) -> str:
    return f"{version.curriculum.reference} {version.version}"


def _row(version: Any) -> VersionRowOut:
    units = list(version.units.all())
    return VersionRowOut(
        curriculum=version.curriculum.reference,
        version=version.version,
        status=version.status,
        titles=texts(version.titles.all()),
        developer=member(version.curriculum.developer),
        level=_level(version.level),
        units=len(units),
        hours=sum(each.hours for unit in units for each in unit.hours.all()),
        source_mark=version.curriculum.source_mark,
    )


def _level(level: Any) -> LevelOut | None:
    if level is None:
        return None
    return LevelOut(framework=level.framework.code, edition=level.framework.edition, code=level.code)


def _unit(unit: Any) -> UnitOut:
    return UnitOut(
        code=unit.code,
        requirement=unit.requirement,
        titles=texts(unit.titles.all()),
        hours={each.kind: each.hours for each in unit.hours.all()},
        elements=[
            ElementOut(texts=texts(each.texts.all()), criteria=[texts(one.texts.all()) for one in each.criteria.all()])
            for each in unit.elements.all()
        ],
        learning_outcomes=[texts(each.texts.all()) for each in unit.learning_outcomes.all()],
        mapping_claims=[_claim(each) for each in unit.mapping_claims.all()],
    )


def _claim(claim: Any) -> MappingClaimOut:
    foreign = claim.foreign_unit
    return MappingClaimOut(
        relation=claim.relation,
        country=foreign.country if foreign else claim.searched_country,
        code=foreign.code if foreign else "",
        title=foreign.title if foreign else "",
        coverage=claim.coverage,
        claimant=claim.claimant.reference,
        claimed_on=claim.claimed_on,
        expires_before=claim.expires_before,
        reviewed_on=claim.reviewed_on,
    )
