"""Where a grant reaches, from which day until which, and what becomes of it when two records turn out to be one."""

from datetime import UTC, date, datetime, timedelta

import pytest

from corridor.foundations import clock
from corridor.foundations.access import Grant, Permission, Role
from corridor.foundations.grants import giving
from corridor.foundations.grants.drafts import ALLIANCE, Place, country
from corridor.journeys.find_persons import get_person
from corridor.journeys.place_of_grant import find_place
from corridor.journeys.recognise import recognise
from corridor.journeys.tell_access import tell_access
from corridor.kernel.errors import AccessDenied, NotFound
from corridor.rooms.members import actions
from corridor.rooms.people.fields import PersonField, fields_seen
from tests.factories.actors import make_actor, make_user
from tests.factories.grants import AT, TODAY, draft_of, make_delegation, make_grant
from tests.factories.members import make_member, make_seat
from tests.factories.people import make_person
from tests.factories.training import make_cohort, make_enrolment

pytestmark = pytest.mark.django_db

FIRST, END = date(2024, 2, 10), date(2024, 3, 1)
DAYS = [(FIRST - timedelta(days=1), False), (FIRST, True), (END - timedelta(days=1), True), (END, False)]
KINDS = ["alliance", "country", "member", "site", "programme", "cohort"]


@pytest.fixture
def mei():
    return make_user("mei")


@pytest.fixture
def secretariat():
    return make_actor("secretariat", user=make_user("li-na"))


@pytest.fixture
def places():
    """A cohort, and every place in which a grant may reach it or what stands around it: the place, the record, and one elsewhere."""
    cohort = make_cohort("COH-2023-041")
    elsewhere = make_member("colombo", country="LK")
    host = cohort.site.host
    return {
        "alliance": (ALLIANCE, host), "country": (country(cohort.site.country), cohort.site),
        "member": (Place("member", host.pk, host.reference), host), "site": (Place("site", cohort.site_id, cohort.site.reference), cohort),
        "programme": (Place("programme", cohort.programme_id, cohort.programme.reference), cohort),
        "cohort": (Place("cohort", cohort.pk, cohort.reference), cohort), "elsewhere": elsewhere,
    }  # fmt: skip


def reads(user, record, on):
    return recognise(user, on=on).may(Permission.LEARNER_VIEW, on=record)


@pytest.mark.parametrize("kind", KINDS)
def test_a_role_for_each_kind_of_place_counts_from_its_first_day_to_its_last(mei, places, kind):
    place, record = places[kind]
    make_grant(mei, "auditor", place, held_from=FIRST, held_before=END)
    assert [reads(mei, record, day) for day, _ in DAYS] == [held for _, held in DAYS]
    assert reads(mei, places["elsewhere"], FIRST) == (kind == "alliance")


@pytest.mark.parametrize("kind", KINDS)
def test_a_role_that_is_ended_reaches_nothing_at_the_next_request(mei, places, secretariat, kind):
    place, record = places[kind]
    grant = make_grant(mei, "auditor", place)
    assert reads(mei, record, TODAY)
    giving.end_grant(grant=grant, at=AT, by=secretariat)
    assert not reads(mei, record, TODAY)


@pytest.mark.parametrize("kind", KINDS)
def test_a_delegation_reaches_no_further_than_its_source_and_ends_with_it(mei, places, secretariat, kind):
    place, record = places[kind]
    khamla = make_user("khamla")
    own = make_grant(mei, "auditor", place, held_before=date(2024, 2, 20))
    make_delegation(mei, khamla, "auditor", place, held_before=END)
    assert reads(khamla, record, TODAY)
    # Its own days go on, those of its source do not.
    assert not reads(khamla, record, date(2024, 2, 20))
    if kind != "alliance":
        with pytest.raises(AccessDenied):
            make_delegation(mei, khamla, "auditor", Place("member", places["elsewhere"].pk, "colombo"))
        with pytest.raises(AccessDenied):
            make_delegation(mei, khamla, "auditor")
    giving.end_grant(grant=own, at=AT, by=secretariat)
    assert not reads(khamla, record, TODAY)


@pytest.mark.parametrize(
    ("instant", "is_held"),
    [
        (datetime(2024, 2, 9, 15, 59, 59, tzinfo=UTC), False), (datetime(2024, 2, 9, 16, 0, tzinfo=UTC), True),
        (datetime(2024, 2, 29, 15, 59, 59, tzinfo=UTC), True), (datetime(2024, 2, 29, 16, 0, tzinfo=UTC), False),
    ],
)  # fmt: skip
def test_days_begin_at_midnight_of_the_alliances_own_zone(mei, places, settings, monkeypatch, instant, is_held):
    """One zone for every office and grant, wherever its site stands: a seat and a grant of one day begin in one instant."""
    settings.HOME_ZONE = "Asia/Shanghai"
    monkeypatch.setattr(clock, "real_now", lambda: instant)
    make_grant(mei, "auditor", places["site"][0], held_from=FIRST, held_before=END)
    assert reads(mei, places["site"][1], clock.today()) == is_held


