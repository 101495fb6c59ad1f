"""A token is shown once, kept as a hash, and good until it expires or is revoked."""

from datetime import UTC, datetime, timedelta

import pytest

from corridor.foundations.accounts.models import ApiToken
from corridor.foundations.accounts.tokens import list_tokens, make_token, revoke_token, user_of_token
from corridor.foundations.audit.models import Entry
from corridor.kernel.errors import AccessDenied, BadInput, NotFound
from tests.factories.actors import VISITOR, make_actor, make_user

AT = datetime(2026, 3, 1, 9, tzinfo=UTC)
LATER = AT + timedelta(days=30)

pytestmark = pytest.mark.django_db


@pytest.fixture
def mei():
    return make_user("mei")


@pytest.fixture
def by(mei):
    return make_actor("trainer", ("cohort", mei.pk), user=mei)


def test_a_token_acts_as_its_account_and_only_its_hash_is_kept(mei, by):
    token, secret = make_token(name="Register upload", at=AT, by=by)
    assert secret.startswith("crd_")
    assert len(secret) == len("crd_") + 43
    assert user_of_token(secret, at=LATER) == mei
    assert secret not in {str(value) for value in ApiToken.objects.values_list("digest", "hint", "name").get()}
    assert secret.endswith(token.hint)
    assert Entry.objects.get().event == "accounts.token_made"


def test_an_expired_a_revoked_and_an_unknown_token_are_nobody(by):
    token, secret = make_token(name="Upload", at=AT, by=by, lasts=timedelta(days=1))
    assert user_of_token(secret, at=AT + timedelta(days=1)) is None
    revoke_token(token_id=token.pk, at=AT, by=by)
    assert user_of_token(secret, at=AT) is None
    assert user_of_token(secret[:-1], at=AT) is None
    assert user_of_token("", at=AT) is None


def test_a_closed_account_has_no_working_token(mei, by):
    _, secret = make_token(name="Upload", at=AT, by=by)
    mei.is_active = False
    mei.save()
    assert user_of_token(secret, at=LATER) is None


def test_use_is_noted_at_most_once_an_hour(by):
    token, secret = make_token(name="Upload", at=AT, by=by)
    for minutes in (1, 30, 70):
        user_of_token(secret, at=AT + timedelta(minutes=minutes))
    token.refresh_from_db()
    assert token.last_used_at == AT + timedelta(minutes=70)


def test_revoking_twice_keeps_the_first_time(by):
    token, _ = make_token(name="Upload", at=AT, by=by)
    revoke_token(token_id=token.pk, at=AT, by=by)
    assert revoke_token(token_id=token.pk, at=LATER, by=by).revoked_at == AT
    assert Entry.objects.filter(event="accounts.token_revoked").count() == 1


def test_nobody_sees_or_ends_the_token_of_another(by):
    token, _ = make_token(name="Upload", at=AT, by=by)
    khamla = make_actor("secretariat", user=make_user("khamla"))
    assert list(list_tokens(by=khamla)) == []
    assert list(list_tokens(by=by)) == [token]
    with pytest.raises(NotFound):
        revoke_token(token_id=token.pk, at=LATER, by=khamla)


def test_a_visitor_has_no_tokens():
    with pytest.raises(AccessDenied):
        make_token(name="Upload", at=AT, by=VISITOR)


@pytest.mark.parametrize(("name", "days"), [("", 30), ("x" * 81, 30), ("Upload", 0), ("Upload", 367)])
def test_a_token_has_a_name_and_an_end(by, name, days):
    with pytest.raises(BadInput):
        make_token(name=name, at=AT, by=by, lasts=timedelta(days=days))
    assert not ApiToken.objects.exists()
