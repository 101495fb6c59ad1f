"""Worked case W1: 164 members in fourteen places, counted and never typed in."""

from datetime import date

import pytest

from corridor.foundations.access import VISITOR, Role
from corridor.rooms.indicators.queries import open_figure, show_figure, walk_record
from corridor.rooms.indicators.refusals import UnknownScope, WrongTime
from corridor.rooms.members.models import Membership, Organisation
from tests.factories.actors import make_actor
from tests.factories.figures import AT, REPORT_DAY, SINCE_FOUNDING, make_alliance_of_164, make_members
from tests.factories.members import make_alliance, make_member, make_organisation

pytestmark = pytest.mark.django_db


def show(code: str, scope: str = "", on: date = REPORT_DAY):
    return show_figure(code=code, scope=scope, on=on, at=AT, by=VISITOR)


def test_164_members_in_fourteen_places_of_which_one_is_assumed():
    make_alliance_of_164()
    members, places = show("members.active"), show("members.countries")
    assert members.value == 164
    assert places.value == 14
    assert places.as_json()["breakdown"]["source"] == {"named": 13, "assumed": 1}


def test_without_hong_kong_there_are_thirteen_places_and_three_members_less():
    make_alliance_of_164()
    _leave("HK")
    assert show("members.countries").value == 13
    assert show("members.active").value == 161


def _leave(country: str) -> None:
    for membership in Membership.objects.filter(organisation__country=country):
        membership.changes.create(
            from_status="active", to_status="withdrawn", effective_on=date(2023, 6, 1), by_label="secretariat"
        )


def test_who_is_only_approved_is_not_counted():
    make_alliance_of_164()
    membership = Membership.objects.filter(organisation__country="CN").first()
    membership.changes.filter(to_status="active").delete()
    assert show("members.active").value == 163


def test_a_member_is_counted_on_the_days_on_which_it_was_active():
    make_alliance()
    make_member("vientiane", country="LA", later=[("suspended", date(2022, 4, 1)), ("active", date(2022, 9, 1))])
    assert show("members.active", on=date(2022, 3, 31)).value == 1
    assert show("members.active", on=date(2022, 4, 1)).value == 0
    assert show("members.active", on=date(2022, 9, 1)).value == 1


def test_applicants_and_strangers_are_not_members():
    make_alliance()
    make_organisation("colombo", country="LK")
    assert show("members.active").value == 0


def test_a_member_is_broken_down_by_kind_and_narrowed_by_country():
    make_alliance()
    make_members({"LA": 3}, kind="company")
    make_members({"LA": 2, "CN": 4}, kind="school")
    assert show("members.active").breakdown["kind"] == {"company": 3, "school": 6, "unknown": 0}
    assert show("members.active", "country=LA").value == 5
    assert show("members.active", "kind=company&country=LA").scope == "country=LA&kind=company"


def test_an_unknown_key_or_kind_is_refused_and_says_which_there_are():
    make_alliance()
    with pytest.raises(UnknownScope, match="It takes: country, kind"):
        show("members.active", "brand=panda")
    with pytest.raises(UnknownScope, match="association, authority, company, school"):
        show("members.active", "kind=teacher")


def test_members_hold_on_a_day_not_over_a_period():
    make_alliance()
    with pytest.raises(WrongTime, match="holds on a day"):
        show_figure(code="members.active", period=SINCE_FOUNDING, at=AT, by=VISITOR)


def test_founding_members_are_those_the_alliance_names():
    make_alliance()
    make_member("chongqing", founding_mark="named", region="CN-CQ")
    make_member("chengdu", founding_mark="assumed", region="CN-SC")
    make_member("vientiane", country="LA")
    founding = show("members.founding")
    assert founding.value == 2
    assert founding.breakdown["region"] == {"CN-CQ": 1, "CN-SC": 1, "unknown": 0}
    assert founding.breakdown["source"] == {"assumed": 1, "named": 1, "unknown": 0}


def test_a_visitor_walks_from_the_figure_to_a_member():
    make_alliance()
    make_member("vientiane", country="LA", names={"lo": "ວິທະຍາໄລ ວຽງຈັນ"}, source_mark="named")
    opened = open_figure(code="members.active", on=REPORT_DAY, at=AT, by=VISITOR)
    row = opened.rows[0]
    assert (opened.of_rows, opened.hidden_rows) == (1, 0)
    assert (row.card.link.kind, row.card.link.reference) == ("member", "vientiane")
    assert row.card.names == {"lo": "ວິທະຍາໄລ ວຽງຈັນ"}
    assert row.card.source_mark == "named"
    walked = walk_record(kind=row.row.record_kind, record_id=row.row.record_id, by=VISITOR)
    assert [step.state for step in walked.changes] == ["applied", "under_review", "approved", "active"]
    assert {step.by for step in walked.changes} == {""}


def test_an_auditor_sees_who_wrote_the_changes():
    make_alliance()
    make_member("vientiane", country="LA")
    by = make_actor(Role.AUDITOR)
    row = open_figure(code="members.active", on=REPORT_DAY, at=AT, by=by).rows[0].row
    assert {step.by for step in walk_record(kind=row.record_kind, record_id=row.record_id, by=by).changes} == {
        "secretariat"
    }


def test_the_same_statements_for_one_member_as_for_hundreds(django_assert_num_queries):
    make_alliance()
    make_members({"LA": 1})
    with django_assert_num_queries(4):
        show("members.active")
    make_members({"CN": 300})
    with django_assert_num_queries(4):
        assert show("members.active").value == 301


def test_two_records_of_one_organisation_count_once_and_unconfirmed_ones_not_at_all():
    make_alliance()
    one, other, third = (make_member(reference, country="LA") for reference in ("one", "other", "third"))
    Organisation.objects.filter(pk=other.pk).update(merged_into=one)
    assert show("members.active").value == 2
    Organisation.objects.filter(pk=third.pk).update(standing="unconfirmed")
    assert show("members.active").value == 1
