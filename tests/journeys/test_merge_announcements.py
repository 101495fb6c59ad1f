"""Two announcements of one promise: the old number leads to the one that stands, and both lines stay."""

from datetime import UTC, date, datetime

import pytest

from corridor.foundations.access import NIGHTLY
from corridor.journeys.merge_announcements import merge_announcements
from corridor.kernel.errors import AccessDenied, BadInput, WrongMoment
from corridor.rooms.conferences.actions import (
    AlreadyMerged,
    BothAnswered,
    MergedInACircle,
    Merging,
    report_on_announcement,
)
from corridor.rooms.conferences.drafts import ReportDraft
from corridor.rooms.conferences.queries import count_announcements, get_announcement, list_announcements, merged_into
from tests.factories.actors import VISITOR, make_actor
from tests.factories.agreements import make_agreement
from tests.factories.conferences import REPORT_DUE_ON, make_announcement

pytestmark = pytest.mark.django_db
LI = make_actor("secretariat", label="li-na")
ON, LATER = date(2024, 2, 10), date(2024, 3, 1)
AT = datetime(2024, 1, 20, 9, tzinfo=UTC)


@pytest.fixture
def twins():
    return make_announcement(title="Panda College"), make_announcement(title="A college in Vientiane")


def merged(gone, standing, *, on=ON, reason="One promise, said twice", by=LI):
    return merge_announcements(merges=[Merging(gone, standing, on, reason)], by=by)[0]


def report(announcement):
    draft = ReportDraft(
        announcement=announcement, reported_on=date(2024, 1, 20), text="A place is found.", next_due_on=date(2024, 2, 5)
    )
    return report_on_announcement(report=draft, at=AT, by=NIGHTLY)


def test_the_old_number_leads_to_the_one_that_stands_and_both_lines_stay(twins):
    gone, standing = twins
    merged(gone, standing)
    found = get_announcement(reference=gone.reference, by=VISITOR, on=ON)
    assert (found.status_then, found.standing().reference) == ("merged", standing.reference)
    assert {row.reference for row in list_announcements(by=VISITOR, on=ON)} == {gone.reference, standing.reference}
    counts = count_announcements(by=VISITOR, on=ON)
    assert (counts["all"], counts["promised"], counts["merged"]) == (2, 1, 1)


def test_reports_are_read_with_the_one_that_stands_and_days_before_stay_what_they_were(twins):
    gone, standing = twins
    report(gone)
    merged(gone, standing)
    (found,) = merged_into(announcement=standing, by=VISITOR)
    assert [each.text for each in found.reports.all()] == ["A place is found."]
    silent = {
        day: [row.reference for row in list_announcements(by=VISITOR, on=day, silent=True)]
        for day in (date(2024, 2, 9), LATER)
    }
    # Before the merge both were silent; after it, the number that stands alone owes a report.
    assert silent == {date(2024, 2, 9): [standing.reference, gone.reference], LATER: [standing.reference]}


def test_a_report_on_a_merged_one_is_sent_to_the_one_that_stands(twins):
    gone, standing = twins
    merged(gone, standing)
    with pytest.raises(WrongMoment, match=standing.reference):
        report(get_announcement(reference=gone.reference, by=LI))


def test_a_chain_leads_to_the_last_and_never_in_a_circle(twins):
    gone, standing = twins
    third = make_announcement(title="Third")
    merged(gone, standing)
    with pytest.raises(AlreadyMerged, match=standing.reference):
        merged(gone, third)
    with pytest.raises(AlreadyMerged):
        merged(third, gone)
    merged(standing, third)
    with pytest.raises(AlreadyMerged):
        merged(third, standing)
    with pytest.raises(MergedInACircle):
        merged(third, third)
    assert get_announcement(reference=gone.reference, by=LI).standing() == third
    assert [each.reference for each in merged_into(announcement=third, by=LI)] == [standing.reference, gone.reference]


def test_two_that_are_both_answered_are_not_merged_and_it_says_what_to_do(twins):
    gone, standing = twins
    make_agreement("AGR-2023-0031", announcement=gone)
    other = make_agreement("AGR-2023-0032", announcement=standing)
    with pytest.raises(BothAnswered, match="AGR-2023-0032 answers") as refused:
        merged(gone, standing)
    assert "End or supersede" in str(refused.value)
    gone.refresh_from_db()
    assert (gone.status, gone.merged_into, other.status) == ("announced", None, "in_force")


def test_one_that_is_answered_may_be_merged_with_one_that_is_not(twins):
    gone, standing = twins
    make_agreement(announcement=gone)
    assert merged(gone, standing).merged_into == standing


def test_a_merge_says_why_and_is_the_secretariat_s(twins):
    with pytest.raises(BadInput):
        merged(*twins, reason=" ")
    with pytest.raises(AccessDenied):
        merged(*twins, by=make_actor("coordinator", ("member", twins[0].owner_id)))


def test_what_nobody_has_confirmed_is_not_merged(twins):
    with pytest.raises(WrongMoment):
        merged(make_announcement(confirmed_by=""), twins[1])


def test_the_report_day_of_the_one_that_stands_stays(twins):
    gone, standing = twins
    merged(gone, standing)
    standing.refresh_from_db()
    assert standing.next_report_due_on == REPORT_DUE_ON
