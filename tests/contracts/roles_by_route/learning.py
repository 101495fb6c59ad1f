"""A learner's own path: files that the learner adds, for those who assess."""

from tests.factories.trainers import make_own_evidence

from . import World, row
from .api import KEY

# A file is its learner's; who sees the learner's decisions may look at it. ROLES:
#                                          secretariat council coordinator site_manager trainer assessor learner auditor key_holder visitor
ROWS = [
    row("GET", "/learn/{cohort}/1/files/",          "404 404 404 404 404 404 200 404 404 302"),
    row("POST", "/learn/{cohort}/1/files/",         "404 404 404 404 404 404 422 404 404 302"),
    row("GET", "/learn/files/{own_file}/",          "200 404 404 200 404 200 200 200 404 302"),
    row("POST", "/learn/files/{own_file}/drop/",    "403 404 404 403 404 403 302 403 404 302"),
    row("GET", "/cohorts/{cohort}/decisions/{unit}/1/files/{own_file}/",  "403 404 403 403 403 200 403 403 404 302"),
    row("POST", "/cohorts/{cohort}/decisions/{unit}/1/files/{own_file}/", "403 404 403 403 403 422 403 403 404 302"),
    row("GET", "/api/v1/cohorts/{cohort}/learners/1/own-files",           "200 404 404 200 200 200 200 200 404 401"),
    row("POST", "/api/v1/cohorts/{cohort}/learners/1/units/{unit}/own-files", KEY, other=KEY, missing=KEY, own="{own_file}"),
    row("GET", "/cohorts/{cohort}/files/",          "200 404 403 200 403 200 403 200 404 302"),
]  # fmt: skip


def scene(world: World) -> None:
    place = world.records["cohort"].enrolments.get(number=1)
    world.places["own_file"] = make_own_evidence(place).pk
