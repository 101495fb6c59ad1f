"""Everybody reads and carries away what is held about them, and nobody what is held about another."""

import json
from datetime import UTC, datetime, timedelta
from io import BytesIO
from uuid import uuid4
from zipfile import ZipFile

import pytest

from corridor.journeys.tell_my_data import make_export, open_export, tell_my_data
from corridor.kernel.errors import AccessDenied, NotFound
from corridor.rooms.people.actions.exports import drop_exports
from corridor.rooms.people.rights_refusals import ExportGone
from tests.factories.actors import NIGHTLY, make_actor
from tests.factories.credentials import make_credential
from tests.factories.people import make_person

pytestmark = pytest.mark.django_db
AT = datetime(2024, 2, 2, 3, tzinfo=UTC)


def own(person):
    return make_actor("learner", ("person", person.pk), label=person.reference, person=person)


@pytest.fixture
def mei():
    return make_person("mei")


def files_of(export, person, at=AT):
    return ZipFile(BytesIO(open_export(key=export.pk, at=at, by=own(person))))


def test_every_kind_is_told_with_its_rows():
    credential = make_credential()
    person = credential.enrolment.person
    told = {part.code: part for part in tell_my_data(person=person, by=own(person)).parts}
    assert len(told["names"].rows) >= 1
    assert told["credentials"].rows[0]["reference"] == credential.reference
    assert told["enrolments"].rows[0]["cohort"] == "COH-2023-041"


@pytest.mark.parametrize("role", ["secretariat", "auditor", "council"])
def test_nobody_else_reads_it_not_even_the_secretariat(mei, role):
    with pytest.raises(AccessDenied):
        tell_my_data(person=mei, by=make_actor(role))
    with pytest.raises(AccessDenied):
        make_export(person=mei, language="en", at=AT, by=own(make_person("khamla")))


def test_the_copy_holds_json_a_page_and_the_own_certificates():
    credential = make_credential()
    person = credential.enrolment.person
    export = make_export(person=person, language="en", at=AT, by=own(person))
    files = files_of(export, person)
    said = json.loads(files.read("my-data.json"))
    assert said["schema_version"] == 1
    assert {"record", "names", "attendance", "decisions", "credentials"} <= {part["code"] for part in said["parts"]}
    assert files.read(f"certificates/{credential.reference}.json").decode() == credential.document
    page = files.read("my-data.html").decode()
    assert "<script" not in page
    assert "Certificates" in page


def test_a_name_that_looks_like_markup_stays_text_on_the_page():
    person = make_person("mei", own_name="<b>陈美</b>")
    export = make_export(person=person, language="en", at=AT, by=own(person))
    assert "&lt;b&gt;陈美&lt;/b&gt;" in files_of(export, person).read("my-data.html").decode()


def test_a_copy_opens_for_its_person_alone(mei):
    export = make_export(person=mei, language="en", at=AT, by=own(mei))
    for stranger in (own(make_person("khamla")), make_actor("secretariat"), NIGHTLY):
        with pytest.raises(NotFound):
            open_export(key=export.pk, at=AT, by=stranger)
    with pytest.raises(NotFound):
        open_export(key=uuid4(), at=AT, by=own(mei))


def test_a_copy_is_gone_after_its_days(mei, django_capture_on_commit_callbacks):
    export = make_export(person=mei, language="en", at=AT, by=own(mei))
    late = AT + timedelta(days=8)
    with pytest.raises(ExportGone):
        open_export(key=export.pk, at=late, by=own(mei))
    with django_capture_on_commit_callbacks(execute=True):
        assert drop_exports(at=late, by=NIGHTLY) == 1
    export.refresh_from_db()
    assert export.stored_as == ""
