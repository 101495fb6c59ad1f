"""What stands with the account of a human being is told to them, and let go with them: offices, roles, notices, sheets, applications."""

import json
from dataclasses import replace
from datetime import UTC, date, datetime
from io import BytesIO
from zipfile import ZipFile

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from axes.models import AccessFailureLog
from django.core.files.storage import default_storage

from corridor.foundations.access import Actor
from corridor.foundations.accounts.models import User
from corridor.foundations.audit.sealing import seal_entries
from corridor.foundations.grants.models import AccessGrant
from corridor.foundations.journal.models import Device
from corridor.foundations.notices.events import Event
from corridor.foundations.notices.models import Mute, Notice, Wishes
from corridor.foundations.notices.telling import tell
from corridor.foundations.sheets.models import Import, ImportRow
from corridor.journeys.erase_person import erase_person, preview_erasure
from corridor.journeys.find_anything import find_anything
from corridor.journeys.import_sheets import import_file, write_import
from corridor.journeys.keep_index import follow_log, rebuild_index
from corridor.journeys.tell_my_data import (
    make_export,
    my_account_as_json,
    open_export,
    parts_by_account,
    tell_my_account,
    tell_my_data,
)
from corridor.kernel.errors import NotFound
from corridor.rooms.credentials.personal_data import SignedTexts
from corridor.rooms.members import actions as members
from corridor.rooms.members.application_drafts import Contact
from corridor.rooms.members.models import Application
from corridor.rooms.people.accounts_of import accounts_of
from corridor.rooms.people.models import Person
from corridor.rooms.people.standing import standing_of
from tests.contracts.test_personal_data import tables_with_a_key_to
from tests.factories.actors import NIGHTLY, VISITOR, make_actor, make_user
from tests.factories.applications import make_form
from tests.factories.grants import make_grant
from tests.factories.members import make_member, make_seat
from tests.factories.people import make_person
from tests.factories.training import make_cohort, make_enrolment

pytestmark = pytest.mark.django_db
ON, AT = date(2024, 2, 2), datetime(2024, 2, 2, 3, tzinfo=UTC)
SHEET = "Name,Sex,Date of birth\nຄຳຫຼ້າ ສີສະຫວາດ,ຍິງ,31/01/2001\n"
# Tables with a key to an account that are told of elsewhere, or are about no human being in their own right.
TOLD_BY_ANOTHER = {
    "agreements.CalendarAddress": "a secret address like a token; the page that made it shows it and ends it",
    "training.TimetableAddress": "a secret address like a token; the page that made it shows it and ends it",
    "repeats.KeptAnswer": "what a machine of the account was answered, for a while",
    "accounts.Invitation": "its address is emptied when it ends",
    "grants.Override": "who opened the record stands there; what one opened oneself stands in the audit log",
    "grants.OverrideTold": "the page of who looked",
    "grants.Viewing": "stands in the audit log",
    "jobs.Job": "holds references alone",
    "people.Person": "rooms/people/personal_data.py",
}  # fmt: skip


@pytest.fixture
def khamla():
    user = make_user("khamla")
    EmailAddress.objects.create(user=user, email="Khamla@example.org", verified=True, primary=True)
    return make_person("khamla", own_name="ຄຳຫຼ້າ ສີສະຫວາດ", own_language="lo", romanised_name="Khamla", user=user)


@pytest.fixture
def application():
    make_form()
    contact = Contact("Khamla Sisavath", "khamla@Example.org", "en")
    return members.start_application(kind="school", contact=contact, on=ON, at=AT, by=VISITOR).application


def parts_of(person):
    by = make_actor("learner", ("person", person.pk), user=person.user, person=person)
    return {part.code: part for part in tell_my_data(person=person, by=by).parts}


def erase(person):
    return erase_person(
        person=person, confirmed=person.reference, reason="Asked", at=AT, by=make_actor("secretariat"),
        signed_texts=SignedTexts.FORGET,
    )  # fmt: skip


def sent(by, content=SHEET):
    held = import_file(
        kind="people",
        file_name="Khamla Sisavath.csv",
        content=content.encode(),
        language="en",
        answers={"purpose_needed": "leave"},
        columns={},
        at=AT,
        by=by,
    )
    return write_import(held=held, at=AT, by=by, wait=True)


