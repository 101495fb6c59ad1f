from datetime import UTC, date, datetime

import pytest

from corridor.foundations.access import NIGHTLY
from corridor.kernel.errors import NotFound
from corridor.rooms.conferences.actions import move_announcement, report_on_announcement
from corridor.rooms.conferences.drafts import ReportDraft
from corridor.rooms.conferences.lifecycle import AnnouncementStatus as Status
from corridor.rooms.conferences.queries import (
    count_announcements,
    get_announcement,
    list_announcements,
    list_owners,
    reports_due,
)
from tests.factories.actors import VISITOR
from tests.factories.conferences import make_announcement, make_conference
from tests.factories.members import make_member

pytestmark = pytest.mark.django_db
TODAY = date(2024, 2, 2)
AT = datetime(2024, 2, 2, 9, tzinfo=UTC)


@pytest.fixture
def ledger():
    """Three of two conferences: one silent, one agreed, one withdrawn."""
    first = make_conference("CONF-2022", starts_on=date(2022, 12, 15))
    second = make_conference("CONF-2023", starts_on=date(2023, 11, 23))
    colombo = make_member("colombo", country="LK")
    made = {
        "silent": make_announcement(conference=first, title="Durian centre", next_report_due_on=date(2023, 7, 1)),
        "agreed": make_announcement(
            conference=second,
            owner=colombo,
            country="LK",
            title="Technology School",
            next_report_due_on=date(2024, 3, 31),
        ),
        "withdrawn": make_announcement(conference=second, title="虚拟实训室", next_report_due_on=date(2024, 1, 1)),
    }
    move_announcement(announcement=made["agreed"], to=Status.AGREED, on=date(2024, 1, 20), by=NIGHTLY)
    move_announcement(
        announcement=made["withdrawn"], to=Status.WITHDRAWN, on=date(2024, 1, 11), by=NIGHTLY, reason="Late"
    )
    return {name: announcement.reference for name, announcement in made.items()}


def found(**asked):
    return [row.reference for row in list_announcements(by=VISITOR, **({"on": TODAY} | asked))]


def test_it_filters_by_conference_owner_country_state_silence_and_words(ledger):
    assert found(conference="CONF-2022") == [ledger["silent"]]
    assert found(owner="colombo") == found(country="LK") == [ledger["agreed"]]
    assert found(states=["withdrawn"]) == [ledger["withdrawn"]]
    assert found(silent=True) == [ledger["silent"]]
    assert set(found(silent=False)) == {ledger["agreed"], ledger["withdrawn"]}
    assert found(words="虚拟") == [ledger["withdrawn"]]


def test_it_shows_the_state_of_the_day_asked_for(ledger):
    assert found(on=date(2023, 1, 1)) == [ledger["silent"]]
    assert found(on=date(2024, 1, 15), states=["announced"], conference="CONF-2023") == [ledger["agreed"]]
    assert found(states=["announced"], conference="CONF-2023") == []


@pytest.mark.parametrize("sort", ["due", "newest", "number"])
def test_pages_follow_each_other_without_a_gap_or_a_double(ledger, sort):
    whole = found(sort=sort)
    field = {"due": "due_then", "newest": "announced_on", "number": "announced_on"}[sort]
    paged, after = [], None
    while rows := list(list_announcements(by=VISITOR, on=TODAY, sort=sort, after=after)[:1]):
        paged.append(rows[0].reference)
        after = (getattr(rows[0], field), rows[0].reference)
    assert paged == whole
    assert len(whole) == 3


def test_it_counts_states_with_silence_beside_them(ledger):
    counted = count_announcements(by=VISITOR, on=TODAY)
    assert counted == {"all": 3, "promised": 3, "silent": 1, "announced": 1, "agreed": 1, "withdrawn": 1}
    assert count_announcements(by=VISITOR, on=TODAY, conference="CONF-2023")["all"] == 2


def test_owners_are_named_for_a_filter(ledger):
    owners = list_owners(by=VISITOR)
    assert [(owner.reference, owner.names.all()[0].name) for owner in owners] == [
        ("chongqing", "Chongqing College"), ("colombo", "Colombo College"),
    ]  # fmt: skip


def test_it_tells_how_many_reports_are_due_and_the_first_day(ledger):
    assert reports_due(by=VISITOR, on=TODAY, until=date(2024, 2, 29)) == (0, None)
    assert reports_due(by=VISITOR, on=TODAY, until=date(2024, 3, 31)) == (1, date(2024, 3, 31))


def test_a_row_tells_what_was_last_heard_by_that_day(ledger):
    silent = get_announcement(reference=ledger["silent"], by=VISITOR)
    report = ReportDraft(silent, date(2023, 3, 3), "Site being chosen.", date(2023, 7, 1))
    report_on_announcement(report=report, at=AT, by=NIGHTLY)

    def heard(on):
        row = list_announcements(by=VISITOR, on=on, conference="CONF-2022").get()
        return (row.told, row.told_on)

    assert heard(date(2023, 3, 2)) == (None, None)
    assert heard(TODAY) == ("Site being chosen.", date(2023, 3, 3))


def test_one_announcement_comes_with_its_timeline_and_reports(ledger, django_assert_max_num_queries):
    report = ReportDraft(
        get_announcement(reference=ledger["agreed"], by=VISITOR), TODAY, "Text compared.", date(2024, 6, 1)
    )
    report_on_announcement(report=report, at=AT, by=NIGHTLY)
    with django_assert_max_num_queries(10):
        shown = get_announcement(reference=ledger["agreed"], by=VISITOR, on=TODAY)
        assert [change.to_status for change in shown.changes.all()] == ["agreed"]
        assert [report.text for report in shown.reports.all()] == ["Text compared."]
        assert shown.status_then == "agreed"
        assert [name.name for name in shown.owner.names.all()] == ["Colombo College"]


def test_what_is_not_there_is_not_found(ledger):
    with pytest.raises(NotFound):
        get_announcement(reference="ANN-1999-0001", by=VISITOR)


def test_a_longer_ledger_takes_no_more_statements(ledger, django_assert_num_queries):
    def read():
        return [
            (
                row.status_then,
                row.silent_then,
                row.told,
                row.conference,
                list(row.titles.all()),
                list(row.changes.all()),
            )
            for row in list_announcements(by=VISITOR, on=TODAY)
            if list(row.owner.names.all())
        ]

    with django_assert_num_queries(5):
        read()
    for number in range(10):
        make_announcement(title=f"Another {number}")
    with django_assert_num_queries(5):
        assert len(read()) == 13
