"""Money on its pages: totals in each currency, one commitment, and the forms with their refusals."""

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from corridor.kernel.money import Money
from corridor.rooms.funding.models import Commitment, ExchangeRate, Movement
from corridor.rooms.programmes.models import FundingSplit
from tests.factories.actors import make_user
from tests.factories.agreements import find_or_make_member
from tests.factories.funding import cny, make_commitment, make_contract, make_movement, make_rate
from tests.factories.members import make_seat
from tests.factories.papers import PDF
from tests.factories.programmes import make_programme

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _day(settings):
    settings.EXAMPLE_DAY = date(2024, 2, 2)


@pytest.fixture
def secretariat(client):
    user = make_user("mei")
    make_seat(user, "secretariat")
    client.force_login(user)
    return client


@pytest.fixture
def coordinator(client):
    user = make_user("khamla")
    make_seat(user, "coordinator", member=find_or_make_member("vientiane"))
    client.force_login(user)
    return client


def text(answer):
    return answer.content.decode().replace("\u00a0", " ")


def test_a_visitor_reads_what_is_disclosed_in_each_currency(client):
    make_contract(cny("1250.5"))
    make_commitment(disclosure="parties", what="Not for everyone")
    page = text(client.get("/funding/"))
    assert "1,250.50 CNY" in page
    assert "Not for everyone" not in page
    assert "1 commitment of money is known" in page
    assert client.get("/funding/FND-2023-0002/").status_code == 404


def test_no_sum_over_currencies_without_a_rate_and_the_rate_is_named(client):
    make_contract(cny(100))
    make_contract(Money.of_units(100_000_000, "LAK"))
    make_rate(of="USD", into="CNY", value="7.1")
    assert "There is no rate from LAK into CNY" in text(client.get("/funding/?into=CNY"))
    make_rate()
    page = text(client.get("/funding/?into=CNY"))
    assert "446.00 CNY" in page
    assert "1 LAK is 0.000346 CNY (Central bank, 31 January 2024)" in page


def test_the_secretariat_pledges_contracts_and_withdraws(secretariat):
    for each in ("chongqing", "vientiane"):
        find_or_make_member(each)
    new = {
        "payer": "chongqing", "payee": "vientiane", "amount": "100", "currency": "CNY", "purpose": "running_costs", "what": "Power",
        "pledged_on": "2024-01-01", "disclosure": "public", "source_mark": "assumed",
    }  # fmt: skip
    answer = secretariat.post("/funding/new/", new | {"amount": "100.001"})
    assert (answer.status_code, "CNY has 2 digits behind the point" in text(answer)) == (422, True)
    assert secretariat.post("/funding/new/", new | {"payee": "nobody"}).status_code == 422
    assert secretariat.post("/funding/new/", new)["Location"] == "/funding/FND-2024-0001/"
    bad = {"on": "2024-01-10", "amount": "90", "instalments": "2024-03-01 50\n2024-04-01 tomorrow"}
    assert "is no day and amount" in text(secretariat.post("/funding/FND-2024-0001/contract/", bad))
    good = bad | {"instalments": "2024-01-20 50\n2024-04-01 40", "paper": SimpleUploadedFile("contract.pdf", PDF)}
    secretariat.post("/funding/FND-2024-0001/contract/", good)
    page = text(secretariat.get("/funding/FND-2024-0001/"))
    assert "90.00 CNY" in page
    assert "since 20 January 2024" in page
    assert secretariat.get("/funding/FND-2024-0001/papers/contract/").content.startswith(b"%PDF")
    secretariat.post("/funding/FND-2024-0001/withdraw/", {"on": "2024-02-01", "reason": "The supplier closed."})
    assert Commitment.objects.get().status == "withdrawn"


def test_those_concerned_write_down_a_payment_with_what_shows_it(coordinator):
    made = make_contract(cny(100))
    path = f"/funding/{made.reference}/move/"
    sent = {"kind": "disbursement", "amount": "60", "on": "2024-01-10"}
    assert "Send the document that shows it" in text(coordinator.post(path, sent))
    coordinator.post(path, sent | {"paper": SimpleUploadedFile("slip.pdf", PDF)})
    assert Movement.objects.get().document is not None
    more = coordinator.post(path, sent | {"paper": SimpleUploadedFile("slip.pdf", PDF)})
    assert (more.status_code, "Say why it is more than was contracted" in text(more)) == (409, True)
    assert "60.00 CNY" in text(coordinator.get(f"/funding/{made.reference}/"))


def test_nobody_else_writes_and_papers_are_for_those_concerned(client):
    made = make_contract(cny(100))
    user = make_user("nimali")
    make_seat(user, "coordinator", member=find_or_make_member("colombo"))
    client.force_login(user)
    assert client.get(f"/funding/{made.reference}/").status_code == 200
    assert client.get(f"/funding/{made.reference}/move/").status_code == 403
    assert client.get(f"/funding/{made.reference}/papers/contract/").status_code == 403


def test_a_rate_is_written_down_once_a_day(secretariat):
    rate = {"of": "LAK", "into": "CNY", "value": "0.000346", "on": "2024-01-31", "source": "Central bank"}
    secretariat.post("/funding/rates/new/", rate)
    assert secretariat.post("/funding/rates/new/", rate).status_code == 409
    assert ExchangeRate.objects.count() == 1
    assert "1 LAK is 0.000346 CNY" in text(secretariat.get("/funding/rates/"))


def test_a_programme_is_borne_in_exact_thirds(secretariat):
    programme = make_programme()
    references = [make_commitment(what=what).reference for what in ("Testers", "Trainers", "Power")]
    path = f"/programmes/{programme.reference}/funding/"

    def send(share):
        lines = "\n".join(f"{reference} {share}" for reference in references)
        return secretariat.post(path, {"starts_on": "2024-01-01", "shares": lines})

    refused = send("33.33%")
    assert (refused.status_code, "Write them as exact fractions: 1/3, 1/3, 1/3." in text(refused)) == (409, True)
    assert "is no share" in text(send("a third"))
    send("1/3")
    assert FundingSplit.objects.get().shares.count() == 3
    assert text(secretariat.get(f"/programmes/{programme.reference}/")).count("1/3 ") == 3


def test_late_ones_are_found(client):
    late = make_contract(cny(100), instalments=((date(2023, 12, 1), cny(100)),), what="Late lifts")
    make_movement(make_contract(cny(10), instalments=((date(2023, 12, 1), cny(10)),), what="Paid on time"), cny(10))
    page = text(client.get("/funding/?state=late"))
    assert late.what in page
    assert "Paid on time" not in page
    assert "late since 1 Dec 2023" in page
