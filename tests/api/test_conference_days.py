"""The agenda, contributions, delegates and the door of a conference, through the API."""

from datetime import date, datetime
from uuid import UUID

import pytest

from corridor.foundations.access import NIGHTLY, VISITOR
from corridor.rooms.conferences.actions import (
    ItemDraft,
    ask_for_visa_letter,
    call_for_contributions,
    put_on_agenda,
    recognise_delegate,
)
from corridor.rooms.conferences.kinds import ItemKind
from corridor.rooms.conferences.models import AgendaItem, Contribution, Delegate, Scan
from tests.factories.actors import make_user
from tests.factories.conferences import (
    HELD_ON,
    REGISTERED_AT,
    make_conference,
    make_contribution,
    make_delegate,
    open_registration,
)
from tests.factories.members import make_member, make_seat
from tests.factories.tokens import Machine, machine_of

pytestmark = pytest.mark.django_db
ITEM = {
    "kind": "talk",
    "titles": {"en": "Brakes"},
    "room": "Hall A",
    "starts_at": "2024-11-21T01:00:00Z",
    "ends_at": "2024-11-21T02:00:00Z",
    "speakers": [{"name": "Mei Lin", "comes_from": "Chongqing"}],
}
SENT = {
    "member": "vientiane",
    "title": "Lamps",
    "abstract": "How we teach lamps.",
    "language": "en",
    "speakers": ["Khamla"],
}
DELEGATE = {"name": "梅", "latin_name": "Mei", "email": "mei@example.org", "comes_from": "A school", "country": "CN"}
URL = "/conferences/CONF-2024"
FIRST, SECOND = UUID(int=1), UUID(int=2)


def seated(name: str, role: str, **more: object) -> Machine:
    user = make_user(name)
    make_seat(user, role, **more)
    return machine_of(user)


@pytest.fixture(autouse=True)
def today(settings):
    settings.EXAMPLE_DAY = date(2024, 2, 2)


@pytest.fixture
def planned():
    made = make_conference("CONF-2024", starts_on=date(2024, 11, 21), is_held=False)
    call_for_contributions(conference=made, opens_on=date(2024, 1, 1), closes_before=date(2024, 6, 1), by=NIGHTLY)
    open_registration(made)
    return made


@pytest.fixture
def vientiane():
    return make_member("vientiane", country="LA")


@pytest.fixture
def secretariat(planned):
    return seated("li-na", "secretariat")


@pytest.fixture
def khamla(vientiane):
    return seated("khamla", "coordinator", member=vientiane)


def test_an_agenda_is_read_in_instants(visitor):
    conference = make_conference()
    day = datetime.combine(HELD_ON, datetime.min.time())
    items = [
        ItemDraft(ItemKind.TALK, day.replace(hour=hour), day.replace(hour=hour + 1), {"en": "Talk"}, hall="A")
        for hour in (9, 10)
    ]
    put_on_agenda(conference=conference, items=items, by=NIGHTLY)
    first = visitor.get("/conferences/CONF-2023/agenda?limit=1").json()
    assert (first["rows"][0]["starts_at"], first["rows"][0]["room"]) == ("2023-11-23T01:00:00Z", "A")
    assert (
        visitor.get(f"/conferences/CONF-2023/agenda?limit=1&after={first['next']}").json()["rows"][0]["starts_at"]
        == "2023-11-23T02:00:00Z"
    )


def test_an_item_is_made_once_and_changed_in_the_version_that_was_read(secretariat, khamla, visitor):
    made = secretariat.post(f"{URL}/agenda", ITEM, idempotency_key="i-1")
    assert made.status_code == 201
    assert secretariat.post(f"{URL}/agenda", ITEM, idempotency_key="i-1").json() == made.json()
    assert AgendaItem.objects.count() == 1
    assert khamla.post(f"{URL}/agenda", ITEM, idempotency_key="i-2").status_code == 403
    clash = secretariat.post(f"{URL}/agenda", ITEM | {"titles": {"en": "Lamps"}}, idempotency_key="i-3")
    assert (clash.status_code, "Hall A is taken" in clash.json()["detail"]) == (409, True)
    one = f"{URL}/agenda/{made.json()['id']}"
    later = ITEM | {"ends_at": "2024-11-21T03:00:00+00:00"}
    assert secretariat.put(one, later).status_code == 428
    tag = visitor.etag(one)
    assert secretariat.put(one, later, if_match=tag).json()["ends_at"] == "2024-11-21T03:00:00Z"
    assert secretariat.delete(one, if_match=tag).status_code == 412
    assert secretariat.delete(one, if_match=secretariat.etag(one)).status_code == 204
    assert visitor.get(one).status_code == 404


