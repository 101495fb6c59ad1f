import pytest

from corridor.foundations.accounts.actions import create_accounts
from corridor.foundations.accounts.models import User
from corridor.foundations.audit.models import Entry
from corridor.kernel.errors import AccessDenied, BadInput
from tests.factories.actors import make_actor, make_user

pytestmark = pytest.mark.django_db


def test_accounts_are_made_in_bulk_and_cannot_be_entered_without_a_password():
    mei, khamla = create_accounts(
        usernames=["mei", "khamla"], passwords={"khamla": "long enough"}, by=make_actor("secretariat")
    )
    assert not mei.has_usable_password()
    assert khamla.check_password("long enough")
    assert list(Entry.objects.values_list("event", flat=True)) == ["accounts.made"] * 2


def test_a_name_that_is_taken_or_doubled_is_refused_and_nothing_is_made():
    make_user("mei")
    with pytest.raises(BadInput) as refused:
        create_accounts(usernames=["mei", "nimali", "khamla", "nimali"], by=make_actor("secretariat"))
    assert [problem.places["name"] for problem in refused.value.problems] == ["mei", "nimali"]
    assert User.objects.count() == 1


def test_a_coordinator_makes_no_accounts():
    with pytest.raises(AccessDenied):
        create_accounts(usernames=["mei"], by=make_actor("coordinator"))
