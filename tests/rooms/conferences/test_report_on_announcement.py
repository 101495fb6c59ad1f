from datetime import UTC, date, datetime

import pytest

from corridor.foundations.access import NIGHTLY
from corridor.foundations.audit.models import Entry
from corridor.kernel.errors import AccessDenied, BadInput, StaleForm, WrongMoment
from corridor.rooms.conferences.actions import move_announcement, report_on_announcement, report_on_announcements
from corridor.rooms.conferences.drafts import ReportDraft
from corridor.rooms.conferences.lifecycle import AnnouncementStatus
from corridor.rooms.conferences.models import AnnouncementReport
from tests.factories.actors import make_actor
from tests.factories.conferences import REPORT_DUE_ON, make_announcement
from tests.factories.members import make_member

pytestmark = pytest.mark.django_db
ON, NEXT = date(2024, 1, 15), date(2024, 6, 28)
AT = datetime(2024, 1, 15, 9, tzinfo=UTC)


@pytest.fixture
def announcement():
    return make_announcement()


@pytest.fixture
def mei(announcement):
    return make_actor("coordinator", ("member", announcement.owner_id), label="mei")


def report(announcement, **more):
    given = {"reported_on": ON, "text": "The site is chosen.", "next_due_on": NEXT, "due_on": REPORT_DUE_ON} | more
    return ReportDraft(announcement=announcement, **given)


def test_the_owner_reports_and_the_next_day_moves(announcement, mei):
    written = report_on_announcement(report=report(announcement), at=AT, by=mei)
    announcement.refresh_from_db()
    assert announcement.next_report_due_on == NEXT
    assert (written.due_on, written.next_due_on, written.by_label) == (REPORT_DUE_ON, NEXT, "mei")
    assert Entry.objects.filter(event="conferences.reported", by="mei").count() == 1


def test_the_secretariat_reports_too(announcement):
    report_on_announcement(report=report(announcement), at=AT, by=make_actor("secretariat"))
    assert AnnouncementReport.objects.count() == 1


def test_another_member_does_not_report(announcement):
    vientiane = make_member("vientiane", country="LA")
    with pytest.raises(AccessDenied):
        report_on_announcement(
            report=report(announcement), at=AT, by=make_actor("coordinator", ("member", vientiane.pk))
        )
    assert not AnnouncementReport.objects.exists()


def test_a_form_opened_before_another_report_is_stale(announcement, mei):
    report_on_announcement(report=report(announcement), at=AT, by=mei)
    with pytest.raises(StaleForm) as stale:
        report_on_announcement(report=report(announcement, text="And more."), at=AT, by=mei)
    assert (stale.value.theirs, stale.value.yours) == (NEXT.isoformat(), REPORT_DUE_ON.isoformat())
    assert AnnouncementReport.objects.count() == 1


def test_what_is_withdrawn_owes_no_report(announcement, mei):
    move_announcement(
        announcement=announcement, to=AnnouncementStatus.WITHDRAWN, on=ON, by=NIGHTLY, reason="No supplier"
    )
    with pytest.raises(WrongMoment):
        report_on_announcement(report=report(announcement), at=AT, by=mei)


def test_a_report_says_something_and_names_a_later_day(announcement, mei):
    with pytest.raises(BadInput) as refused:
        report_on_announcement(report=report(announcement, text=" ", next_due_on=ON), at=AT, by=mei)
    assert {problem.column for problem in refused.value.problems} == {"text", "next_due_on"}


def test_a_report_is_not_older_than_the_last(announcement, mei):
    report_on_announcement(report=report(announcement), at=AT, by=mei)
    with pytest.raises(WrongMoment):
        older = report(announcement, due_on=None, reported_on=date(2024, 1, 1), next_due_on=NEXT)
        report_on_announcement(report=older, at=AT, by=mei)


def test_several_reports_on_one_stand_in_their_order(announcement):
    reports = [
        report(announcement, due_on=None, made_by="mei"),
        report(announcement, due_on=None, reported_on=NEXT, next_due_on=date(2024, 12, 31), made_by="mei"),
    ]
    written = report_on_announcements(reports=reports, at=AT, by=NIGHTLY)
    assert [row.due_on for row in written] == [REPORT_DUE_ON, NEXT]
    assert {row.by_label for row in written} == {"mei"}


def test_nobody_reports_in_another_name(announcement, mei):
    with pytest.raises(AccessDenied):
        report_on_announcement(report=report(announcement, made_by="khamla"), at=AT, by=mei)
