import threading
from datetime import date

import pytest
from django.db import connection

from corridor.foundations.access import NIGHTLY
from corridor.foundations.audit.models import Entry
from corridor.kernel.errors import AccessDenied, BadInput
from corridor.rooms.conferences.actions import NumberTaken, make_announcement, make_announcements
from corridor.rooms.conferences.drafts import AnnouncementDraft
from corridor.rooms.conferences.models import Announcement
from tests.factories.actors import make_actor
from tests.factories.conferences import make_conference
from tests.factories.members import make_member

LI = make_actor("secretariat", label="li-na")
STAGE, DUE = date(2023, 11, 23), date(2024, 3, 31)


def draft(conference, owner, reference="", title="Panda College", announced_on=STAGE, **more):
    return AnnouncementDraft(conference, owner, announced_on, DUE, {"en": title}, reference=reference, **more)


@pytest.fixture
def conference(db):
    return make_conference(starts_on=STAGE)


@pytest.fixture
def chongqing(db):
    return make_member("chongqing")


def test_each_gets_the_next_free_number_of_its_year(conference, chongqing):
    made = make_announcements(announcements=[draft(conference, chongqing), draft(conference, chongqing)], by=LI)
    later = make_announcement(announcement=draft(conference, chongqing, announced_on=date(2024, 1, 5)), by=LI)
    assert [a.reference for a in made] == ["ANN-2023-0001", "ANN-2023-0002"]
    assert later.reference == "ANN-2024-0001"
    assert {a.status for a in made} == {"announced"}
    assert {a.made_by for a in made} == {"li-na"}
    assert Entry.objects.filter(event="conferences.announced", by="li-na").count() == 3


def test_a_given_number_stays_and_the_next_one_follows_it(conference, chongqing):
    make_announcement(announcement=draft(conference, chongqing, reference="ANN-2023-007"), by=LI)
    assert make_announcement(announcement=draft(conference, chongqing), by=LI).reference == "ANN-2023-0008"


def test_a_number_is_never_given_twice(conference, chongqing):
    make_announcement(announcement=draft(conference, chongqing, reference="ANN-2023-0001"), by=LI)
    with pytest.raises(NumberTaken):
        make_announcement(announcement=draft(conference, chongqing, reference="ANN-2023-0001"), by=LI)
    with pytest.raises(NumberTaken):
        twice = [draft(conference, chongqing, reference="ANN-2023-0009") for _ in range(2)]
        make_announcements(announcements=twice, by=LI)
    assert Announcement.objects.count() == 1


def test_a_coordinator_makes_none(conference, chongqing):
    mei = make_actor("coordinator", ("member", chongqing.pk))
    with pytest.raises(AccessDenied):
        make_announcement(announcement=draft(conference, chongqing), by=mei)


def test_nobody_writes_that_somebody_else_made_or_confirmed_it(conference, chongqing):
    for more in ({"made_by": "mei"}, {"confirmed_by": "council", "confirmed_on": STAGE}):
        with pytest.raises(AccessDenied):
            make_announcement(announcement=draft(conference, chongqing, **more), by=LI)


def test_the_loader_of_earlier_records_writes_who_made_and_who_confirmed_it(conference, chongqing):
    made = make_announcement(
        announcement=draft(conference, chongqing, made_by="li-na", confirmed_by="council", confirmed_on=STAGE),
        by=NIGHTLY,
    )
    assert (made.made_by, made.confirmed_by) == ("li-na", "council")


def test_an_announcement_confirmed_by_its_own_maker_is_refused(conference, chongqing):
    with pytest.raises(BadInput):
        own = draft(conference, chongqing, made_by="li-na", confirmed_by="li-na", confirmed_on=STAGE)
        make_announcement(announcement=own, by=NIGHTLY)


def test_days_in_the_wrong_order_are_refused_with_every_reason(conference, chongqing):
    with pytest.raises(BadInput) as refused:
        make_announcement(announcement=draft(conference, chongqing, announced_on=date(2023, 11, 1)), by=LI)
    assert len(refused.value.problems) == 1
    late = AnnouncementDraft(conference, chongqing, STAGE, STAGE, {})
    with pytest.raises(BadInput) as refused:
        make_announcement(announcement=late, by=LI)
    assert len(refused.value.problems) == 2


@pytest.mark.django_db(transaction=True)
def test_two_at_once_get_two_numbers():
    conference, chongqing = make_conference(starts_on=STAGE), make_member("chongqing")
    ready, failures = threading.Barrier(2), []

    def announce():
        try:
            ready.wait()
            make_announcement(announcement=draft(conference, chongqing), by=LI)
        except Exception as failure:  # noqa: BLE001 (told to the test's own thread)
            failures.append(failure)
        finally:
            connection.close()

    threads = [threading.Thread(target=announce) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    assert set(Announcement.objects.values_list("reference", flat=True)) == {"ANN-2023-0001", "ANN-2023-0002"}
