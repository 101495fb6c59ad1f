"""
Whatever is done with a person's record, the audit log, the table of jobs, the queue, the notices and what the server prints hold references alone.

Every value that says who somebody is carries a mark here, and is looked for in all of them.
"""

import json
import logging
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from django.core import mail
from django.test import Client
from django_tasks_db.models import DBTaskResult

from corridor.foundations.accounts.invitations import accept, invite
from corridor.foundations.audit.models import Entry, EntryDetail
from corridor.foundations.grants.giving import give_grant
from corridor.foundations.jobs.models import Job
from corridor.foundations.notices.models import Notice, NoticePlace
from corridor.journeys.erase_person import erase_person
from corridor.journeys.import_sheets import import_file, write_import
from corridor.journeys.open_record import open_record
from corridor.journeys.recognise import recognise
from corridor.journeys.tell_my_data import make_export
from corridor.rooms.assessment.actions import NewDecision, change_decision, record_decisions
from corridor.rooms.assessment.models import Result
from corridor.rooms.credentials.personal_data import SignedTexts
from corridor.rooms.members import actions as members
from corridor.rooms.members.application_drafts import Contact
from corridor.rooms.members.models import OrganisationKind
from corridor.rooms.people import actions as people
from corridor.rooms.people.actions.contacts import NewContact
from corridor.rooms.people.actions.describing import Facts, describe_person, note_paper
from corridor.rooms.people.actions.holds import lift_hold, place_hold
from corridor.rooms.people.actions.requests import (
    Correction,
    accept_correction,
    ask_correction,
    ask_erasure,
    refuse_request,
)
from corridor.rooms.people.actions.transfers import TransferDraft, record_transfer
from corridor.rooms.people.drafts import NameOfPerson, PersonDraft
from corridor.rooms.people.models import ContactKind, DataClass, NameForm, Occasion, PaperKind, Person, TransferBasis
from corridor.rooms.people.rights_words import Part
from tests.commands.run import run
from tests.factories.actors import VISITOR, make_actor, make_user
from tests.factories.applications import fill, make_form
from tests.factories.assessment import make_assessor
from tests.factories.grants import draft_of
from tests.factories.members import make_seat
from tests.factories.training import make_cohort, make_enrolment

ON = date(2024, 2, 2)
AT = datetime(2024, 2, 2, 9, tzinfo=UTC)
MARKS = ("Zzyx", "zzyx-mark", "1931-05-17", "17 May 1931", "7788QXZQ", "QXZQ", "ຊຊຢ")
SHEET = "name,name in English,sex,date of birth,country\nຊຊຢ ສີສະຫວາດ,Zzyx Sisavath,f,17/05/1931,Laos\n"
UNREADABLE = "name,sex,date of birth\nຊຊຢ,Zzyx neither,Zzyx-day\n"

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def office(settings):
    settings.DOCUMENT_NUMBERS = "last4"
    user = make_user("secretariat")
    make_seat(user, "secretariat", held_from=date(2023, 1, 1))
    return recognise(user, on=ON)


def name(text, form=NameForm.OWN, language="lo"):
    return NameOfPerson(form, language, text)


def keep_a_record(office):
    names = (name("ຊຊຢ ເກົ່າ"), name("Zzyx Kao", NameForm.ROMANISED, "lo-Latn"))
    person = people.register_person(
        draft=PersonDraft("P-1", names, born_on=date(1931, 5, 17), birth_written="17 May 1931", honorific="Zzyx-Ajarn"),
        on=ON,
        by=office,
    )
    people.write_name(person=person, name=name("Zzyx Other", NameForm.OTHER, "en"), by=office)
    people.change_own_name(person=person, name=name("ຊຊຢ ໃໝ່"), on=ON, by=office)
    facts = replace(
        Facts.of(person), born_on=date(1931, 5, 17), honorific="Zzyx-Thip", birth_written="17 May 1931 (Zzyx)"
    )
    describe_person(person=person, facts=facts, on=ON, by=office)
    channel = people.write_contact(
        contact=NewContact(person=person, kind=ContactKind.EMAIL, value="one@zzyx-mark.example"), by=office
    )
    people.confirm_contact(contact=channel.pk, person=person, on=ON, by=office)
    people.end_contact(contact=channel.pk, person=person, on=ON, by=office)
    note_paper(person=person, kind=PaperKind.PASSPORT, country="LA", on=ON, by=office, number="P7788QXZQ")
    people.confirm_certificate_name(
        person=person, language="en", full_name="Zzyx Kao", on=ON, at=AT, by=office, attested_by="Office of Zzyx"
    )
    return person


def merge_and_part(office, person):
    twin = people.register_person(draft=PersonDraft("P-2", (name("Zzyx twin", language="en"),)), on=ON, by=office)
    people.merge_person(person=twin, into=person, at=AT, reason="Zzyx has one passport", by=office)
    twin.refresh_from_db()
    people.unmerge_person(person=twin, at=AT + timedelta(hours=1), reason="Zzyx has a sister", by=office)


def use_rights(office, person):
    own = make_actor("learner", ("person", person.pk), user=person.user, person=person)
    wrong = Correction(Part.OTHER, "Zzyx Right", "Zzyx is how my mother writes it")
    asked = ask_correction(person=person, correction=wrong, on=ON, at=AT, by=own)
    accept_correction(request=asked, on=ON, at=AT, by=office, answer="Zzyx, it is done")
    erasure = ask_erasure(person=person, words="Zzyx wants to go", on=ON, at=AT, by=own)
    refuse_request(request=erasure, reason="Zzyx is owed a certificate", on=ON, at=AT, by=office)
    make_export(person=person, language="en", at=AT, by=own)


