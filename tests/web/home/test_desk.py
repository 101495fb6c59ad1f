"""The desk: what I owe today, for every role; the heading is the answer."""

from datetime import date

import pytest
from django.test import Client

from corridor.rooms.assessment.actions import assign_second, draw_sample, lodge_appeal, name_panel
from corridor.rooms.assessment.models import Sample
from corridor.rooms.members.models import AskedMember, Organisation
from corridor.rooms.people.models import Person
from corridor.rooms.training.models import CohortTrainer
from tests.factories.actors import NIGHTLY, make_user
from tests.factories.agreements import make_proposed_agreement
from tests.factories.assessment import DECIDED_ON, Room
from tests.factories.conferences import make_announcement
from tests.factories.data_calls import make_call, open_call
from tests.factories.devices import Phone
from tests.factories.members import make_alliance, make_member
from tests.factories.people import make_person
from tests.factories.training import make_cohort, make_session
from tests.web.readers import browser_of, text_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today")]


def test_who_owes_nothing_reads_so():
    assert "You owe nothing today" in text_of(browser_of("auditor").get("/desk/"))


def test_a_coordinator_finds_the_late_report_first_then_the_signature():
    vientiane = make_member("vientiane", country="LA")
    make_announcement(title="Scholarships", owner=vientiane, next_report_due_on=date(2024, 1, 10))
    make_proposed_agreement("AGR-2023-0031", parties=("chongqing", vientiane))
    page = text_of(browser_of("coordinator", member=vientiane).get("/desk/"))
    assert "<h1>One thing is overdue, one is for today</h1>" in page
    assert "23 days late" in page
    assert page.index("Report on “Scholarships”") < page.index("Sign “Joint training in vehicle inspection”")
    assert 'href="/agreements/AGR-2023-0031/sign/"' in page
    assert "0 of 2 parties have signed." in page


def test_a_report_of_next_week_is_not_for_today():
    vientiane = make_member("vientiane", country="LA")
    make_announcement(title="Scholarships", owner=vientiane, next_report_due_on=date(2024, 2, 7))
    page = text_of(browser_of("coordinator", member=vientiane).get("/desk/"))
    assert "Nothing for today; one thing comes later" in page
    assert "in 5 days" in page


def test_what_another_member_owes_is_not_on_the_desk():
    make_announcement(title="Scholarships", next_report_due_on=date(2024, 1, 10))
    page = text_of(browser_of("coordinator", member=make_member("vientiane", country="LA")).get("/desk/"))
    assert "Scholarships" not in page


def test_the_council_finds_what_waits_for_a_second_person():
    make_announcement(title="Scholarships", confirmed_by="", made_by="secretariat")
    assert "Confirm “Scholarships” as the second person" in text_of(browser_of("council").get("/desk/"))


def test_the_secretariat_finds_cohorts_to_close_and_to_award():
    make_cohort("COH-1", status="finished")
    make_cohort("COH-2", status="assessed")
    make_cohort("COH-3", status="assessed")
    page = text_of(browser_of("secretariat").get("/desk/"))
    assert "Close a cohort" in page
    assert "Award the certificates of 2 cohorts" in page


def test_second_judgements_and_appeals_wait_for_who_was_named():
    room = Room()
    second, _by = room.second()
    user = make_user("nimali")
    Person.objects.filter(pk=second.pk).update(user=user)
    decision = room.final(room.record(result="not_yet_competent", evidence_note="Pads."))
    draw_sample(cohort=room.cohort, share=100, least=1, seed="June", on=DECIDED_ON, by=NIGHTLY)
    assign_second(samples=list(Sample.objects.all()), second=second, on=DECIDED_ON, by=NIGHTLY)
    appeal = lodge_appeal(decision=decision, grounds="Nobody looked.", on=DECIDED_ON, by=NIGHTLY)
    page = text_of(browser_of("secretariat").get("/desk/"))
    assert "Name the panel of an appeal" in page
    assert f"/appeals/{appeal.reference}/" in page
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    page = text_of(client.get("/desk/"))
    assert "Judge one decision a second time" in page
    assert "Rule on an appeal" not in page
    chair = make_person("mei", user=make_user("mei"))
    name_panel(
        appeal=appeal, chair=chair, members=[make_person("khamla"), make_person("dao")], on=DECIDED_ON, by=NIGHTLY
    )
    client.force_login(chair.user, backend="django.contrib.auth.backends.ModelBackend")
    assert "Rule on an appeal as one of its panel" in text_of(client.get("/desk/"))
    assert "Name the panel of an appeal" not in text_of(browser_of("secretariat").get("/desk/"))


def test_a_conflict_waits_for_who_corrects_registers():
    session = make_session(make_cohort(learners=2, trainers=[make_person("bounmy", user=make_user("bounmy"))]))
    (seat, _other), phone = session.cohort.enrolments.order_by("number"), Phone.of(make_user("bounmy"))
    CohortTrainer.objects.create(cohort=session.cohort, person=make_person("khamla", user=make_user("khamla")))
    other = Phone.of(make_user("khamla"))
    for each, mark in ((phone, "present"), (other, "absent")):
        each.mark(session, {seat: mark})
        each.send()
    assert "Decide what a device brought" in text_of(browser_of("secretariat").get("/desk/"))
    assert "Decide what a device brought" not in text_of(browser_of("auditor").get("/desk/"))


def test_a_learner_without_a_cohort_reads_where_the_first_will_stand(client):
    user = make_user("nimali")
    make_person("nimali", user=user)
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    page = text_of(client.get("/desk/"))
    assert "You owe nothing today" in page
    assert "Your first cohort will stand here." in page


def test_a_visitor_signs_in_first(client):
    assert client.get("/desk/").headers["Location"] == "/sign-in/?next=/desk/"


def test_a_key_holder_finds_the_way_to_the_keys():
    browser = browser_of("key_holder", member=make_member("vientiane", country="LA"))
    assert 'href="/keys/"' in text_of(browser.get("/desk/"))


def test_the_secretariat_finds_members_that_are_asked_and_nobody_speaks_for():
    make_alliance()
    for number in range(1, 6):
        make_member(f"member-{number}", country="LA", names={"en": f"School {number}"})
    call = open_call(make_call())
    page = text_of(browser_of("secretariat").get("/desk/"))
    assert "Nobody speaks for School 5" in page and 'href="/members/member-1/seats/"' in page
    make_member("member-6", country="LA")
    AskedMember.objects.create(call=call, organisation=Organisation.objects.get(reference="member-6"))
    page = text_of(browser_of("secretariat").get("/desk/"))
    assert "Nobody speaks for 6 members that are asked" in page and f'href="/data-calls/{call.reference}/"' in page
    assert "Nobody speaks for" not in text_of(browser_of("council").get("/desk/"))
