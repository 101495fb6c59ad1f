"""Figures as they were frozen, signed by two persons, and the editions in which they were published."""

from datetime import date, datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import Field, Router, Schema

from corridor.foundations import clock
from corridor.rooms.indicators import actions, queries

from .asking import After, Code, Limit, Page, Reference, Words, page, rows_after
from .etags import require_version, tagged
from .figures import FigureOut, figure_out
from .tokens import PRIVATE, PUBLIC

TAG = "figures"
router = Router(auth=PUBLIC)


class KeptRowOut(Schema):
    """What was asked and when it was known; the numbers stand on the figure itself, as each reader may see them."""

    reference: str
    code: str
    definition_version: int
    unit: str
    scope: str
    on: date | None
    starts_on: date | None
    ends_before: date | None
    state: str
    version: int
    known_at: datetime
    content_hash: str
    signatures: int


class SignatureOut(Schema):
    by: str
    role: str
    signed_on: date


class KeptFigureOut(FigureOut):
    version: int
    signatures: list[SignatureOut]
    corrects: str
    correction_reason: str
    corrected_by: str


class SignOffIn(Schema):
    content_hash: Words = Field(min_length=64, description="The content_hash that was seen: what is signed")


class EditionRowOut(Schema):
    reference: str
    title: str
    day: date
    status: str
    fingerprint: str
    published_at: datetime | None
    figures: int


class EditionOut(Schema):
    reference: str
    title: str
    day: date
    status: str
    fingerprint: str
    published_at: datetime | None = None
    figures: list[FigureOut]


@router.get("/kept-figures", response=Page[KeptRowOut])
def list_kept_figures(
    request: HttpRequest, code: Code = "", state: Code = "", after: After = "", limit: Limit = 50
) -> dict[str, Any]:
    """Frozen figures and their corrections, the latest known first."""

    def key(figure: Any) -> str:
        return figure.reference

    found = queries.list_figures(by=request.auth, code=code, state=state)
    return page(rows_after(found, after, key), _kept_row, limit=limit, key=key)


@router.get("/kept-figures/{reference}", response=KeptFigureOut, exclude_unset=True, by_alias=True)
def get_kept_figure(request: HttpRequest, response: HttpResponse, reference: Reference) -> KeptFigureOut:
    return tagged(_read(reference, request.auth), response)


@router.post(
    "/kept-figures/{reference}/signatures", response=KeptFigureOut, auth=PRIVATE, exclude_unset=True, by_alias=True
)
def sign_figure(request: HttpRequest, response: HttpResponse, reference: Reference, sent: SignOffIn) -> KeptFigureOut:
    """Stand for a frozen figure, over the fingerprint that was seen. The second signature, by another person, signs it off."""
    by = request.auth
    require_version(request, _read(reference, by))
    actions.sign_figure(
        figure=queries.get_figure(reference=reference, by=by), on=clock.today(), at=clock.now(), by=by,
        content_hash=sent.content_hash,
    )  # fmt: skip
    return tagged(_read(reference, by), response)


@router.get("/editions", response=Page[EditionRowOut])
def list_editions(request: HttpRequest, after: After = "", limit: Limit = 50) -> dict[str, Any]:
    """Published editions, the latest day first; drafts too for those who build them."""

    def key(edition: Any) -> str:
        return edition.reference

    def draw(edition: Any) -> EditionRowOut:
        return EditionRowOut(**_edition(edition), figures=len(edition.places.all()))

    return page(rows_after(queries.list_editions(by=request.auth), after, key), draw, limit=limit, key=key)


@router.get("/editions/{reference}", response=EditionOut, exclude_none=True, by_alias=True)
def get_edition(request: HttpRequest, response: HttpResponse, reference: Reference) -> EditionOut:
    found = queries.open_edition(reference=reference, at=clock.now(), by=request.auth)
    figures = [figure_out(each) for each in found.figures]
    return tagged(EditionOut(**_edition(found.edition), figures=figures), response)


def _read(reference: str, by: Any) -> KeptFigureOut:
    answer = queries.show_kept(reference=reference, at=clock.now(), by=by)
    kept = answer.figure
    assert kept is not None
    numbers: dict[str, Any] = answer.as_json()
    return KeptFigureOut(
        **numbers,
        version=kept.version,
        signatures=[SignatureOut(by=each.by, role=each.role, signed_on=each.signed_on) for each in kept.signatures],
        corrects=kept.corrects,
        correction_reason=kept.correction_reason,
        corrected_by=kept.corrected_by,
    )


def _kept_row(figure: Any) -> KeptRowOut:
    return KeptRowOut(
        reference=figure.reference,
        code=figure.code,
        definition_version=figure.definition_version,
        unit=figure.unit,
        scope=figure.scope,
        on=figure.on_day,
        starts_on=figure.starts_on,
        ends_before=figure.ends_before,
        state=figure.status,
        version=figure.version,
        known_at=figure.known_at,
        content_hash=figure.content_hash,
        signatures=len(figure.sign_offs.all()),
    )


def _edition(edition: Any) -> dict[str, Any]:
    return {
        "reference": edition.reference,
        "title": edition.title,
        "day": edition.day,
        "status": edition.status,
        "fingerprint": edition.fingerprint,
        "published_at": edition.published_at,
    }