def send_sheets(office, capsys):
    def sent(text):
        return import_file(
            kind="people",
            file_name="Zzyx.csv",
            content=text.encode(),
            language="en",
            answers={"purpose_needed": "leave"},
            columns={},
            at=AT,
            by=office,
        )

    write_import(held=sent(SHEET), at=AT, by=office)
    sent(UNREADABLE)
    assert run(capsys, "worker", "--once").code == 0


def judge(person):
    cohort = make_cohort("COH-2023-041")
    enrolment = make_enrolment(cohort, person=person)
    user = make_user("somphone")
    assessor = make_assessor(cohort, user=user)
    by = make_actor("assessor", ("cohort", cohort.pk), user=user, person=assessor)
    unit = cohort.curriculum_version.units.first()
    new = NewDecision(
        enrolment=enrolment, unit=unit, assessor=assessor, result=Result.NOT_YET_COMPETENT, decided_on=date(2023, 6, 20),
        evidence_note="Zzyx wept",
    )  # fmt: skip
    (made,) = record_decisions(decisions=[new], by=by)
    change_decision(
        decision=made, result=Result.COMPETENT, evidence_note="Zzyx laughed", decided_on=date(2023, 6, 20), version=made.version, by=by
    )  # fmt: skip


def apply(office):
    make_form()
    contact = Contact("Zzyx Vongsa", "apply@zzyx-mark.example", "en")
    begun = members.start_application(kind=OrganisationKind.SCHOOL, contact=contact, at=AT, on=ON, by=VISITOR)
    by = members.recognise_applicant(secret=begun.secret, at=AT, by=VISITOR)
    fill(begun.application, by, city=["Zzyx town"])
    members.submit_application(application=begun.application, at=AT, on=ON, by=by)
    begun.application.refresh_from_db()
    members.begin_review(application=begun.application, on=ON, by=office)
    members.ask_for_more(application=begun.application, wanted="Zzyx, send the rest", on=ON, at=AT, by=office)
    return begun.application


def look_and_give(office, application):
    made = invite(email="somebody@zzyx-mark.example", at=AT, by=office)
    accept(secret=made.secret, at=AT, by=VISITOR, password="nine-bridges-over-the-river")
    auditor = make_user("auditor")
    make_seat(auditor, "auditor", held_from=date(2023, 1, 1))
    by = recognise(auditor, on=ON, at=AT)
    for kind, reference in (("person", "P-1"), ("application", application.reference)):
        open_record(kind=kind, reference=reference, minutes=5, reason="Zzyx is missing since Monday.", at=AT, by=by)
    give_grant(draft=draft_of(make_user("khamla"), "auditor", reason="For Zzyx, who is ill"), at=AT, by=office)
    Client().post("/sign-in/", {"username": "somebody@zzyx-mark.example", "password": "Zzyx-is-wrong"})
    Client().get("/people/?q=Zzyx")


def let_go(office, person):
    hold = place_hold(person=person, reason="Case of Zzyx", on=ON, by=office)
    lift_hold(hold=hold, on=ON + timedelta(days=1), by=office)
    record_transfer(
        draft=TransferDraft(ON, "LA", "CN", DataClass.OTHER, TransferBasis.CONSENT, Occasion.MAIL, "The papers of Zzyx", persons=[person.pk]),
        at=AT, by=office,
    )  # fmt: skip
    person.refresh_from_db()
    erase_person(
        person=person, confirmed="P-1", reason="Zzyx asked for it", at=AT + timedelta(days=1), by=office, signed_texts=SignedTexts.KEEP
    )  # fmt: skip


def held_everywhere(printed: str) -> list[str]:
    """Every value of every row of the log, the jobs, the queue and the notices, and every line that was printed, with a mark in it."""
    rows = [
        f"{table.__name__}.{field}: {value}"
        for table in (Entry, EntryDetail, Job, DBTaskResult, Notice, NoticePlace)
        for row in table.objects.values()
        for field, value in (
            (key, value if isinstance(value, str) else json.dumps(value, default=str)) for key, value in row.items()
        )
    ]
    return [each for each in [*rows, *printed.splitlines()] if any(mark in each for mark in MARKS)]


def test_a_broad_day_of_work_leaves_no_value_of_a_person(office, caplog, capsys):
    caplog.set_level(logging.DEBUG, logger="corridor")
    caplog.set_level(logging.INFO)
    person = keep_a_record(office)
    merge_and_part(office, person)
    people.link_person_to_user(person=person, user=make_user("nimali"), by=office)
    person.refresh_from_db()
    use_rights(office, person)
    send_sheets(office, capsys)
    judge(person)
    look_and_give(office, apply(office))
    let_go(office, person)
    assert Person.objects.filter(names__full_name__contains="Zzyx").exists()
    assert len(set(Entry.objects.values_list("event", flat=True))) >= 25
    assert DBTaskResult.objects.exists()
    printed = capsys.readouterr()
    assert held_everywhere(caplog.text + printed.err) == []
    # The letters to whom they belong are the only place: they go to that address.
    assert all(letter.to for letter in mail.outbox)


def test_a_mark_in_a_row_is_found():
    Entry.objects.create(event="people.named", by="mei", subject="people.Person:1")
    EntryDetail.objects.create(entry=Entry.objects.get(), field="full_name", after="Zzyx")
    assert held_everywhere("Not Found: /people/Zzyx/") == ["EntryDetail.after: Zzyx", "Not Found: /people/Zzyx/"]
