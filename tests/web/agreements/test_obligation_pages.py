"""What parties owe on its pages: set by the secretariat, kept by who speaks for the member, let off with a reason."""

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from corridor.foundations import clock
from corridor.journeys.hand_over_seat import what_waits
from corridor.journeys.recognise import recognise
from corridor.rooms.agreements.models import Obligation
from corridor.rooms.members.models import Organisation
from tests.factories.actors import make_user
from tests.factories.agreements import make_agreement, make_obligation
from tests.factories.members import make_seat
from tests.factories.papers import PDF

pytestmark = pytest.mark.django_db


@pytest.fixture
def agreement():
    return make_agreement()


@pytest.fixture
def secretariat(client):
    user = make_user("secretariat")
    make_seat(user, "secretariat")
    client.force_login(user)
    return client


def seat_of(member):
    user = make_user("khamla")
    return make_seat(user, "coordinator", member=Organisation.objects.get(reference=member))


@pytest.fixture
def coordinator(client, agreement):
    client.force_login(seat_of("vientiane").user)
    return client


def owed_by(agreement, member, **more):
    return make_obligation(agreement, Organisation.objects.get(reference=member), **more)


def test_the_secretariat_writes_down_what_a_party_owes(secretariat, agreement):
    given = {"member": "vientiane", "what": "Sends a report", "due_on": "2024-05-01"}
    answer = secretariat.post("/agreements/AGR-2023-0031/obligations/", given)
    made = Obligation.objects.get()
    assert answer["Location"] == "/agreements/AGR-2023-0031/"
    assert (made.reference, made.organisation.reference, made.status) == ("OBL-2024-0001", "vientiane", "open")
    assert "Sends a report" in secretariat.get("/agreements/AGR-2023-0031/").content.decode()


def test_who_speaks_for_the_member_says_that_it_was_kept_and_shows_it(coordinator, agreement):
    owed = owed_by(agreement, "vientiane")
    paper = SimpleUploadedFile("report.pdf", PDF)
    coordinator.post(f"/obligations/{owed.reference}/fulfil/", {"on": "2024-02-01", "reason": "Sent.", "paper": paper})
    owed.refresh_from_db()
    assert (owed.status, owed.status_on(date(2024, 1, 31)), owed.occurrences.get().evidence is not None) == (
        "fulfilled",
        "open",
        True,
    )
    assert coordinator.get(f"/obligations/{owed.reference}/evidence/").content.startswith(b"%PDF")
    again = coordinator.post(f"/obligations/{owed.reference}/fulfil/", {"on": "2024-02-02"})
    assert again.status_code == 409


def test_a_party_does_not_keep_what_another_owes_nor_lets_itself_off(coordinator, agreement):
    other, own = owed_by(agreement, "chongqing"), owed_by(agreement, "vientiane")
    assert coordinator.post(f"/obligations/{other.reference}/fulfil/", {"on": "2024-02-01"}).status_code == 403
    assert coordinator.post(f"/obligations/{own.reference}/waive/", {"on": "2024-02-01"}).status_code == 403


def test_nothing_is_let_off_without_a_reason(secretariat, agreement):
    owed = owed_by(agreement, "vientiane")
    assert (
        secretariat.post(f"/obligations/{owed.reference}/waive/", {"on": "2024-02-01", "reason": " "}).status_code
        == 422
    )
    secretariat.post(
        f"/obligations/{owed.reference}/waive/", {"on": "2024-02-01", "reason": "The workshop burnt down."}
    )
    owed.refresh_from_db()
    assert owed.status == "waived"


def test_a_day_that_has_not_come_keeps_nothing(coordinator, agreement):
    owed = owed_by(agreement, "vientiane")
    assert coordinator.post(f"/obligations/{owed.reference}/fulfil/", {"on": "2199-01-01"}).status_code == 409


def test_overdue_is_computed_and_stands_on_the_desk(coordinator, agreement):
    owed = owed_by(agreement, "vientiane", due_on=date(2024, 1, 1))
    assert [each.standing_then for each in coordinator.get("/obligations/?state=overdue").context["rows"]] == [
        "overdue"
    ]
    assert owed.what in coordinator.get("/desk/").content.decode()


def test_what_is_owed_waits_for_whoever_takes_the_seat_over(agreement):
    owed = owed_by(agreement, "vientiane")
    owed_by(agreement, "chongqing")
    seat = seat_of("vientiane")
    waiting = what_waits(seat=seat, on=clock.today(), by=recognise(seat.user, on=clock.today()))
    assert [(each.kind, each.reference, each.due) for each in waiting] == [("obligation", owed.reference, owed.due_on)]


def test_others_learn_nothing_of_it(client, agreement):
    owed = owed_by(agreement, "vientiane")
    client.force_login(make_user("somebody"))
    assert client.get("/obligations/").status_code == 403
    assert client.get(f"/obligations/{owed.reference}/").status_code == 404


def test_another_party_lets_it_off_with_a_reason(coordinator, agreement):
    owed = owed_by(agreement, "chongqing")
    assert "Let it off" in coordinator.get(f"/obligations/{owed.reference}/").content.decode()
    coordinator.post(
        f"/obligations/{owed.reference}/waive/", {"on": "2024-02-01", "reason": "The workshop burnt down."}
    )
    owed.refresh_from_db()
    assert (owed.status, owed.occurrences.get().reason) == ("waived", "The workshop burnt down.")


def test_what_was_agreed_to_show_it_is_asked_for_on_the_form(coordinator, agreement):
    owed = owed_by(agreement, "vientiane", shown_by="document")
    answer = coordinator.post(f"/obligations/{owed.reference}/fulfil/", {"on": "2024-02-01", "reason": "Sent."})
    assert answer.status_code == 409
    assert "It was agreed that a document shows it." in answer.content.decode()
