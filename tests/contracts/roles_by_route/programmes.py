"""Programmes: their stories are public; the secretariat moves them on. The records are those of the scene of training."""

from . import row

# in the order of ROLES:                 secretariat council coordinator site_manager trainer assessor learner auditor key_holder visitor
ROWS = [
    row("GET", "/programmes/", "200"),
    row("GET", "/programmes/{programme}/", "200"),
    row("GET", "/programmes/{programme}/move/", "200 403 403 403 403 403 403 403 403 302"),
    row("POST", "/programmes/{programme}/move/", "422 403 403 403 403 403 403 403 403 302"),
    row("GET", "/programmes/{programme}/review/", "200 403 403 403 403 403 403 403 403 302"),
    row("POST", "/programmes/{programme}/review/", "422 403 403 403 403 403 403 403 403 302"),
    row("GET", "/api/v1/programmes/{api_programme}/reviews", "200"),
    row(
        "POST",
        "/api/v1/programmes/{api_programme}/reviews",
        "201 403 403 403 403 403 403 403 403 401",
        headers={"Idempotency-Key": "one"},
        on="2024-02-02",
        ending="fix",
        finding="Too few machines",
    ),
    row("GET", "/api/v1/late-reviews", "200"),
]
