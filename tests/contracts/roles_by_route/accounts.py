"""Who I am, and the tokens of my machines: everyone sees and ends their own."""

from . import row

# in the order of ROLES:    secretariat council coordinator site_manager trainer assessor learner auditor key_holder visitor
ROWS = [
    row("GET", "/profile/", "200 200 200 200 200 200 200 200 200 302"),
    row("POST", "/profile/", "200 200 200 200 200 200 200 200 200 302", name="A machine", days="30"),
    # Somebody else's token is no token of mine.
    row(
        "POST",
        "/profile/tokens/01920000-0000-7000-8000-000000000000/revoke/",
        "404 404 404 404 404 404 404 404 404 302",
    ),
]
