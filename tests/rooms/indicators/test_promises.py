"""What was announced, what fell silent, what is in force, and what employers asked for."""

from datetime import date

import pytest

from corridor.foundations.access import NIGHTLY, VISITOR, Role
from corridor.rooms.agreements import actions as agreements
from corridor.rooms.conferences import actions as conferences
from corridor.rooms.conferences.drafts import ReportDraft
from corridor.rooms.conferences.lifecycle import AnnouncementStatus
from corridor.rooms.indicators.queries import open_figure, show_figure, walk_record
from tests.factories.actors import make_actor
from tests.factories.agreements import make_agreement, make_proposed_agreement
from tests.factories.conferences import make_announcement, make_conference
from tests.factories.figures import AT, REPORT_DAY
from tests.factories.members import make_alliance, make_member
from tests.factories.training import make_demand

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def alliance():
    make_alliance()


def show(code: str, scope: str = "", on: date = REPORT_DAY):
    return show_figure(code=code, scope=scope, on=on, at=AT, by=VISITOR)


def test_announcements_count_once_a_second_person_confirmed_them():
    make_conference()
    make_announcement("ANN-2023-0001")
    make_announcement("ANN-2023-0002", confirmed_by="")
    assert show("announcements.made", "conference=conf-2023").value == 1


def test_withdrawn_announcements_stay_counted_and_are_shown():
    make_announcement("ANN-2023-0001")
    withdrawn = make_announcement("ANN-2023-0002")
    conferences.move_announcement(
        announcement=withdrawn, to=AnnouncementStatus.WITHDRAWN, on=date(2024, 1, 10), by=NIGHTLY, reason="No money."
    )
    made = show("announcements.made")
    assert made.value == 2
    assert made.breakdown["state"] == {"announced": 1, "withdrawn": 1, "unknown": 0}
    assert show("announcements.made", on=date(2023, 12, 31)).breakdown["state"] == {"announced": 2, "unknown": 0}


def test_an_announcement_is_silent_from_the_day_after_its_report_was_due():
    announcement = make_announcement("ANN-2023-0001", next_report_due_on=date(2024, 1, 10))
    assert show("announcements.silent", on=date(2024, 1, 10)).value == 0
    assert show("announcements.silent", on=date(2024, 1, 11)).value == 1
    report = ReportDraft(
        announcement=announcement, reported_on=date(2024, 1, 12), text="The site is chosen.", language="en",
        next_due_on=date(2024, 6, 1),
    )  # fmt: skip
    conferences.report_on_announcement(report=report, at=AT, by=NIGHTLY)
    assert show("announcements.silent", on=date(2024, 1, 12)).value == 0
    assert show("announcements.silent", on=date(2024, 1, 11)).value == 1


def test_an_agreement_of_three_parties_is_one():
    make_agreement("AGR-2023-0031", parties=("chongqing", "vientiane", "colombo"))
    in_force = show("agreements.in_force")
    assert (in_force.value, in_force.numbers["evidence_rows"]) == (1, 3)
    assert in_force.breakdown["country"] == {"CN": 1, "LA": 1, "LK": 1, "unknown": 0}
    assert show("agreements.in_force", "country=LK").value == 1


def test_proposed_lapsed_and_ended_agreements_are_not_in_force():
    make_proposed_agreement("AGR-2023-0001")
    make_agreement("AGR-2023-0002", ends_before=date(2024, 1, 1))
    ended = make_agreement("AGR-2023-0003")
    agreements.terminate_agreement(agreement=ended, on=date(2024, 1, 18), by=NIGHTLY, reason="Done.")
    assert show("agreements.in_force").value == 0
    assert show("agreements.in_force", on=date(2023, 12, 31)).value == 2


def test_an_agreement_walks_down_to_its_signatures_and_scans():
    make_agreement()
    row = open_figure(code="agreements.in_force", on=REPORT_DAY, at=AT, by=VISITOR).rows[0]
    assert (row.card.link.kind, row.card.link.reference) == ("agreement", "AGR-2023-0031")
    walked = walk_record(kind="agreement_party", record_id=row.row.record_id, by=VISITOR)
    assert [(ground.kind, ground.state, ground.on) for ground in walked.grounds] == [
        ("signature", "paper", date(2023, 5, 18)),
        ("signature", "paper", date(2023, 5, 18)),
    ]
    assert [(paper.reference, paper.may_open) for paper in walked.papers] == [("scan-1", False)]
    auditor = walk_record(kind="agreement_party", record_id=row.row.record_id, by=make_actor(Role.AUDITOR))
    assert auditor.papers[0].may_open


def test_a_restated_demand_counts_once_in_its_newer_words():
    older = make_demand("DEM-2023-0001", stated_on=date(2023, 2, 6))
    newer = make_demand("DEM-2023-0002", stated_on=date(2023, 9, 1))
    newer.replaces, newer.posts = older, 60
    newer.save()
    assert show("demand.posts_stated", on=date(2023, 8, 31)).value == 45
    assert show("demand.posts_stated", on=date(2023, 9, 1)).value == 60
    stated = show("demand.posts_stated")
    assert stated.breakdown["strength"] == {"letter": 60, "unknown": 0}


def test_drafts_of_demands_are_not_counted():
    make_member("mekong-fleet", country="LA", kind="company")
    make_demand("DEM-2023-0001", stated_on=None)
    assert show("demand.posts_stated").value == 0
