"""Members, and the seats that most roles rest on."""

from tests.factories.members import make_alliance, make_member, make_seat

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
    row("GET", "/members/{member}/seats/", "200 403 403 403 403 403 403 403 403 302"),
    row("POST", "/members/{member}/seats/", "422 403 403 403 403 403 403 403 403 302"),
    row("GET", "/members/{member}/seats/{seat}/end/", "200 403 403 403 403 403 403 403 403 302"),
    row("POST", "/members/{member}/seats/{seat}/end/", "422 403 403 403 403 403 403 403 403 302"),
]


def scene(world: World) -> None:
    make_alliance()
    vientiane = make_member("vientiane", country="LA")
    world.records["member"], world.places["member"] = vientiane, vientiane.reference
    for role in ("secretariat", "council", "auditor"):
        make_seat(world.users[role], role)
    for role in ("coordinator", "key_holder"):
        world.places["seat"] = make_seat(world.users[role], role, member=vientiane).pk
