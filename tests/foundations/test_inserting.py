"""Rows that are written without an object for each are the rows that bulk_create would have written."""

from datetime import UTC, date, datetime

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from corridor.foundations.audit.models import Entry
from corridor.foundations.inserting import insert_all, insert_rows
from corridor.rooms.people.models import NameKey, Person, PersonName
from tests.factories.people import make_person

AT = datetime(2024, 2, 2, 4, 30, 15, 123456, tzinfo=UTC)
FIELDS = ["happened_at", "event", "by", "subject", "count", "seal"]
# What must not be read as two columns, two rows, or nothing.
ODD = 'ຄຳ\t"\\N"\n%s \\ \r\n'

pytestmark = pytest.mark.django_db


def test_a_row_reads_as_it_was_written():
    insert_rows(Entry, FIELDS, [(AT, "planted", ODD, "", 3, "")])
    row = Entry.objects.get(event="planted")
    assert (row.happened_at, row.by, row.subject, row.count, row.place, row.seal) == (AT, ODD, "", 3, None, "")


def test_keys_of_two_persons_are_not_mixed_up():
    mei, khamla = make_person("P-1"), make_person("P-2")
    NameKey.objects.all().delete()
    insert_rows(NameKey, ["person", "letters"], [(mei.pk, "a"), (mei.pk, "b"), (khamla.pk, "a"), (mei.pk, "c")])
    rows = NameKey.objects.order_by("pk").values_list("person__reference", "letters")
    assert list(rows) == [("P-1", "a"), ("P-1", "b"), ("P-2", "a"), ("P-1", "c")]


def test_nothing_given_writes_nothing():
    before = Entry.objects.count()
    insert_rows(Entry, FIELDS, [])
    assert Entry.objects.count() == before


def test_constraints_hold():
    mei = make_person("P-1")
    with pytest.raises(IntegrityError), transaction.atomic():
        insert_rows(NameKey, ["person", "letters"], [(mei.pk, "twice"), (mei.pk, "twice")])
    with pytest.raises(IntegrityError), transaction.atomic():
        insert_rows(Entry, [*FIELDS[:-1]], [(AT, "planted", "mei", "", 1)])


def test_a_thousand_rows_are_one_statement():
    with CaptureQueriesContext(connection) as statements:
        insert_rows(Entry, FIELDS, [(AT, "planted", "mei", str(number), 1, "") for number in range(1_000)])
    assert len(statements) == 1
    assert Entry.objects.filter(event="planted").count() == 1_000


def test_objects_read_as_bulk_create_would_have_written_them():
    pair = [
        Person(reference=f"P-{number}", sex="female", born_on=date(2001, 2, 3), residence_country="LA", source_mark="named")
        for number in (1, 2)
    ]  # fmt: skip
    insert_all(pair[:1])
    Person.objects.bulk_create(pair[1:])
    one, other = Person.objects.order_by("reference").values()
    differs = {name for name in one if one[name] != other[name]}
    assert differs == {"id", "reference"}
    assert Person.objects.get(pk=pair[0].pk) == pair[0]
    assert (pair[0]._state.adding, pair[0]._state.db) == (False, "default")


def test_defaults_that_are_set_in_saving_are_set_and_counted_keys_are_given():
    mei = make_person("P-1")
    insert_all([PersonName(person=mei, form="former", language="en", full_name=name) for name in ("A", "B")])
    assert mei.names.filter(form="former").count() == 2
    insert_all([Entry(event="planted", by="mei", subject="")])
    assert abs((Entry.objects.get(event="planted").happened_at - datetime.now(UTC)).total_seconds()) < 60
    insert_all([])