def test_an_hour_that_comes_twice_is_told_apart_by_its_instant(secretariat):
    make_conference("CONF-X", starts_on=date(2024, 10, 27), is_held=False)
    conference = make_conference("CONF-Y", starts_on=date(2024, 10, 26), is_held=False)
    conference.zone = "Europe/Berlin"
    conference.ends_before = date(2024, 10, 28)
    conference.save()
    night = ITEM | {"starts_at": "2024-10-27T01:15:00Z", "ends_at": "2024-10-27T01:45:00Z"}
    made = secretariat.post("/conferences/CONF-Y/agenda", night, idempotency_key="n").json()
    assert (made["starts_at"], made["ends_at"]) == ("2024-10-27T01:15:00Z", "2024-10-27T01:45:00Z")


@pytest.mark.parametrize(
    ("wrong", "code"),
    [({"starts_at": "2024-11-21T01:00:00"}, 422), ({"starts_at": "2024-11-25T01:00:00Z", "ends_at": "2024-11-25T02:00:00Z"}, 422),
     ({"contribution": "CTB-2024-0404"}, 404), ({"kind": "dance"}, 422)],
    ids=["no zone", "another day", "no such contribution", "no such kind"],
)  # fmt: skip
def test_what_cannot_be_on_an_agenda_is_refused(secretariat, wrong, code):
    assert secretariat.post(f"{URL}/agenda", ITEM | wrong, idempotency_key="w").status_code == code
    assert not AgendaItem.objects.exists()


def test_a_contribution_goes_from_the_call_to_the_agenda(planned, secretariat, khamla, visitor):
    council = seated("the-chair", "council")
    made = khamla.post(f"{URL}/contributions", SENT, idempotency_key="c-1")
    assert made.status_code == 201
    assert khamla.post(f"{URL}/contributions", SENT, idempotency_key="c-1").json() == made.json()
    assert Contribution.objects.count() == 1
    own = f"/contributions/{made.json()['reference']}"
    assert khamla.post(f"{own}/judgement", {"score": 5}, if_match=khamla.etag(own)).status_code == 403
    early = secretariat.post(f"{own}/decision", {"to": "accepted"}, if_match=secretariat.etag(own))
    assert (early.status_code, early.json()["code"]) == (409, "WrongMoment")
    judged = council.post(f"{own}/judgement", {"score": 4, "note": "Clear."}, if_match=council.etag(own))
    assert judged.json()["judgements"][0]["note"] == "Clear."
    assert khamla.get(own).json()["judgements"] == []
    assert secretariat.post(f"{own}/decision", {"to": "declined"}, if_match=secretariat.etag(own)).status_code == 422
    told = secretariat.post(f"{own}/decision", {"to": "accepted"}, if_match=secretariat.etag(own)).json()
    assert (told["status"], len(told["letters"]), told["item"]) == ("accepted", 1, None)
    without = {name: value for name, value in ITEM.items() if name not in {"titles", "speakers"}}
    item = secretariat.post(
        f"{URL}/agenda", without | {"contribution": told["reference"]}, idempotency_key="c-2"
    ).json()
    assert (item["titles"], item["speakers"][0]["name"], item["contribution"]) == (
        {"en": "Lamps"}, "Khamla", told["reference"],
    )  # fmt: skip
    assert khamla.get(own).json()["item"] == item["id"]
    back = khamla.post(f"{own}/withdrawal", {"reason": "Khamla is ill."}, if_match=khamla.etag(own))
    assert back.json()["status"] == "withdrawn"
    assert visitor.get(f"{URL}/agenda").json()["rows"][0]["taken_back"] is True


def test_a_member_lists_its_own_and_a_stranger_finds_none(planned, vientiane, khamla, secretariat, visitor):
    mine = make_contribution(planned, vientiane)
    theirs = make_contribution(planned, make_member("colombo", country="LK"))
    rows = [each["reference"] for each in khamla.get(f"{URL}/contributions").json()["rows"]]
    assert rows == [mine.reference]
    assert len(secretariat.get(f"{URL}/contributions").json()["rows"]) == 2
    assert khamla.get(f"/contributions/{theirs.reference}").status_code == 404
    assert visitor.get(f"{URL}/contributions").status_code == 401


