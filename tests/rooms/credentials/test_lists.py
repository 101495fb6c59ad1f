"""Status lists over time: signed again before they end, numbered, and never older than what was published."""

from datetime import UTC, date, datetime, timedelta

import pytest

from corridor.foundations.access import NIGHTLY
from corridor.rooms.credentials import actions, queries
from corridor.rooms.credentials.drafts import Why
from corridor.rooms.credentials.lists import sign_lists
from corridor.rooms.credentials.models import Credential, CredentialChange, SigningKey, StatusList, StrayEntry
from corridor.rooms.credentials.proofs.companions import sequence_of
from corridor.rooms.credentials.proofs.json_reading import read_object
from corridor.rooms.credentials.proofs.status_lists import decode_bits, is_set
from corridor.rooms.credentials.proofs.verdicts import CheckName, Result, Word
from corridor.rooms.credentials.refusals import OlderThanPublished
from corridor.rooms.credentials.remembering import lists_behind
from tests.factories.actors import VISITOR
from tests.factories.credentials import award, make_assessed_cohort, make_credential

pytestmark = pytest.mark.django_db
AT = datetime(2024, 1, 10, 6, tzinfo=UTC)
ON = date(2024, 1, 10)


@pytest.fixture
def committed(django_capture_on_commit_callbacks):
    """What is done inside is committed: what it publishes is remembered."""
    return lambda: django_capture_on_commit_callbacks(execute=True)


def word(credential: Credential, at: datetime = AT) -> Word:
    return queries.verify(raw=credential.document, at=at, by=VISITOR).word


def put_back(kept: list[StatusList], credential: Credential) -> None:
    """As if an older copy of the records had been put back: the list as it was, the revocation gone."""
    for each in kept:
        each.save()
    CredentialChange.objects.filter(credential=credential, to_status__in=["revoked", "suspended"]).delete()
    Credential.objects.filter(pk=credential.pk).update(status="issued")


def test_each_signing_has_a_higher_number_and_an_end(settings):
    settings.STATUS_LIST_DAYS = 14
    credential = make_credential()
    first = StatusList.objects.get()
    actions.suspend_credential(credential=credential, on=ON, at=AT, by=NIGHTLY)
    second = StatusList.objects.get()
    assert (first.sequence, second.sequence) == (1, 2)
    assert sequence_of(read_object(second.signed_companion)) == 2
    assert read_object(second.signed_list)["validUntil"] == "2024-01-24T06:00:00Z"


def test_lists_are_signed_again_when_half_of_their_time_is_over(settings):
    settings.STATUS_LIST_DAYS = 14
    credential = make_credential()
    signed_at = StatusList.objects.get().signed_at
    assert actions.renew_lists(at=signed_at + timedelta(days=6), by=NIGHTLY) == 0
    late = signed_at + timedelta(days=20)
    assert word(credential, late) == Word.EXPIRED
    assert actions.renew_lists(at=late, by=NIGHTLY) == 1
    assert word(credential, late) == Word.VALID
    assert actions.renew_lists(at=late, by=NIGHTLY) == 0


def test_a_list_of_a_member_without_a_key_is_left_as_it_is(settings):
    settings.STATUS_LIST_DAYS = 14
    make_credential()
    SigningKey.objects.update(valid_before=AT)
    assert actions.renew_lists(at=AT, by=NIGHTLY) == 0


def test_without_an_end_nothing_is_due(settings):
    settings.STATUS_LIST_DAYS = 0
    make_credential()
    assert actions.renew_lists(at=AT + timedelta(days=900), by=NIGHTLY) == 0


def test_what_was_revoked_does_not_come_to_life_when_an_older_copy_is_put_back(committed):
    credential = make_credential()
    kept = list(StatusList.objects.all())
    with committed():
        actions.revoke_credential(credential=credential, on=ON, at=AT, by=NIGHTLY, why=Why.MISCONDUCT)
    put_back(kept, credential)
    # The verifier notices by the number, nothing older is signed, and ./run check says what to do.
    verdict = queries.verify(raw=credential.document, at=AT, by=VISITOR)
    assert verdict.word == Word.EXPIRED and verdict.named(CheckName.STATUS).result == Result.UNKNOWN
    assert "(number 1) than was seen before (number 2)" in str(verdict.named(CheckName.STATUS))
    credential.refresh_from_db()
    with pytest.raises(OlderThanPublished, match="keys catch-up"):
        actions.suspend_credential(credential=credential, on=ON, at=AT, by=NIGHTLY)
    assert [seen.sequence for _listed, seen in lists_behind()] == [2]
    assert actions.catch_up(on=ON, at=AT, by=NIGHTLY, dry_run=True)[0].credentials == (credential.reference,)
    assert word(credential) == Word.EXPIRED
    (done,) = actions.catch_up(on=ON, at=AT, by=NIGHTLY)
    assert done.credentials == (credential.reference,) and done.strays == 0
    assert word(credential) == Word.REVOKED and lists_behind() == []
    assert StatusList.objects.get().sequence == 3


def test_an_entry_that_no_credential_explains_any_more_stays_set_and_gives_no_further_places(committed):
    award(make_assessed_cohort(learners=2))
    one, two = Credential.objects.order_by("reference")
    kept = list(StatusList.objects.all())
    with committed():
        new = actions.replace_credential(credential=one, on=ON, at=AT, by=NIGHTLY)
    index = one.status_index
    new.changes.all().delete()
    new.units.all().delete()
    Credential.objects.filter(pk=new.pk).delete()
    CredentialChange.objects.filter(credential=one, to_status="replaced").delete()
    put_back(kept, one)
    (done,) = actions.catch_up(on=ON, at=AT, by=NIGHTLY)
    assert done.strays == 1 and StrayEntry.objects.get().meaning == "replaced"
    signed = read_object(StatusList.objects.get().signed_list)
    assert is_set(decode_bits(signed["credentialSubject"]["encodedList"]), index)
    assert word(one) == Word.REPLACED and word(two) == Word.VALID
    third = make_credential("COH-2023-055")
    assert third.status_list.number == 2


def test_the_example_whose_day_stands_still_remembers_nothing(settings, committed):
    settings.EXAMPLE_DAY = date(2024, 2, 2)
    settings.STATUS_LIST_DAYS = 14
    with committed():
        make_credential()
    listed = StatusList.objects.get()
    assert listed.valid_until is None and not settings.PUBLISHED_DIR.exists()


def test_places_are_drawn_at_random():
    award(make_assessed_cohort(learners=6))
    places = list(Credential.objects.order_by("reference").values_list("status_index", flat=True))
    assert len(set(places)) == 6 and max(places) - min(places) > 100


def test_a_list_with_thousands_of_reasons_is_read():
    """Reasons beside a list are no stranger's document: a member that revoked many keeps its others in force."""
    credential = make_credential()
    listed = StatusList.objects.get()
    taken = [index for index in range(6_001) if index != credential.status_index][:6_000]
    StrayEntry.objects.bulk_create(
        [StrayEntry(status_list=listed, index=index, meaning="revoked", since=ON) for index in taken], batch_size=500
    )
    sign_lists([listed], at=AT)
    assert word(credential) == Word.VALID
