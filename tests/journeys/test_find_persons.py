"""A site manager sees the persons at the own site, and no others; a search as a job gives what a search at once gives."""

from datetime import UTC, datetime

import pytest

from corridor.foundations.jobs.models import Job
from corridor.journeys.find_doubles import search_people, start_search
from corridor.journeys.find_persons import get_person, list_persons, may_list, names_to_show
from corridor.kernel.errors import AccessDenied, NotFound
from corridor.rooms.people.actions import NewContact, write_contact
from corridor.rooms.people.fields import PersonField, fields_edited, fields_seen
from corridor.rooms.people.models import ContactKind
from tests.factories.actors import make_actor
from tests.factories.people import make_person
from tests.factories.training import make_cohort, make_enrolment

pytestmark = pytest.mark.django_db
AT = datetime(2024, 2, 2, tzinfo=UTC)


@pytest.fixture
def cohort():
    return make_cohort(trainers=[make_person("bounmy")])


@pytest.fixture
def khamla(cohort):
    return make_enrolment(cohort, person=make_person("khamla", residence_country="LA")).person


@pytest.fixture
def manager(cohort):
    return make_actor("site_manager", ("site", cohort.site_id))


def test_a_manager_sees_who_learns_and_teaches_at_the_site(khamla, manager):
    make_person("mei")
    assert [each.reference for each in list_persons(by=manager).rows] == ["bounmy", "khamla"]
    assert get_person(reference="khamla", by=manager) == khamla
    with pytest.raises(NotFound):
        get_person(reference="mei", by=manager)
    assert [each.reference for each in list_persons(by=manager, search="khamla", country="LA").rows] == ["khamla"]
    assert may_list(by=manager)


def test_a_manager_of_another_site_sees_nobody(khamla):
    other = make_actor("site_manager", ("site", khamla.pk))
    assert list_persons(by=other).rows == []
    with pytest.raises(NotFound):
        get_person(reference="khamla", by=other)


def test_a_manager_changes_contacts_at_the_site_but_sees_no_disability(khamla, manager):
    found = get_person(reference="khamla", by=manager)
    write_contact(contact=NewContact(person=found, kind=ContactKind.PHONE, value="020 55512345"), by=manager)
    assert PersonField.DISABILITY not in fields_seen(found, by=manager)
    assert PersonField.NAMES in fields_edited(found, by=manager)
    make_person("mei")
    with pytest.raises(AccessDenied):
        write_contact(
            contact=NewContact(person=make_person("nimali"), kind=ContactKind.EMAIL, value="n@example.org"), by=manager
        )


def test_who_stands_for_a_merged_learner_is_reached_too(khamla, manager):
    stays = make_person("stays")
    khamla.merged_into, khamla.merged_at = stays, AT
    khamla.save()
    assert [each.reference for each in list_persons(by=manager).rows] == ["bounmy", "stays"]
    assert PersonField.CONTACTS in fields_edited(get_person(reference="stays", by=manager), by=manager)


def test_the_list_takes_as_many_statements_for_many_as_for_few(cohort, manager, django_assert_num_queries):
    for number in range(1, 12):
        make_enrolment(cohort, number=number)
    with django_assert_num_queries(2):
        assert len(list_persons(by=manager).rows) == 12


def test_a_search_is_started_once_and_by_who_merges(khamla, django_capture_on_commit_callbacks):
    secretariat = make_actor("secretariat")
    make_person("khamla-2")
    assert search_people(at=AT, by=secretariat).likely >= 1
    assert start_search(at=AT, by=secretariat).state == Job.State.WAITING
    with pytest.raises(AccessDenied):
        start_search(at=AT, by=make_actor("auditor"))


def test_only_names_of_whom_the_reader_sees_are_told(khamla, manager):
    mei = make_person("mei")
    asked = [khamla.pk, mei.pk, khamla.pk]
    assert set(names_to_show(persons=asked, language="en", by=manager)) == {khamla.pk}
    assert set(names_to_show(persons=asked, language="en", by=make_actor("secretariat"))) == {khamla.pk, mei.pk}
    assert names_to_show(persons=asked, language="en", by=make_actor("learner", ("person", mei.pk))).keys() == {mei.pk}
    assert names_to_show(persons=asked, language="en", by=make_actor("trainer", ("cohort", mei.pk))) == {}
