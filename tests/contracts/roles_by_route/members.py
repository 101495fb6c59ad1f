"""Members, and the seats that most roles rest on."""

from datetime import UTC, datetime, timedelta

from corridor.rooms.members.models import OrganisationMerge, OrganisationPair, Substitute
from tests.factories.members import FOUNDED_ON, make_alliance, make_member, make_organisation, make_proposal, make_seat

from . import World, row

# in the order of ROLES:     secretariat council coordinator site_manager trainer assessor learner auditor key_holder visitor
ROWS = [
    row("GET", "/members/", "200"),
    row("GET", "/members/{member}/", "200"),
    row("GET", "/members/new/", "200 403 403 403 403 403 403 403 403 302"),
    row("POST", "/members/new/", "422 403 403 403 403 403 403 403 403 302"),
    row("GET", "/members/{member}/place/", "200 403 200 403 403 403 403 403 403 302"),
    row("POST", "/members/{member}/place/", "422 403 422 403 403 403 403 403 403 302"),
    row("GET", "/members/{member}/names/", "200 403 200 403 403 403 403 403 403 302"),
    row("POST", "/members/{member}/names/", "422 403 422 403 403 403 403 403 403 302"),
    row("GET", "/members/{member}/move/", "200 403 403 403 403 403 403 403 403 302"),
    row("POST", "/members/{member}/move/", "422 403 403 403 403 403 403 403 403 302"),
    row("GET", "/members/at-risk/", "200 200 403 403 403 403 403 200 403 302"),
    row("GET", "/proposals/", "200 200 403 403 403 403 403 200 403 302"),
    row("GET", "/proposals/{proposal}/", "200 200 200 404 404 404 404 200 404 302"),
    row("POST", "/proposals/{proposal}/", "403 422 403 404 404 404 404 403 404 302"),
    row("GET", "/proposals/{proposal}/carry-out/", "200 403 403 403 403 403 403 403 403 302"),
    row("POST", "/proposals/{proposal}/carry-out/", "422 403 403 403 403 403 403 403 403 302"),
    row("GET", "/proposals/{proposal}/take-back/", "200 403 403 403 403 403 403 403 403 302"),
    row("POST", "/proposals/{proposal}/take-back/", "422 403 403 403 403 403 403 403 403 302"),
    row("GET", "/members/{member}/propose/", "200 403 403 403 403 403 403 403 403 302"),
    row("POST", "/members/{member}/propose/", "422 403 403 403 403 403 403 403 403 302"),
    row("GET", "/members/doubles/", "200 403 403 403 403 403 403 403 403 302"),
    row("POST", "/members/doubles/", "302 403 403 403 403 403 403 403 403 302"),
    row("GET", "/members/doubles/{org_pair}/", "200 403 403 403 403 403 403 403 403 302"),
    row("POST", "/members/doubles/{org_pair}/", "422 403 403 403 403 403 403 403 403 302"),
    row("GET", "/members/doubles/{org_pair}/again/", "302 403 403 403 403 403 403 403 403 302"),
    row("POST", "/members/doubles/{org_pair}/again/", "409 403 403 403 403 403 403 403 403 302"),
    row("GET", "/members/merges/{org_merge}/undo/", "200 403 403 403 403 403 403 403 403 302"),
    row("POST", "/members/merges/{org_merge}/undo/", "422 403 403 403 403 403 403 403 403 302"),
    row("GET", "/members/name-one/", "200 403 200 403 403 403 403 403 403 302"),
    row("POST", "/members/name-one/", "422 403 422 403 403 403 403 403 403 302"),
    row("GET", "/members/unconfirmed/", "200 403 403 403 403 403 403 403 403 302"),
    row("GET", "/members/unconfirmed/{typed}/", "200 403 403 403 403 403 403 403 403 302"),
    row("POST", "/members/unconfirmed/{typed}/", "422 403 403 403 403 403 403 403 403 302", do="refuse"),
    row("GET", "/members/{member}/names/{org_name}/end/", "200 403 200 403 403 403 403 403 403 302"),
    row("POST", "/members/{member}/names/{org_name}/end/", "422 403 422 403 403 403 403 403 403 302"),
    row("GET", "/members/{member}/names/{org_name}/correct/", "200 403 200 403 403 403 403 403 403 302"),
    row("POST", "/members/{member}/names/{org_name}/correct/", "422 403 422 403 403 403 403 403 403 302"),
    row("GET", "/members/{member}/identifiers/", "200 403 200 403 403 403 403 403 403 302"),
    row("POST", "/members/{member}/identifiers/", "422 403 422 403 403 403 403 403 403 302"),
    row("POST", "/members/{member}/identifiers/{org_merge}/drop/", "404 403 404 403 403 403 403 403 403 302"),
    row("GET", "/members/{member}/ror/", "200 403 200 403 403 403 403 403 403 302"),
    row("POST", "/members/{member}/ror/", "404 403 404 403 403 403 403 403 403 302", ror="0"),
    row("GET", "/members/{member}/sectors/", "200 403 200 403 403 403 403 403 403 302"),
    row("POST", "/members/{member}/sectors/", "422 403 422 403 403 403 403 403 403 302"),
    row("GET", "/members/{member}/campuses/", "200 403 200 403 403 403 403 403 403 302"),
    row("POST", "/members/{member}/campuses/", "422 403 422 403 403 403 403 403 403 302"),
    row("GET", "/members/{member}/campuses/{campus}/close/", "200 403 200 403 403 403 403 403 403 302"),
    row("POST", "/members/{member}/campuses/{campus}/close/", "422 403 422 403 403 403 403 403 403 302"),
    row("GET", "/members/{member}/parent/", "200 403 403 403 403 403 403 403 403 302"),
    row("POST", "/members/{member}/parent/", "422 403 403 403 403 403 403 403 403 302"),
    row("GET", "/members/{member}/seats/", "200 403 403 403 403 403 403 403 403 302"),
    row("POST", "/members/{member}/seats/", "422 403 403 403 403 403 403 403 403 302"),
    row("GET", "/members/{member}/who-speaks/", "200 200 200 403 403 403 403 200 403 302"),
    row("GET", "/members/{member}/seats/{seat}/hand-over/", "200 403 200 403 403 403 403 403 403 302"),
    row("POST", "/members/{member}/seats/{seat}/hand-over/", "422 403 422 403 403 403 403 403 403 302"),
    row("GET", "/members/{member}/seats/{seat}/substitute/", "200 403 200 403 403 403 403 403 403 302"),
    row("POST", "/members/{member}/seats/{seat}/substitute/", "422 403 422 403 403 403 403 403 403 302"),
    row("POST", "/members/{member}/substitutes/{substitute}/end/", "409 403 409 403 403 403 403 403 403 302"),
    row("GET", "/members/{member}/seats/{seat}/end/", "200 403 403 403 403 403 403 403 403 302"),
    row("POST", "/members/{member}/seats/{seat}/end/", "422 403 403 403 403 403 403 403 403 302"),
]


