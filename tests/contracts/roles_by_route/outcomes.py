"""Follow-ups of graduates: seen by oversight and, for its own site, by a site's manager; written by the secretariat."""

from datetime import timedelta

from corridor.rooms.people.models import Purpose
from corridor.rooms.people.purposes import FOLLOW_UP
from tests.factories.outcomes import make_wave
from tests.factories.people import make_consent, make_purpose
from tests.factories.training import make_cohort, make_enrolment

from . import World, row

ANSWER = {"attempts": "1", "asked_on": "2024-01-10", "working": "unknown", "relevant": "unknown"}
# ROLES:                                             secretariat council coordinator site_manager trainer assessor learner auditor key_holder visitor
ROWS = [
    row("GET", "/follow-ups/",                           "200 403 403 200 403 403 403 200 403 302"),
    row("GET", "/follow-ups/new/",                       "200 403 403 403 403 403 403 403 403 302"),
    row("POST", "/follow-ups/new/",                      "302 403 403 403 403 403 403 403 403 302", reference="WAVE-NEW", months="6",
        opens_on="2024-01-08", closes_on="2024-01-26", cohorts="{graduate_cohort}"),
    row("GET", "/follow-ups/{wave}/",                    "200 404 404 200 404 404 404 200 404 302"),
    row("POST", "/follow-ups/{wave}/move/",              "302 404 404 403 404 404 404 403 404 302", to="closed"),
    row("GET", "/follow-ups/{wave}/{graduate_cohort}/1/", "200 404 404 403 404 404 404 403 404 302"),
    row("POST", "/follow-ups/{wave}/{graduate_cohort}/1/", "302 404 404 403 404 404 404 403 404 302", **ANSWER),
]  # fmt: skip


def scene(world: World) -> None:
    cohort = make_cohort("COH-GONE-1", status="finished")
    day = cohort.ends_before - timedelta(days=1)
    steps = [("enrolled", cohort.starts_on), ("attending", cohort.starts_on), ("completed", day)]
    graduate = make_enrolment(cohort, number=1, steps=steps).person
    # The people's scene writes the purpose down, which rests on consent.
    make_consent(graduate, Purpose.objects.filter(code=FOLLOW_UP).first() or make_purpose(FOLLOW_UP))
    world.places |= {"graduate_cohort": cohort.reference, "wave": make_wave("WAVE-WEB", cohorts=[cohort]).reference}
