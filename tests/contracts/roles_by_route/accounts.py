"""
Signing in, who I am, my sessions and tokens: everyone sees and ends their own. The accounts of others: those who give seats, and oversight to read.

The accounts here have no password and no second factor, so nobody is asked to prove themselves again (tests/web/accounts does that).
"""

from corridor.foundations.accounts.invitations import invite
from corridor.foundations.clock import real_now
from tests.factories.actors import make_actor, make_user

from . import World, row

NOBODY = "01920000-0000-7000-8000-000000000000"
OWN = "200 200 200 200 200 200 200 200 200 302"
MISSING = "404 404 404 404 404 404 404 404 404 302"
CONFIRM = "403 403 403 403 403 403 403 403 403 302"
AWAY = "302 302 302 302 302 302 302 302 302 302"


def scene(world: World) -> None:
    made = invite(email="invited@example.org", at=real_now(), by=make_actor("secretariat"))
    world.places |= {"account": make_user("some-account").pk, "invitation": made.invitation.pk, "invited": made.secret}


# in the order of ROLES:    secretariat council coordinator site_manager trainer assessor learner auditor key_holder visitor
ROWS = [
    row("GET", "/profile/", OWN),
    row("POST", "/profile/", OWN, name="A machine", days="30"),
    # Somebody else's token is no token of mine.
    row("POST", f"/profile/tokens/{NOBODY}/revoke/", MISSING),
    row("GET", "/sign-in/", "302 302 302 302 302 302 302 302 302 200"),
    row("POST", "/sign-in/", "302 302 302 302 302 302 302 302 302 422"),
    row("POST", "/sign-out/", "302"),
    row("GET", "/invited/{invited}/", "200", missing="410"),
    row("POST", "/invited/{invited}/", "422", missing="410", password="short"),
    row("GET", "/accounts/", "200 403 403 403 403 403 403 200 403 302"),
    row("GET", "/accounts/invite/", "200 403 403 403 403 403 403 403 403 302"),
    row("POST", "/accounts/invite/", "200 403 403 403 403 403 403 403 403 302", email="new@example.org", language="en"),
    row("GET", "/accounts/{account}/", "200 403 403 403 403 403 403 200 403 302"),
    row("POST", "/accounts/{account}/close/", "302 403 403 403 403 403 403 403 403 302"),
    row("POST", "/accounts/{account}/reopen/", "409 403 403 403 403 403 403 403 403 302"),
    row("POST", "/accounts/invitations/{invitation}/again/", "200 403 403 403 403 403 403 403 403 302"),
    row("POST", "/accounts/invitations/{invitation}/withdraw/", "302 403 403 403 403 403 403 403 403 302"),
    row("GET", "/account/", OWN),
    row("GET", "/account/closed/", "200"),
    row("GET", "/account/confirm/", CONFIRM),
    row("POST", "/account/confirm/", CONFIRM),
    row("GET", "/account/e-mail/", OWN),
    row("POST", "/account/e-mail/", "422 422 422 422 422 422 422 422 422 302", action_add="", email="no address"),
    row("GET", "/account/e-mail/forged/", "200"),
    row("POST", "/account/e-mail/forged/", "404"),
    row("GET", "/account/password/", AWAY),
    row("POST", "/account/password/", AWAY),
    row("GET", "/account/password/first/", OWN),
    row("POST", "/account/password/first/", "422 422 422 422 422 422 422 422 422 302", password1="short"),
    row("GET", "/account/password/forgotten/", "200"),
    row("POST", "/account/password/forgotten/", "302", email="nobody@example.org"),
    row("GET", "/account/password/forgotten/sent/", "200"),
    row("GET", "/account/password/new/abc-forged/", "200"),
    row("POST", "/account/password/new/abc-forged/", "422", password1="nine-bridges-over-the-river"),
    row("GET", "/account/password/new/done/", "200"),
    row("GET", "/account/second-factor/", AWAY),
    row("GET", "/account/second-factor/code/", AWAY),
    row("POST", "/account/second-factor/code/", AWAY),
    row("GET", "/account/second-factor/confirm/", CONFIRM),
    row("POST", "/account/second-factor/confirm/", CONFIRM),
    row("GET", "/account/app/", OWN),
    row("POST", "/account/app/", "422 422 422 422 422 422 422 422 422 302", code="000"),
    row("GET", "/account/app/off/", "404 404 404 404 404 404 404 404 404 302"),
    row("POST", "/account/app/off/", "404 404 404 404 404 404 404 404 404 302"),
    row("GET", "/account/spare-codes/", "404 404 404 404 404 404 404 404 404 302"),
    row("GET", "/account/spare-codes/new/", OWN),
    row("POST", "/account/spare-codes/new/", "422 422 422 422 422 422 422 422 422 302"),
    row("GET", "/account/passkeys/", OWN),
    row("GET", "/account/passkeys/add/", OWN),
    row("POST", "/account/passkeys/add/", "422 422 422 422 422 422 422 422 422 302", name="Telephone"),
    row("GET", "/account/passkeys/confirm/", CONFIRM),
    row("POST", "/account/passkeys/confirm/", CONFIRM),
    row("GET", "/account/passkeys/sign-in/", "302"),
    row("POST", "/account/passkeys/sign-in/", "302", credential="{{}}"),
    row("GET", "/account/passkeys/1/name/", MISSING),
    row("POST", "/account/passkeys/1/name/", MISSING),
    row("GET", "/account/passkeys/1/remove/", MISSING),
    row("POST", "/account/passkeys/1/remove/", MISSING),
    row("GET", "/account/sessions/", OWN),
    row("POST", "/account/sessions/others/end/", AWAY),
    row("POST", "/account/sessions/1/end/", MISSING),
    # No directory is set here.
    row("GET", "/account/directory/", OWN),
    row("GET", "/account/directory/directory/", "404"),
    row("POST", "/account/directory/directory/", "404"),
    row("GET", "/account/directory/directory/back/", "404"),
    row("POST", "/account/directory/directory/back/", "404"),
    row("GET", "/account/directory/failed/", "401"),
    row("GET", "/account/directory/cancelled/", "200"),
    row("GET", "/account/unknown/", "403"),
]
