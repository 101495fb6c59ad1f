"""A machine finds out who it is, what it may do and until when."""

from datetime import date

import pytest

from corridor.foundations.grants.drafts import Place, country
from tests.factories.actors import make_user
from tests.factories.grants import make_grant
from tests.factories.members import make_member, make_seat
from tests.factories.people import make_person
from tests.factories.tokens import machine_of
from tests.factories.training import make_cohort, make_enrolment

pytestmark = pytest.mark.django_db


def me(user):
    answer = machine_of(user).get("/me")
    assert answer.status_code == 200 and answer["Cache-Control"] == "private, no-store"
    return answer.json()


def test_an_account_reads_its_offices_and_roles_with_where_they_hold():
    user = make_user("khamla")
    make_seat(user, "coordinator", member=make_member("vientiane", country="LA"))
    cohort = make_cohort()
    cohort.site.posts.create(user=user, held_from=date(2023, 1, 1))
    make_grant(user, "auditor", country("LA"))
    other = make_member("colombo", country="LK")
    make_grant(user, "auditor", Place("member", other.pk, other.reference))
    said = me(user)
    assert (said["account"], said["person"]) == ("khamla", None)
    assert {(each["role"], each["source"], each["scope"], each["reference"]) for each in said["roles"]} == {
        ("coordinator", "seat", "member", "vientiane"),
        ("site_manager", "post", "site", cohort.site.reference),
        ("auditor", "grant", "country", "LA"),
        ("auditor", "grant", "member", "colombo"),
    }
    assert "people.answer_request" in said["may"] and "people.erase" not in said["may"]


def test_a_learner_reads_the_own_reference_and_name():
    person = make_person("mei", user=make_user("mei"))
    make_enrolment(make_cohort(), person=person)
    said = me(person.user)
    assert said["person"] == {"reference": "mei", "name": "Chen Mei"}
    assert [(each["role"], each["scope"], each["reference"]) for each in said["roles"]] == [
        ("learner", "person", "mei")
    ]


def test_the_token_is_the_one_that_asked_and_no_secret_is_told():
    user = make_user("khamla")
    make_seat(user, "council")
    said = me(user)
    assert set(said["token"]) == {"name", "hint", "created_at", "expires_at"}
    assert said["token"]["expires_at"] > said["token"]["created_at"]


def test_a_visitor_and_a_wrong_token_are_nobody(visitor, client):
    assert visitor.get("/me").status_code == 401
    assert client.get("/api/v1/me", headers={"Authorization": "Bearer crd_nothing"}).status_code == 401


def test_an_office_that_was_lost_is_gone_from_the_next_answer():
    user = make_user("khamla")
    seat = make_seat(user, "secretariat")
    machine = machine_of(user)
    assert [each["role"] for each in machine.get("/me").json()["roles"]] == ["secretariat"]
    seat.held_before = date(2024, 1, 1)
    seat.save()
    assert machine.get("/me").json()["roles"] == []
