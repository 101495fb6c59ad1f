"""Choosing learners, the timetable and rosters, as machines reach them."""

from . import World, row
from .api import COHORT, KEY, NAMES, TOKEN

ROSTER = "/api/v1/ims/oneroster/rostering/v1p2"
NOTHING = "404 404 404 404 404 404 404 404 404 401"
# Who gives places; the others see the cohort and not its applicants.
CHOOSES = "200 404 403 200 403 403 403 403 404 401"
CHOOSING = "428 404 403 428 403 403 403 403 404 401"
PLANS = "200 404 403 200 200 403 403 403 404 401"
NO_VERSION = "428 428 428 428 428 428 428 428 428 401"
PLANNING = "428 404 403 428 428 403 403 403 404 401"
# Whoever sees the learner is asked which version they change, before anything else.
PLACED = "428 404 404 428 428 428 428 428 404 401"
COHORTS = "/api/v1/cohorts/{api_cohort}"
REGISTER, ARRIVALS = f"{COHORTS}/sessions/1/register", f"{COHORTS}/sessions/1/arrivals"

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
    row("POST", f"{COHORTS}/placements", KEY, other=KEY, missing=KEY, number=1, company="Z",
        starts_on="2024-01-22", ends_before="2024-02-22", hours=9),
    row("GET", "/api/v1/placements/{placement}", "200 404 404 200 200 200 200 200 404 401"),
    row("PUT", "/api/v1/placements/{placement}", PLACED, company="Z", starts_on="2024-01-22", ends_before="2024-02-22", hours=9),
    row("PUT", "/api/v1/placements/{placement}/tasks", PLACED, tasks=[]),
    row("PUT", "/api/v1/placements/{placement}/end", PLACED, on="2024-01-22", because="Z"),
    row("POST", "/api/v1/placements/{placement}/visits", KEY, other=KEY, missing=KEY, on="2024-01-22", found="Z"),
    row("GET", f"{COHORTS}/trainers", COHORT),
    row("POST", f"{COHORTS}/trainers", KEY, other=KEY, missing=KEY, person="P-1"),
    row("GET", f"{COHORTS}/trainers/nobody", "404 404 403 404 403 403 403 403 404 401"),
    row("PUT", f"{COHORTS}/trainers/nobody/end", "404 404 403 404 403 403 403 403 404 401", held_before="2023-06-05"),
    row("GET", f"{COHORTS}/languages", NAMES),
    row("PUT", f"{COHORTS}/languages/levels", "428 404 403 428 428 428 403 428 404 401",
        levels=[{"number": 1, "moment": "entry", "language": "en", "scale": "cefr", "level": "B1", "source": "test"}]),
    row("PUT", f"{COHORTS}/languages/goals", "428 404 403 428 428 428 403 428 404 401", goals=[]),
    row("GET", f"{COHORTS}/platform-links", COHORT),
    row("PUT", f"{COHORTS}/platform-links", "428 404 428 428 428 428 428 428 404 401", links=[]),
    row("GET", f"{COHORTS}/contact-checks", NAMES),
    row("PUT", f"{COHORTS}/contact-checks", "428 404 403 428 428 428 403 428 404 401", moment="entry", results={"1": "reached"}),
    row("GET", f"{REGISTER}/story", NAMES),
    row("POST", f"{REGISTER}/openings", KEY, other=KEY, missing=KEY, days=2, reason="Z"),
    row("POST", f"{REGISTER}/corrections", KEY, other=KEY, missing=KEY, seat=1, mark="absent", reason="Z"),
    row("GET", "/api/v1/programmes/{api_programme}/register-rule", TOKEN, other=TOKEN),
    row("PUT", "/api/v1/programmes/{api_programme}/register-rule", NO_VERSION, other=NO_VERSION),
    row("GET", f"{ARRIVALS}", "403 404 403 403 200 403 403 403 404 401"),
    row("POST", f"{ARRIVALS}/screen", KEY, other=KEY, missing=KEY),
    row("PUT", f"{ARRIVALS}/end", "403 404 403 403 428 403 403 403 404 401"),
    row("POST", f"{ARRIVALS}/confirmations", KEY, other=KEY, missing=KEY),
    row("GET", "/api/v1/me/photo", "404 404 404 404 404 404 404 404 404 401"),
    row("POST", "/api/v1/me/photo", "422 422 422 422 422 422 422 422 422 401"),
    row("DELETE", "/api/v1/me/photo", "404 404 404 404 404 404 404 404 404 401"),
    row("POST", "/api/v1/me/arrivals", KEY, code="nothing", phone="a phone of mine"),
    row("GET", "/api/v1/timetable", TOKEN),
    row("GET", f"{ROSTER}/classes", TOKEN),
    row("GET", f"{ROSTER}/classes/nothing", NOTHING),
    row("GET", f"{ROSTER}/classes/nothing/students", NOTHING),
    row("GET", f"{ROSTER}/schools/nothing/classes/nothing/students", NOTHING),
]  # fmt: skip


def scene(world: World) -> None:
    """Everything stands already: the cohort of the API's scene."""
