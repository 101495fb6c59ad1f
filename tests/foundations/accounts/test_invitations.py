"""An invitation makes the account, sends one link, and opens the account once."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from allauth.account.models import EmailAddress

from corridor.foundations.accounts.invitations import (
    HasAccount,
    InvitationOver,
    accept,
    account_of_email,
    invite,
    list_invitations,
    open_invitation,
    send_again,
    withdraw,
)
from corridor.foundations.accounts.models import Invitation
from corridor.foundations.audit.models import Entry
from corridor.kernel.errors import AccessDenied, BadInput, NotFound, WrongMoment
from tests.factories.actors import VISITOR, make_actor, make_user

pytestmark = pytest.mark.django_db
NOW = datetime(2024, 2, 2, 3, 0, tzinfo=UTC)
SOON = NOW + timedelta(days=1)
GOOD = "nine-bridges-over-the-river"


def test_the_account_exists_at_once_and_nobody_can_enter_it():
    made = invite(email="Khamla@Example.org", at=NOW, by=make_actor("secretariat"))
    assert made.user.username == "khamla"
    assert not made.user.has_usable_password()
    assert EmailAddress.objects.get(user=made.user).email == "khamla@example.org"
    assert not EmailAddress.objects.get(user=made.user).verified
    assert made.secret not in Invitation.objects.get().digest


def test_the_letter_has_the_link_and_nothing_about_anyone(mailoutbox, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        made = invite(email="khamla@example.org", at=NOW, by=make_actor("secretariat"))
    (letter,) = mailoutbox
    assert letter.to == ["khamla@example.org"]
    assert re.findall(r"https://\S+", letter.body) == [made.link]
    assert "khamla" not in letter.body.lower().replace(made.link.lower(), "")


def test_a_name_that_is_taken_gets_a_number():
    make_user("khamla")
    by = make_actor("secretariat")
    assert invite(email="khamla@one.example", at=NOW, by=by).user.username == "khamla-2"
    assert invite(email="KHAMLA@two.example", at=NOW, by=by).user.username == "khamla-3"


def test_an_address_is_invited_once():
    by = make_actor("secretariat")
    made = invite(email="khamla@example.org", at=NOW, by=by)
    with pytest.raises(HasAccount):
        invite(email=" khamla@EXAMPLE.org", at=NOW, by=by)
    assert account_of_email(email="khamla@example.org", by=by) == made.user
    assert account_of_email(email="nimali@example.org", by=by) is None


@pytest.mark.parametrize("email", ["", "khamla", "khamla@", "a b@example.org", "x\nBcc: y@example.org"])
def test_what_is_no_address_is_refused(email: str):
    with pytest.raises(BadInput):
        invite(email=email, at=NOW, by=make_actor("secretariat"))


def test_a_language_that_the_product_does_not_speak_is_refused():
    with pytest.raises(BadInput):
        invite(email="khamla@example.org", language="xx", at=NOW, by=make_actor("secretariat"))


@pytest.mark.parametrize("role", ["learner", "trainer", "auditor", "council"])
def test_who_gives_no_work_invites_nobody(role: str):
    with pytest.raises(AccessDenied):
        invite(email="khamla@example.org", at=NOW, by=make_actor(role))


def test_accepting_sets_the_password_and_confirms_the_address():
    made = invite(email="khamla@example.org", at=NOW, by=make_actor("secretariat"))
    user = accept(secret=made.secret, password=GOOD, at=SOON, by=VISITOR)
    assert user.check_password(GOOD)
    assert EmailAddress.objects.get(user=user).verified
    assert Invitation.objects.get().email == ""
    assert Entry.objects.filter(event="accounts.invitation_accepted").exists()


def test_a_link_works_once():
    made = invite(email="khamla@example.org", at=NOW, by=make_actor("secretariat"))
    accept(secret=made.secret, password=GOOD, at=SOON, by=VISITOR)
    with pytest.raises(InvitationOver):
        accept(secret=made.secret, password="another-long-one-here", at=SOON, by=VISITOR)
    assert made.user.__class__.objects.get(pk=made.user.pk).check_password(GOOD)


def test_a_link_is_too_old_after_fourteen_days():
    made = invite(email="khamla@example.org", at=NOW, by=make_actor("secretariat"))
    assert open_invitation(secret=made.secret, at=NOW + timedelta(days=13, hours=23)).user == made.user
    with pytest.raises(InvitationOver):
        open_invitation(secret=made.secret, at=NOW + timedelta(days=14))


def test_a_forged_link_opens_nothing():
    made = invite(email="khamla@example.org", at=NOW, by=make_actor("secretariat"))
    for forged in ("", made.secret[:-1], made.secret + "x", Invitation.objects.get().digest):
        with pytest.raises(InvitationOver):
            open_invitation(secret=forged, at=SOON)


@pytest.mark.parametrize("password", ["short", "password123", "1234567890"])
def test_a_password_that_is_too_easy_leaves_the_link_good(password: str):
    made = invite(email="khamla@example.org", at=NOW, by=make_actor("secretariat"))
    with pytest.raises(BadInput) as refused:
        accept(secret=made.secret, password=password, at=SOON, by=VISITOR)
    assert refused.value.problems[0].column == "password"
    assert open_invitation(secret=made.secret, at=SOON)


def test_sending_again_replaces_the_link():
    by = make_actor("secretariat")
    old = invite(email="khamla@example.org", at=NOW, by=by)
    new = send_again(invitation_id=old.invitation.pk, at=SOON, by=by)
    assert new.user == old.user
    with pytest.raises(InvitationOver):
        open_invitation(secret=old.secret, at=SOON)
    assert open_invitation(secret=new.secret, at=NOW + timedelta(days=14, hours=1))
    assert [each.pk for each in list_invitations(by=by)] == [new.invitation.pk]


def test_what_was_withdrawn_opens_nothing_and_leaves_the_address_free():
    by = make_actor("secretariat")
    made = invite(email="khamla@example.org", at=NOW, by=by)
    withdraw(invitation_id=made.invitation.pk, at=SOON, by=by)
    with pytest.raises(InvitationOver):
        open_invitation(secret=made.secret, at=SOON)
    made.user.refresh_from_db()
    assert not made.user.is_active
    assert invite(email="khamla@example.org", at=SOON, by=by).user.username == "khamla-2"


def test_an_accepted_invitation_is_neither_withdrawn_nor_sent_again():
    by = make_actor("secretariat")
    made = invite(email="khamla@example.org", at=NOW, by=by)
    accept(secret=made.secret, password=GOOD, at=SOON, by=VISITOR)
    for change in (withdraw, send_again):
        with pytest.raises(WrongMoment):
            change(invitation_id=made.invitation.pk, at=SOON, by=by)


def test_only_who_gives_seats_withdraws_and_sends_again():
    made = invite(email="khamla@example.org", at=NOW, by=make_actor("secretariat"))
    for change in (withdraw, send_again):
        with pytest.raises(AccessDenied):
            change(invitation_id=made.invitation.pk, at=SOON, by=make_actor("coordinator"))
        with pytest.raises(NotFound):
            change(invitation_id=made.user.pk, at=SOON, by=make_actor("secretariat"))
