"""Members, and the seats that most roles rest on."""

from tests.factories.members import make_alliance, make_member, make_seat

from . import World

ROWS = []


def scene(world: World) -> None:
    make_alliance()
    vientiane = make_member("vientiane", country="LA")
    world.records["member"], world.places["member"] = vientiane, vientiane.reference
    for role in ("secretariat", "council", "auditor"):
        make_seat(world.users[role], role)
    for role in ("coordinator", "key_holder"):
        make_seat(world.users[role], role, member=vientiane)
