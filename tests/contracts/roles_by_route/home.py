"""The first page, the desk, and what a reader chooses without an account."""

from . import row

# in the order of ROLES:     secretariat council coordinator site_manager trainer assessor learner auditor key_holder visitor
ROWS = [
    row("GET", "/", "200"),
    row("GET", "/health/live", "200"),
    row("GET", "/health/ready", "200"),
    row("GET", "/desk/", "200 200 200 200 200 200 200 200 200 302"),
    row("GET", "/language/", "302"),
    row("POST", "/language/", "302", language="lo"),
    row("POST", "/theme/", "302", theme="dark"),
]
