"""Nobody gives more than they hold, nothing is passed on twice, and what ends, ends the same minute."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corridor.foundations.access import NOT_GIVEN, SIGNING, Actor, Grant, Permission, Role, Source, country_scope
from corridor.foundations.access.roles import PERMISSIONS_OF
from corridor.foundations.accounts.models import User
from corridor.foundations.audit.models import Entry
from corridor.foundations.grants import giving, queries
from corridor.foundations.grants.drafts import ALLIANCE, GrantDraft, Place, country
from corridor.foundations.grants.models import AccessGrant
from corridor.foundations.grants.refusals import HasEnded, HeldAlready, MoreThanOwn, NotPassedOn
from corridor.foundations.notices.models import Notice
from corridor.journeys.recognise import recognise
from corridor.kernel.errors import AccessDenied, BadInput, NotFound, Refusal
from tests.factories.actors import make_actor, make_user
from tests.factories.grants import AT, TODAY, draft_of, make_delegation, make_grant
from tests.factories.members import make_member, make_seat
from tests.factories.sites import make_site
from tests.factories.training import make_cohort

pytestmark = pytest.mark.django_db


@pytest.fixture
def mei():
    return make_user("mei")


@pytest.fixture
def khamla():
    return make_user("khamla")


@pytest.fixture
def secretariat():
    return make_actor("secretariat", user=make_user("li-na"))


def test_a_given_role_counts_from_its_day_until_its_end(mei):
    make_grant(mei, "auditor", held_from=date(2024, 2, 10), held_before=date(2024, 3, 1))
    held = [
        Grant(Role.AUDITOR) in recognise(mei, on=day).grants for day in (TODAY, date(2024, 2, 10), date(2024, 3, 1))
    ]
    assert held == [False, True, False]
    assert Entry.objects.get().event == "grants.given"
    assert Notice.objects.get().user == mei


def test_the_secretariat_gives_no_office_that_signs_or_teaches(mei, secretariat):
    member = make_member("vientiane", country="LA")
    for role, place in (("council", ALLIANCE), ("coordinator", Place("member", member.pk, "vientiane"))):
        with pytest.raises(MoreThanOwn):
            giving.give_grant(draft=draft_of(mei, role, place), at=AT, by=secretariat)
    assert not AccessGrant.objects.exists()


def test_only_who_gives_grants_gives_one(mei):
    for role in ("auditor", "council", "coordinator", "visitor"):
        with pytest.raises(AccessDenied):
            giving.give_grant(draft=draft_of(mei, "auditor"), at=AT, by=make_actor(role))


ROLES = st.sampled_from(list(Role))
PLACES = st.sampled_from([ALLIANCE, country("LA"), country("CN"), Place("member", country("LA").key, "x")])


@settings(max_examples=120, deadline=None)
@given(held=st.sets(st.tuples(ROLES, PLACES), max_size=3), role=ROLES, place=PLACES)
def test_whatever_somebody_holds_they_give_nothing_that_they_do_not_hold(held, role, place):
    giver, _ = User.objects.get_or_create(username="giver")
    user, _ = User.objects.get_or_create(username="receiver")
    by = Actor(label="giver", user_id=giver.pk, grants=frozenset(Grant(each, where.scope()) for each, where in held))
    AccessGrant.objects.all().delete()
    try:
        giving.give_grant(draft=GrantDraft(user, role, place, TODAY, None, "Because."), at=AT, by=by)
    except Refusal:
        return
    assert role not in NOT_GIVEN
    assert all(by.holds_for(permission, place.scope()) for permission in PERMISSIONS_OF[role])


def test_system_learner_visitor_and_override_are_never_given(mei, secretariat):
    for role in NOT_GIVEN:
        with pytest.raises(BadInput):
            giving.give_grant(draft=draft_of(mei, role.value), at=AT, by=secretariat)


def test_a_role_is_given_for_places_where_it_reaches_something_and_with_a_reason(mei, secretariat):
    site = make_site("wks-vientiane")
    for draft in (
        draft_of(mei, "council", Place("site", site.pk, site.reference)),
        draft_of(mei, "auditor", held_before=TODAY),
        draft_of(mei, "auditor", reason=" "),
    ):
        with pytest.raises(BadInput):
            giving.give_grant(draft=draft, at=AT, by=secretariat)


def test_the_same_grant_is_given_once_until_it_ends(mei, secretariat):
    grant = make_grant(mei, "auditor")
    with pytest.raises(HeldAlready):
        make_grant(mei, "auditor")
    giving.end_grant(grant=grant, at=AT, by=secretariat)
    with pytest.raises(HasEnded):
        giving.end_grant(grant=grant, at=AT, by=secretariat)
    make_grant(mei, "auditor")
    assert AccessGrant.objects.count() == 2


def test_a_grant_that_ends_gives_nothing_at_the_next_request(mei, secretariat):
    grant = make_grant(mei, "auditor")
    assert recognise(mei, on=TODAY).may(Permission.AUDIT_VIEW)
    giving.end_grant(grant=grant, at=AT, by=secretariat)
    assert not recognise(mei, on=TODAY).may(Permission.AUDIT_VIEW)


def test_a_country_reaches_its_members_and_sites_and_nothing_beside(mei):
    vientiane, colombo = make_member("vientiane", country="LA"), make_member("colombo", country="LK")
    site = make_site("wks-vientiane", country="LA")
    make_grant(mei, "secretariat", country("LA"))
    actor = recognise(mei, on=TODAY)
    assert actor.may(Permission.MEMBER_EDIT, on=vientiane)
    assert not actor.may(Permission.MEMBER_EDIT, on=colombo)
    assert vientiane.pk in actor.ids_with(Permission.MEMBER_EDIT, "member")
    assert colombo.pk not in actor.ids_with(Permission.MEMBER_EDIT, "member")
    assert actor.may(Permission.SITE_EDIT, on=site)
    assert not actor.may(Permission.MEMBER_REGISTER)
    assert not actor.may(Permission.GRANT_GIVE)


def test_a_country_grant_of_many_members_costs_as_many_statements_as_one_of_few(mei, django_assert_num_queries):
    make_grant(mei, "secretariat", country("LA"))
    for number in range(12):
        make_member(f"school-{number}", country="LA")
    with django_assert_num_queries(10):
        actor = recognise(mei, on=TODAY)
    assert len(actor.ids_with(Permission.MEMBER_EDIT, "member")) == 12


def test_a_programme_reaches_its_cohorts(mei):
    cohort, other = make_cohort("COH-2023-041"), make_cohort("COH-2023-042")
    other.programme_id  # noqa: B018 (the same programme: both are reached)
    make_grant(mei, "auditor", Place("programme", cohort.programme_id, cohort.programme.reference))
    actor = recognise(mei, on=TODAY)
    assert actor.may(Permission.COHORT_VIEW, on=cohort)
    assert cohort.pk in actor.ids_with(Permission.COHORT_VIEW, "cohort")
    assert not actor.may(Permission.AUDIT_VIEW)


def test_a_coordinator_passes_the_role_on_until_a_day(mei, khamla):
    member = make_member("vientiane", country="LA")
    seat = make_seat(mei, "coordinator", member=member)
    place = Place("member", member.pk, member.reference)
    make_delegation(mei, khamla, "coordinator", place)
    actor = recognise(khamla, on=TODAY)
    assert actor.may(Permission.MEMBER_EDIT, on=member)
    assert {each.source for each in actor.grants if each.role == Role.COORDINATOR} == {Source.DELEGATION}
    assert recognise(khamla, on=date(2024, 3, 1)).grants == {Grant(Role.VISITOR)}
    seat.delete()
    assert not recognise(khamla, on=TODAY).may(Permission.MEMBER_EDIT, on=member)


def test_a_closed_giver_passes_nothing_on(mei, khamla):
    member = make_member("vientiane", country="LA")
    make_seat(mei, "coordinator", member=member)
    make_delegation(mei, khamla, "coordinator", Place("member", member.pk, member.reference))
    mei.is_active = False
    mei.save()
    assert recognise(khamla, on=TODAY).grants == {Grant(Role.VISITOR)}


def test_what_was_passed_on_is_not_passed_on_again(mei, khamla):
    member = make_member("vientiane", country="LA")
    make_seat(mei, "coordinator", member=member)
    place = Place("member", member.pk, member.reference)
    make_delegation(mei, khamla, "coordinator", place)
    with pytest.raises(NotPassedOn):
        make_delegation(khamla, make_user("nimali"), "coordinator", place)


def test_two_who_pass_on_to_each_other_hold_nothing_by_that(mei, khamla):
    member = make_member("vientiane", country="LA")
    place = Place("member", member.pk, member.reference)
    seats = [make_seat(each, "coordinator", member=member) for each in (mei, khamla)]
    make_delegation(mei, khamla, "coordinator", place)
    make_delegation(khamla, mei, "coordinator", place)
    for seat in seats:
        seat.delete()
    assert recognise(mei, on=TODAY).grants == recognise(khamla, on=TODAY).grants == {Grant(Role.VISITOR)}


@pytest.mark.parametrize("role", sorted(SIGNING))
def test_offices_of_signatures_are_not_passed_on(mei, khamla, role):
    make_seat(mei, role.value)
    make_seat(mei, "secretariat")
    with pytest.raises(NotPassedOn):
        make_delegation(mei, khamla, role.value)


def test_another_members_role_is_not_passed_on(mei, khamla):
    make_seat(mei, "coordinator", member=make_member("vientiane", country="LA"))
    colombo = make_member("colombo", country="LK")
    with pytest.raises(AccessDenied):
        make_delegation(mei, khamla, "coordinator", Place("member", colombo.pk, "colombo"))


def test_a_role_for_the_alliance_is_passed_on_for_a_narrower_place(mei, khamla):
    make_seat(mei, "secretariat")
    vientiane, colombo = make_member("vientiane", country="LA"), make_member("colombo", country="LK")
    make_delegation(mei, khamla, "secretariat", country("LA"))
    actor = recognise(khamla, on=TODAY)
    assert actor.may(Permission.MEMBER_EDIT, on=vientiane)
    assert not actor.may(Permission.MEMBER_EDIT, on=colombo)


@pytest.mark.parametrize("ends", [None, TODAY + timedelta(days=91)])
def test_a_delegation_ends_within_ninety_days(mei, khamla, ends):
    make_seat(mei, "auditor")
    by = recognise(mei, on=TODAY)
    with pytest.raises(BadInput):
        giving.delegate(draft=draft_of(khamla, "auditor", held_before=ends), on=TODAY, at=AT, by=by)
    with pytest.raises(BadInput):
        make_delegation(mei, mei, "auditor")
    giving.delegate(draft=draft_of(khamla, "auditor", held_before=TODAY + timedelta(days=90)), on=TODAY, at=AT, by=by)


def test_both_see_a_delegation_and_either_ends_it_but_nobody_else(mei, khamla):
    make_seat(mei, "auditor")
    grant = make_delegation(mei, khamla, "auditor")
    for each in (mei, khamla):
        by = make_actor("visitor", user=each)
        assert queries.own_grants(on=TODAY, by=by) == [grant]
        assert queries.get_grant(key=grant.pk, by=by) == grant
    nimali = make_actor("coordinator", user=make_user("nimali"))
    with pytest.raises(NotFound):
        queries.get_grant(key=grant.pk, by=nimali)
    with pytest.raises(AccessDenied):
        giving.end_grant(grant=grant, at=AT, by=nimali)
    giving.end_grant(grant=grant, at=AT, by=make_actor("visitor", user=khamla))
    assert recognise(khamla, on=TODAY).grants == {Grant(Role.VISITOR)}
    assert set(Notice.objects.filter(event="grants.ended").values_list("user", flat=True)) == {mei.pk}


def test_a_country_has_one_key_however_it_is_written():
    assert country_scope("la") == country_scope("LA") != country_scope("LK")
