"""At risk and the share with evidence follow one rule; the flow of members balances and tells who came back from who came new."""

from datetime import UTC, date, datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from corridor.kernel.errors import AccessDenied
from corridor.kernel.periods import Period
from corridor.rooms.indicators.activity import at_risk_from
from corridor.rooms.indicators.queries import risk_of, risks_on, show_figure
from corridor.rooms.members.models import Organisation
from tests.factories.actors import VISITOR, make_actor
from tests.factories.demand import make_demand
from tests.factories.members import make_alliance, make_member, make_membership, make_organisation
from tests.factories.training import make_cohort, make_session

pytestmark = pytest.mark.django_db

SECRETARIAT = make_actor("secretariat")
AT = datetime(2024, 2, 2, 3, 0, tzinfo=UTC)
DAY = date(2024, 2, 2)


@pytest.fixture(autouse=True)
def alliance():
    make_alliance()


@pytest.mark.parametrize(
    ("last", "first_at_risk"),
    [
        (date(2023, 1, 10), date(2024, 1, 10)),
        (date(2023, 2, 28), date(2024, 2, 28)),
        (date(2024, 2, 29), date(2025, 2, 28)),
    ],
)
def test_a_member_is_at_risk_on_the_first_day_whose_12_months_hold_no_evidence(last, first_at_risk):
    found = at_risk_from(last, active_since=date(2021, 1, 1))
    assert found == first_at_risk
    assert not Period.months_to(found).contains(last)
    assert Period.months_to(date.fromordinal(found.toordinal() - 1)).contains(last)


def test_who_has_just_come_has_12_months_too():
    assert at_risk_from(None, active_since=date(2023, 6, 1)) == date(2024, 6, 1)


def test_a_locked_register_counts_for_everyone_with_a_role_and_a_planned_one_for_nobody():
    cohort = make_cohort()
    make_session(cohort, on=date(2023, 5, 5), status="locked")
    make_session(cohort, on=date(2023, 6, 5), number=2)
    host = cohort.site.host
    risk = risk_of(organisation=host, on=date(2024, 5, 4), by=SECRETARIAT)
    assert [(each.kind, each.count, each.last_on, each.reference) for each in risk.counted] == [
        ("session", 1, date(2023, 5, 5), cohort.reference)
    ]
    assert (risk.is_at_risk, risk.at_risk_on) == (False, date(2024, 5, 5))
    assert risk_of(organisation=host, on=date(2024, 5, 5), by=SECRETARIAT).is_at_risk


def test_a_demand_statement_counts_for_its_employer():
    vientiane = make_member("vientiane", country="LA", kind="company")
    make_demand(employer=vientiane, stated_on=date(2023, 9, 1))
    assert risk_of(organisation=vientiane, on=DAY, by=SECRETARIAT).at_risk_on == date(2024, 9, 1)


def test_only_active_members_are_at_risk_and_the_soonest_stands_first():
    make_member("colombo", country="LK", active_from=date(2023, 5, 1))
    make_member("vientiane", country="LA", active_from=date(2022, 5, 1))
    make_member("resting", later=[("dormant", date(2022, 1, 1))])
    found = risks_on(on=DAY, by=SECRETARIAT)
    assert [(each.organisation.reference, each.is_at_risk) for each in found] == [
        ("vientiane", True),
        ("colombo", False),
    ]
    assert [each.organisation.reference for each in risks_on(on=DAY, by=SECRETARIAT, within_days=89)] == [
        "vientiane",
        "colombo",
    ]
    assert len(risks_on(on=DAY, by=SECRETARIAT, within_days=88)) == 1


def test_many_members_ask_no_more_statements_than_few():
    def statements():
        with CaptureQueriesContext(connection) as asked:
            risks_on(on=DAY, by=SECRETARIAT)
        return len(asked)

    make_demand("DEM-2023-1001", employer=make_member("m-1", kind="company"), stated_on=date(2023, 9, 1))
    few = statements()
    for number in range(2, 12):
        make_demand(
            f"DEM-2023-10{number:02}", employer=make_member(f"m-{number}", kind="company"), stated_on=date(2023, 9, 1)
        )
    assert statements() == few