def test_the_days_of_a_call_and_of_registration_are_set_in_the_version_that_was_read(secretariat, khamla, visitor):
    days = {"opens_on": "2024-02-01", "closes_before": "2024-07-01"}
    for part, more in (("call", {}), ("registration", {"places": 500})):
        one = f"{URL}/{part}"
        tag = visitor.etag(one)
        assert khamla.put(one, days, if_match=tag).status_code == 403
        assert secretariat.put(one, days | more, if_match=tag).json()["closes_before"] == "2024-07-01"
        assert secretariat.put(one, days, if_match=tag).status_code == 412
        wrong = secretariat.put(one, days | {"closes_before": "2025-07-01"}, if_match=secretariat.etag(one))
        assert wrong.status_code == 422
    assert visitor.get(f"{URL}/registration").json()["places"] == 500


def test_a_delegate_is_registered_once_and_the_key_goes_to_the_address_alone(
    secretariat, khamla, mailoutbox, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        made = khamla.post(f"{URL}/delegates", DELEGATE, idempotency_key="d-1")
    assert made.status_code == 201
    assert khamla.post(f"{URL}/delegates", DELEGATE, idempotency_key="d-1").json() == made.json()
    assert Delegate.objects.count() == 1
    assert mailoutbox[0].to == ["mei@example.org"]
    assert "/delegates/" not in made.content.decode()
    again = khamla.post(f"{URL}/delegates", DELEGATE, idempotency_key="d-2")
    assert (again.status_code, again.json()["code"]) == (409, "RegisteredAlready")
    assert khamla.get(f"{URL}/delegates").status_code == 403
    read = secretariat.get(f"{URL}/delegates/{made.json()['reference']}")
    assert (read.json()["latin_name"], read.json()["visa_letter"]) == ("Mei", None)
    assert "mei@example.org" not in read.content.decode()


def test_a_letter_for_a_visa_is_decided_on_once(planned, secretariat):
    registered = make_delegate(planned)
    by, delegate = recognise_delegate(secret=registered.secret, by=VISITOR)
    one = f"{URL}/delegates/{delegate.reference}"
    issue = {"to": "issued"}
    assert secretariat.post(f"{one}/visa-letter", issue, if_match=secretariat.etag(one)).status_code == 404
    ask_for_visa_letter(
        delegate=delegate, passport="E1234567", nationality="CN", born_on=date(1990, 5, 1), at=REGISTERED_AT, by=by
    )
    assert len(secretariat.get(f"{URL}/delegates?state=letters").json()["rows"]) == 1
    told = secretariat.post(f"{one}/visa-letter", issue, if_match=secretariat.etag(one))
    assert told.json()["visa_letter"] == "issued"
    assert "E1234567" not in told.content.decode()
    assert secretariat.post(f"{one}/visa-letter", issue, if_match=secretariat.etag(one)).status_code == 409


def test_scans_sent_again_are_the_same_scans(planned, secretariat, khamla):
    card = make_delegate(planned).delegate.card
    (at_door,) = secretariat.get(f"{URL}/door").json()["rows"]
    assert (at_door["name"], at_door["arrived_at"]) == ("梅", None)
    scans = [
        {"key": str(FIRST), "print": at_door["print"], "at": "2024-02-01T08:59:00Z"},
        {"key": str(SECOND), "card": f"{card[:4]}-{card[4:]}".lower(), "at": "2024-02-01T09:05:00+08:00"},
        {"key": str(UUID(int=3)), "card": "NOBODY22", "at": "2024-02-01T09:00:00Z"},
    ]
    sent = {"device": "phone one", "scans": scans}
    for _turn in range(2):
        told = secretariat.post(f"{URL}/scans", sent)
        assert told.status_code == 200
        assert (set(told.json()["kept"]), told.json()["unknown"]) == ({str(FIRST), str(SECOND)}, [str(UUID(int=3))])
    assert Scan.objects.count() == 2
    (row,) = secretariat.get(f"{URL}/delegates?state=here").json()["rows"]
    assert row["arrived_at"] == "2024-02-01T01:05:00Z"
    assert khamla.post(f"{URL}/scans", sent).status_code == 403
    assert khamla.get(f"{URL}/door").status_code == 403


def test_scans_that_are_none_are_refused_and_nothing_is_kept(planned, secretariat):
    make_delegate(planned)
    for wrong in ({"key": "x", "at": "2024-02-01T09:00:00Z"}, {"key": str(FIRST), "at": "2024-02-01T09:00:00"}):
        assert secretariat.post(f"{URL}/scans", {"scans": [wrong]}).status_code == 422
    assert not Scan.objects.exists()
