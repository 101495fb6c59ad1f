"""The pages of trainers: the register, one trainer, the cascade, watched sessions, postings and trips."""

import csv
from datetime import date
from io import StringIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from corridor.rooms.training.models import AgreedAction, ObservedSession, Rubric, Stay, Trainer
from tests.factories.curricula import make_version
from tests.factories.members import make_member
from tests.factories.people import make_people, make_person
from tests.factories.trainers import (
    make_observed,
    make_rubric,
    make_session_taught,
    make_stay,
    make_teachers_trained,
    make_trainer,
)
from tests.factories.training import make_ground
from tests.web.people_at_work import make_colleague
from tests.web.readers import browser_of, text_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today")]
FIRST, LEARNED = date(2023, 1, 9), date(2023, 2, 10)


@pytest.fixture
def secretariat():
    return browser_of("secretariat")


def test_a_trainer_is_written_into_the_register_and_described(secretariat):
    make_person("khamla"), make_member("vientiane", country="LA"), make_version()
    sent = secretariat.post(
        "/trainers/register/", {"person": "khamla", "employer": "vientiane", "starts_on": "2023-01-09"}
    )
    assert sent.status_code == 302
    page = "/trainers/of/khamla/"
    unit = make_version(version="2.0").units.first()
    assert (
        secretariat.post(
            f"{page}languages/", {"language": "en", "scale": "cefr", "level": "B2", "source": "test"}
        ).status_code
        == 302
    )
    assert secretariat.post(f"{page}units/", {"unit": str(unit.pk)}).status_code == 302
    paper = SimpleUploadedFile("paper.txt", b"Welder", "text/plain")
    said = {
        "what": "Welder",
        "awarded_by": "A body",
        "awarded_on": "2020-05-02",
        "valid_until": "2021-05-01",
        "paper": paper,
    }
    assert secretariat.post(f"{page}qualifications/", said).status_code == 302
    shown = text_of(secretariat.get(page))
    for words in ("CEFR B2, By a test here", unit.code, "Welder", "Expired", "paper.txt"):
        assert words in shown
    assert secretariat.post(f"{page}correct/", {"starts_on": "2023-01-09", "ends_on": "2023-12-31"}).status_code == 302
    khamla = Trainer.objects.get()
    assert (khamla.held_before, khamla.employer, khamla.languages.count()) == (date(2024, 1, 1), None, 1)
    secretariat.post(f"{page}languages/drop/", {"language": "en", "scale": "cefr"})
    secretariat.post(f"{page}units/drop/", {"unit": str(unit.pk)})
    secretariat.post(f"{page}qualifications/{khamla.qualifications.get().pk}/drop/")
    assert (khamla.languages.count(), khamla.units.count(), khamla.qualifications.count()) == (0, 0, 0)


def test_what_cannot_be_is_shown_at_its_field(secretariat):
    make_trainer(make_person("khamla"))
    again = secretariat.post("/trainers/register/", {"person": "khamla", "starts_on": "2023-01-09"})
    assert again.status_code == 409
    assert "stands in the register" in text_of(again)
    unknown = secretariat.post("/trainers/register/", {"person": "nobody", "starts_on": "2023-01-09"})
    assert "There is no person nobody" in text_of(unknown)
    said = {"language": "zh-Hans", "scale": "hsk_2010", "level": "9", "source": "test"}
    wrong = secretariat.post("/trainers/of/khamla/languages/", said)
    assert wrong.status_code == 422
    assert "no level of this scale" in text_of(wrong)


def test_an_empty_register_says_who_fills_it(secretariat):
    assert "No trainer is written down" in text_of(secretariat.get("/trainers/"))
    assert "No trainer fits this" in text_of(secretariat.get("/trainers/?language=lo"))
    assert secretariat.get("/trainers/?language=nonsense-tag").status_code == 422
    assert "Whoever completes a cohort of teachers" in text_of(secretariat.get("/trainers/cascade/"))
    assert "No posting and no trip is written down" in text_of(secretariat.get("/trainers/stays/"))


def test_a_trainer_reads_the_own_page_and_nobody_elses():
    khamla, browser = make_colleague("khamla")
    make_trainer(khamla)
    make_trainer(make_person("nimali"))
    assert browser.get("/trainers/of/khamla/").status_code == 200
    assert browser.get("/trainers/of/nimali/").status_code == 404
    assert browser.get("/trainers/of/khamla/correct/").status_code == 403


def test_the_cascade_is_a_table_a_tree_and_a_sheet(secretariat):
    mei, khamla, nimali = make_person("mei"), make_person("khamla"), make_person("nimali")
    make_teachers_trained("TT-1", trainers=[mei], teachers=[khamla, nimali], starts_on=FIRST, completed_on=LEARNED)
    make_session_taught("COH-1", trainer=khamla, on=date(2024, 1, 8))
    table = text_of(secretariat.get("/trainers/cascade/"))
    assert "2 teachers were trained; 1 have not taught 90 days after" in table
    assert "1 of 2" in table
    tree = secretariat.get("/trainers/cascade/?view=tree")
    assert tree.content.count(b"<details") >= 1
    assert "2 below" in text_of(tree)
    sheet = secretariat.get("/trainers/cascade/?teaching=has_not_taught&format=csv")
    rows = list(csv.DictReader(StringIO(sheet.content.decode("utf-8-sig"))))
    assert [(row["person"], row["generation"], row["trained_by"]) for row in rows] == [("nimali", "1", "mei")]


