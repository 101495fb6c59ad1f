"""What I was told, how far my long work is, and the one search box: everyone what is theirs."""

from corridor.foundations.notices.wishing import muting_key

from . import World, row

NOWHERE = "01920000-0000-7000-8000-000000000000"
# in the order of ROLES:    secretariat council coordinator site_manager trainer assessor learner auditor key_holder visitor
ROWS = [
    row("GET", "/search/?q=nobody", "200"),
    row("GET", "/api/v1/search?q=nobody", "200"),
    row("GET", "/api/v1/me", "200 200 200 200 200 200 200 200 200 401"),
    row("GET", "/notices/", "200 200 200 200 200 200 200 200 200 302"),
    row("POST", "/notices/read/", "302 302 302 302 302 302 302 302 302 302"),
    row("GET", "/notices/settings/", "200 200 200 200 200 200 200 200 200 302"),
    row("POST", "/notices/settings/", "422 422 422 422 422 422 422 422 422 302", rhythm="hourly"),
    row("GET", "/notices/mute/{mute}/", "200", missing="404"),
    row("POST", "/notices/mute/{mute}/", "200", missing="404"),
    row("GET", "/jobs/", "200 200 200 200 200 200 200 200 200 302"),
    row("GET", f"/jobs/{NOWHERE}/", "404 404 404 404 404 404 404 404 404 302"),
    row("POST", f"/jobs/{NOWHERE}/cancel/", "404 404 404 404 404 404 404 404 404 302"),
]


def scene(world: World) -> None:
    """The link of a letter, which mutes for whoever holds it."""
    world.places["mute"] = muting_key(world.users["learner"].pk, "jobs.failed")
