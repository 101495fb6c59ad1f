"""Keys that follow one another, keys that somebody else may have had, and the guards that seal them."""

from datetime import UTC, date, datetime, timedelta
from threading import Barrier, Thread

import pytest
from django.db import connection

from corridor.foundations.access import NIGHTLY
from corridor.foundations.notices.models import Notice
from corridor.journeys.award_credentials import award_cohort
from corridor.journeys.guard_keys import distrust_key, reseal_all_keys
from corridor.kernel.errors import AccessDenied, BadInput, WrongMoment
from corridor.rooms.credentials import actions, queries
from corridor.rooms.credentials.drafts import Compromise, Why
from corridor.rooms.credentials.keys import key_in_use
from corridor.rooms.credentials.models import Credential, SigningKey, StatusList
from corridor.rooms.credentials.proofs.json_reading import read_object
from corridor.rooms.credentials.proofs.verdicts import CheckName, Result, Word
from corridor.rooms.credentials.refusals import KeyRotatedMeanwhile, NoSigningKey
from corridor.rooms.credentials.sealing import NoEncryptionKey, unseal
from tests.factories.actors import VISITOR, make_actor, make_user
from tests.factories.credentials import SIGNED_AT, make_assessed_cohort, make_credential, make_key
from tests.factories.members import make_member, make_seat

AT = datetime(2024, 1, 10, 6, tzinfo=UTC)
ON = date(2024, 1, 10)


def word(credential: Credential, at: datetime = AT) -> Word:
    return queries.verify(token=credential.token, at=at, by=VISITOR).word


@pytest.mark.django_db
def test_the_next_key_signs_and_the_last_one_stays_good():
    credential = make_credential()
    old = SigningKey.objects.get()
    new = actions.rotate_key(key=old, at=AT, by=make_actor("key_holder", ("member", old.organisation_id)))
    assert new.fragment == "key-2024-01-10" and key_in_use(old.organisation, at=AT) == new
    assert new.fragment in StatusList.objects.get().signed_list
    assert word(credential) == Word.VALID
    methods = read_object(queries.did_document_text(reference="chongqing", by=VISITOR))["verificationMethod"]
    assert [each.get("expires") for each in methods] == ["2024-01-10T06:00:00Z", None] * 2
    with pytest.raises(KeyRotatedMeanwhile, match="key-2023 is not the key that chongqing signs with"):
        actions.rotate_key(key=old, at=AT, by=NIGHTLY)


@pytest.mark.django_db
def test_a_second_rotation_of_the_same_day_has_a_name_of_its_own():
    make_key(make_member("vientiane"))
    first = actions.rotate_key(key=SigningKey.objects.get(), at=AT, by=NIGHTLY)
    second = actions.rotate_key(key=first, at=AT + timedelta(hours=1), by=NIGHTLY)
    assert second.fragment == "key-2024-01-10-2"


@pytest.mark.django_db(transaction=True)
def test_of_two_who_rotate_at_once_one_wins_and_the_other_is_told():
    key = make_key(make_member("vientiane"))
    together, ended = Barrier(2), []

    def rotate() -> None:
        together.wait()
        try:
            ended.append(actions.rotate_key(key=SigningKey.objects.get(pk=key.pk), at=AT, by=NIGHTLY).fragment)
        except WrongMoment as refusal:
            ended.append(type(refusal).__name__)
        finally:
            connection.close()

    threads = [Thread(target=rotate) for _each in range(2)]
    for each in threads:
        each.start()
    for each in threads:
        each.join(timeout=30)
    assert sorted(ended) == ["KeyRotatedMeanwhile", "key-2024-01-10"]
    assert SigningKey.objects.count() == 2


@pytest.mark.django_db
@pytest.mark.parametrize("role", ["secretariat", "auditor", "coordinator"])
def test_who_keeps_no_keys_touches_none(role):
    key = make_key(make_member("vientiane"))
    by = make_actor(role)
    with pytest.raises(AccessDenied):
        actions.rotate_key(key=key, at=AT, by=by)
    with pytest.raises(AccessDenied):
        actions.compromise_key(compromise=Compromise(key=key, since=AT), at=AT, by=by)


@pytest.mark.django_db
def test_what_a_compromised_key_signed_since_then_is_not_trusted_and_is_listed():
    before = make_credential()
    cohort = make_assessed_cohort("COH-2023-099", learners=2)
    later = datetime(2023, 9, 1, tzinfo=UTC)
    award_cohort(cohort=cohort, issuer=before.issuer, on=date(2023, 9, 1), at=later, by=NIGHTLY, wait=True)
    after = list(Credential.objects.filter(cohort=cohort).order_by("reference"))
    key = SigningKey.objects.get()
    found = distrust_key(
        compromise=Compromise(key=key, since=datetime(2023, 8, 1, tzinfo=UTC)), on=ON, at=AT, by=NIGHTLY
    )
    assert [each.reference for each in found.affected] == [each.reference for each in after]
    assert word(before) == Word.VALID
    verdict = queries.verify(token=after[0].token, at=AT, by=VISITOR)
    assert verdict.word == Word.KEY_COMPROMISED
    assert "from 2023-08-01" in str(verdict.named(CheckName.SIGNATURE))
    key.refresh_from_db()
    assert key_in_use(key.organisation, at=AT).fragment == "key-2024-01-10"
    made = actions.replace_credentials(credentials=after, on=ON, at=AT, by=NIGHTLY, why=Why.KEY_COMPROMISED)
    assert [word(each) for each in made] == [Word.VALID, Word.VALID]
    assert queries.affected_credentials(key=key, by=NIGHTLY) == []


