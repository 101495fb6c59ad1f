"""What members run together: under which agreement, answering which announcement, with which curriculum, where."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import Router, Schema

from corridor.foundations import clock
from corridor.rooms.programmes import queries

from .asking import After, Code, Limit, On, Page, Reference, Search, States, page
from .etags import tagged
from .parts import Named, Step, Texts, member, steps, texts
from .tokens import PUBLIC

TAG = "programmes"
router = Router(auth=PUBLIC)


class TakingPart(Schema):
    member: Named
    role: str


class ProgrammeRowOut(Schema):
    reference: str
    kind: str
    titles: Texts
    status: str
    members: list[TakingPart]
    sites: list[Named]
    source_mark: str


class ProgrammeOut(ProgrammeRowOut):
    agreement: str
    announcement: str | None
    curriculum: str | None
    curriculum_version: str | None
    timeline: list[Step]
    source: str


@router.get("/programmes", response=Page[ProgrammeRowOut])
def list_programmes(
    request: HttpRequest,
    on: On = None,
    kind: Code = "",
    country: Code = "",
    brand: Code = "",
    status: States = [],  # noqa: B006 (read, never changed)
    member: Code = "",
    site: Code = "",
    agreement: Code = "",
    announcement: Code = "",
    search: Search = "",
    after: After = "",
    limit: Limit = 50,
) -> dict[str, Any]:
    """Programmes as they were on a day, by reference."""
    found = queries.list_programmes(
        by=request.auth, on=on or clock.today(), kind=kind, country=country, brand=brand, states=status, member=member,
        site=site, agreement=agreement, announcement=announcement, words=search, after=after,
    )  # fmt: skip
    return page(found, lambda each: ProgrammeRowOut(**_programme(each)), limit=limit, key=lambda each: each.reference)


@router.get("/programmes/{reference}", response=ProgrammeOut)
def get_programme(request: HttpRequest, response: HttpResponse, reference: Reference, on: On = None) -> ProgrammeOut:
    found = queries.get_programme(reference=reference, by=request.auth, on=on or clock.today())
    version = found.curriculum_version
    return tagged(
        ProgrammeOut(
            **_programme(found),
            agreement=found.agreement.reference,
            announcement=found.announcement.reference if found.announcement else None,
            curriculum=version.curriculum.reference if version else None,
            curriculum_version=version.version if version else None,
            timeline=steps(found.changes.all()),
            source=found.source,
        ),
        response,
    )


def _programme(programme: Any) -> dict[str, Any]:
    return {
        "reference": programme.reference,
        "kind": programme.kind,
        "titles": texts(programme.titles.all()),
        "status": programme.status_then,
        "members": [TakingPart(member=member(each.organisation), role=each.role) for each in programme.members.all()],
        "sites": [
            Named(reference=each.site.reference, names=texts(each.site.names.all())) for each in programme.places.all()
        ],
        "source_mark": programme.source_mark,
    }