def test_a_long_cascade_comes_a_page_at_a_time(secretariat):
    mei = make_person("mei")
    make_teachers_trained(
        "TT-1", trainers=[mei], teachers=make_people(55, prefix="t"), starts_on=FIRST, completed_on=LEARNED
    )
    first = secretariat.get("/trainers/cascade/")
    rest = secretariat.get("/trainers/cascade/", {"after": first.context["next_after"]})
    found = [row.who.reference for page in (first, rest) for row in page.context["rows"]]
    assert (len(found), len(set(found)), rest.context["next_after"]) == (56, 56, "")


def test_who_has_not_taught_stands_on_the_desk_of_the_member_that_sent_them():
    colombo = make_member("colombo", country="LK")
    mei, nimali = make_person("mei"), make_person("nimali")
    make_teachers_trained(
        "TT-1", trainers=[mei], teachers=[nimali], starts_on=FIRST, completed_on=LEARNED, sending_organisation=colombo
    )
    desk = text_of(browser_of("coordinator", member=colombo).get("/desk/"))
    assert "One trained teacher has not taught 90 days after" in desk
    make_session_taught("COH-1", trainer=nimali, on=date(2023, 6, 6))
    assert "not taught 90 days after" not in text_of(browser_of("coordinator", member=colombo).get("/desk/"))


def test_a_session_is_watched_and_what_was_agreed_is_settled(secretariat):
    khamla, mei = make_person("khamla"), make_person("mei")
    session = make_session_taught("COH-1", trainer=khamla, on=date(2023, 5, 2))
    make_trainer(khamla)
    assert "No rubric is in use" in text_of(secretariat.get("/trainers/of/khamla/watch/"))
    rubric = {
        "code": "teaching", "version": "1", "starts_on": "2023-01-01", "language": "en", "criteria": "Aim\r\nWork\r\n",
        "levels": "No\r\nYes",
    }  # fmt: skip
    assert secretariat.post("/trainers/rubrics/new/", rubric).status_code == 302
    assert Rubric.objects.get().lines.count() == 4
    said = {
        "session": str(session.pk), "observer": mei.reference, "c1": "1", "c2": "2", "remarks": "Calm.",
        "agreed_1": "Say the aim", "due_1": "2024-02-01",
    }  # fmt: skip
    assert secretariat.post("/trainers/of/khamla/watch/", said | {"due_1": ""}).status_code == 422
    assert secretariat.post("/trainers/of/khamla/watch/", said | {"observer": "khamla"}).status_code == 409
    assert secretariat.post("/trainers/of/khamla/watch/", said).status_code == 302
    watched = ObservedSession.objects.get()
    page = text_of(secretariat.get(f"/trainers/of/khamla/watched/{watched.pk}/"))
    for words in ("Calm.", "Say the aim", "Overdue"):
        assert words in page
    action = AgreedAction.objects.get()
    settle = f"/trainers/of/khamla/watched/{watched.pk}/agreed/{action.pk}/"
    assert secretariat.post(settle, {"on": "2024-02-01"}).status_code == 302
    assert secretariat.post(settle, {"on": "2024-02-01"}).status_code == 409


def test_a_watched_session_is_read_in_the_readers_language(secretariat):
    khamla = make_person("khamla")
    rubric = make_rubric()
    rubric.lines.get(part="criterion", position=1).texts.create(language="zh-Hans", text="说明目标")
    session = make_session_taught("COH-1", trainer=khamla, on=date(2023, 5, 2))
    watched = make_observed(make_trainer(khamla), session=session, observer=make_person("mei"), rubric=rubric)
    page = secretariat.get(f"/trainers/of/khamla/watched/{watched.pk}/", headers={"Accept-Language": "zh-hans"})
    assert "说明目标" in page.content.decode()


def test_postings_and_trips_are_written_down_corrected_and_taken_away(secretariat):
    make_ground()
    make_person("mei")
    trip = {
        "person": "mei", "kind": "trip", "sent_by": "chongqing", "country": "la", "city": "Vientiane", "starts_on": "2023-10-02",
        "ends_on": "2023-10-06", "purpose": "To guide",
    }  # fmt: skip
    assert secretariat.post("/trainers/stays/new/", trip).status_code == 302
    stay = Stay.objects.get()
    page = text_of(secretariat.get("/trainers/stays/?since=2023-10-01&until=2023-10-31"))
    assert "5 person-days away from home" in page
    again = secretariat.post("/trainers/stays/new/", trip)
    assert again.status_code == 409
    assert secretariat.post(f"/trainers/stays/{stay.pk}/correct/", trip | {"ends_on": "2023-10-04"}).status_code == 302
    assert secretariat.post(f"/trainers/stays/{stay.pk}/correct/", trip | {"kind": "posting"}).status_code == 422
    course = trip | {"kind": "learning", "cost": "1250.5", "currency": "cny"}
    assert secretariat.post(f"/trainers/stays/{stay.pk}/correct/", course).status_code == 302
    assert "1,250.50\u00a0CNY" in text_of(secretariat.get("/trainers/stays/?since=2023-10-01&until=2023-10-31"))
    refused = secretariat.post(f"/trainers/stays/{stay.pk}/correct/", course | {"currency": ""})
    assert "Name the currency of the cost" in text_of(refused)
    assert secretariat.post(f"/trainers/stays/{stay.pk}/remove/").status_code == 302
    assert not Stay.objects.exists()


def test_days_that_two_stays_share_are_named(secretariat):
    mei = make_person("mei")
    make_stay(mei, starts_on=date(2023, 10, 2), ends_before=date(2023, 10, 9))
    make_stay(mei, kind="posting", site=make_ground()[1], starts_on=date(2023, 10, 6), ends_before=date(2023, 10, 20))
    page = text_of(secretariat.get("/trainers/stays/?since=2023-10-01&until=2023-10-31"))
    assert "18 person-days" in page
    assert "Days that two of them share" in page
    assert secretariat.get("/trainers/stays/?since=2023-10-31&until=2023-10-01").status_code == 422
