"""Statements made ready before a transaction write what the usual ones would have written."""

from datetime import UTC, date, datetime

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from corridor.foundations.audit.models import Entry
from corridor.foundations.ready import ready_row, ready_rows, ready_update, send_if_found
from corridor.rooms.people.models import NameKey, Person
from corridor.rooms.training.models import Attendance
from tests.factories.people import make_person
from tests.factories.training import make_cohort, make_session

AT = datetime(2024, 2, 2, 4, 30, 15, 123456, tzinfo=UTC)
# What must be read neither as the end of a statement nor as a place for a value.
ODD = "ຄຳ'; DROP TABLE audit_entry; -- %s %% \\ \r\n"

pytestmark = pytest.mark.django_db


def an_entry(by="mei"):
    return ready_row(Entry(event="planted", by=by, subject=""))


def test_a_row_reads_as_save_would_have_written_it():
    person = Person(
        reference="P-1", sex="female", born_on=date(2001, 2, 3), residence_country="LA", source_mark="named"
    )
    assert ready_row(person).send() == 1
    kept = Person.objects.get(reference="P-1")
    assert {f.name: getattr(kept, f.attname) for f in Person._meta.concrete_fields} == {
        f.name: getattr(person, f.attname) for f in Person._meta.concrete_fields
    }


def test_values_are_values_whatever_stands_in_them():
    person = make_person("P-1")
    with transaction.atomic():
        update = ready_update(Person.objects.filter(pk=person.pk), source_mark="x")
        assert send_if_found(update, [an_entry(ODD), an_entry("khamla")])
    assert Person.objects.get().source_mark == "x"
    assert list(Entry.objects.filter(event="planted").order_by("pk").values_list("by", flat=True)) == [ODD, "khamla"]


def test_an_update_that_finds_nothing_is_told_and_leaves_nothing_behind():
    make_person("P-1")
    nothing = ready_update(Person.objects.filter(reference="P-2"), source_mark="x")
    with transaction.atomic():
        with CaptureQueriesContext(connection) as statements:
            assert not send_if_found(nothing, [an_entry()])
        make_person("P-3")
    # Nothing of what depends on it was ever sent, so that the block goes on.
    assert len(statements) == 1
    assert not Entry.objects.filter(event="planted").exists()
    assert Person.objects.filter(reference="P-3").exists()


@pytest.mark.parametrize("which", [{"pk__in": []}, {"pk__in": Person.objects.none()}])
def test_an_update_of_rows_that_cannot_be_finds_none(which):
    make_person("P-1")
    nothing = ready_update(Person.objects.filter(**which), source_mark="x")
    assert nothing.send() == 0
    assert not send_if_found(nothing, [an_entry()])
    assert Person.objects.get().source_mark != "x"


def test_postgresql_is_sent_two_messages_and_sqlite_one_statement_each():
    person = make_person("P-1")
    with CaptureQueriesContext(connection) as statements:
        send_if_found(ready_update(Person.objects.filter(pk=person.pk), source_mark="x"), [an_entry(), an_entry()])
    assert len(statements) == (2 if connection.vendor == "postgresql" else 3)


def test_constraints_hold_in_whatever_depends_on_the_update():
    person = make_person("P-1")
    twice = ready_rows(NameKey, ["person", "letters"], [(person.pk, "twice"), (person.pk, "twice")])
    with pytest.raises(IntegrityError), transaction.atomic():
        send_if_found(ready_update(Person.objects.filter(pk=person.pk), source_mark="x"), [twice])
    assert Person.objects.get().source_mark != "x"


def test_a_row_that_stands_there_gets_the_new_values_and_keeps_its_key():
    cohort = make_cohort(learners=2)
    session = make_session(cohort)
    first, second = cohort.enrolments.order_by("number")
    stands = Attendance.objects.create(session=session, enrolment=first, mark="absent")
    fields = ["id", "session", "enrolment", "mark"]
    rows = [(Attendance().pk, session.pk, place.pk, "present") for place in (first, second)]
    ready_rows(Attendance, [*fields, "remark"], [(*row, "") for row in rows], unique=["session", "enrolment"]).send()
    kept = dict(Attendance.objects.values_list("enrolment", "id"))
    assert kept == {first.pk: stands.pk, second.pk: rows[1][0]}
    assert set(Attendance.objects.values_list("mark", flat=True)) == {"present"}
