"""The usual members: Chongqing, Vientiane, Colombo."""

from datetime import UTC, date, datetime

from corridor.foundations.access import Role
from corridor.foundations.accounts.models import User
from corridor.rooms.members.actions import propose_step
from corridor.rooms.members.lifecycle import MembershipStatus
from corridor.rooms.members.models import Alliance, Membership, Organisation, Proposal, Seat
from tests.factories.actors import make_actor

WAY_IN = [
    MembershipStatus.APPLIED, MembershipStatus.UNDER_REVIEW, MembershipStatus.APPROVED, MembershipStatus.ACTIVE,
]  # fmt: skip
FOUNDED_ON = date(2021, 1, 1)


def make_alliance(
    *, code: str = "corridor", named: tuple[str, ...] = ("CN", "LA", "LK"), assumed: tuple[str, ...] = ()
) -> Alliance:
    """An alliance with its name in two languages and the places it lists."""
    alliance = Alliance.objects.create(
        code=code, founded_on=FOUNDED_ON, home_zone="Asia/Shanghai", home_place="Chongqing", source="Its charter"
    )
    alliance.names.create(
        language="en", name="Corridor Alliance for Vocational Education", short_name="Corridor Alliance"
    )
    alliance.names.create(language="zh-Hans", name="走廊职业教育联盟", short_name="走廊联盟")
    alliance.founding_places.create(code="CN-50", name="Chongqing", country="CN", source_mark="named")
    for mark, countries in (("named", named), ("assumed", assumed)):
        for country in countries:
            alliance.listed_places.create(country=country, source_mark=mark)
    return alliance


def make_organisation(
    reference: str = "chongqing",
    *,
    country: str = "CN",
    kind: str = "school",
    names: dict[str, str] | None = None,
    source_mark: str = "assumed",
    **more: object,
) -> Organisation:
    """An organisation with its official names (in English from its reference, unless ``names`` says otherwise) and no membership."""
    organisation = Organisation.objects.create(
        **{"city": reference.title(), "source": "", **more},
        reference=reference, country=country, kind=kind, source_mark=source_mark,
    )  # fmt: skip
    for language, name in (names or {"en": f"{reference.replace('-', ' ').title()} College"}).items():
        organisation.names.create(language=language, name=name)
    return organisation


def make_membership(
    organisation: Organisation, *, steps: list[tuple[str, date]], by_label: str = "secretariat"
) -> Membership:
    """A membership with those steps, each with its day; the last is its latest status."""
    membership = Membership.objects.create(organisation=organisation, status=steps[-1][0])
    before = ""
    for status, day in steps:
        membership.changes.create(from_status=before, to_status=status, effective_on=day, by_label=by_label)
        before = status
    return membership


def make_member(
    reference: str = "chongqing",
    *,
    country: str = "CN",
    kind: str = "school",
    active_from: date = FOUNDED_ON,
    later: list[tuple[str, date]] | None = None,
    names: dict[str, str] | None = None,
    source_mark: str = "assumed",
    **more: object,
) -> Organisation:
    """An organisation that became active on that day; ``later`` are steps after it: [("suspended", date(2022, 3, 1))]."""
    organisation = make_organisation(
        reference, country=country, kind=kind, names=names, source_mark=source_mark, **more
    )
    steps = [(status.value, active_from) for status in WAY_IN] + (later or [])
    make_membership(organisation, steps=steps)
    return organisation


def make_seat(
    user: User,
    role: Role | str,
    *,
    member: Organisation | None = None,
    held_from: date = FOUNDED_ON,
    held_before: date | None = None,
) -> Seat:
    return Seat.objects.create(
        user=user, organisation=member, role=Role(role).value, held_from=held_from, held_before=held_before
    )


def make_proposal(member: Organisation, *, to: str = "dormant", on: date = date(2024, 1, 20)) -> Proposal:
    """A proposal to the council about an active member, made by the secretariat, with nothing that counted."""
    return propose_step(
        membership=Membership.objects.get(organisation=member), to=MembershipStatus(to), reason="Silent for a year", counted=[],
        counted_from=date(2023, 1, 21), on=on, at=datetime(2024, 1, 20, tzinfo=UTC), by=make_actor("secretariat", label="office"),
    )  # fmt: skip
