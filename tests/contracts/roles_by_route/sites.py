"""Sites are public; the secretariat moves them on. The records are those of the scene of training."""

from . import row

# in the order of ROLES:       secretariat council coordinator site_manager trainer assessor learner auditor key_holder visitor
ROWS = [
    row("GET", "/sites/", "200"),
    row("GET", "/sites/{site}/", "200"),
    row("GET", "/sites/{site}/move/", "200 403 403 403 403 403 403 403 403 302"),
    row("POST", "/sites/{site}/move/", "422 403 403 403 403 403 403 403 403 302"),
]
