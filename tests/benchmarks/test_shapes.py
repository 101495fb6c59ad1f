"""What makes the product fast, held exactly: statements, plans, and what is left out. Times are for benchmarks/ to report."""

import socket
from datetime import UTC, date, datetime

import pytest
from django.contrib.auth.hashers import MD5PasswordHasher
from django.db import connection
from django.test.utils import CaptureQueriesContext

from benchmarks.credentials import Bench
from corridor.foundations.access import NIGHTLY
from corridor.journeys.load_alliance import load_alliance
from corridor.rooms.members import queries
from corridor.rooms.members.models import Organisation
from corridor.rooms.people import finding
from corridor.rooms.people.models import Person
from corridor.rooms.people.queries import list_persons
from corridor.rooms.training.queries import list_cohorts
from tests.factories.actors import VISITOR, make_actor
from tests.factories.folders import make_folder
from tests.factories.members import make_member
from tests.factories.people import make_people
from tests.factories.training import make_cohort
from tests.web.readers import browser_of

ON = date(2024, 1, 18)
AT = datetime(2024, 2, 2, 4, tzinfo=UTC)
MOST_STATEMENTS = 8


class HasherThatRefuses(MD5PasswordHasher):
    """The slow work that loading must not do."""

    def encode(self, password, salt):
        raise AssertionError("a password was hashed")


def statements_of(client, address):
    client.get(address)  # what is read once in a process is read
    with CaptureQueriesContext(connection) as statements:
        assert client.get(address).status_code == 200
        return len(statements)


def plan_of(statement):
    """The steps of a plan that are not inside a subquery of each row: {text}. SQLite only."""
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN QUERY PLAN {statement}")
        return [text for _, parent, _, text in cursor.fetchall() if parent == 0]


@pytest.mark.django_db
def test_the_page_of_members_asks_as_often_for_50_as_for_10(client):
    for number in range(10):
        make_member(f"school-{number:02}")
    few = statements_of(client, "/members/")
    for number in range(10, 50):
        make_member(f"school-{number:02}")
    assert statements_of(client, "/members/") == few <= MOST_STATEMENTS


@pytest.mark.django_db
def test_the_page_of_people_asks_as_often_for_50_as_for_10():
    browser = browser_of("secretariat")
    make_people(10)
    few = statements_of(browser, "/people/")
    make_people(40, prefix="q")
    assert statements_of(browser, "/people/") == few


@pytest.mark.django_db
def test_the_list_of_cohorts_asks_as_often_for_50_as_for_10(django_assert_num_queries):
    by = make_actor("secretariat")
    for number in range(10):
        make_cohort(f"COH-2023-{number:03}", learners=1)
    with CaptureQueriesContext(connection) as few:
        assert len(list(list_cohorts(by=by))) == 10
    for number in range(10, 50):
        make_cohort(f"COH-2023-{number:03}", learners=1)
    with django_assert_num_queries(len(few)):
        assert len(list(list_cohorts(by=by))) == 50


@pytest.mark.django_db
@pytest.mark.skipif(connection.vendor != "sqlite", reason="plans are read as SQLite writes them")
@pytest.mark.parametrize("asked", [{}, {"after": "school-03"}, {"search": "College"}], ids=["first", "later", "search"])
@pytest.mark.parametrize("role", ["visitor", "secretariat"])
def test_a_page_of_members_is_read_in_order_and_never_sorted_whole(asked, role):
    make_member("school-07")
    by = VISITOR if role == "visitor" else make_actor(role)
    with CaptureQueriesContext(connection) as statements:
        queries.list_members(by=by, on=ON, **asked)
    steps = plan_of(statements[0]["sql"])
    assert any("USING INDEX" in step and Organisation._meta.db_table in step for step in steps), steps
    assert not any("TEMP B-TREE" in step for step in steps), steps


@pytest.mark.django_db
@pytest.mark.skipif(connection.vendor != "sqlite", reason="plans are read as SQLite writes them")
@pytest.mark.parametrize("asked", [{}, {"after": "p-3"}, {"country": "LA"}], ids=["first", "later", "country"])
def test_a_page_of_people_is_read_in_order_and_never_sorted_whole(asked):
    make_people(5)
    with CaptureQueriesContext(connection) as statements:
        list_persons(by=make_actor("secretariat"), **asked)
    steps = plan_of(statements[0]["sql"])
    assert any("USING INDEX" in step and Person._meta.db_table in step for step in steps), steps
    assert not any("TEMP B-TREE" in step for step in steps), steps


@pytest.mark.django_db
@pytest.mark.skipif(connection.vendor != "sqlite", reason="plans are read as SQLite writes them")
@pytest.mark.parametrize("search", ["q", "q 1", "1 q"])
def test_a_name_that_very_many_bear_is_looked_for_in_the_order_of_the_list(monkeypatch, search):
    monkeypatch.setattr(finding, "COUNTED", 3)
    make_people(2)
    bearers = make_people(5, prefix="q")
    with CaptureQueriesContext(connection) as statements:
        found = list_persons(by=make_actor("secretariat"), search=search).rows
    assert set(found) == set(bearers if search == "q" else bearers[:1])
    asked = max((each["sql"] for each in statements if "people_namekey" in each["sql"]), key=len)
    if search == "q":
        assert not any("TEMP B-TREE" in step for step in plan_of(asked))


@pytest.mark.django_db
def test_loading_hashes_no_password(settings, tmp_path):
    settings.PASSWORD_HASHERS = [f"{__name__}.HasherThatRefuses"]
    loaded = load_alliance(folder=make_folder(tmp_path / "alliance"), by=NIGHTLY, at=AT)
    assert loaded.accounts == ["mei"]


def test_a_verification_calls_nobody(monkeypatch):
    def refuse(*_):
        raise AssertionError("a verification called somebody")

    bench = Bench()
    for name in ("connect", "connect_ex", "sendto"):
        monkeypatch.setattr(socket.socket, name, refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    bench.whole()
