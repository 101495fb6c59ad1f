"""Suspended, revoked, replaced, in force again: the record, the bit and the reason change together."""

from datetime import UTC, date, datetime

import pytest

from corridor.foundations.access import NIGHTLY
from corridor.kernel.errors import AccessDenied, WrongMoment
from corridor.rooms.credentials import actions, queries
from corridor.rooms.credentials.drafts import CredentialStep, Why
from corridor.rooms.credentials.lifecycle import CredentialStatus
from corridor.rooms.credentials.models import Credential, SigningKey, StatusList
from corridor.rooms.credentials.proofs.json_reading import read_object
from corridor.rooms.credentials.proofs.status_lists import decode_bits, is_set
from corridor.rooms.credentials.proofs.verdicts import CheckName, Word
from corridor.rooms.credentials.refusals import NoSigningKey
from tests.factories.actors import VISITOR, make_actor
from tests.factories.credentials import award, make_assessed_cohort, make_credential

pytestmark = pytest.mark.django_db
AT = datetime(2024, 1, 10, 6, tzinfo=UTC)
ON = date(2024, 1, 9)


def word(credential):
    return queries.verify(token=credential.token, at=AT, by=VISITOR).word


def step(credential, to, why=Why.UNDER_REVIEW, on=ON):
    return CredentialStep(credential=credential, to=to, on=on, why=why)


def test_a_revoked_credential_reads_revoked_with_day_and_reason():
    credential = make_credential()
    assert word(credential) == Word.VALID
    actions.revoke_credential(credential=credential, on=ON, at=AT, by=make_actor("secretariat"), why=Why.MISCONDUCT)
    verdict = queries.verify(token=credential.token, at=AT, by=VISITOR)
    assert verdict.word == Word.REVOKED and credential.status == "revoked"
    assert verdict.named(CheckName.STATUS).places["since"] == ON
    assert verdict.named(CheckName.STATUS).places["why"] == "misconduct"
    assert is_set(
        decode_bits(read_object(StatusList.objects.get().signed_list)["credentialSubject"]["encodedList"]),
        credential.status_index,
    )


def test_a_suspension_is_lifted_and_the_credential_stands_as_it_was_signed():
    credential = make_credential()
    actions.suspend_credential(credential=credential, on=ON, at=AT, by=NIGHTLY)
    assert word(credential) == Word.SUSPENDED
    before = Credential.objects.get().document
    actions.lift_suspension(credential=credential, on=date(2024, 1, 10), at=AT, by=NIGHTLY)
    assert word(credential) == Word.VALID and Credential.objects.get().document == before
    days = (date(2024, 1, 8), ON, date(2024, 1, 10))
    assert [credential.status_on(day) for day in days] == ["issued", "suspended", "issued"]


def test_a_replaced_credential_points_to_the_new_one_without_telling_its_address():
    old = make_credential()
    old.enrolment.person.names.filter(form="own").update(full_name="ຄຳຫຼ້າ ພົມມະຈັນ")
    new = actions.replace_credential(credential=old, on=ON, at=AT, by=NIGHTLY)
    verdict = queries.verify(token=old.token, at=AT, by=VISITOR)
    assert (verdict.word, verdict.replaced_by) == (Word.REPLACED, f"urn:uuid:{new.pk}")
    assert queries.verify(token=new.token, at=AT, by=VISITOR).said.learner_names[0] == "ຄຳຫຼ້າ ພົມມະຈັນ"
    assert new.replaces_id == old.pk and new.token not in StatusList.objects.get().signed_companion
    with pytest.raises(WrongMoment):
        actions.replace_credential(credential=old, on=ON, at=AT, by=NIGHTLY)
    assert Credential.objects.count() == 2


def test_many_change_at_once_in_order_or_none_does():
    cohort = make_assessed_cohort(learners=3)
    award(cohort)
    one, two, three = Credential.objects.order_by("reference")
    steps = [
        step(one, CredentialStatus.REVOKED),
        step(two, CredentialStatus.SUSPENDED),
        step(two, CredentialStatus.ISSUED),
    ]
    actions.change_credentials(steps=steps, at=AT, by=NIGHTLY)
    assert [word(each) for each in (one, two, three)] == [Word.REVOKED, Word.VALID, Word.VALID]
    with pytest.raises(WrongMoment):
        actions.change_credentials(
            steps=[step(three, CredentialStatus.REVOKED), step(one, CredentialStatus.SUSPENDED)], at=AT, by=NIGHTLY
        )
    assert word(three) == Word.VALID and Credential.objects.get(pk=three.pk).status == "issued"


def test_what_is_revoked_stays_revoked():
    credential = make_credential()
    actions.revoke_credential(credential=credential, on=ON, at=AT, by=NIGHTLY, why=Why.MISCONDUCT)
    for again in (CredentialStatus.ISSUED, CredentialStatus.SUSPENDED, CredentialStatus.REVOKED):
        with pytest.raises(WrongMoment):
            actions.change_credentials(steps=[step(credential, again)], at=AT, by=NIGHTLY)


@pytest.mark.parametrize("role", ["site_manager", "assessor", "learner", "auditor", "key_holder"])
def test_only_the_secretariat_revokes(role):
    credential = make_credential()
    by = make_actor(role, ("site", credential.cohort.site_id) if role == "site_manager" else None)
    with pytest.raises(AccessDenied):
        actions.revoke_credential(credential=credential, on=ON, at=AT, by=by, why=Why.MISCONDUCT)
    with pytest.raises(AccessDenied):
        actions.replace_credential(credential=credential, on=ON, at=AT, by=by)


def test_a_list_that_cannot_be_signed_changes_nothing():
    credential = make_credential()
    actions.retire_key(key=SigningKey.objects.get(), before=datetime(2024, 1, 1, tzinfo=UTC), by=NIGHTLY)
    with pytest.raises(NoSigningKey):
        actions.revoke_credential(credential=credential, on=ON, at=AT, by=NIGHTLY, why=Why.KEY_COMPROMISED)
    assert Credential.objects.get().status == "issued" and word(credential) == Word.VALID


def test_a_dry_run_keeps_nothing():
    credential = make_credential()
    actions.revoke_credential(credential=credential, on=ON, at=AT, by=NIGHTLY, why=Why.MISCONDUCT, dry_run=True)
    assert Credential.objects.get().status == "issued" and word(credential) == Word.VALID
