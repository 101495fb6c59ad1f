"""What employers need: read by anyone, stated by who speaks for a company, and by the secretariat."""

from tests.factories.demand import make_demand

from . import World, row
from .api import NO_FILE

KEYED = {"Idempotency-Key": "one"}

# in the order of ROLES:     secretariat council coordinator site_manager trainer assessor learner auditor key_holder visitor
ROWS = [
    row("GET", "/demand/", "200"),
    row("GET", "/demand/{demand}/", "200"),
    row("GET", "/demand/new/", "200 403 403 403 403 403 403 403 403 302"),
    row("POST", "/demand/new/", "422 403 403 403 403 403 403 403 403 302"),
    row("POST", "/demand/{demand}/publish/", "409 403 403 403 403 403 403 403 403 302"),
    row("GET", "/demand/{demand}/met/", "200 403 403 403 403 403 403 403 403 302"),
    row("POST", "/demand/{demand}/met/", "422 403 403 403 403 403 403 403 403 302"),
    row("GET", "/demand/{demand}/paper/", "200 403 403 403 403 403 403 403 403 302"),
    row("POST", "/demand/{demand}/paper/", "422 403 403 403 403 403 403 403 403 302"),
    row("GET", "/demand/{demand}/paper/file/", "404 404 404 404 404 404 404 404 404 302"),
    row("GET", "/demand-totals/", "200"),
    row("GET", "/demand-gaps/", "200"),
    row("GET", "/occupations/", "200"),
    row("GET", "/api/v1/demand-totals", "200"),
    row("GET", "/api/v1/demand-gaps", "200"),
    row("GET", "/api/v1/occupations", "200"),
    row("POST", "/api/v1/demand", "201 403 403 403 403 403 403 403 403 401", headers=KEYED, employer="mekong-fleet", occupation_code="7231",
        occupation_title="Mechanic", posts=3, country="LA", needed_by="2199-01-31"),
    row("POST", "/api/v1/demand/{api_demand}/paper", NO_FILE, other=NO_FILE, missing=NO_FILE),
    row("POST", "/api/v1/demand/{api_demand}/publication", "409 403 403 403 403 403 403 403 403 401",
        headers={"If-Match": "{demand_etag}"}),
    row("POST", "/api/v1/demand/{api_demand}/fulfilment", "200 403 403 403 403 403 403 403 403 401",
        headers={"If-Match": "{demand_etag}"}),
    row("POST", "/api/v1/cohorts", "422 422 422 422 422 422 422 422 422 401", headers=KEYED, reference="COH-API"),
]  # fmt: skip


def scene(world: World) -> None:
    demand = make_demand()
    world.records["demand"], world.places["demand"] = demand, demand.reference
