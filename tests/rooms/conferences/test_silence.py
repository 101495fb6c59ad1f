"""Silence is computed, for one and for many alike, and for any day."""

from datetime import UTC, date, datetime

import pytest

from corridor.foundations.access import NIGHTLY
from corridor.rooms.conferences.actions import move_announcement, report_on_announcement
from corridor.rooms.conferences.drafts import ReportDraft
from corridor.rooms.conferences.lifecycle import AnnouncementStatus as Status
from corridor.rooms.conferences.queries import announcements_owed_by, get_announcement, list_announcements
from tests.factories.actors import VISITOR, make_actor
from tests.factories.conferences import make_announcement

pytestmark = pytest.mark.django_db
DUE = date(2024, 1, 31)
AT = datetime(2024, 2, 1, 9, tzinfo=UTC)
AFTER, LATER = date(2024, 2, 1), date(2024, 7, 1)


@pytest.fixture
def announcement():
    return make_announcement(next_report_due_on=DUE)


def silent_on(day):
    return [row.reference for row in list_announcements(by=VISITOR, on=day, silent=True)]


def agree_on(announcement, day):
    announcement.refresh_from_db()
    alone = announcement.is_silent(on=day)
    assert get_announcement(reference=announcement.reference, by=VISITOR, on=day).silent_then == alone
    return alone


def test_the_day_itself_is_not_yet_silence(announcement):
    assert not agree_on(announcement, DUE)
    assert agree_on(announcement, AFTER)
    assert silent_on(DUE) == []
    assert silent_on(AFTER) == [announcement.reference]


def test_a_report_ends_silence_until_the_next_day_passes(announcement):
    report = ReportDraft(announcement, date(2024, 2, 10), "Late, but running.", date(2024, 6, 30))
    report_on_announcement(report=report, at=AT, by=NIGHTLY)
    found = {day: agree_on(announcement, day) for day in (AFTER, date(2024, 2, 9), date(2024, 2, 10), LATER)}
    assert list(found.values()) == [True, True, False, True]
    assert silent_on(AFTER) == [announcement.reference]


def test_what_is_done_or_withdrawn_is_not_silent(announcement):
    move_announcement(announcement=announcement, to=Status.WITHDRAWN, on=date(2024, 3, 1), by=NIGHTLY, reason="Late")
    assert agree_on(announcement, date(2024, 2, 29))
    assert not agree_on(announcement, date(2024, 3, 1))


def test_the_desk_of_the_owner_names_what_is_due_within_a_month(announcement):
    mei = make_actor("coordinator", ("member", announcement.owner_id))
    assert list(announcements_owed_by(by=mei, on=date(2023, 12, 1))) == []
    owed = announcements_owed_by(by=mei, on=date(2024, 1, 10))
    assert [(row.reference, row.due_then, row.silent_then) for row in owed] == [(announcement.reference, DUE, False)]
    assert list(announcements_owed_by(by=make_actor("secretariat"), on=AFTER)) == []