def test_seats_posts_roles_notices_wishes_sheets_and_applications_are_told(khamla, application):
    user = khamla.user
    make_seat(user, "coordinator", member=make_member("vientiane", country="LA"))
    cohort = make_cohort()
    cohort.site.posts.create(user=user, held_from=date(2023, 1, 1))
    make_grant(user, "auditor")
    tell(Event.JOB_FAILED, to=[user.pk], about="JOB-1", link="/jobs/", at=AT, by=NIGHTLY)
    Wishes.objects.create(user=user, language="lo", zone="Asia/Vientiane")
    Mute.objects.create(user=user, event=Event.JOB_FAILED)
    sent(make_actor("secretariat", user=user))
    told = parts_of(khamla)
    assert (told["seats"].rows[0]["role"], told["seats"].rows[0]["member"]) == ("coordinator", "vientiane")
    assert told["posts"].rows[0]["site"] == cohort.site.reference
    assert told["grants"].rows[0]["reason"] == "Away for the spring term."
    assert {row["event"] for row in told["notices"].rows} >= {"jobs.failed"}
    assert [row["what"] for row in told["wishes"].rows] == ["mail", "jobs.failed"]
    assert told["imports"].rows[0]["file_name"] == "Khamla Sisavath.csv"
    assert told["applications"].rows[0]["reference"] == application.reference
    assert "khamla@example.org" in {row["account"] for row in told["account"].rows}


def test_an_address_that_is_not_confirmed_shows_nobody_elses_application(khamla, application):
    EmailAddress.objects.update(verified=False)
    khamla.contacts.create(kind="email", value="khamla@example.org")
    assert not parts_of(khamla)["applications"].rows


def test_ways_in_sessions_and_attempts_are_told_without_whole_addresses(khamla):
    user, chrome = khamla.user, "Mozilla/5.0 (Windows NT 10.0) Chrome/120.0"
    Authenticator.objects.create(user=user, type="totp", data={})
    UserSession.objects.create(user=user, ip="198.51.100.7", session_key="k", user_agent=chrome)
    tried = {"user_agent": chrome, "ip_address": "203.0.113.9", "path_info": "/", "http_accept": ""}
    AccessFailureLog.objects.create(username="khamla@example.org", **tried)
    AccessFailureLog.objects.create(username="nimali", **tried)
    told = parts_of(khamla)
    assert [row["way"] for row in told["ways"].rows] == ["totp"]
    assert [(row["browser"], row["system"], row["network"]) for row in told["sessions"].rows] == [
        ("Chrome", "Windows", "198.51.100.x")
    ]
    assert [(row["became"], row["network"]) for row in told["attempts"].rows] == [("failed", "203.0.113.x")]
    erase(khamla)
    assert list(AccessFailureLog.objects.values_list("username", flat=True)) == ["nimali"]
    assert not UserSession.objects.exists() and not Authenticator.objects.exists()


def test_an_account_without_a_record_is_told_what_is_held_with_it(application):
    user = make_user("office")
    make_seat(user, "secretariat")
    by = make_actor("secretariat", user=user)
    told = {part.code: part for part in tell_my_account(by=by).parts}
    assert told["account"].rows[0]["account"] == "office"
    assert told["seats"].rows[0]["role"] == "secretariat"
    said = my_account_as_json(language="en", at=AT, by=by)
    assert (said["person"], said["references"]) == ("office", [])
    for nobody in (VISITOR, replace(by, only=frozenset())):
        with pytest.raises(NotFound):
            tell_my_account(by=nobody)


def test_records_many_merges_deep_are_found_by_their_account(khamla, django_assert_num_queries):
    into = khamla
    for number in range(5):
        gone = make_person(f"twin-{number}", own_name=f"Twin {number}", own_language="en", romanised_name="")
        Person.objects.filter(pk=gone.pk).update(merged_into=into, merged_at=AT)
        into = gone
    make_person("stranger")
    with django_assert_num_queries(1):
        standing = standing_of(user=khamla.user)
    assert standing.person_id == khamla.pk
    assert len(standing.grants) == 6
    by = Actor(label="khamla", user_id=khamla.user_id, person_id=khamla.pk, grants=standing.grants)
    assert {row["full_name"] for row in _names(by, khamla)} >= {f"Twin {number}" for number in range(5)}


def _names(by, person):
    return next(part for part in tell_my_data(person=person, by=by).parts if part.code == "names").rows


def test_the_words_of_the_copy_name_languages(khamla):
    said = my_data_as_json(khamla)
    names = next(part for part in said["parts"] if part["code"] == "names")
    assert names["words"]["language"] == {"lo": "lao", "lo-Latn": "lao"}


def my_data_as_json(person):
    by = make_actor("learner", ("person", person.pk), user=person.user, person=person)
    export = make_export(person=person, language="fr", at=AT, by=by)
    return json.loads(ZipFile(BytesIO(open_export(key=export.pk, at=AT, by=by))).read("my-data.json"))