def merged(gone, stays, secretariat):
    return actions.merge_organisations(
        gone=gone, stays=stays, reason="One school", on=TODAY, at=AT, by=secretariat, ends_membership=True
    )


@pytest.fixture
def two():
    return make_member("viengchan", country="LA"), make_member("vientiane", country="LA")


@pytest.mark.parametrize("given_for", [0, 1])
def test_a_grant_for_one_record_of_a_merged_organisation_holds_for_the_other_and_back_after_the_merge_is_undone(
    mei, two, secretariat, given_for
):
    gone, stays = two
    other = two[1 - given_for]
    make_grant(mei, "auditor", Place("member", two[given_for].pk, two[given_for].reference))
    assert not reads(mei, other, TODAY)
    merge = merged(gone, stays, secretariat)
    assert reads(mei, gone, TODAY)
    assert reads(mei, stays, TODAY)
    assert {gone.pk, stays.pk} <= recognise(mei, on=TODAY).ids_with(Permission.LEARNER_VIEW, "member")
    actions.unmerge_organisations(merge=merge, reason="Two schools after all", at=AT, by=secretariat)
    assert not reads(mei, other, TODAY)
    assert reads(mei, two[given_for], TODAY)


def test_who_can_see_the_record_that_stays_names_the_holder_of_the_one_that_went(mei, two, secretariat):
    gone, stays = two
    make_grant(mei, "auditor", Place("member", gone.pk, gone.reference))
    make_seat(make_user("khamla"), "coordinator", member=gone)
    merged(gone, stays, secretariat)
    told = tell_access(kind="member", reference="vientiane", on=TODAY, at=AT, by=secretariat)
    assert {"mei", "khamla"} <= {row.holder.username for row in told.accounts}


def test_an_old_reference_gives_a_grant_for_the_record_that_stays(two, secretariat):
    gone, stays = two
    merged(gone, stays, secretariat)
    assert find_place(kind="member", reference="viengchan", by=secretariat) == Place("member", stays.pk, "vientiane")


def test_a_country_holds_what_was_merged_into_its_members_and_nothing_that_only_stood_there_before(mei, secretariat):
    gone, stays = make_member("nongkhai", country="TH"), make_member("vientiane", country="LA")
    khamla = make_user("khamla")
    make_grant(mei, "auditor", country("LA"))
    make_grant(khamla, "auditor", country("TH"))
    merged(gone, stays, secretariat)
    assert [reads(mei, each, TODAY) for each in (gone, stays)] == [True, True]
    assert [reads(khamla, each, TODAY) for each in (gone, stays)] == [False, False]


def test_a_delegation_of_a_seat_follows_the_merge_of_its_member(mei, two, secretariat):
    gone, stays = two
    khamla = make_user("khamla")
    make_seat(mei, "coordinator", member=gone)
    make_delegation(mei, khamla, "coordinator", Place("member", gone.pk, gone.reference))
    merged(gone, stays, secretariat)
    assert recognise(khamla, on=TODAY).may(Permission.MEMBER_EDIT, on=stays)


def test_a_site_managers_country_shows_its_persons_with_the_fields_of_that_role(mei):
    cohort = make_cohort("COH-2023-041")
    nimali = make_person("nimali")
    make_enrolment(cohort, person=nimali)
    make_grant(mei, "secretariat", country(cohort.site.country))
    actor = recognise(mei, on=TODAY)
    assert PersonField.BIRTH in fields_seen(get_person(reference="nimali", by=actor), by=actor)
    make_grant(make_user("khamla"), "secretariat", country("LK"))
    with pytest.raises(NotFound):
        get_person(reference="nimali", by=recognise(make_user("khamla"), on=TODAY))


def test_the_auditor_of_one_country_holds_no_role_over_the_rest(mei):
    make_grant(mei, "auditor", country("LA"))
    colombo, vientiane = make_member("colombo", country="LK"), make_member("vientiane", country="LA")
    actor = recognise(mei, on=TODAY)
    assert actor.roles_over(vientiane.scopes()) == {Role.VISITOR, Role.AUDITOR}
    assert actor.roles_over(colombo.scopes()) == {Role.VISITOR}
    assert Grant(Role.AUDITOR) not in actor.grants
    with pytest.raises(AccessDenied):
        giving.give_grant(draft=draft_of(make_user("khamla"), "auditor"), at=AT, by=actor)
