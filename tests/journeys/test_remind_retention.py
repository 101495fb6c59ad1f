"""The secretariat is told by the worker what has been kept long enough and what comes next, once a month; nothing goes by that."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.core.files.storage import default_storage

from corridor.commands.worker import keep_house
from corridor.foundations.jobs.models import Job
from corridor.foundations.notices.models import Notice
from corridor.journeys.remind_retention import (
    KIND,
    _remind,
    look_ahead,
    remind_of_retention,
    remind_of_retention_tonight,
)
from corridor.journeys.tell_my_data import make_export
from corridor.kernel.errors import AccessDenied
from corridor.rooms.people.actions.retention import set_rule
from corridor.rooms.people.models import DataExport, RecordKind
from tests.factories.actors import NIGHTLY, make_actor, make_user
from tests.factories.credentials import make_credential
from tests.factories.members import make_seat
from tests.factories.people import make_person

pytestmark = pytest.mark.django_db
# A learner of June 2023 who got the certificate on 10 July; kept for two years.
OVER = date(2025, 7, 10)
AT = datetime(2024, 2, 2, 3, tzinfo=UTC)


@pytest.fixture
def person():
    make_seat(make_user("office"), "secretariat")
    set_rule(kind=RecordKind.PERSON, months=24, reason="Two years", on=date(2023, 1, 1), by=NIGHTLY)
    return make_credential().enrolment.person


def remind(on):
    return remind_of_retention(on=on, at=AT, by=NIGHTLY)


def told():
    return list(Notice.objects.order_by("pk").values_list("event", "about"))


def test_what_comes_within_a_month_is_told_before_it_is_over(person):
    assert remind(OVER - timedelta(days=75)) == 0
    remind(OVER - timedelta(days=20))
    ((event, about),) = told()
    assert event == "people.retention_soon" and int(about) >= 1
    (row,) = look_ahead(on=OVER - timedelta(days=20), by=NIGHTLY)
    assert row.by(OVER - timedelta(days=20)) == ()
    assert person.reference in [each.reference for each in row.after(OVER - timedelta(days=20))]


def test_what_is_over_is_told_once_a_month_and_nothing_goes(person):
    remind(OVER)
    assert "people.retention_due" in {event for event, _ in told()}
    before = len(told())
    remind(OVER + timedelta(days=1))
    assert len(told()) == before
    remind(OVER + timedelta(days=40))
    assert len(told()) > before
    person.refresh_from_db()
    assert person.erased_at is None


def test_the_worker_starts_it_once_a_night(person):
    job = remind_of_retention_tonight(on=OVER, at=AT, by=NIGHTLY)
    assert remind_of_retention_tonight(on=OVER, at=AT, by=NIGHTLY) is None
    _remind.func(str(job.pk))
    assert Job.objects.get(pk=job.pk).state == "done"
    assert "people.retention_due" in {event for event, _ in told()}


def test_the_worker_does_so_on_its_rounds_and_lets_copies_go(django_capture_on_commit_callbacks):
    mei = make_person("mei")
    by = make_actor("learner", ("person", mei.pk), label="mei", person=mei)
    export = make_export(person=mei, language="en", at=datetime(2020, 1, 1, tzinfo=UTC), by=by)
    stored = DataExport.objects.get(pk=export.pk).stored_as
    with django_capture_on_commit_callbacks(execute=True):
        keep_house()
    assert Job.objects.filter(kind=KIND).count() == 1
    assert DataExport.objects.get(pk=export.pk).stored_as == "" and not default_storage.exists(stored)


def test_nobody_else_looks_ahead(person):
    with pytest.raises(AccessDenied):
        look_ahead(on=OVER, by=make_actor("auditor"))
