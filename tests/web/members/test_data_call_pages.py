"""A data call from the secretariat's draft to the coordinator's answer, on pages."""

from datetime import date
from html import unescape

import pytest

from corridor.rooms.indicators.models import Claim
from corridor.rooms.members.models import AskedMember, DataCall
from tests.factories.data_calls import ASKS_POSTS, ASKS_YES_NO, answer_call, make_call, open_call
from tests.factories.demand import make_demand
from tests.factories.members import make_alliance, make_member
from tests.web.readers import browser_of, statements_of, text_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today")]


@pytest.fixture
def vientiane():
    make_alliance()
    return make_member("vientiane", country="LA", kind="company")


def test_the_secretariat_drafts_a_call_opens_it_and_the_coordinator_finds_it_on_the_desk(vientiane):
    mei, khamla = browser_of("secretariat"), browser_of("coordinator", member=vientiane)
    made = mei.post("/data-calls/new/", {"title": "Yearly numbers", "due_on": "2024-02-20"})
    reference = DataCall.objects.get().reference
    assert (reference, made.headers["Location"]) == ("DTC-2024-0001", f"/data-calls/{reference}/")
    asked = {
        "text": "Posts wanted in 2023", "kind": "figure", "need": "required", "counted": "demand.posts_stated/employer",
        "first_day": "2023-01-01", "last_day": "2023-12-31", "version": "1",
    }  # fmt: skip
    assert mei.post(f"/data-calls/{reference}/questions/", asked).status_code == 302
    assert mei.post(f"/data-calls/{reference}/questions/", asked).status_code == 409
    assert mei.post(f"/data-calls/{reference}/open/").status_code == 302
    desk = text_of(khamla.get("/desk/"))
    assert "“Yearly numbers”" in desk
    assert f"/data-calls/{reference}/answers/vientiane/" in desk


def test_the_coordinator_confirms_saves_and_sends(vientiane):
    make_demand(employer=vientiane, posts=45)
    call, khamla = open_call(make_call(ASKS_POSTS, ASKS_YES_NO)), browser_of("coordinator", member=vientiane)
    address = f"/data-calls/{call.reference}/answers/vientiane/"
    page = text_of(khamla.get(address))
    assert "The records give 45." in page
    assert "/figures/demand.posts_stated/evidence/?from=2023-01-01&amp;to=2023-12-31" in page
    assert khamla.post(address, {"version": "0", "q1": "45", "why1": "", "q2": ""}).status_code == 302
    unfinished = khamla.post(address, {"version": "1", "q1": "45", "why1": "", "q2": "", "send": "1"})
    assert unfinished.status_code == 422
    assert "Question 2 is still open." in text_of(unfinished)
    assert khamla.post(address, {"version": "0", "q1": "45", "why1": "", "q2": "yes", "send": "1"}).status_code == 409
    assert khamla.post(address, {"version": "1", "q1": "45", "why1": "", "q2": "yes", "send": "1"}).status_code == 302
    assert AskedMember.objects.get().answered_at is not None
    page = text_of(browser_of("auditor").get(f"/data-calls/{call.reference}/"))
    assert "With the silent ones, between 100.0% and 100.0%" in page


def test_what_was_sent_is_read_beside_what_the_records_give_now(vientiane):
    make_demand(employer=vientiane, posts=45)
    call = open_call(make_call(ASKS_POSTS))
    answer_call(call, vientiane, "50")
    make_demand("DEM-2023-0008", employer=vientiane, posts=10)
    address, mei = f"/data-calls/{call.reference}/answers/vientiane/", browser_of("secretariat")
    page = text_of(mei.get(address))
    assert "They give 55 now." in page
    link = unescape(page).split('href="/figures/demand.posts_stated/evidence/')[1].split('"')[0]
    assert mei.get(f"/figures/demand.posts_stated/evidence/{link}").status_code == 200
    assert "They give" not in text_of(browser_of("council").get(address))


def test_a_draft_gets_another_deadline(vientiane):
    call, mei = make_call(due_on=date(2024, 1, 10)), browser_of("secretariat")
    address = f"/data-calls/{call.reference}/deadline/"
    assert 'value="2024-01-10"' in text_of(mei.get(address))
    assert mei.post(address, {"due_on": "2024-02-20", "version": "9"}).status_code == 409
    assert mei.post(address, {"due_on": "2024-02-20", "version": "1"}).status_code == 302
    assert DataCall.objects.get().due_on == date(2024, 2, 20)


def test_answers_leave_as_a_sheet(vientiane):
    make_demand(employer=vientiane, posts=45)
    call, khamla = open_call(make_call(ASKS_POSTS)), browser_of("coordinator", member=vientiane)
    address = f"/data-calls/{call.reference}/answers/vientiane/"
    sent = {"version": "0", "q1": "50", "why1": "=Five by telephone", "send": "1"}
    assert khamla.post(address, sent).status_code == 302
    sheet = browser_of("auditor").get(f"/data-calls/{call.reference}/answers/?format=csv").content.decode("utf-8-sig")
    assert sheet.splitlines()[1].endswith(",50,45,'=Five by telephone")
    assert khamla.get(f"/data-calls/{call.reference}/answers/?format=csv").status_code == 403


def test_the_page_asks_as_little_for_many_as_for_few(vientiane):
    for number in range(3):
        make_member(f"m-{number}")
    few, many = open_call(make_call()), None
    auditor = browser_of("auditor")
    little = statements_of(auditor, f"/data-calls/{few.reference}/")
    for number in range(3, 30):
        make_member(f"m-{number}")
    many = open_call(make_call())
    assert statements_of(auditor, f"/data-calls/{many.reference}/") == little


def test_a_call_that_is_not_open_is_read_and_not_answered(vientiane):
    call, khamla = make_call(), browser_of("coordinator", member=vientiane)
    assert khamla.get(f"/data-calls/{call.reference}/").status_code == 404
    assert khamla.get(f"/data-calls/{call.reference}/answers/vientiane/").status_code == 404


def test_an_answer_is_held_beside_a_claim_and_visitors_do_not_read_it(vientiane, client):
    call = open_call(make_call())
    answer_call(call, vientiane, "yes")
    Claim.objects.create(
        reference="abroad", position=1, words="several train abroad", kind="words", code="members.active",
        on_day=date(2024, 1, 18), source="News",
    )  # fmt: skip
    mei, address = browser_of("secretariat"), f"/data-calls/{call.reference}/answers/vientiane/"
    assert f"{address}1/claim/" in text_of(mei.get(address))
    for _twice in range(2):
        assert mei.post(f"{address}1/claim/", {"claim": "abroad", "note": "Says so itself"}).status_code == 302
    assert text_of(mei.get("/figures/claims/")).count("Vientiane College answered: yes") == 1
    assert "answered: yes" not in text_of(client.get("/figures/claims/"))
