"""A learner in a company, on pages: placed, with tasks, the own logbook, the mentor's word by a link, visits, and an early end."""

from datetime import date
from hashlib import sha256

import pytest
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from corridor.foundations.documents.models import Document
from corridor.rooms.training.models import LogbookEntry, MentorLink, Placement, PlacementWeek
from tests.factories.members import make_alliance, make_member
from tests.factories.papers import PDF
from tests.factories.training import make_cohort, make_enrolment
from tests.web.people_at_work import make_colleague, manager_of
from tests.web.readers import text_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today", "alliance")]
PLACED = {
    "learner": "1", "company": "mekong-fleet", "starts_on": "2024-01-22", "ends_on": "2024-03-15", "hours": "240",
    "mentor_name": "Somchai", "mentor_email": "mentor@mekong.example", "mentor_language": "en", "insurance": "Lane Xang 7",
    "insured_until": "2024-03-31",
}  # fmt: skip


@pytest.fixture
def alliance():
    made = make_alliance()
    make_member("mekong-fleet", country="LA", kind="company")
    return made


@pytest.fixture
def khamla():
    return make_colleague("khamla")


@pytest.fixture
def manager(khamla):
    cohort = make_cohort("COH-1", starts_on=date(2024, 1, 8), ends_before=date(2024, 7, 1))
    make_enrolment(cohort, person=khamla[0])
    return manager_of(cohort.site)


@pytest.fixture
def placed(manager):
    assert manager.post("/cohorts/COH-1/placements/new/", PLACED).status_code == 302
    return Placement.objects.get()


def link_of(manager, placed):
    page = text_of(manager.post(f"/placements/{placed.reference}/link/", {"do": "make"}))
    return page.split('id="secret"')[1].split('value="')[1].split('"')[0].removeprefix("http://testserver")


def test_a_placement_gets_its_number_and_stands_in_the_list(manager, placed):
    assert placed.reference == "PLC-2024-0001"
    assert "1 placement in a company" in text_of(manager.get("/cohorts/COH-1/placements/"))


def test_the_page_says_until_when_the_learner_is_insured_and_the_own_path_leads_there(placed, khamla):
    page = text_of(khamla[1].get(f"/placements/{placed.reference}/"))
    assert "Lane Xang 7" in page
    assert "until 31 March 2024" in page
    assert f"/placements/{placed.reference}/" in text_of(khamla[1].get("/learn/"))


def send_contract(client, placed, name="contract.pdf", content=None):
    sent = SimpleUploadedFile(name, content or PDF, "application/pdf")
    return client.post(f"/placements/{placed.reference}/contract/", {"contract": sent})


def test_the_signed_contract_is_filed_shown_with_its_fingerprint_and_replaced(manager, placed, khamla):
    address = f"/placements/{placed.reference}/"
    assert "not filed yet" in text_of(manager.get(address))
    assert manager.get(f"{address}contract/").status_code == 404
    assert send_contract(manager, placed).status_code == 302
    placed.refresh_from_db()
    first = placed.contract
    page = text_of(manager.get(address))
    assert "contract.pdf" in page
    assert first.sha256[:8] in page
    opened = khamla[1].get(f"{address}contract/")
    assert sha256(opened.content).hexdigest() == first.sha256
    assert send_contract(manager, placed, content=PDF + b"\n%signed again").status_code == 302
    assert not Document.objects.filter(pk=first.pk).exists()
    assert Document.objects.count() == 1


def test_what_is_no_contract_is_refused_and_a_learner_files_none(manager, placed, khamla):
    refused = send_contract(manager, placed, name="contract.exe", content=b"MZ")
    assert (refused.status_code, "Send the contract as a PDF" in text_of(refused)) == (422, True)
    assert manager.post(f"/placements/{placed.reference}/contract/").status_code == 422
    assert send_contract(khamla[1], placed).status_code == 403
    manager.post(f"/placements/{placed.reference}/end/", {"on": "2024-02-01", "because": "The company closed"})
    assert send_contract(manager, placed).status_code == 409


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"company": "nobody"}, "nobody"),
        ({"ends_on": "2024-01-01"}, "A placement ends on or after its first day."),
        ({"insured_until": "2024-02-01"}, "The insurance ends before the placement does"),
        ({"insurance": ""}, "Say which insurance it is."),
        ({"mentor_email": "nowhere"}, "e-mail"),
    ],
    ids=["company", "days", "insured too short", "which insurance", "address"],
)
def test_a_placement_that_cannot_be_is_sent_back(manager, wrong, said):
    answer = manager.post("/cohorts/COH-1/placements/new/", {**PLACED, **wrong})
    assert answer.status_code == 422
    assert said in text_of(answer)
    assert not Placement.objects.exists()


