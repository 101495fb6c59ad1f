"""What employers need: read by anyone, stated by who speaks for a company, and by the secretariat."""

from tests.factories.demand import make_demand

from . import World, row

# in the order of ROLES:     secretariat council coordinator site_manager trainer assessor learner auditor key_holder visitor
ROWS = [
    row("GET", "/demand/", "200"),
    row("GET", "/demand/{demand}/", "200"),
    row("GET", "/demand/new/", "200 403 403 403 403 403 403 403 403 302"),
    row("POST", "/demand/new/", "422 403 403 403 403 403 403 403 403 302"),
    row("POST", "/demand/{demand}/publish/", "409 403 403 403 403 403 403 403 403 302"),
    row("GET", "/demand/{demand}/met/", "200 403 403 403 403 403 403 403 403 302"),
    row("POST", "/demand/{demand}/met/", "422 403 403 403 403 403 403 403 403 302"),
]


def scene(world: World) -> None:
    demand = make_demand()
    world.records["demand"], world.places["demand"] = demand, demand.reference
