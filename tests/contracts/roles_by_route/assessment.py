"""Decisions: the cohort's assessors decide; who oversees sees them; who teaches is told why not. The records are those of training."""

from tests.factories.capability import make_licence
from tests.factories.people import make_person

from . import World, row

# ROLES:                                              secretariat council coordinator site_manager trainer assessor learner auditor key_holder visitor
ROWS = [
    row("GET", "/cohorts/{cohort}/decisions/",             "200 404 403 200 403 200 403 200 404 302"),
    row("POST", "/cohorts/{cohort}/decisions/final/",      "403 404 403 403 403 302 403 403 404 302"),
    row("GET", "/cohorts/{cohort}/decisions/{unit}/",      "200 404 403 200 403 200 403 200 404 302"),
    row("POST", "/cohorts/{cohort}/decisions/{unit}/",     "403 404 403 403 403 302 403 403 404 302", r1="competent"),
    row("GET", "/cohorts/{cohort}/decisions/{unit}/1/",    "200 404 403 200 403 200 403 200 404 302"),
    row("POST", "/cohorts/{cohort}/decisions/{unit}/1/",   "403 404 403 403 403 302 403 403 404 302",
        result="competent", decided_on="2023-06-20", version="0", attempt="1"),
    row("GET", "/sites/{site}/capability/",                "200 200 200 200 200 200 200 200 200 302",
        other="200 200 200 200 200 200 200 200 200 302"),
    row("GET", "/sites/{site}/capability/{unit_key}/",     "200 200 200 200 200 200 200 200 200 302",
        other="200 200 200 200 200 200 200 200 200 302"),
    row("GET", "/sites/{site}/capability/{unit_key}/exception/",  "200 403 403 403 403 403 403 403 403 302"),
    row("POST", "/sites/{site}/capability/{unit_key}/exception/", "422 403 403 403 403 403 403 403 403 302"),
    row("GET", "/licences/",                               "200 200 200 200 200 200 200 200 200 302"),
    row("GET", "/licences/new/",                           "200 403 403 403 403 403 403 403 403 302"),
    row("POST", "/licences/new/",                          "422 403 403 403 403 403 403 403 403 302"),
    row("GET", "/licences/{licence}/end/",                 "200 403 403 403 403 403 403 403 403 302"),
    row("POST", "/licences/{licence}/end/",                "422 403 403 403 403 403 403 403 403 302"),
]  # fmt: skip


def scene(world: World) -> None:
    unit = world.records["cohort"].curriculum_version.units.first()
    licence = make_licence(make_person("licensed"), unit)
    world.places |= {"unit_key": unit.pk, "licence": licence.pk}
