"""How the lists that grow are read, as each database says it: by an index in their order, and nobody reads all persons to show a page."""

import re
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from corridor.journeys import find_persons
from corridor.rooms.agreements import queries as agreements
from corridor.rooms.conferences import queries as conferences
from corridor.rooms.members import queries as members
from corridor.rooms.people.models import Person
from corridor.rooms.people.standing import standing_of
from tests.factories.actors import VISITOR, make_actor, make_user
from tests.factories.people import make_people
from tests.factories.training import make_cohort

ON = date(2024, 2, 2)
PERSONS = Person._meta.db_table

pytestmark = pytest.mark.django_db


def plans_of(ask: Callable[[], Any]) -> list[tuple[str, list[str]]]:
    """Each statement that is asked, with the steps by which the database would answer it."""
    with CaptureQueriesContext(connection) as asked:
        ask()
    statements = [each["sql"] for each in asked if each["sql"].lstrip().startswith(("SELECT", "WITH"))]
    return [(statement, _steps(statement)) for statement in statements]


def _steps(statement: str) -> list[str]:
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute(f"EXPLAIN QUERY PLAN {statement}")
            return [row[3] for row in cursor.fetchall()]
        # So few rows are read whole in any case: asked is whether an index could lead to them.
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute(f"EXPLAIN {statement}")
        return [row[0].strip(" ->") for row in cursor.fetchall()]


def read_whole(table: str, statement: str, steps: list[str]) -> list[str]:
    """The steps that read a table from its first row to its last, in no order."""
    if connection.vendor != "sqlite":
        return [step for step in steps if re.match(rf"Seq Scan on {table}\b", step)]
    names = {table, *re.findall(rf'"?{table}"? (?:AS )?"?([A-Z]+\d+|gone)"?\b', statement)}
    return [step for step in steps if re.match(rf"SCAN ({'|'.join(names)})\b", step) and "USING" not in step]


def list_people(**more: Any) -> Callable[[], Any]:
    return lambda: find_persons.list_persons(by=make_actor("secretariat"), on=ON, **more)


def people_of_a_site() -> Any:
    cohort = make_cohort(learners=2)
    return find_persons.list_persons(by=make_actor("site_manager", ("site", cohort.site_id)), on=ON)


LISTS: dict[str, tuple[str, Callable[[], Any]]] = {
    "people": (PERSONS, list_people()),
    "people, a later page": (PERSONS, list_people(after="p-3")),
    "people of a country": (PERSONS, list_people(country="LA")),
    "people by name": ("people_namekey", list_people(search="p 1")),
    "people of a site": ("training_enrolment", people_of_a_site),
    "members": ("members_organisation", lambda: members.list_members(by=make_actor("secretariat"), on=ON)),
    "members, for visitors": ("members_organisation", lambda: members.list_members(by=VISITOR, on=ON)),
    "agreements": (
        "agreements_agreement", lambda: list(agreements.list_agreements(by=make_actor("secretariat"), on=ON)[:51])
    ),
    "agreements, for visitors": ("agreements_agreement", lambda: list(agreements.list_agreements(by=VISITOR, on=ON)[:51])),
    # There are some hundreds, sorted by their conferences: what hangs on each is what must be led to.
    "announcements": (
        "conferences_announcementchange",
        lambda: list(conferences.list_announcements(by=make_actor("secretariat"), on=ON)[:51]),
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", LISTS)
def test_a_list_is_read_by_an_index_and_no_list_reads_all_persons(name):
    table, ask = LISTS[name]
    make_people(6)
    plans = plans_of(ask)
    reading = [(statement, steps) for statement, steps in plans if f'"{table}"' in statement]
    assert reading
    for statement, steps in plans:
        assert not read_whole(PERSONS, statement, steps), (statement, steps)
    for statement, steps in reading:
        assert not read_whole(table, statement, steps), (statement, steps)


def test_who_asks_is_told_by_indexes_however_deep_the_merges():
    mei = make_user("mei")
    ((statement, steps),) = plans_of(lambda: standing_of(user=mei))
    assert not read_whole(PERSONS, statement, steps), steps
    assert any("merged" in step for step in steps), steps


def test_a_table_that_is_read_whole_is_caught():
    make_people(2)
    ((statement, steps),) = plans_of(lambda: list(Person.objects.filter(honorific="Dr").order_by()))
    assert read_whole(PERSONS, statement, steps) or connection.vendor != "sqlite"
