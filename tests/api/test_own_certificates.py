"""A holder's machine shows, offers and takes along what its account holds; an office sends links; strangers look at what they have a link to."""

from io import BytesIO
from zipfile import ZipFile

import pytest
from django.core import mail

from corridor.foundations import clock
from corridor.rooms.credentials import queries
from corridor.rooms.credentials.proofs.verdicts import Word
from tests.factories.actors import VISITOR, make_user
from tests.factories.credentials import make_alliance_key
from tests.factories.members import make_seat
from tests.factories.tokens import machine_of
from tests.rooms.credentials.holders.people import graduate

pytestmark = pytest.mark.django_db
SHOWN = {"purpose": "Application", "parts": ["results"], "days": 7, "looking": "asked"}


@pytest.fixture
def credential():
    return graduate(account="khamla")


@pytest.fixture
def holder(credential):
    return machine_of(credential.enrolment.person.user)


@pytest.fixture
def office():
    user = make_user("mei")
    make_seat(user, "secretariat")
    return machine_of(user)


def test_it_is_shown_once_looked_at_and_ended_by_its_version(credential, holder, visitor):
    here = f"/credentials/{credential.reference}/showings"
    assert holder.post(here, SHOWN).status_code == 428
    made = [holder.post(here, SHOWN, idempotency_key="a") for _time in range(2)]
    assert [each.status_code for each in made] == [201, 201]
    assert made[0].json() == made[1].json()
    said = made[0].json()
    assert said["address"].startswith("https://alliance.example/shown/") and said["parts"] == ["results"]
    token = said["address"].rstrip("/").rpartition("/")[2]
    looked = visitor.get(f"/shown/{token}")
    assert looked.json()["purpose"] == "Application" and "no-store" in looked["Cache-Control"]
    (shown,) = looked.json()["certificates"]
    assert shown["verdict"] == "valid"
    assert queries.verify(raw=shown["token"], at=clock.now(), by=VISITOR).word == Word.VALID
    assert [each["key"] for each in holder.get(here).json()["rows"]] == [said["key"]]
    one = f"/showings/{said['key']}"
    read = holder.get(one)
    assert holder.post(f"{one}/end", {}).status_code == 428
    assert holder.post(f"{one}/end", {}, if_match='"older"').status_code == 412
    ended = holder.post(f"{one}/end", {}, if_match=read["ETag"])
    assert ended.status_code == 200 and ended.json()["ended_at"]
    over = visitor.get(f"/shown/{token}")
    assert (over.status_code, over.json()["code"]) == (409, "ShowingIsOver")
    assert visitor.get("/shown/nothing").status_code == 404


@pytest.mark.parametrize(
    "wrong",
    [{"days": 0}, {"days": 366}, {"purpose": ""}, {"parts": ["salary"]}],
    ids=["no day", "years", "purpose", "part"],
)
def test_what_cannot_be_shown_is_named(credential, holder, wrong):
    sent = holder.post(f"/credentials/{credential.reference}/showings", SHOWN | wrong, idempotency_key="b")
    assert sent.status_code == 422


def test_an_office_sees_it_and_does_not_show_it(credential, office):
    refused = office.post(f"/credentials/{credential.reference}/showings", SHOWN, idempotency_key="c")
    assert refused.status_code == 403
    assert office.get(f"/credentials/{credential.reference}/forms.zip").status_code == 403


def test_every_form_and_an_offer_for_the_wallet(credential, holder):
    make_alliance_key()
    packed = holder.get(f"/credentials/{credential.reference}/forms.zip")
    with ZipFile(BytesIO(packed.content)) as archive:
        assert archive.read(f"{credential.reference}/credential.json") == credential.document.encode()
    first, second = (holder.post(f"/credentials/{credential.reference}/wallet-offers", {}) for _time in range(2))
    assert first.status_code == second.status_code == 201
    assert first.json()["address"].startswith("openid-credential-offer://") and first.json() != second.json()
    assert len(first.json()["transaction_code"]) == 6


def test_a_correction_is_asked_once_and_read_with_its_state(credential, holder):
    here = f"/credentials/{credential.reference}/corrections"
    made = holder.post(here, {"should_be": "Khamla Sisavath"}, idempotency_key="d")
    assert made.status_code == 201 and made.json()["status"] == "asked"
    assert holder.get(here).json()["corrections"] == [made.json()]


def test_an_office_sends_a_link_and_ends_it(office, django_capture_on_commit_callbacks):
    credential = graduate()
    here = f"/credentials/{credential.reference}/links"
    with django_capture_on_commit_callbacks(execute=True):
        made = office.post(here, {"language": "lo"}, idempotency_key="e")
    assert made.status_code == 201 and made.json()["links"][0]["state"] == "open"
    assert "/claim/" in mail.outbox[0].body and "/claim/" not in made.text
    read = office.get(here)
    ended = office.post(f"{here}/end", {}, if_match=read["ETag"])
    assert ended.json()["links"][0]["state"] == "ended"