def test_nobody_is_in_two_companies_at_once(manager, placed):
    answer = manager.post(
        "/cohorts/COH-1/placements/new/", {**PLACED, "starts_on": "2024-03-15", "ends_on": "2024-03-20"}
    )
    assert "placed elsewhere in these days: PLC-2024-0001" in text_of(answer)


def test_the_learner_writes_the_logbook_and_the_mentor_confirms_the_week_by_the_link(
    manager, placed, khamla, django_capture_on_commit_callbacks
):
    own = khamla[1]
    manager.post("/placements/PLC-2024-0001/tasks/", {"tasks": "VI-1: Inspect brakes\nSweep the yard"})
    sent = {"on": "2024-01-22", "minutes": "480", "task": "1", "text": "Brakes of two lorries"}
    assert own.post("/placements/PLC-2024-0001/logbook/", sent).status_code == 302
    assert "Brakes of two lorries" in text_of(own.get("/placements/PLC-2024-0001/"))
    with django_capture_on_commit_callbacks(execute=True):
        address = link_of(manager, placed)
    assert [each.to for each in mail.outbox] == [["mentor@mekong.example"]]
    assert address in mail.outbox[0].body
    mentor = Client()
    assert "Brakes of two lorries" in text_of(mentor.get(address))
    differs = mentor.post(address, {"week": "2024-01-22", "hours": "6.5", "remark": ""})
    assert "The logbook says otherwise" in text_of(differs)
    assert mentor.post(address, {"week": "2024-01-22", "hours": "6.5", "remark": "Left at three"}).status_code == 302
    week = PlacementWeek.objects.get()
    assert (week.minutes, week.logged_minutes, week.remark) == (390, 480, "Left at three")
    again = mentor.post(address, {"week": "2024-01-22", "hours": "8", "remark": ""})
    assert again.status_code == 409
    changed = own.post("/placements/PLC-2024-0001/logbook/", {**sent, "minutes": "600"})
    assert "has confirmed the week" in text_of(changed)
    assert LogbookEntry.objects.get().minutes == 480


def test_a_link_that_was_replaced_or_taken_away_opens_nothing(manager, placed):
    first = link_of(manager, placed)
    second = link_of(manager, placed)
    assert [Client().get(each).status_code for each in (first, second)] == [404, 200]
    assert all(first.split("/")[2] not in each.digest for each in MentorLink.objects.all())
    manager.post("/placements/PLC-2024-0001/link/", {"do": "end"})
    assert Client().get(second).status_code == 404


@pytest.mark.parametrize("week", ["2024-01-23", "2024-04-01", "2024-02-05"], ids=["no Monday", "after it", "to come"])
def test_only_weeks_of_the_placement_that_have_begun_are_confirmed(manager, placed, week):
    answer = Client().post(link_of(manager, placed), {"week": week, "hours": "0", "remark": ""})
    assert answer.status_code == 422


def test_nobody_else_writes_the_logbook_or_sees_the_placement(manager, placed):
    assert (
        manager.post(
            "/placements/PLC-2024-0001/logbook/", {"on": "2024-01-22", "minutes": "60", "text": "x"}
        ).status_code
        == 403
    )
    _nimali, stranger = make_colleague("nimali")
    assert stranger.get("/placements/PLC-2024-0001/").status_code == 404


def test_visits_stand_on_the_page_and_a_placement_is_broken_off_with_a_reason(manager, placed):
    assert manager.post("/placements/PLC-2024-0001/visits/", {"on": "2024-05-01", "found": "x"}).status_code == 422
    assert (
        manager.post("/placements/PLC-2024-0001/visits/", {"on": "2024-02-01", "found": "All well"}).status_code == 302
    )
    assert "All well" in text_of(manager.get("/placements/PLC-2024-0001/"))
    address = link_of(manager, placed)
    assert manager.post("/placements/PLC-2024-0001/end/", {"on": "2024-02-02", "because": ""}).status_code == 422
    assert (
        manager.post("/placements/PLC-2024-0001/end/", {"on": "2024-02-02", "because": "The depot closes"}).status_code
        == 302
    )
    assert Client().get(address).status_code == 404
    assert manager.post("/placements/PLC-2024-0001/change/", PLACED).status_code == 409
