"""Decisions: the cohort's assessors decide; who oversees sees them; who teaches is told why not. The records are those of training."""

from . import row

# ROLES:                                              secretariat council coordinator site_manager trainer assessor learner auditor key_holder visitor
ROWS = [
    row("GET", "/cohorts/{cohort}/decisions/",             "200 404 403 200 403 200 403 200 404 302"),
    row("POST", "/cohorts/{cohort}/decisions/final/",      "403 404 403 403 403 302 403 403 404 302"),
    row("GET", "/cohorts/{cohort}/decisions/{unit}/",      "200 404 403 200 403 200 403 200 404 302"),
    row("POST", "/cohorts/{cohort}/decisions/{unit}/",     "403 404 403 403 403 302 403 403 404 302", r1="competent"),
    row("GET", "/cohorts/{cohort}/decisions/{unit}/1/",    "200 404 403 200 403 200 403 200 404 302"),
    row("POST", "/cohorts/{cohort}/decisions/{unit}/1/",   "403 404 403 403 403 302 403 403 404 302",
        result="competent", decided_on="2023-06-20", version="0", attempt="1"),
]  # fmt: skip
