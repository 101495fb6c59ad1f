"""Managers of a site answer the corrections of persons who learn or work there; erasures and everybody else's stay with the secretariat."""

from datetime import UTC, date, datetime

import pytest

from corridor.foundations.notices.models import Notice
from corridor.journeys.answer_requests import ask_correction, get_request, list_requests, open_evidence, requests_due
from corridor.kernel.errors import AccessDenied, NotFound
from corridor.rooms.people.actions.requests import (
    Correction,
    accept_correction,
    ask_erasure,
    finish_request,
    refuse_request,
)
from corridor.rooms.people.models import Part
from corridor.web.home.desk import desk_of
from tests.factories.actors import NIGHTLY, make_actor, make_user
from tests.factories.members import make_seat
from tests.factories.people import make_person
from tests.factories.training import make_cohort, make_enrolment

pytestmark = pytest.mark.django_db
ON, AT = date(2024, 2, 2), datetime(2024, 2, 2, 3, tzinfo=UTC)


@pytest.fixture
def cohort():
    return make_cohort()


@pytest.fixture
def manager(cohort):
    user = make_user("manager")
    cohort.site.posts.create(user=user, held_from=date(2023, 1, 1))
    return make_actor("site_manager", ("site", cohort.site_id), user=user)


@pytest.fixture
def khamla(cohort):
    person = make_person("khamla", user=make_user("khamla"))
    make_enrolment(cohort, person=person)
    return person


def own(person):
    return make_actor("learner", ("person", person.pk), user=person.user, person=person)


def ask(person, part=Part.BORN_ON, should_be="1999-04-05"):
    return ask_correction(person=person, correction=Correction(part, should_be), on=ON, at=AT, by=own(person))


def test_a_manager_reads_and_answers_the_correction_of_a_learner_of_the_site(khamla, manager):
    reference = ask(khamla).reference
    assert [each.reference for each in list_requests(by=manager, state="open")] == [reference]
    done = accept_correction(request=get_request(reference=reference, by=manager), on=ON, at=AT, by=manager)
    khamla.refresh_from_db()
    assert (done.status, khamla.born_on) == ("done", date(1999, 4, 5))
    assert Notice.objects.filter(user=khamla.user, event="people.request_answered").count() == 1


def test_what_another_page_keeps_is_accepted_and_finished_at_the_site(khamla, manager):
    reference = ask(khamla, Part.ATTENDANCE, "Present").reference
    accept_correction(request=get_request(reference=reference, by=manager), on=ON, at=AT, by=manager)
    done = finish_request(request=get_request(reference=reference, by=manager), on=ON, at=AT, by=manager)
    assert done.status == "done"


def test_a_manager_refuses_with_a_reason(khamla, manager):
    reference = ask(khamla).reference
    request = get_request(reference=reference, by=manager)
    assert refuse_request(request=request, reason="The passport says so.", on=ON, at=AT, by=manager).status == "refused"


def test_a_trainer_of_the_site_is_somebody_who_works_there(cohort, manager):
    trainer = make_person("somsak", user=make_user("somsak"))
    cohort.trainers.create(person=trainer)
    assert get_request(reference=ask(trainer).reference, by=manager).person == trainer


def test_persons_of_other_sites_are_not_seen_and_not_answered(manager):
    nimali = make_person("nimali", user=make_user("nimali"))
    asked = ask(nimali)
    assert not list_requests(by=manager)
    with pytest.raises(NotFound):
        get_request(reference=asked.reference, by=manager)
    with pytest.raises(NotFound):
        open_evidence(reference=asked.reference, by=manager)
    with pytest.raises(AccessDenied):
        accept_correction(request=asked, on=ON, at=AT, by=manager)


def test_erasures_stay_with_the_secretariat(khamla, manager):
    asked = ask_erasure(person=khamla, words="", on=ON, at=AT, by=own(khamla))
    assert not list_requests(by=manager)
    with pytest.raises(NotFound):
        get_request(reference=asked.reference, by=manager)
    with pytest.raises(AccessDenied):
        refuse_request(request=asked, reason="We need it.", on=ON, at=AT, by=manager)
    assert list(list_requests(by=NIGHTLY)) == [asked]


def test_nobody_answers_their_own_request(cohort):
    user = make_user("manager")
    me = make_person("manager-person", user=user)
    cohort.trainers.create(person=me)
    asked = ask(me)
    manager = make_actor("site_manager", ("site", cohort.site_id), user=user, person=me)
    both = type(manager)(label="manager", user_id=user.pk, person_id=me.pk, grants=manager.grants | own(me).grants)
    assert not requests_due(by=both)
    with pytest.raises(AccessDenied):
        accept_correction(request=get_request(reference=asked.reference, by=both), on=ON, at=AT, by=both)


def test_secretariat_and_managers_are_told_and_find_it_on_their_desk(khamla, manager):
    office = make_user("office")
    make_seat(office, "secretariat")
    reference = ask(khamla).reference
    told = Notice.objects.filter(event="people.request_made", about=reference).values_list("user__username", flat=True)
    assert set(told) == {"office", "manager"}
    ((_heading, rows),) = desk_of(on=ON, by=manager).groups
    assert [row["url"] for row in rows if reference in str(row)] == [f"/requests/{reference}/"]


def test_a_manager_who_left_answers_nothing(khamla, manager):
    reference = ask(khamla).reference
    with pytest.raises(AccessDenied):
        list_requests(by=make_actor("trainer", ("cohort", khamla.pk)))
    with pytest.raises(NotFound):
        get_request(reference=reference, by=make_actor("trainer", ("cohort", khamla.pk)))
