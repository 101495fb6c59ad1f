"""Who signs, for machines: named once under a key, changed over what was read, sent a link whose address stands in no answer."""

import re

import pytest
from django.core import mail

from corridor.rooms.agreements.models import Signature, Signer, SigningLink
from tests.factories.actors import make_user
from tests.factories.agreements import make_proposed_agreement
from tests.factories.members import make_seat
from tests.factories.tokens import Machine, machine_of

pytestmark = pytest.mark.django_db
SIGNERS = "/agreements/AGR-2023-0031/signers"
NEW = {"member": "vientiane", "office": "President", "email": "p@vientiane.example", "language": "lo"}


@pytest.fixture
def agreement():
    return make_proposed_agreement()


def seated(agreement, member: str, name: str) -> Machine:
    user = make_user(name)
    make_seat(user, "coordinator", member=agreement.parties.get(organisation__reference=member).organisation)
    return machine_of(user)


@pytest.fixture
def khamla(agreement) -> Machine:
    return seated(agreement, "vientiane", "khamla")


def test_a_signer_is_named_once_however_often_it_is_sent(khamla):
    first = khamla.post(SIGNERS, NEW, idempotency_key="a")
    again = khamla.post(SIGNERS, NEW, idempotency_key="a")
    assert (first.status_code, again.status_code) == (201, 201)
    assert first.json() == again.json()
    assert again["Idempotency-Replayed"] == "true"
    assert Signer.objects.count() == 1
    assert khamla.post(SIGNERS, NEW).json()["code"] == "NoKeyNamed"


def test_what_is_wrong_is_told_where_it_stands(khamla):
    answer = khamla.post(SIGNERS, NEW | {"email": "nobody"}, idempotency_key="a")
    assert answer.status_code == 422
    assert "nobody" in answer.json()["problems"][0]["detail"]
    answer = khamla.post(SIGNERS, NEW | {"email": "", "account": "somebody"}, idempotency_key="b")
    assert answer.status_code == 422
    assert "does not speak for vientiane" in answer.json()["problems"][0]["detail"]


def test_a_signer_is_changed_over_what_was_read(khamla):
    key = khamla.post(SIGNERS, NEW, idempotency_key="a").json()["key"]
    path = f"{SIGNERS}/{key}"
    stale = khamla.etag(path)
    changed = khamla.put(path, {"office": "Rector", "account": "khamla"}, if_match=stale)
    assert (changed.status_code, changed.json()["account"]) == (200, "khamla")
    assert khamla.put(path, {"office": "Dean"}, if_match=stale).status_code == 412
    assert khamla.put(path, {"office": "Dean"}).status_code == 428


def test_a_link_is_sent_and_its_address_is_in_the_letter_alone(khamla, django_capture_on_commit_callbacks):
    key = khamla.post(SIGNERS, NEW, idempotency_key="a").json()["key"]
    with django_capture_on_commit_callbacks(execute=True):
        sent = khamla.post(f"{SIGNERS}/{key}/links", {}, idempotency_key="b")
    assert sent.status_code == 201
    secret = re.search(r"/sign/([^/\s]+)/", mail.outbox[-1].body).group(1)
    assert secret not in sent.content.decode()
    assert khamla.get(f"{SIGNERS}/{key}").json()["link_until"] is not None
    ended = khamla.post(f"{SIGNERS}/{key}/links/end", {}, if_match=khamla.etag(f"{SIGNERS}/{key}"))
    assert (ended.status_code, ended.json()["link_until"]) == (200, None)
    assert not SigningLink.objects.filter(ended_at__isnull=True).exists()


def test_names_and_addresses_are_for_who_names_the_signers(agreement, khamla):
    key = khamla.post(SIGNERS, NEW | {"person_name": "Khamla Vongsa"}, idempotency_key="a").json()["key"]
    mei = seated(agreement, "chongqing", "mei")
    answer = mei.get(SIGNERS)
    assert "Khamla" not in answer.content.decode()
    assert "p@vientiane" not in answer.content.decode()
    assert mei.get(f"{SIGNERS}/{key}").status_code == 404


def test_how_it_is_signed_is_said_over_what_was_read(agreement):
    user = make_user("li")
    make_seat(user, "secretariat")
    li = machine_of(user)
    tag = li.etag(SIGNERS)
    assert li.put(SIGNERS, {"quorum": 2, "order": "in_order"}, if_match=tag).json()["quorum"] == 2
    assert li.put(SIGNERS, {"quorum": 3, "order": "parallel"}, if_match=tag).status_code == 412


def test_a_machine_signs_in_a_named_office(agreement, khamla):
    first = khamla.post(SIGNERS, {"member": "vientiane", "office": "President"}, idempotency_key="a").json()["key"]
    khamla.post(SIGNERS, {"member": "vientiane", "office": "Dean"}, idempotency_key="b")
    sent = {"member": "vientiane", "signed_hash": agreement.canonical_hash}
    path = "/agreements/AGR-2023-0031/signatures"
    refused = khamla.post(path, sent, if_match=khamla.etag("/agreements/AGR-2023-0031"))
    assert (refused.status_code, refused.json()["code"]) == (409, "NotASigner")
    signed = khamla.post(path, sent | {"signer": first}, if_match=khamla.etag("/agreements/AGR-2023-0031"))
    assert signed.status_code == 200
    assert (Signature.objects.get().signed_as, Signature.objects.get().proof) == ("President", "token")
    side = next(each for each in khamla.get(SIGNERS).json()["sides"] if each["member"] == "vientiane")
    assert [each["signature"] and each["signature"]["way"] for each in side["signers"]] == ["electronic", None]


def test_where_a_second_factor_is_asked_for_a_token_of_an_account_without_one_does_not_sign(
    agreement, khamla, settings
):
    settings.REQUIRE_SECOND_FACTOR = True
    sent = {"member": "vientiane", "signed_hash": agreement.canonical_hash, "signed_as": "President"}
    answer = khamla.post(
        "/agreements/AGR-2023-0031/signatures", sent, if_match=khamla.etag("/agreements/AGR-2023-0031")
    )
    assert (answer.status_code, answer.json()["code"]) == (409, "SecondFactorWanted")


def test_the_agreement_is_a_file_for_its_parties(agreement, khamla):
    answer = khamla.get("/agreements/AGR-2023-0031/pdf")
    assert answer["Content-Type"] == "application/pdf"
    assert answer.content.startswith(b"%PDF-")
    assert Machine().get("/agreements/AGR-2023-0031/pdf").status_code == 401
