"""Registers signed, learners moved, decisions made final, papers and paths, as machines reach them."""

from . import World, row
from .api import COHORT, KEY, NAMES, NO_FILE, TOKEN
from .cohorts_by_machine import CHOOSING, COHORTS, NOTHING, PLANNING, REGISTER

JUDGED = "/api/v1/cohorts/{judged}"
# Whoever sees the claim is asked which version they change, before anything else.
CLAIM = "200 404 404 200 404 200 200 200 404 401"
CLAIMED = "428 404 404 428 404 428 428 428 404 401"
MODERATES = "200 404 403 403 404 403 403 200 404 401"
PLACED = "428 404 404 428 428 428 428 428 404 401"
LINK = "200 404 404 200 404 404 404 404 404 401"
CLOSES = "200 404 403 403 403 403 403 403 404 401"
DEVICE = "404 404 404 404 200 404 404 404 404 401"
WATCHED = "200 404 200 200 200 404 404 200 404 401"
# Journals are brought by who takes or corrects registers, or assesses.
FILED = "422 422 422 422 422 422 422 422 422 401"

# in the order of ROLES:     secretariat council coordinator site_manager trainer assessor learner auditor key_holder visitor
ROWS = [
    row("POST", f"{REGISTER}/signature", "403 404 403 428 428 403 403 403 404 401"),
    row("GET", f"{REGISTER}/sheet", NAMES),
    row("GET", f"{COHORTS}/register-sheets?on=2023-03-06", NAMES),
    row("GET", f"{REGISTER}/photos", NAMES),
    row("POST", f"{REGISTER}/photos", NO_FILE, other=NO_FILE, missing=NO_FILE),
    row("GET", "/api/v1/cohorts/{cohort}/sessions/71/register/photos/{register_photo}", NAMES),
    row("GET", f"{COHORTS}/roll", COHORT),
    row("POST", f"{COHORTS}/roll", KEY, other=KEY, missing=KEY, places=[{"person": "Z", "participant_kind": "student"}]),
    row("PUT", f"{COHORTS}/roll", CHOOSING, steps=[{"number": 1, "to": "withdrew"}]),
    row("POST", f"{COHORTS}/learners/1/transfers", KEY, other=KEY, missing=KEY, to="Z", on="2024-02-02", reason="Z"),
    row("POST", f"{COHORTS}/learners/1/units/VI-1/hours-waivers", KEY, other=KEY, missing=KEY, reason="Z"),
    row("PUT", f"{COHORTS}/recruiting", PLACED.replace("404 404 428", "404 428 428", 1)),
    row("PUT", f"{COHORTS}/selection/late-offers", CHOOSING),
    row("GET", f"{COHORTS}/closing", CLOSES),
    row("PUT", f"{COHORTS}/closing", CLOSES.replace("200", "428")),
    row("PUT", f"{COHORTS}/sessions/1/plan", PLANNING),
    row("GET", "/api/v1/placements/{placement}/contract", CLAIM.replace("404 200 200 200", "200 200 200 200"),
        other="404 404 404 404 404 404 404 404 404 401"),
    row("POST", "/api/v1/placements/{placement}/contract", NO_FILE, other=NO_FILE, missing=NO_FILE),
    row("GET", "/api/v1/placements/{placement}/logbook", "200 404 404 200 200 200 200 200 404 401"),
    row("PUT", "/api/v1/placements/{placement}/logbook/2024-02-02", PLACED, minutes=60, text="Z"),
    row("GET", "/api/v1/placements/{placement}/mentor-link", LINK),
    row("POST", "/api/v1/placements/{placement}/mentor-link", KEY, other=KEY, missing=KEY),
    row("DELETE", "/api/v1/placements/{placement}/mentor-link", "428 404 404 428 403 403 403 403 404 401"),
    row("GET", f"{JUDGED}/decisions/open", "200 404 403 200 404 200 403 200 404 401"),
    row("POST", f"{JUDGED}/decisions/final", "403 404 403 403 404 428 403 403 404 401", decisions=["00000000-0000-0000-0000-000000000001"]),
    row("GET", f"{JUDGED}/assessors", "200 404 403 200 404 200 403 403 404 401"),
    row("POST", f"{JUDGED}/assessors", KEY, other=KEY, missing=KEY, person="Z"),
    row("GET", f"{JUDGED}/samples", MODERATES),
    row("POST", f"{JUDGED}/samples", KEY, other=KEY, missing=KEY, seed="Z"),
    row("PUT", f"{JUDGED}/samples/second", "428 404 403 403 404 403 403 403 404 401",
        samples=["00000000-0000-0000-0000-000000000001"], second="Z"),
    row("PUT", f"{JUDGED}/samples/{{sample}}/settling", "428 404 403 403 404 403 403 403 404 401",
        settling="overturned", reason="Z"),
    row("PUT", "/api/v1/appeals/{appeal}/withdrawal", "428 404 404 404 404 404 428 428 404 401"),
    row("GET", "/api/v1/prior-learning/{prior}", CLAIM),
    row("PUT", "/api/v1/prior-learning/{prior}/interview", CLAIMED, note="Z"),
    row("PUT", "/api/v1/prior-learning/{prior}/recognition", CLAIMED, note="Z"),
    row("PUT", "/api/v1/prior-learning/{prior}/refusal", CLAIMED, reason="Z"),
    row("PUT", "/api/v1/prior-learning/{prior}/withdrawal", CLAIMED),
    row("DELETE", "/api/v1/schemes/{draft_scheme}", "428 404 404 404 404 404 404 404 404 401"),
    row("POST", "/api/v1/rubrics", KEY, code="z", version=1, starts_on="2024-02-02", criteria=[{"en": "Z"}], levels=[{"en": "Z"}, {"en": "Z"}]),
    row("GET", "/api/v1/trainers/{trainer}/observed/{watched}", WATCHED),
    row("PUT", "/api/v1/trainers/{trainer}/observed/{watched}/agreed/{agreed}", WATCHED.replace("200", "428"), on="2024-02-02"),
    row("DELETE", "/api/v1/stays/{stay}", WATCHED.replace("200", "428")),
    row("GET", "/api/v1/journal/devices", TOKEN),
    row("GET", "/api/v1/journal/devices/{device}", DEVICE),
    row("PUT", "/api/v1/journal/devices/{device}/withdrawal", DEVICE.replace("200", "428")),
    row("GET", "/api/v1/journal/file", "200 403 403 200 403 403 403 403 403 401"),
    row("POST", "/api/v1/journal/files", FILED),
    row("GET", "/api/v1/me/path", "404 404 404 404 200 200 200 404 404 401"),
    row("POST", "/api/v1/me/path/{cohort}/1/files", NO_FILE, other=NO_FILE, missing=NO_FILE),
    row("GET", "/api/v1/me/path/files/00000000-0000-0000-0000-000000000001", NOTHING),
    row("DELETE", "/api/v1/me/path/files/00000000-0000-0000-0000-000000000001", NOTHING),
    row("GET", "/api/v1/me/path/files/00000000-0000-0000-0000-000000000001/content", NOTHING),
    row("GET", "/api/v1/me/timetable-address", "404 404 404 404 200 404 404 404 404 401"),
    row("POST", "/api/v1/me/timetable-address", "403 403 403 403 200 200 200 403 403 401"),
    row("DELETE", "/api/v1/me/timetable-address", "404 404 404 404 428 404 404 404 404 401"),
]  # fmt: skip


def scene(world: World) -> None:
    """Everything stands already."""
