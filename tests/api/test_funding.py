"""Money for machines: exact amounts as text, made once, changed over the version that was read; no sum over currencies without a rate."""

from datetime import date

import pytest

from corridor.kernel.money import Money
from corridor.rooms.funding.models import Commitment
from tests.factories.actors import make_user
from tests.factories.agreements import find_or_make_member
from tests.factories.funding import cny, make_commitment, make_contract
from tests.factories.members import make_seat
from tests.factories.programmes import make_programme
from tests.factories.tokens import machine_of

pytestmark = pytest.mark.django_db
NEW = {
    "payer": "chongqing", "payee": "vientiane", "amount": "100000.10", "currency": "CNY", "purpose": "maintenance", "what": "Spare parts",
    "pledged_on": "2024-01-02",
}  # fmt: skip


@pytest.fixture(autouse=True)
def _day(settings):
    settings.EXAMPLE_DAY = date(2024, 2, 2)


@pytest.fixture
def secretariat():
    for each in ("chongqing", "vientiane"):
        find_or_make_member(each)
    user = make_user("mei")
    make_seat(user, "secretariat")
    return machine_of(user)


def test_a_commitment_is_made_once_contracted_paid_and_paid_back(secretariat):
    made = secretariat.post("/commitments", NEW, idempotency_key="k1")
    assert made.json()["pledged"] == {"amount": "100000.10", "currency": "CNY"}
    assert secretariat.post("/commitments", NEW, idempotency_key="k1").json() == made.json()
    assert Commitment.objects.count() == 1
    path = f"/commitments/{made.json()['reference']}"
    parts = [{"due_on": "2024-01-20", "amount": "100.05"}, {"due_on": "2024-06-01", "amount": "0.05"}]
    contract = {"on": "2024-01-10", "amount": "100.10", "instalments": parts}
    assert secretariat.post(f"{path}/contract", contract).status_code == 428
    contracted = secretariat.post(f"{path}/contract", contract, if_match=made["ETag"]).json()
    assert (contracted["status"], contracted["late_since"]) == ("contracted", "2024-01-20")
    for kind, amount in (("disbursement", "100.10"), ("refund", "0.10")):
        sent = {"kind": kind, "on": "2024-01-25", "amount": amount, "reason": "Bank"}
        moved = secretariat.post(f"{path}/movements", sent, if_match=secretariat.etag(path))
    said = moved.json()
    assert (said["status"], said["paid"]["amount"], said["refunded"]["amount"]) == ("disbursed", "100.10", "0.10")
    gone = secretariat.post(f"{path}/withdrawal", {"on": "2024-02-01", "reason": "x"}, if_match=secretariat.etag(path))
    assert gone.status_code == 409


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        ({"amount": "1.001"}, "BadInput"), ({"currency": "XXX"}, "BadInput"), ({"currency": "yuan"}, "BadInput"),
        ({"payee": "chongqing"}, "PaysItself"), ({"payer": "nobody"}, "NotFound"), ({"amount": "0"}, "BadInput"),
        ({"pledged_on": "2024-02-03"}, "DayToCome"),
    ],
    ids=["places", "no currency", "words", "itself", "nobody", "nothing", "to come"],
)  # fmt: skip
def test_what_cannot_be_taken_is_refused_by_name_and_not_kept(secretariat, wrong, code):
    assert secretariat.post("/commitments", NEW | wrong, idempotency_key="k1").json()["code"] == code
    assert secretariat.post("/commitments", NEW, idempotency_key="k1").status_code == 201


def test_totals_stand_apart_until_a_rate_is_named(secretariat, visitor):
    make_contract(cny(100))
    make_contract(Money.of_units(100_000_000, "LAK"))
    assert [each["currency"] for each in visitor.get("/funding-totals").json()["totals"]] == ["CNY", "LAK"]
    bare = visitor.get("/funding-totals?into=CNY")
    assert (bare.status_code, bare.json()["code"]) == (409, "NoRate")
    rate = {"of": "LAK", "into": "CNY", "on": "2024-01-31", "value": "0.000346", "source": "Central bank"}
    assert secretariat.post("/exchange-rates", rate, idempotency_key="r1").status_code == 201
    assert secretariat.post("/exchange-rates", rate, idempotency_key="r2").json()["code"] == "RateStands"
    found = visitor.get("/funding-totals?into=CNY").json()
    assert (found["reckoned"]["contracted"], found["rates"]) == ("446.00", [rate])
    assert visitor.get("/exchange-rates?of=LAK").json()["rows"] == [rate]


def test_a_programme_is_borne_by_exact_shares(secretariat, visitor):
    programme = make_programme().reference
    three = [
        make_commitment(what=what, disclosure=seen).reference
        for what, seen in (("a", "public"), ("b", "public"), ("c", "parties"))
    ]

    def send(share, key):
        shares = [{"commitment": each, "share": share} for each in three]
        return secretariat.post(
            f"/programmes/{programme}/funding", {"starts_on": "2024-01-01", "shares": shares}, idempotency_key=key
        )

    refused = send("33.33%", "s1").json()
    assert (refused["code"], "1/3, 1/3, 1/3" in refused["detail"]) == ("SplitIncomplete", True)
    assert send("1/3", "s1").status_code == 201
    shares = visitor.get(f"/programmes/{programme}/funding").json()["splits"][0]["shares"]
    assert [(each["share"], each["commitment"]) for each in shares] == [
        ("1/3", three[0]),
        ("1/3", three[1]),
        ("1/3", None),
    ]


def test_what_is_not_disclosed_is_not_there(visitor):
    made = make_commitment(disclosure="parties")
    assert visitor.get(f"/commitments/{made.reference}").status_code == 404
    assert visitor.get("/commitments").json()["rows"] == []