@pytest.mark.django_db
def test_what_is_issued_anew_at_once_is_told_to_its_holders_and_the_secretariat():
    credential = make_credential()
    make_seat(make_user("mei"), "secretariat")
    holder = make_user("khamla")
    credential.enrolment.person.user = holder
    credential.enrolment.person.save()
    key = SigningKey.objects.get()
    compromise = Compromise(key=key, since=SIGNED_AT)
    dry = distrust_key(compromise=compromise, on=ON, at=AT, by=NIGHTLY, reissue=True, dry_run=True)
    assert len(dry.reissued) == 1 and not Notice.objects.exists()
    key.refresh_from_db()
    assert key.compromised_from is None
    distrust_key(compromise=compromise, on=ON, at=AT, by=NIGHTLY, reissue=True)
    told = set(Notice.objects.values_list("user__username", "event"))
    assert ("mei", "credentials.key_compromised") in told and ("khamla", "credentials.replaced") in told


@pytest.mark.django_db
def test_what_was_distrusted_is_not_trusted_again():
    key = make_key(make_member("vientiane"))
    actions.compromise_key(compromise=Compromise(key=key, since=AT - timedelta(days=9)), at=AT, by=NIGHTLY)
    for since in (AT - timedelta(days=8), AT + timedelta(days=1)):
        with pytest.raises(BadInput):
            actions.compromise_key(compromise=Compromise(key=key, since=since), at=AT, by=NIGHTLY)
    actions.compromise_key(compromise=Compromise(key=key, since=AT - timedelta(days=30)), at=AT, by=NIGHTLY)
    key.refresh_from_db()
    assert key.compromised_from == AT - timedelta(days=30) and SigningKey.objects.count() == 2
    revoked = read_object(queries.did_document_text(reference="vientiane", by=VISITOR))["verificationMethod"][0][
        "revoked"
    ]
    assert revoked == "2023-12-11T06:00:00Z"


@pytest.mark.django_db
def test_a_stolen_key_used_after_its_end_is_named_and_not_called_a_forgery():
    credential = make_credential()
    SigningKey.objects.update(valid_before=SIGNED_AT - timedelta(days=1))
    verdict = queries.verify(token=credential.token, at=AT, by=VISITOR)
    assert verdict.word == Word.KEY_ENDED
    assert verdict.named(CheckName.SIGNATURE).result == Result.FAIL
    forged = credential.document.replace("VI-2 Unit", "VI-3 Unit")
    assert queries.verify(raw=forged, at=AT, by=VISITOR).word == Word.TAMPERED


@pytest.mark.django_db
def test_without_a_key_that_signs_a_distrusted_one_is_distrusted_all_the_same():
    credential = make_credential()
    key = SigningKey.objects.get()
    actions.retire_key(key=key, before=datetime(2023, 12, 1, tzinfo=UTC), by=NIGHTLY)
    affected = actions.compromise_key(compromise=Compromise(key=key, since=SIGNED_AT), at=AT, by=NIGHTLY)
    assert affected == [credential]
    with pytest.raises(NoSigningKey):
        key_in_use(key.organisation, at=AT)


@pytest.mark.django_db
def test_everything_is_sealed_anew_under_another_setting_and_the_old_one_is_needed_no_more(settings):
    key = make_key(make_member("vientiane"))
    settings.KEY_ENCRYPTION_KEYS_BEFORE = [settings.KEY_ENCRYPTION_KEY]
    settings.KEY_ENCRYPTION_KEY = "b" * 43 + "="
    public = unseal(bytes(key.sealed_private), row=key.pk).public_key()
    assert reseal_all_keys(by=NIGHTLY) == 1 and reseal_all_keys(by=NIGHTLY) == 0
    key.refresh_from_db()
    settings.KEY_ENCRYPTION_KEYS_BEFORE = []
    assert unseal(bytes(key.sealed_private), row=key.pk).public_key() == public


@pytest.mark.django_db
def test_nothing_is_sealed_anew_if_one_key_cannot_be_opened(settings):
    one = make_key(make_member("vientiane"))
    before = bytes(one.sealed_private)
    settings.KEY_ENCRYPTION_KEY = "b" * 43 + "="
    with pytest.raises(NoEncryptionKey, match="another KEY_ENCRYPTION_KEY"):
        reseal_all_keys(by=NIGHTLY)
    one.refresh_from_db()
    assert bytes(one.sealed_private) == before


@pytest.mark.django_db
def test_a_document_is_served_as_of_an_instant():
    cohort_member = make_member("vientiane")
    first = make_key(cohort_member)
    actions.rotate_key(key=first, at=AT, by=NIGHTLY)
    early = datetime(2023, 6, 1, tzinfo=UTC)
    then = read_object(queries.did_document_text(reference="vientiane", as_of=early, by=VISITOR))["verificationMethod"]
    assert [("expires" in each) for each in then] == [False] * 2
    now = read_object(queries.did_document_text(reference="vientiane", by=VISITOR))["verificationMethod"]
    assert len(now) == 4
