"""Three phones at the door, with and without a network: no scan is lost, and nobody is counted twice."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

import pytest
from django.db import connections

from corridor.foundations.access import NIGHTLY
from corridor.kernel.errors import AccessDenied, BadInput
from corridor.rooms.conferences import queries
from corridor.rooms.conferences.actions import ScanDraft, check_in
from corridor.rooms.conferences.delegating import card_print
from corridor.rooms.conferences.models import Delegate, Scan
from tests.factories.actors import make_actor
from tests.factories.conferences import make_conference, make_delegate, open_registration

LI = make_actor("secretariat", label="li-na")
AT = datetime(2024, 11, 21, 1, tzinfo=UTC)
DELEGATES, PHONES = 500, 3


def conference_of(count):
    made = make_conference("CONF-2024", starts_on=date(2024, 11, 21), is_held=False)
    open_registration(made)
    first = make_delegate(made).delegate
    # The others as their rows: registering is tried elsewhere.
    Delegate.objects.bulk_create(
        Delegate(
            reference=f"DLG-2024-{number:04}", status="registered", conference=made, name=f"Delegate {number}", comes_from="A school",
            email=f"d{number}@example.org", language="en", card=f"B{number:07}", secret_digest=f"{number:064}", registered_at=AT,
        )
        for number in range(2, count + 1)
    )  # fmt: skip
    return made, [first, *Delegate.objects.exclude(pk=first.pk)]


def scan(delegate, minutes=0):
    return ScanDraft(uuid4(), card_print(delegate.card), AT + timedelta(minutes=minutes))


@pytest.mark.django_db
def test_a_scan_sent_again_is_the_same_scan():
    conference, (mei,) = conference_of(1)
    scans = [scan(mei)]
    for _time in range(3):
        taken = check_in(conference=conference, scans=scans, device="a", at=AT, by=LI)
        assert taken.kept == (scans[0].key,)
    assert Scan.objects.count() == 1


@pytest.mark.django_db
def test_who_is_scanned_twice_was_there_once_since_the_first():
    conference, (mei,) = conference_of(1)
    check_in(conference=conference, scans=[scan(mei, 30)], device="a", at=AT + timedelta(hours=1), by=LI)
    # The other phone had no network until later, and had seen her first.
    check_in(conference=conference, scans=[scan(mei, 5)], device="b", at=AT + timedelta(hours=2), by=LI)
    (row,) = queries.list_delegates(conference="CONF-2024", by=LI, state="here")
    assert row.arrived_at == AT + timedelta(minutes=5)
    assert queries.count_delegates(conference="CONF-2024", by=LI)["here"] == 1
    assert Scan.objects.count() == 2


@pytest.mark.django_db
def test_a_card_of_another_conference_is_told_back_and_not_kept():
    conference, _delegates = conference_of(1)
    stranger = ScanDraft(uuid4(), card_print("STRANGER"), AT)
    taken = check_in(conference=conference, scans=[stranger], device="a", at=AT, by=LI)
    assert (taken.kept, taken.unknown) == ((), (stranger.key,))
    assert not Scan.objects.exists()


@pytest.mark.django_db
def test_a_clock_that_is_ahead_is_not_believed():
    conference, (mei,) = conference_of(1)
    check_in(conference=conference, scans=[scan(mei, 600)], device="a", at=AT, by=LI)
    assert Scan.objects.get().scanned_at == AT


@pytest.mark.django_db
def test_the_door_is_for_who_may_and_takes_so_many_at_once():
    conference, (mei,) = conference_of(1)
    with pytest.raises(AccessDenied):
        check_in(conference=conference, scans=[scan(mei)], device="a", at=AT, by=make_actor("coordinator"))
    with pytest.raises(AccessDenied):
        queries.door_list(conference=conference, by=make_actor("council"))
    with pytest.raises(BadInput):
        check_in(conference=conference, scans=[scan(mei)] * 501, device="a", at=AT, by=LI)


@pytest.mark.django_db(transaction=True)
def test_three_phones_check_in_five_hundred_without_loss_or_doubles():
    conference, delegates = conference_of(DELEGATES)
    # Each phone saw two thirds of them, sends in parts, and sends each part twice, as after a broken line.
    work = []
    for phone in range(PHONES):
        seen = [scan(each, phone) for number, each in enumerate(delegates) if number % PHONES != phone]
        parts = [seen[start : start + 50] for start in range(0, len(seen), 50)]
        work += [(f"phone-{phone}", part) for part in parts for _time in range(2)]

    def send(job):
        try:
            device, part = job
            return check_in(
                conference=conference, scans=part, device=device, at=AT + timedelta(hours=1), by=NIGHTLY
            ).kept
        finally:
            connections.close_all()

    with ThreadPoolExecutor(PHONES) as phones:
        kept = {key for keys in phones.map(send, work) for key in keys}
    sent = {each.key for _device, part in work for each in part}
    assert kept == sent
    assert set(Scan.objects.values_list("pk", flat=True)) == sent
    assert queries.count_delegates(conference="CONF-2024", by=LI)["here"] == DELEGATES
