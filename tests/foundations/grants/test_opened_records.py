"""What is opened with a written reason beside persons: an application, and a sheet of somebody else. The rest is open to oversight by office."""

from datetime import UTC, datetime, timedelta

import pytest

from corridor.foundations.access import Permission, Role
from corridor.foundations.access.roles import PERMISSIONS_OF
from corridor.foundations.audit.models import Entry
from corridor.foundations.grants.models import Override, OverrideTold, RecordKind
from corridor.foundations.grants.refusals import SeenAnyway
from corridor.foundations.notices.models import Notice
from corridor.foundations.sheets.models import Import
from corridor.foundations.sheets.steps.looking import get_import, list_imports, see_import
from corridor.journeys.open_record import open_record, who_looked_at, who_looked_at_me
from corridor.journeys.recognise import recognise
from corridor.journeys.record_kinds import KINDS
from corridor.kernel.errors import AccessDenied, BadInput, NotFound
from corridor.rooms.members import queries
from corridor.rooms.people import queries as people
from corridor.rooms.people.actions import merge_person
from tests.factories.actors import make_actor, make_user
from tests.factories.applications import begin, in_review, make_form
from tests.factories.grants import AT, TODAY
from tests.factories.members import make_member, make_seat
from tests.factories.people import make_person

WHY = "The applicant asks why nothing happens."

pytestmark = pytest.mark.django_db


@pytest.fixture
def auditor():
    user = make_user("auditor")
    make_seat(user, "auditor")
    return user


def actor_of(user, at=AT):
    return recognise(user, on=TODAY, at=at)


def opened(kind, reference, by, *, at=AT):
    return open_record(kind=kind, reference=reference, minutes=30, reason=WHY, at=at, by=by)


def read(reference, by):
    return queries.get_application(reference=reference, by=by, on=TODAY, language="en")


@pytest.fixture
def application():
    make_form()
    return in_review()


def test_an_application_is_open_for_reading_alone_and_the_applicant_reads_who_looked(auditor, application):
    one, _secret, applicant = application
    with pytest.raises(NotFound):
        read(one.reference, actor_of(auditor))
    opened("application", one.reference, actor_of(auditor))
    by = actor_of(auditor)
    assert read(one.reference, by).application == one
    assert by.may(Permission.APPLICATION_VIEW, on=one)
    assert not by.may(Permission.APPLICATION_MANAGE, on=one)
    assert not by.may(Permission.APPLICATION_VIEW)
    (looked,) = who_looked_at(application=one, by=applicant)
    assert (looked.user, looked.reason) == (auditor, WHY)
    with pytest.raises(AccessDenied):
        who_looked_at(application=one, by=actor_of(make_user("khamla")))
    with pytest.raises(NotFound):
        read(one.reference, actor_of(auditor, AT + timedelta(minutes=30)))


def test_only_the_application_that_was_opened_is_in_the_queue(auditor, application):
    one, _secret, _applicant = application
    other, _secret, _by = in_review()
    opened("application", one.reference, actor_of(auditor))
    page = queries.list_applications(by=actor_of(auditor), on=TODAY)
    assert [row.application for row in page.rows] == [one]
    with pytest.raises(NotFound):
        read(other.reference, actor_of(auditor))


def test_a_draft_is_its_applicants_own(auditor):
    make_form()
    draft, _secret, _by = begin()
    with pytest.raises(NotFound):
        opened("application", draft.reference, actor_of(auditor))


@pytest.fixture
def sheet():
    coordinator = make_user("khamla")
    make_seat(coordinator, "coordinator", member=make_member("vientiane", country="LA"))
    return Import.objects.create(
        kind="people", file_name="people.csv", sha256="0" * 64, size=1, stored_as="", sent_by="khamla", sender=coordinator,
        sent_at=datetime(2024, 2, 1, tzinfo=UTC), hidden="read",
    )  # fmt: skip


def test_a_sheet_of_somebody_else_is_seen_and_never_moved_and_its_sender_is_told(sheet):
    office = make_user("secretariat")
    make_seat(office, "secretariat")
    with pytest.raises(NotFound):
        see_import(key=sheet.pk, by=actor_of(office))
    opened("import", str(sheet.pk), actor_of(office))
    by = actor_of(office)
    assert see_import(key=sheet.pk, by=by) == sheet
    # What checks, writes and takes back asks for one's own.
    with pytest.raises(NotFound):
        get_import(key=sheet.pk, by=by)
    assert not list_imports(by=by).exists()
    assert Notice.objects.get().user.username == "khamla"
    (looked,) = who_looked_at_me(by=actor_of(make_user("khamla")))
    assert looked.user == office


def test_what_one_sees_by_office_is_not_opened(application):
    office = make_user("secretariat")
    make_seat(office, "secretariat")
    make_person("nimali")
    for kind, reference in (("person", "nimali"), ("application", application[0].reference)):
        with pytest.raises(SeenAnyway):
            opened(kind, reference, actor_of(office))
    assert not Override.objects.exists()


def test_unknown_records_and_kinds_are_refused(auditor):
    for kind, reference in (
        ("application", "APL-1"),
        ("import", "no-key"),
        ("import", "01920000-0000-7000-8000-000000000000"),
    ):
        with pytest.raises(NotFound):
            opened(kind, reference, actor_of(auditor))
    with pytest.raises(BadInput):
        opened("cohort", "COH-1", actor_of(auditor))


def test_a_person_who_is_merged_meanwhile_stays_open_and_all_their_accounts_are_told(auditor):
    twin, nimali = make_person("nimali-2"), make_person("nimali", user=make_user("nimali"))
    opened("person", "nimali-2", actor_of(auditor))
    with pytest.raises(NotFound):
        people.get_person(reference="nimali", by=actor_of(auditor))
    merge_person(person=twin, into=nimali, at=AT, reason="Same papers", by=make_actor("secretariat"))
    assert people.get_person(reference="nimali", by=actor_of(auditor)) == nimali
    assert [each.record_reference for each in who_looked_at_me(by=actor_of(nimali.user))] == ["nimali-2"]
    opened("person", "nimali-2", actor_of(auditor, AT + timedelta(hours=2)), at=AT + timedelta(hours=2))
    assert OverrideTold.objects.get().user == nimali.user


def test_the_log_says_that_it_began_and_ended_and_never_why(auditor, application):
    opened("application", application[0].reference, actor_of(auditor))
    entry = Entry.objects.get(event="grants.override_begun")
    assert WHY not in str(list(entry.details.values_list("field", "before", "after")))


def test_every_kind_of_record_that_oversight_does_not_see_by_office_can_be_opened():
    """Docs/adr/0017 says so: an override of what stands open anyway would sign for nothing."""
    closed = {
        code
        for code, kind in KINDS.items()
        if kind.open is None
        and not all(PERMISSIONS_OF[role] & set(kind.sees) for role in (Role.AUDITOR, Role.SECRETARIAT))
    }
    # Requests are answered by the secretariat alone: what they are about stands in the person's record, which is opened.
    assert closed - {"request", "learner"} == set(RecordKind.values)