def scene(world: World) -> None:
    make_alliance()
    vientiane = make_member("vientiane", country="LA")
    world.records["member"], world.places["member"] = vientiane, vientiane.reference
    for role in ("secretariat", "council", "auditor"):
        make_seat(world.users[role], role)
    make_seat(world.users["key_holder"], "key_holder", member=vientiane)
    seat = make_seat(world.users["coordinator"], "coordinator", member=vientiane)
    gone = Substitute.objects.create(
        seat=seat, user=world.users["secretariat"], starts_on=FOUNDED_ON, ends_before=FOUNDED_ON + timedelta(days=1)
    )
    world.places["proposal"] = make_proposal(vientiane).reference
    world.places["seat"], world.places["substitute"] = seat.pk, gone.pk
    world.places["campus"] = vientiane.campuses.create(country="LA", city="Pakse").pk
    world.places["org_name"] = vientiane.names.get(language="en").pk
    _recorded_twice(world)


def _recorded_twice(world: World) -> None:
    """Two records that may be one, two that were merged, and one that somebody else typed."""
    one, other, gone, stays = (
        make_organisation(reference, country="LA") for reference in ("ones", "twice", "gone", "kept")
    )
    low, high = sorted((one.pk, other.pk))
    at = datetime(2024, 1, 18, tzinfo=UTC)
    world.places["org_pair"] = OrganisationPair.objects.create(one_id=low, other_id=high, score=90, found_at=at).pk
    merge = OrganisationMerge.objects.create(
        gone=gone, stays=stays, merged_at=at, merged_by="secretariat", reason="One"
    )
    world.places["org_merge"] = merge.pk
    make_organisation("typed", country="LA", standing="unconfirmed")
    world.places["typed"] = "typed"
