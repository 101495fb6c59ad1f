from datetime import date

import pytest

from corridor.foundations.audit.models import Entry
from corridor.kernel.errors import AccessDenied, WrongMoment
from corridor.rooms.conferences.actions import move_announcement, move_announcements
from corridor.rooms.conferences.drafts import AnnouncementStep
from corridor.rooms.conferences.lifecycle import AnnouncementStatus as Status
from tests.factories.actors import make_actor
from tests.factories.conferences import make_announcement

pytestmark = pytest.mark.django_db
LI = make_actor("secretariat", label="li-na")
AGREED, RUNNING = date(2024, 1, 10), date(2024, 3, 1)


def test_one_announcement_takes_several_steps_at_once():
    announcement = make_announcement()
    steps = [
        AnnouncementStep(announcement, Status.AGREED, AGREED),
        AnnouncementStep(announcement, Status.RUNNING, RUNNING),
    ]
    (moved,) = move_announcements(steps=steps, by=LI)
    assert moved.status == "running"
    days = [date(2024, 1, 9), AGREED, date(2024, 2, 29), RUNNING]
    assert [moved.status_on(day) for day in days] == ["announced", "agreed", "agreed", "running"]
    assert Entry.objects.filter(event="conferences.announcement_moved").count() == 2


def test_a_step_that_its_state_does_not_lead_to_is_refused_and_nothing_is_written():
    announcement, other = make_announcement(), make_announcement()
    with pytest.raises(WrongMoment):
        move_announcements(
            steps=[AnnouncementStep(other, Status.AGREED, AGREED), AnnouncementStep(announcement, Status.DONE, AGREED)],
            by=LI,
        )
    assert not other.changes.exists()


def test_a_step_cannot_take_effect_before_the_last():
    announcement = make_announcement()
    move_announcement(announcement=announcement, to=Status.AGREED, on=RUNNING, by=LI)
    with pytest.raises(WrongMoment, match="cannot take effect before"):
        move_announcement(announcement=announcement, to=Status.RUNNING, on=AGREED, by=LI)


def test_what_no_second_person_has_confirmed_does_not_move():
    with pytest.raises(WrongMoment):
        move_announcement(announcement=make_announcement(confirmed_by=""), to=Status.AGREED, on=AGREED, by=LI)


def test_the_owner_does_not_move_it():
    announcement = make_announcement()
    with pytest.raises(AccessDenied):
        by = make_actor("coordinator", ("member", announcement.owner_id))
        move_announcement(announcement=announcement, to=Status.DONE, on=AGREED, by=by)
