"""What staff do with certificates and keys, each in their scope."""

from datetime import UTC, date, datetime

import pytest
from django.test import Client

from corridor.foundations.accounts.models import User
from corridor.foundations.notices.models import Notice
from corridor.rooms.credentials.models import Credential, SigningKey
from tests.factories.actors import make_user
from tests.factories.credentials import (
    award,
    make_assessed_cohort,
    make_credential,
    make_endorsement,
    make_joint_credential,
    make_key,
)
from tests.factories.members import make_member, make_seat

pytestmark = pytest.mark.django_db


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


@pytest.fixture
def mei(db: None) -> Client:
    user = make_user("mei")
    make_seat(user, "secretariat")
    return signed_in(user)


def test_the_secretariat_suspends_lifts_and_revokes(mei: Client):
    credential = make_credential()
    page = f"/credentials/{credential.reference}/"
    assert mei.get("/credentials/").status_code == 200
    for step, why, status in (
        ("suspend", "under-review", "suspended"),
        ("lift", "review-ended", "issued"),
        ("revoke", "awarded-in-error", "revoked"),
    ):
        before, sent = credential.status, {"step": step, "why": why}
        seen = mei.post(page, sent)
        assert seen.status_code == 200 and "What would happen" in seen.text
        credential.refresh_from_db()
        assert credential.status == before
        assert mei.post(page, sent | {"sure": step}).status_code == 302
        credential.refresh_from_db()
        assert credential.status == status
    assert "Awarded in error" in mei.get(page).content.decode()


def test_the_record_calls_things_by_their_names_and_shows_who_signed_and_who_endorsed(mei: Client):
    credential, endorser = make_joint_credential(), make_member("mekong-motors", kind="company", country="LA")
    make_key(endorser)
    make_endorsement(endorser, credential)
    page = mei.get(f"/credentials/{credential.reference}/").text
    assert "Signed together with" in page and "What members say of it" in page
    facts = page[page.index('id="h-facts"') : page.index('id="h-units"')]
    for thing in (credential.issuer, credential.cohort.site, credential.cohort.programme):
        assert f">{thing.reference}<" not in facts and f">{thing.reference}</bdi>" not in facts
    assert "We hire who holds it." in page


def test_who_was_shown_one_step_takes_no_other(mei: Client):
    credential = make_credential()
    sent = {"step": "revoke", "why": "misconduct", "sure": "suspend"}
    seen = mei.post(f"/credentials/{credential.reference}/", sent)
    assert seen.status_code == 200 and 'name="sure" value="revoke"' in seen.text
    credential.refresh_from_db()
    assert credential.status == "issued" and Notice.objects.count() == 0


def test_a_step_that_leads_nowhere_and_one_without_a_reason_stay_on_the_form(mei: Client):
    page = f"/credentials/{make_credential().reference}/"
    assert mei.post(page, {"step": "lift", "why": "review-ended"}).status_code == 422
    assert mei.post(page, {"step": "revoke"}).status_code == 422
    assert Credential.objects.get().status == "issued"


def test_a_site_manager_sees_the_certificates_of_the_site_and_changes_none():
    credential = make_credential()
    user = make_user("khamla")
    credential.cohort.site.posts.create(user=user, held_from=date(2023, 1, 1))
    manager = signed_in(user)
    page = f"/credentials/{credential.reference}/"
    assert "Change its status" not in manager.get(page).content.decode()
    assert manager.post(page, {"step": "revoke", "why": "holder-asked"}).status_code == 403


def test_another_member_s_coordinator_finds_no_certificate():
    credential = make_credential()
    user = make_user("nimali")
    make_seat(user, "coordinator", member=make_member("colombo", country="LK"))
    other = signed_in(user)
    assert other.get(f"/credentials/{credential.reference}/").status_code == 404
    assert credential.reference not in other.get("/credentials/").content.decode()


def test_a_list_reads_as_often_for_many_as_for_few(mei: Client, django_assert_max_num_queries):
    award(make_assessed_cohort(learners=2))
    with django_assert_max_num_queries(14):
        mei.get("/credentials/")
    award(make_assessed_cohort("COH-2023-055", learners=8))
    with django_assert_max_num_queries(14):
        mei.get("/credentials/")


@pytest.fixture
def key_holder(db: None) -> Client:
    user = make_user("somchai")
    make_seat(user, "key_holder", member=make_member("vientiane", country="LA"))
    return signed_in(user)


def test_a_key_holder_makes_a_key_for_a_period_and_never_sees_its_private_half(key_holder: Client):
    sent = {"organisation": "vientiane", "fragment": "key-2024", "valid_from": "2024-01-01", "last_day": "2024-12-31"}
    assert key_holder.post("/keys/", sent).status_code == 302
    key = SigningKey.objects.get()
    assert (key.valid_from, key.valid_before) == (
        datetime(2023, 12, 31, 16, tzinfo=UTC), datetime(2024, 12, 31, 16, tzinfo=UTC),
    )  # fmt: skip
    page = key_holder.get("/keys/").content
    assert key.public_multibase.encode() in page
    assert bytes(key.sealed_private) not in page


def test_two_keys_of_the_same_days_are_refused_on_the_form(key_holder: Client):
    sent = {"organisation": "vientiane", "fragment": "key-2024", "valid_from": "2024-01-01"}
    key_holder.post("/keys/", sent)
    again = key_holder.post("/keys/", sent | {"fragment": "key-other"})
    assert again.status_code == 409
    assert "Retire the old one first" in again.content.decode()
    assert SigningKey.objects.count() == 1


def test_a_key_is_retired_from_now_on_and_another_member_s_is_not_touched(key_holder: Client):
    from corridor.rooms.members.models import Organisation

    own = make_key(Organisation.objects.get(reference="vientiane"), fragment="key-2023")
    other = make_key(make_member("chongqing"), fragment="key-2023")
    assert key_holder.post("/keys/vientiane/key-2023/retire/").status_code == 302
    own.refresh_from_db()
    assert own.valid_before is not None
    assert key_holder.post("/keys/chongqing/key-2023/retire/").status_code == 403
    other.refresh_from_db()
    assert other.valid_before is None


def test_who_makes_no_keys_has_no_such_page(mei: Client):
    assert mei.get("/keys/").status_code == 403
