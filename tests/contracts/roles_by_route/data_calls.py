"""Data calls: made and watched by those who oversee the alliance, answered by whoever speaks for a member."""

from tests.factories.data_calls import make_call, open_call

from . import World, row

# in the order of ROLES:     secretariat council coordinator site_manager trainer assessor learner auditor key_holder visitor
ROWS = [
    row("GET", "/data-calls/", "200 200 200 403 403 403 403 200 403 302"),
    row("GET", "/data-calls/new/", "200 403 403 403 403 403 403 403 403 302"),
    row("POST", "/data-calls/new/", "422 403 403 403 403 403 403 403 403 302"),
    row("GET", "/data-calls/{call}/", "200 200 200 403 403 403 403 200 403 302"),
    row("GET", "/data-calls/{draft_call}/", "200 200 404 403 403 403 403 200 403 302"),
    row("GET", "/data-calls/{draft_call}/questions/", "200 403 403 403 403 403 403 403 403 302"),
    row("POST", "/data-calls/{draft_call}/questions/", "422 403 403 403 403 403 403 403 403 302"),
    row("POST", "/data-calls/{call}/questions/1/drop/", "409 403 403 403 403 403 403 403 403 302"),
    row("POST", "/data-calls/{call}/open/", "409 403 403 403 403 403 403 403 403 302"),
    row("POST", "/data-calls/{draft_call}/close/", "409 403 403 403 403 403 403 403 403 302"),
    row("POST", "/data-calls/{call}/remind/", "302 403 403 403 403 403 403 403 403 302"),
    row("GET", "/data-calls/{call}/answers/", "200 200 403 403 403 403 403 200 403 302"),
    row("GET", "/data-calls/{call}/answers/{member}/", "200 200 200 404 404 404 404 200 404 302"),
    row("POST", "/data-calls/{call}/answers/{member}/", "403 403 422 404 404 404 404 403 404 302"),
]


def scene(world: World) -> None:
    world.places["call"] = open_call(make_call()).reference
    world.places["draft_call"] = make_call().reference
