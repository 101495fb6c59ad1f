"""A membership moves as its life allows; who leaves and comes back gets a new one."""

from datetime import date

import pytest

from corridor.foundations.audit.models import Entry
from corridor.kernel.errors import AccessDenied, WrongMoment
from corridor.rooms.members import actions
from corridor.rooms.members.drafts import MembershipStep
from corridor.rooms.members.lifecycle import MembershipStatus as S
from corridor.rooms.members.models import Membership, MembershipChange
from corridor.rooms.members.queries import members_on
from tests.factories.actors import VISITOR, make_actor
from tests.factories.members import make_member, make_organisation

WAY_IN = [S.APPLIED, S.UNDER_REVIEW, S.APPROVED, S.ACTIVE]

pytestmark = pytest.mark.django_db


@pytest.fixture
def secretariat():
    return make_actor("secretariat", label="khamla")


def steps(organisation, states, day):
    return [MembershipStep(organisation, state, day) for state in states]


def test_many_organisations_move_in_sets_and_every_step_is_kept(secretariat, django_assert_max_num_queries):
    joined = [make_organisation(f"school-{number}") for number in range(30)]
    many = [step for each in joined for step in steps(each, WAY_IN, date(2021, 5, 20))]
    with django_assert_max_num_queries(14):
        assert actions.move_memberships(steps=many, by=secretariat) == 120
    assert MembershipChange.objects.count() == 120
    assert members_on(day=date(2021, 5, 20), by=VISITOR).count() == 30
    assert members_on(day=date(2021, 5, 19), by=VISITOR).count() == 0
    assert Entry.objects.filter(event="members.moved").count() == 30


def test_the_day_of_the_application_is_kept(secretariat):
    vientiane = make_organisation("vientiane")
    actions.apply_for_membership(organisation=vientiane, on=date(2022, 3, 1), by=secretariat)
    assert MembershipChange.objects.values_list("from_status", "to_status", "effective_on", "by_label").get() == (
        "", "applied", date(2022, 3, 1), "khamla",
    )  # fmt: skip


def test_who_comes_back_gets_a_new_membership(secretariat):
    colombo = make_organisation("colombo", country="LK")
    actions.move_memberships(
        steps=[
            *steps(colombo, [*WAY_IN, S.WITHDRAWN], date(2021, 6, 1)),
            *steps(colombo, WAY_IN, date(2023, 1, 10)),
        ],
        by=secretariat,
    )
    assert sorted(Membership.objects.values_list("status", flat=True)) == ["active", "withdrawn"]
    assert members_on(day=date(2022, 1, 1), by=VISITOR).count() == 0
    assert members_on(day=date(2023, 1, 10), by=VISITOR).count() == 1


def test_a_membership_is_not_opened_while_one_is_under_way(secretariat):
    chongqing = make_member("chongqing")
    with pytest.raises(actions.MembershipUnderWay):
        actions.apply_for_membership(organisation=chongqing, on=date(2023, 1, 1), by=secretariat)


def test_a_new_membership_does_not_begin_before_the_last_one_ended(secretariat):
    chongqing = make_member("chongqing", later=[("withdrawn", date(2023, 1, 1))])
    with pytest.raises(WrongMoment):
        actions.apply_for_membership(organisation=chongqing, on=date(2022, 12, 31), by=secretariat)


def test_nobody_moves_who_never_applied(secretariat):
    with pytest.raises(actions.NoOpenMembership):
        actions.suspend_member(
            organisation=make_organisation("colombo"), on=date(2023, 1, 1), by=secretariat, reason="x"
        )


def test_a_step_that_its_life_does_not_allow_stops_all_of_them(secretariat):
    vientiane, colombo = make_organisation("vientiane"), make_organisation("colombo")
    many = [*steps(vientiane, WAY_IN, date(2022, 1, 1)), *steps(colombo, [S.APPLIED, S.ACTIVE], date(2022, 1, 1))]
    with pytest.raises(WrongMoment, match="colombo"):
        actions.move_memberships(steps=many, by=secretariat)
    assert not Membership.objects.exists()


def test_a_suspended_member_is_not_counted_until_it_is_reinstated(secretariat):
    chongqing = make_member("chongqing")
    actions.suspend_member(organisation=chongqing, on=date(2022, 3, 1), by=secretariat, reason="No report")
    actions.reinstate_member(organisation=chongqing, on=date(2022, 6, 1), by=secretariat)
    days = (date(2022, 2, 28), date(2022, 3, 1), date(2022, 5, 31), date(2022, 6, 1))
    assert [members_on(day=day, by=VISITOR).count() for day in days] == [1, 0, 0, 1]


def test_only_who_stands_still_is_reinstated(secretariat):
    with pytest.raises(WrongMoment, match="neither suspended nor dormant"):
        actions.reinstate_member(organisation=make_member("chongqing"), on=date(2022, 6, 1), by=secretariat)


def test_no_change_takes_effect_before_the_last(secretariat):
    chongqing = make_member("chongqing", later=[("suspended", date(2023, 1, 1))])
    with pytest.raises(WrongMoment, match="cannot take effect before"):
        actions.reinstate_member(organisation=chongqing, on=date(2022, 12, 1), by=secretariat)


@pytest.mark.parametrize("role", ["council", "auditor", "coordinator", "learner"])
def test_nobody_but_the_secretariat_moves_memberships(role):
    chongqing = make_member("chongqing")
    with pytest.raises(AccessDenied):
        actions.withdraw_member(
            organisation=chongqing, on=date(2023, 1, 1), by=make_actor(role, ("member", chongqing.pk)), reason="x"
        )
    assert Membership.objects.get().status == "active"
