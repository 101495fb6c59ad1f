"""Registering without an account, the delegate's own link, the list, and the door."""

import json
from datetime import date
from uuid import uuid4

import pytest

from corridor.rooms.conferences.delegating import card_print
from corridor.rooms.conferences.models import Delegate, RegistrationPart, Scan
from tests.factories.conferences import make_conference, make_delegate, open_registration
from tests.factories.members import make_alliance, make_member
from tests.web.readers import browser_of, text_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today")]
SENT = {
    "name": "ຄຳຫຼ້າ",
    "latin_name": "Khamla",
    "email": "khamla@example.org",
    "language": "lo",
    "comes_from": "A ministry",
    "country": "LA",
}


@pytest.fixture
def conference():
    made = make_conference("CONF-2024", starts_on=date(2024, 2, 20), ends_before=date(2024, 2, 22), is_held=False)
    open_registration(made)
    return made


@pytest.fixture
def own(client, conference):
    """The address of Khamla's own page."""
    return client.post("/conferences/CONF-2024/register/", SENT).url


def test_somebody_registers_without_an_account_and_comes_back_by_the_link(client, conference, own):
    assert own.startswith("/delegates/")
    page = client.get(own)
    for words in ("ຄຳຫຼ້າ", "Khamla", "A ministry", "DLG-2024-0001", Delegate.objects.get().card[:4]):
        assert words in text_of(page)
    assert page["Referrer-Policy"] == "same-origin"
    assert client.get(f"{own}card.pdf").content.startswith(b"%PDF")
    assert client.get("/delegates/nothing/").status_code == 404


def test_what_is_missing_is_told_at_its_field_and_nothing_is_lost(client, conference):
    secretariat = browser_of("secretariat")
    sent = {
        "code": "meals",
        "title_en": "What do you eat?",
        "answer": "one_of",
        "need": "required",
        "options": "Everything\nHalal",
    }
    assert secretariat.post("/conferences/CONF-2024/delegates/questions/", sent).status_code == 302
    answer = client.post("/conferences/CONF-2024/register/", SENT)
    assert answer.status_code == 422
    assert "Please answer this." in text_of(answer)
    assert 'value="ຄຳຫຼ້າ"' in text_of(answer)
    assert client.post("/conferences/CONF-2024/register/", SENT | {"meals": "option-2"}).status_code == 302
    question = RegistrationPart.objects.get(code="meals")
    away = secretariat.post(f"/conferences/CONF-2024/delegates/questions/{question.pk}/")
    assert away.status_code == 409


def test_the_page_says_when_it_opens_and_when_it_is_over(client, conference):
    open_registration(conference, opens_on=date(2024, 2, 10))
    assert "It begins on 10 February 2024." in text_of(client.get("/conferences/CONF-2024/register/"))
    open_registration(conference, opens_on=date(2023, 1, 1), closes_before=date(2024, 1, 1))
    assert "Its days are over." in text_of(client.get("/conferences/CONF-2024/register/"))
    assert client.post("/conferences/CONF-2024/register/", SENT).status_code == 409
    assert not Delegate.objects.exists()


def test_a_member_is_chosen_by_its_name(client, conference):
    make_member("vientiane", country="LA")
    own = client.post("/conferences/CONF-2024/register/", SENT | {"member": "vientiane", "comes_from": ""}).url
    assert Delegate.objects.get().organisation.reference == "vientiane"
    assert client.get(own).status_code == 200


def test_a_letter_for_a_visa_is_asked_for_issued_and_printed(client, own):
    make_alliance()
    assert "Ask for a letter" in text_of(client.get(own))
    assert (
        client.post(f"{own}letter/", {"passport": "1", "nationality": "LA", "born_on": "1990-05-01"}).status_code == 422
    )
    client.post(f"{own}letter/", {"passport": "P1234567", "nationality": "LA", "born_on": "1990-05-01"})
    assert client.get(f"{own}letter.pdf").status_code == 404
    secretariat = browser_of("secretariat")
    assert "Letters wanted" in text_of(secretariat.get("/conferences/CONF-2024/delegates/?state=letters"))
    secretariat.post("/conferences/CONF-2024/delegates/DLG-2024-0001/letter/")
    assert client.get(f"{own}letter.pdf").content.startswith(b"%PDF")


def test_a_refused_letter_says_why_to_the_delegate(client, own):
    client.post(f"{own}letter/", {"passport": "P1234567", "nationality": "LA", "born_on": "1990-05-01"})
    refuse = "/conferences/CONF-2024/delegates/DLG-2024-0001/letter/refuse/"
    assert browser_of("secretariat").post(refuse, {"reason": "Come with your school."}).status_code == 302
    assert "Come with your school." in text_of(client.get(own))


def test_the_delegate_is_listed_withdraws_and_takes_everything_away(client, own):
    client.post(f"{own}change/", {"what": "list"})
    secretariat = browser_of("secretariat")
    listed = secretariat.get("/conferences/CONF-2024/delegates/participants/?format=csv")
    assert "ຄຳຫຼ້າ,Khamla,A ministry,Laos" in listed.content.decode("utf-8-sig")
    assert "khamla@example.org" not in listed.content.decode("utf-8-sig")
    client.post(f"{own}change/", {"what": "withdraw"})
    assert client.get(f"{own}card.pdf").status_code == 404
    assert client.post(f"{own}change/", {"what": "forget"}).status_code == 302
    assert client.get(own).status_code == 404
    assert "Taken away" in text_of(secretariat.get("/conferences/CONF-2024/delegates/"))


def test_cards_are_printed_for_all_on_one_sheet_or_one_by_one(conference):
    secretariat = browser_of("secretariat")
    assert secretariat.get("/conferences/CONF-2024/delegates/cards.pdf").status_code == 404
    for number in range(5):
        make_delegate(conference, f"d{number}@example.org")
    for paper in ("a4", "a6"):
        assert secretariat.get(f"/conferences/CONF-2024/delegates/cards.pdf?paper={paper}").content.startswith(b"%PDF")


def test_the_door_tells_names_to_the_phone_and_keeps_each_scan_once(conference):
    made = make_delegate(conference)
    secretariat = browser_of("secretariat")
    told = secretariat.get("/conferences/CONF-2024/door/names.json").json()
    mark = card_print(made.delegate.card)
    assert told == {"delegates": [{"print": mark, "name": "梅", "whence": "A school"}], "arrived": {}}
    key, unknown = str(uuid4()), str(uuid4())
    scans = [
        {"key": key, "print": mark, "at": "2024-02-20T01:00:00Z"},
        {"key": unknown, "print": "0" * 64, "at": "2024-02-20T01:00:00Z"},
    ]
    for _time in range(2):
        answer = secretariat.post(
            "/conferences/CONF-2024/door/scans/",
            json.dumps({"device": "a", "scans": scans}),
            content_type="application/json",
        )
        assert answer.json() == {"kept": [key], "unknown": [unknown]}
    assert Scan.objects.count() == 1
    assert list(secretariat.get("/conferences/CONF-2024/door/names.json").json()["arrived"]) == [mark]


@pytest.mark.parametrize("body", ["", "[]", "{}", '{"scans": [{"key": "x"}]}', '{"scans": 3}'])
def test_what_are_no_scans_is_refused_with_a_sentence(conference, body):
    answer = browser_of("secretariat").post("/conferences/CONF-2024/door/scans/", body, content_type="application/json")
    assert (answer.status_code, answer.json()["code"]) == (422, "BadInput")
