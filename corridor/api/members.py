"""The alliance and its members, on any day."""

from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import Router, Schema

from corridor.foundations import clock
from corridor.rooms.members import queries

from .asking import After, Code, Limit, On, Page, Reference, Search
from .etags import tagged
from .parts import Step, Texts, official_names, texts
from .tokens import PUBLIC

TAG = "members"
router = Router(auth=PUBLIC)


class Place(Schema):
    country: str
    source_mark: str


class AllianceOut(Schema):
    code: str
    names: Texts
    short_names: Texts
    founded_on: date
    founded_precision: str
    founding_places: list[str]
    listed_places: list[Place]


class MemberRowOut(Schema):
    """``status`` is that of the day asked for; ``since`` the first day on which it was active."""

    reference: str
    kind: str
    country: str
    city: str
    names: Texts
    status: str
    since: date | None
    source_mark: str


class SeatOut(Schema):
    account: str
    role: str
    held_from: date
    held_before: date | None


class NameOut(Schema):
    """One name; ``valid_before`` is the first day on which it was out of use."""

    name: str
    language: str
    kind: str
    valid_from: date | None
    valid_before: date | None


class IdentifierOut(Schema):
    """A number in a public register; ``address`` is where the register shows it."""

    scheme: str
    register_name: str
    value: str
    address: str


class SectorOut(Schema):
    scheme: str
    code: str
    titles: Texts
    is_main: bool


class CampusOut(Schema):
    names: Texts
    country: str
    city: str
    latitude: float | None
    longitude: float | None


class MemberOut(Schema):
    """``seats`` are empty for who may not see them."""

    reference: str
    kind: str
    country: str
    region: str
    city: str
    latitude: float | None
    longitude: float | None
    names: Texts
    aliases: list[str]
    all_names: list[NameOut]
    identifiers: list[IdentifierOut]
    sectors: list[SectorOut]
    campuses: list[CampusOut]
    parents: list[str]
    former_references: list[str]
    standing: str
    status: str | None
    timeline: list[Step]
    seats: list[SeatOut]
    founding_mark: str
    source_mark: str
    source: str


@router.get("/alliance", response=AllianceOut)
def get_alliance(request: HttpRequest, response: HttpResponse) -> AllianceOut:
    found = queries.get_alliance(by=request.auth)
    return tagged(
        AllianceOut(
            code=found.code,
            names={each.language: each.name for each in found.names.all()},
            short_names={each.language: each.short_name for each in found.names.all()},
            founded_on=found.founded_on,
            founded_precision=found.founded_precision,
            founding_places=[each.name for each in found.founding_places.all()],
            listed_places=[
                Place(country=each.country, source_mark=each.source_mark) for each in found.listed_places.all()
            ],
        ),
        response,
    )


@router.get("/members", response=Page[MemberRowOut])
def list_members(
    request: HttpRequest,
    on: On = None,
    search: Search = "",
    country: Code = "",
    kind: Code = "",
    status: Code = "",
    after: After = "",
    limit: Limit = 50,
) -> dict[str, Any]:
    """Members as they were on a day, by reference; everyone who was in, unless one state is asked for."""
    found = queries.list_members(
        by=request.auth, on=on or clock.today(), search=search, country=country, kind=kind, status=status, after=after,
        limit=limit,
    )  # fmt: skip
    return {"rows": [_row(each) for each in found.rows], "next": found.next_after or None}


@router.get("/members/{reference}", response=MemberOut)
def get_member(request: HttpRequest, response: HttpResponse, reference: Reference, on: On = None) -> MemberOut:
    """One member, also by the reference of a record that was merged into it."""
    day = on or clock.today()
    found = queries.get_member(reference=reference, by=request.auth, on=day)
    profile = queries.get_profile(organisation=found.organisation, on=day, by=request.auth)
    old = queries.references_of(organisation=found.organisation, by=request.auth)[1:]
    return tagged(_whole(found, profile, old), response)


def _row(row: queries.MemberRow) -> MemberRowOut:
    return MemberRowOut(
        reference=row.organisation.reference,
        kind=row.organisation.kind,
        country=row.organisation.country,
        city=row.organisation.city,
        names=official_names(row.organisation),
        status=row.status.value,
        since=row.since,
        source_mark=row.organisation.source_mark,
    )


def _whole(found: queries.MemberRecord, profile: queries.Profile, old: list[str]) -> MemberOut:
    one = found.organisation
    return MemberOut(
        reference=one.reference,
        kind=one.kind,
        country=one.country,
        region=one.region,
        city=one.city,
        latitude=_degrees(one.latitude),
        longitude=_degrees(one.longitude),
        names=official_names(one),
        aliases=sorted(each.name for each in one.names.all() if each.kind == "alias"),
        all_names=[
            NameOut(
                name=each.name,
                language=each.language,
                kind=each.kind,
                valid_from=each.valid_from,
                valid_before=each.valid_before,
            )
            for each in [*profile.names, *profile.former]
        ],
        identifiers=[
            IdentifierOut(
                scheme=each.identifier.scheme,
                register_name=each.identifier.register,
                value=each.identifier.value,
                address=each.address,
            )
            for each in profile.numbers
        ],
        sectors=[
            SectorOut(
                scheme=each.sector.scheme,
                code=each.sector.code,
                titles=texts(each.sector.titles.all()),
                is_main=each.weight == "main",
            )
            for each in profile.sectors
        ],
        campuses=[
            CampusOut(
                names=texts(each.names.all()),
                country=each.country,
                city=each.city,
                latitude=_degrees(each.latitude),
                longitude=_degrees(each.longitude),
            )
            for each in profile.campuses
        ],
        parents=[each.parent.reference for each in profile.parents if each.ends_before is None],
        former_references=old,
        standing=one.standing,
        status=found.status.value if found.status else None,
        timeline=[Step(status=each.status.value, on=each.on) for each in found.timeline],
        seats=[
            SeatOut(account=each.user.username, role=each.role, held_from=each.held_from, held_before=each.held_before)
            for each in found.seats
        ],
        founding_mark=one.founding_mark,
        source_mark=one.source_mark,
        source=one.source,
    )


def _degrees(value: object) -> float | None:
    return None if value is None else float(str(value))
