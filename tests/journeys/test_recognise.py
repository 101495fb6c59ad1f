"""An actor is what the rooms grant on that day, and nothing else."""

from datetime import date

import pytest

from corridor.foundations.access import VISITOR, Grant, Permission, Role
from corridor.foundations.accounts.models import User
from corridor.journeys.recognise import recognise, visitor
from corridor.rooms.assessment.models import Appointment
from corridor.rooms.sites.models import SitePost
from corridor.rooms.training.models import CohortTrainer
from tests.factories.actors import make_user
from tests.factories.members import make_member, make_seat
from tests.factories.people import make_person
from tests.factories.training import make_cohort

TODAY = date(2024, 2, 2)
EVERYONE = Grant(Role.VISITOR)

pytestmark = pytest.mark.django_db


def test_an_account_holds_what_all_its_seats_grant():
    mei, chongqing, vientiane = make_user("mei"), make_member("chongqing"), make_member("vientiane", country="LA")
    make_seat(mei, "coordinator", member=chongqing)
    make_seat(mei, "key_holder", member=vientiane)
    make_seat(mei, "secretariat")
    actor = recognise(mei, on=TODAY)
    assert actor.grants == {
        EVERYONE,
        Grant(Role.COORDINATOR, ("member", chongqing.pk)),
        Grant(Role.KEY_HOLDER, ("member", vientiane.pk)),
        Grant(Role.SECRETARIAT),
    }
    assert (actor.label, actor.user_id, actor.person_id) == ("mei", mei.pk, None)


def test_a_seat_counts_from_its_first_day_until_the_day_before_its_end():
    mei = make_user("mei")
    make_seat(mei, "council", held_from=date(2023, 1, 1), held_before=date(2024, 1, 1))
    held = [
        Grant(Role.COUNCIL) in recognise(mei, on=day).grants
        for day in (date(2022, 12, 31), date(2023, 1, 1), date(2023, 12, 31), date(2024, 1, 1))
    ]
    assert held == [False, True, True, False]


def test_who_has_no_seat_may_what_a_visitor_may():
    nimali = make_user("nimali")
    assert recognise(nimali, on=TODAY).grants == {EVERYONE}
    assert visitor() == VISITOR


def test_a_staff_account_grants_nothing_by_itself():
    root = User.objects.create(username="root", is_staff=True, is_superuser=True)
    assert recognise(root, on=TODAY).grants == {EVERYONE}


def test_a_closed_account_is_a_visitor():
    mei = make_user("mei")
    make_seat(mei, "secretariat")
    mei.is_active = False
    mei.save()
    assert recognise(mei, on=TODAY) == VISITOR


def test_a_person_sees_their_own_records_merged_ones_too():
    khamla = make_user("khamla")
    person = make_person("khamla", user=khamla)
    twin = make_person("khamla-2")
    twin.merged_into, twin.merged_at = person, "2023-05-01T00:00:00Z"
    twin.save()
    actor = recognise(khamla, on=TODAY)
    assert actor.person_id == person.pk
    assert actor.ids_with(Permission.PERSON_VIEW, "person") == {person.pk, twin.pk}


def test_site_managers_trainers_and_assessors_get_their_places():
    mei = make_user("mei")
    person = make_person("mei", user=mei)
    cohort, other = make_cohort("c-1"), make_cohort("c-2")
    SitePost.objects.create(site=cohort.site, user=mei, held_from=date(2023, 1, 1))
    CohortTrainer.objects.create(cohort=cohort, person=person)
    Appointment.objects.create(cohort=other, person=person, appointed_on=date(2023, 6, 1))
    grants = recognise(mei, on=TODAY).grants
    assert Grant(Role.SITE_MANAGER, ("site", cohort.site_id)) in grants
    assert Grant(Role.TRAINER, ("cohort", cohort.pk)) in grants
    assert Grant(Role.ASSESSOR, ("cohort", other.pk)) in grants
    assert Grant(Role.ASSESSOR, ("cohort", other.pk)) not in recognise(mei, on=date(2023, 5, 31)).grants


def test_recognising_takes_few_statements(django_assert_max_num_queries):
    mei = make_user("mei")
    for number in range(5):
        make_seat(mei, "coordinator", member=make_member(f"member-{number}"))
    with django_assert_max_num_queries(8):
        recognise(mei, on=TODAY)
