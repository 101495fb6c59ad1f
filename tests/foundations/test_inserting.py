"""Rows that are written without an object for each are the rows that bulk_create would have written."""

from datetime import UTC, datetime

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from corridor.foundations.audit.models import Entry
from corridor.foundations.inserting import insert_rows
from corridor.rooms.people.models import NameKey
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
