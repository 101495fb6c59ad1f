"""Data calls: made and watched by those who oversee the alliance, answered by whoever speaks for a member."""

from tests.factories.data_calls import answer_call, make_call, open_call
from tests.factories.members import make_member

from . import World, row

# in the order of ROLES:     secretariat council coordinator site_manager trainer assessor learner auditor key_holder visitor
ROWS = [
    row("GET", "/data-calls/", "200 200 200 403 403 403 403 200 403 302"),
    row("GET", "/data-calls/new/", "200 403 403 403 403 403 403 403 403 302"),
    row("POST", "/data-calls/new/", "422 403 403 403 403 403 403 403 403 302"),
    row("GET", "/data-calls/{call}/", "200 200 200 403 403 403 403 200 403 302"),
    row("GET", "/data-calls/{draft_call}/", "200 200 404 403 403 403 403 200 403 302"),
    row("GET", "/data-calls/{draft_call}/deadline/", "200 403 403 403 403 403 403 403 403 302"),
    row("POST", "/data-calls/{draft_call}/deadline/", "422 403 403 403 403 403 403 403 403 302"),
    row("GET", "/data-calls/{draft_call}/questions/", "200 403 403 403 403 403 403 403 403 302"),
    row("POST", "/data-calls/{draft_call}/questions/", "422 403 403 403 403 403 403 403 403 302"),
    row("POST", "/data-calls/{call}/questions/1/drop/", "409 403 403 403 403 403 403 403 403 302"),
    row("POST", "/data-calls/{call}/open/", "409 403 403 403 403 403 403 403 403 302"),
    row("POST", "/data-calls/{draft_call}/close/", "409 403 403 403 403 403 403 403 403 302"),
    row("POST", "/data-calls/{call}/remind/", "302 403 403 403 403 403 403 403 403 302"),
    row("GET", "/data-calls/{call}/answers/", "200 200 403 403 403 403 403 200 403 302"),
    row("GET", "/data-calls/{call}/answers/{member}/", "200 200 200 404 404 404 404 200 404 302"),
    row("POST", "/data-calls/{call}/answers/{member}/", "403 403 422 404 404 404 404 403 404 302"),
    row("GET", "/data-calls/{call}/answers/{answerer}/1/claim/", "200 403 403 403 403 403 403 403 403 302"),
    row("POST", "/data-calls/{call}/answers/{answerer}/1/claim/", "422 403 403 403 403 403 403 403 403 302"),
    row("GET", "/api/v1/data-calls", "200 200 200 403 403 403 403 200 403 401"),
    row("GET", "/api/v1/data-calls/{call}/answers/{member}", "200 200 200 404 404 404 404 200 404 401"),
    row(
        "PUT",
        "/api/v1/data-calls/{call}/answers/{member}",
        "428 428 428 404 404 404 404 428 404 401",
        answers=[{"position": 1, "value": "yes"}],
    ),
]


def scene(world: World) -> None:
    colombo = make_member("answers", country="LK")
    call = open_call(make_call())
    answer_call(call, colombo, "yes")
    world.places["call"], world.places["answerer"] = call.reference, colombo.reference
    world.places["draft_call"] = make_call().reference