def test_every_table_about_accounts_is_told_of(khamla):
    parts = parts_by_account(accounts=accounts_of([khamla.pk]), by=NIGHTLY)
    told = {label for part in parts for label in part.models}
    assert tables_with_a_key_to(User) - told - set(TOLD_BY_ANOTHER) == set()
    assert all(part.why and part.until and part.because and part.heads for part in parts)


def test_an_erasure_takes_notices_wishes_reasons_contacts_and_sheets(khamla, application):
    user = khamla.user
    seat = make_seat(user, "coordinator", member=make_member("vientiane", country="LA"))
    make_grant(user, "auditor")
    tell(Event.JOB_FAILED, to=[user.pk], about="JOB-1", link="/jobs/", at=AT, by=NIGHTLY, places={"day": "2024-02-02"})
    Wishes.objects.create(user=user, language="lo", zone="Asia/Vientiane")
    Device.objects.create(user=user, name="Khamla's phone", public_key="k", registered_at=AT)
    held = sent(make_actor("secretariat", user=user))
    stored = Import.objects.get(pk=held.pk).stored_as
    erase(khamla)
    assert not Notice.objects.filter(user=user).exists() and not Wishes.objects.filter(user=user).exists()
    assert AccessGrant.objects.get().reason == Device.objects.get().name == "–"
    application.refresh_from_db()
    assert (application.contact_name, application.contact_email) == ("", "")
    held.refresh_from_db()
    assert (held.stored_as, held.file_name) == ("", "a sheet")
    assert not ImportRow.objects.filter(of=held).exists()
    seat.refresh_from_db()
    assert seat.user.username == f"closed-{user.pk}"
    assert stored


def test_the_preview_says_what_of_the_account_goes_and_stays(khamla, application):
    make_seat(khamla.user, "coordinator", member=make_member("vientiane", country="LA"))
    preview = preview_erasure(person=khamla, at=AT, by=make_actor("secretariat"))
    becomes = {part.code: part.becomes for part in preview.parts}
    assert (becomes["seats"], becomes["applications"], becomes["notices"]) == ("stays", "emptied", "goes")


def test_a_sheet_of_somebody_else_with_a_row_about_them_loses_its_file(django_capture_on_commit_callbacks):
    secretariat = make_actor("secretariat", user=make_user("office"))
    held = sent(secretariat)
    person = Person.objects.get()
    stored = Import.objects.get(pk=held.pk).stored_as
    assert default_storage.exists(stored)
    with django_capture_on_commit_callbacks(execute=True):
        erase(person)
    held.refresh_from_db()
    assert held.stored_as == "" and not default_storage.exists(stored)
    assert held.file_name == "Khamla Sisavath.csv" or held.file_name
    assert not ImportRow.objects.filter(said__contains="ຄຳຫຼ້າ").exists()


def test_a_sheet_of_places_in_a_cohort_loses_its_file_too():
    cohort = make_cohort()
    enrolment = make_enrolment(cohort, person=make_person("nimali"))
    held = Import.objects.create(
        kind="enrolments",
        file_name="places.csv",
        sha256="0" * 64,
        size=1,
        stored_as="imports/x",
        sent_by="office",
        sent_at=AT,
    )
    held.verdicts.create(number=2, verdict="unchanged", subject=enrolment.pk, reference=str(enrolment))
    erase(enrolment.person)
    held.refresh_from_db()
    assert held.stored_as == "" and not held.verdicts.exists()


def test_a_sheet_without_them_is_left_alone(khamla):
    held = sent(make_actor("secretariat", user=make_user("office")))
    erase(khamla)
    held.refresh_from_db()
    assert held.stored_as


def test_the_box_finds_nothing_of_an_erased_person_at_once_nor_after_the_log_is_followed(khamla):
    twin = make_person("twin", own_name="ຄຳຫຼ້າ ສີສະຫວາດ", own_language="lo", romanised_name="Khamla Sisavath")
    twin.merged_into, twin.merged_at = khamla, AT
    twin.save()
    rebuild_index(by=NIGHTLY)
    secretariat = make_actor("secretariat")

    def found(words):
        return [
            thing.record.reference for thing in find_anything(words=words, by=secretariat, kinds=frozenset({"person"}))
        ]

    assert found("Khamla") == found("ຄຳຫຼ້າ") == found("Sisavath") == ["khamla"]
    erase(khamla)
    assert found("Khamla") == found("ຄຳຫຼ້າ") == found("Sisavath") == found("khamla") == []
    seal_entries()
    follow_log(by=NIGHTLY)
    assert found("ຄຳຫຼ້າ") == found("Sisavath") == []
    assert found("khamla") == ["khamla"]
    assert not Application.objects.exists()
