"""Choosing learners, the timetable and rosters, as machines reach them."""

from . import World, row
from .api import COHORT, KEY, NAMES, TOKEN

ROSTER = "/api/v1/ims/oneroster/rostering/v1p2"
NOTHING = "404 404 404 404 404 404 404 404 404 401"
# Who gives places; the others see the cohort and not its applicants.
CHOOSES = "200 404 403 200 403 403 403 403 404 401"
CHOOSING = "428 404 403 428 403 403 403 403 404 401"
PLANS = "200 404 403 200 200 403 403 403 404 401"
PLANNING = "428 404 403 428 428 403 403 403 404 401"
COHORTS = "/api/v1/cohorts/{api_cohort}"

# in the order of ROLES:     secretariat council coordinator site_manager trainer assessor learner auditor key_holder visitor
ROWS = [
    row("GET", f"{COHORTS}/selection", CHOOSES),
    row("PUT", f"{COHORTS}/selection/points", CHOOSING),
    row("PUT", f"{COHORTS}/selection/choice", CHOOSING, seats=[1], choice="wait"),
    row("POST", f"{COHORTS}/applications", KEY, other=KEY, missing=KEY, participant_kind="student"),
    row("GET", f"{COHORTS}/applications/own", "404 404 404 404 404 404 200 404 404 401"),
    row("PUT", f"{COHORTS}/applications/own", "404 404 404 404 404 404 428 404 404 401", answer="accept"),
    row("GET", f"{COHORTS}/funnel", NAMES),
    row("GET", f"{COHORTS}/description", COHORT),
    row("PUT", f"{COHORTS}/description", "428 404 428 428 428 428 428 428 404 401"),
    row("POST", f"{COHORTS}/session-plans", KEY, other=KEY, missing=KEY,
        first_day="2023-06-05", weekdays=[0], times=["08:30"], minutes=60, sessions=1),
    row("GET", f"{COHORTS}/sessions/1/plan", PLANS),
    row("PUT", f"{COHORTS}/sessions/1/time", PLANNING, begins_at="2023-06-05T08:30:00+07:00", minutes=60, reason="Z"),
    row("PUT", f"{COHORTS}/sessions/1/cancelled", PLANNING, reason="Z"),
    row("GET", f"{COHORTS}/hours", COHORT),
    row("GET", f"{COHORTS}/placements", COHORT),
    row("GET", f"{COHORTS}/trainers", COHORT),
    row("POST", f"{COHORTS}/trainers", KEY, other=KEY, missing=KEY, person="P-1"),
    row("GET", f"{COHORTS}/trainers/nobody", "404 404 403 404 403 403 403 403 404 401"),
    row("PUT", f"{COHORTS}/trainers/nobody/end", "404 404 403 404 403 403 403 403 404 401", held_before="2023-06-05"),
    row("GET", f"{COHORTS}/contact-checks", NAMES),
    row("PUT", f"{COHORTS}/contact-checks", "428 404 403 428 428 428 403 428 404 401", moment="entry", results={"1": "reached"}),
    row("GET", "/api/v1/timetable", TOKEN),
    row("GET", f"{ROSTER}/classes", TOKEN),
    row("GET", f"{ROSTER}/classes/nothing", NOTHING),
    row("GET", f"{ROSTER}/classes/nothing/students", NOTHING),
]  # fmt: skip


def scene(world: World) -> None:
    """Everything stands already: the cohort of the API's scene."""
