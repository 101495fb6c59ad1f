"""An account that is closed for ever says nothing of whose it was."""

from datetime import UTC, datetime

import pytest
from allauth.account.models import EmailAddress

from corridor.foundations.accounts.closing import close_account
from corridor.foundations.accounts.invitations import InvitationOver, invite, open_invitation
from corridor.foundations.accounts.models import Invitation
from corridor.kernel.errors import AccessDenied
from tests.factories.actors import make_actor, make_user

pytestmark = pytest.mark.django_db
NOW = datetime(2024, 2, 2, 3, 0, tzinfo=UTC)


def test_its_name_addresses_and_open_link_are_gone():
    made = invite(email="khamla@example.org", at=NOW, by=make_actor("secretariat"))
    closed = close_account(user_id=made.user.pk, at=NOW, by=make_actor("secretariat"))
    assert "khamla" not in closed.username
    assert not EmailAddress.objects.exists()
    assert Invitation.objects.get().email == ""
    with pytest.raises(InvitationOver):
        open_invitation(secret=made.secret, at=NOW)


def test_nobody_but_those_who_erase_closes_one_for_ever():
    with pytest.raises(AccessDenied):
        close_account(user_id=make_user("khamla").pk, at=NOW, by=make_actor("coordinator"))
