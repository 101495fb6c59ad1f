"""Members, and the seats that most roles rest on."""

from datetime import timedelta

from corridor.rooms.members.models import Substitute
from tests.factories.members import FOUNDED_ON, make_alliance, make_member, make_proposal, make_seat

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