def test_others_do_not_see_who_is_at_risk():
    vientiane, colombo = make_member("vientiane"), make_member("colombo")
    with pytest.raises(AccessDenied):
        risks_on(on=DAY, by=VISITOR)
    khamla = make_actor("coordinator", ("member", vientiane.pk))
    assert risk_of(organisation=vientiane, on=DAY, by=khamla).is_at_risk
    with pytest.raises(AccessDenied):
        risk_of(organisation=colombo, on=DAY, by=khamla)


def test_the_share_with_evidence_counts_active_members_and_says_who_is_at_risk():
    make_demand(employer=make_member("vientiane", country="LA", kind="company"), stated_on=date(2023, 9, 1))
    make_member("colombo", country="LK")
    make_member("chongqing", active_from=date(2023, 9, 1))
    shown = show_figure(code="members.evidenced_share", on=DAY, at=AT, by=VISITOR)
    assert (shown.numbers["numerator"], shown.numbers["denominator"]) == (1, 3)
    assert {code: cell["denominator"] for code, cell in shown.breakdown["state"].items()} == {
        "active": 2, "at_risk": 1, "unknown": 0,
    }  # fmt: skip


def merge(gone: Organisation, stays: Organisation) -> None:
    Organisation.objects.filter(pk=gone.pk).update(merged_into=stays)


def test_what_a_merged_record_did_counts_for_the_one_that_stays():
    kept, gone = make_member("vientiane", country="LA"), make_organisation("viang-chan", country="LA", kind="company")
    make_demand(employer=gone, stated_on=date(2023, 9, 1))
    assert risk_of(organisation=kept, on=DAY, by=SECRETARIAT).is_at_risk
    merge(gone, kept)
    risk = risk_of(organisation=kept, on=DAY, by=SECRETARIAT)
    assert [(each.organisation_id, each.reference) for each in risk.counted] == [(kept.pk, "DEM-2023-0007")]
    assert not risk.is_at_risk
    assert not next(each for each in risks_on(on=DAY, by=SECRETARIAT)).is_at_risk
    shown = show_figure(code="members.evidenced_share", on=DAY, at=AT, by=VISITOR)
    assert (shown.numbers["numerator"], shown.numbers["denominator"]) == (1, 1)


def test_two_memberships_of_one_organisation_flow_as_one_member():
    kept = make_member("kept", active_from=date(2022, 1, 1))
    gone = make_member("gone", active_from=date(2022, 2, 1), later=[("withdrawn", date(2023, 5, 1))])
    late = make_member("late", active_from=date(2023, 3, 1), later=[("withdrawn", date(2023, 8, 1))])
    assert show_figure(code="members.flow", period=Period.year(2023), at=AT, by=VISITOR).breakdown["move"] == {
        "joined": 1, "opening": 2, "withdrawn": -2, "unknown": 0,
    }  # fmt: skip
    merge(gone, kept)
    merge(late, kept)
    shown = show_figure(code="members.flow", period=Period.year(2023), at=AT, by=VISITOR)
    assert shown.breakdown["move"] == {"opening": 1, "unknown": 0}
    assert shown.value == 1


def test_the_flow_balances_and_tells_rejoined_from_joined():
    make_member("stays")
    make_member("new", active_from=date(2023, 3, 1))
    make_member("rests", later=[("suspended", date(2023, 4, 1)), ("active", date(2023, 6, 1))])
    gone = make_member("back", later=[("withdrawn", date(2022, 4, 1))])
    steps = [(state, date(2023, 5, 1)) for state in ("applied", "under_review", "approved", "active")]
    make_membership(gone, steps=steps)
    make_member("leaves", later=[("withdrawn", date(2023, 7, 1))])
    shown = show_figure(code="members.flow", period=Period.year(2023), at=AT, by=VISITOR)
    assert shown.breakdown["move"] == {
        "joined": 1, "opening": 3, "reinstated": 1, "rejoined": 1, "suspended": -1, "withdrawn": -1, "unknown": 0,
    }  # fmt: skip
    assert shown.value == 4
