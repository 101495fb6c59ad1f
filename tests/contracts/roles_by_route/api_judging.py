"""What machines get of how units are assessed, and of what is done about a decision. The records are those of assessment's scene."""

from . import row
from .api import DECISIONS, KEY, TOKEN

# What is said of oneself, and all for who keeps licences.
CLOSE = "200 404 404 404 404 404 404 200 404 401"

# in the order of ROLES:     secretariat council coordinator site_manager trainer assessor learner auditor key_holder visitor
ROWS = [
    row("GET", "/api/v1/schemes", TOKEN),
    row("GET", "/api/v1/schemes/{scheme}", TOKEN),
    row("POST", "/api/v1/schemes", KEY, curriculum="z", curriculum_version="1", unit="Z"),
    row("PUT", "/api/v1/schemes/{scheme}", KEY),
    row("POST", "/api/v1/schemes/{scheme}/publication", KEY, on="2024-02-02"),
    row("GET", "/api/v1/cohorts/{judged}/sittings", "200 404 200 200 404 200 200 200 404 401"),
    row("POST", "/api/v1/cohorts/{judged}/sittings", KEY, other=KEY, missing=KEY, unit="Z", held_on="2024-02-02", assessor="Z", called=[1]),
    row("GET", "/api/v1/sittings/{sitting}", "200 404 404 200 404 200 200 200 404 401"),
    row("DELETE", "/api/v1/sittings/{sitting}", "428 404 404 428 404 428 428 428 404 401"),
    row("GET", "/api/v1/cohorts/{judged}/units/{unit}/release", "200 404 403 200 404 200 403 200 404 401"),
    row("PUT", "/api/v1/cohorts/{judged}/units/{unit}/release", "428 404 403 428 404 428 403 428 404 401", release_at="2024-02-02T09:00:00+07:00"),
    row("GET", "/api/v1/relations", TOKEN),
    row("POST", "/api/v1/relations", KEY, assessor="Z", learner="Z", kind="close"),
    row("GET", "/api/v1/relations/{relation}", CLOSE),
    row("DELETE", "/api/v1/relations/{relation}", CLOSE.replace("200", "428")),
    row("GET", "/api/v1/employments", TOKEN),
    row("POST", "/api/v1/employments", KEY, person="Z", organisation="Z", starts_on="2024-02-02"),
    row("GET", "/api/v1/employments/{work}", CLOSE),
    row("PUT", "/api/v1/employments/{work}/end", CLOSE.replace("200", "428"), ends_before="2024-02-02"),
    row("GET", "/api/v1/evidence", TOKEN),
    row("GET", "/api/v1/evidence/{evidence}", "200 404 404 200 404 200 200 200 404 401"),
    row("POST", "/api/v1/cohorts/{judged}/learners/1/units/{unit}/evidence", KEY, other=KEY, missing=KEY, file_name="z.jpg", size=1, sha256="0"),
    row("PUT", "/api/v1/evidence/{evidence}/pieces/0", "403 404 404 403 404 200 200 403 404 401"),
    row("DELETE", "/api/v1/evidence/{evidence}", "428 404 404 428 404 428 428 428 404 401"),
    row("POST", "/api/v1/cohorts/{judged}/learners/1/units/{unit}/signatures", "428 404 403 428 404 428 403 428 404 401",
        role="assessor", name="Z"),
    row("GET", "/api/v1/samples", TOKEN),
    row("GET", "/api/v1/samples/{sample}", "404 404 404 404 404 200 404 404 404 401"),
    row("PUT", "/api/v1/samples/{sample}/judgement", "404 404 404 404 404 428 404 404 404 401", result="competent"),
    row("GET", "/api/v1/cohorts/{judged}/moderation", "200 404 403 403 404 403 403 200 404 401"),
    row("GET", "/api/v1/appeals", TOKEN),
    row("GET", "/api/v1/appeals/{appeal}", "200 404 404 404 404 404 200 200 404 401"),
    row("POST", "/api/v1/decisions/{appealable}/appeal", KEY, other=KEY, missing=KEY, grounds="Z"),
    row("PUT", "/api/v1/appeals/{appeal}/panel", "428 404 404 404 404 404 403 403 404 401", chair="z", members=["z"]),
    row("POST", "/api/v1/appeals/{appeal}/ruling", "428 404 404 404 404 404 403 403 404 401", to="upheld", ruling="Z"),
    row("GET", "/api/v1/prior-learning", TOKEN),
    row("POST", "/api/v1/cohorts/{judged}/learners/1/prior-learning", KEY, other=KEY, missing=KEY, unit="Z", claim="Z"),
    row("GET", "/api/v1/cohorts/{cohort}/marks", DECISIONS),
]  # fmt: skip
