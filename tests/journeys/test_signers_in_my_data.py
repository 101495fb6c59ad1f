"""Who was named to sign, and what they signed, is told to them and let go with them."""

from datetime import UTC, date, datetime

import pytest
from allauth.account.models import EmailAddress

from corridor.journeys.erase_person import erase_person
from corridor.journeys.tell_my_data import parts_by_account
from corridor.rooms.agreements import actions
from corridor.rooms.agreements.drafts import SignerDraft
from corridor.rooms.agreements.models import Signature, Signer
from corridor.rooms.credentials.personal_data import SignedTexts
from corridor.rooms.people.accounts_of import accounts_of
from tests.factories.actors import NIGHTLY, make_actor, make_user
from tests.factories.agreements import make_proposed_agreement
from tests.factories.people import make_person

pytestmark = pytest.mark.django_db
ON, AT = date(2023, 5, 18), datetime(2023, 5, 18, 6, tzinfo=UTC)


@pytest.fixture
def khamla():
    user = make_user("khamla")
    EmailAddress.objects.create(user=user, email="Khamla@example.org", verified=True, primary=True)
    return make_person("khamla", user=user)


@pytest.fixture
def agreement():
    return make_proposed_agreement()


def name(agreement, **known):
    party = agreement.parties.get(organisation__reference="vientiane")
    return actions.name_signer(party=party, draft=SignerDraft("President", **known), at=AT, by=NIGHTLY)


def told(person) -> dict[str, list]:
    parts = parts_by_account(accounts=accounts_of([person.pk]), by=make_actor("learner", user=person.user))
    return {part.code: list(part.rows) for part in parts if part.code in {"signers", "signatures"}}


def test_who_is_named_by_an_address_that_is_theirs_reads_it(khamla, agreement):
    name(agreement, email="khamla@EXAMPLE.org", person_name="Khamla Vongsa")
    assert told(khamla)["signers"] == [
        {
            "agreement": "AGR-2023-0031", "member": "vientiane", "office": "President", "name": "Khamla Vongsa",
            "address": "khamla@EXAMPLE.org",
        }
    ]  # fmt: skip


def test_another_address_is_told_to_nobody_else(khamla, agreement):
    name(agreement, email="mei@example.org")
    assert told(khamla) == {"signers": [], "signatures": []}


def test_an_erasure_takes_names_and_addresses_and_leaves_the_signature(khamla, agreement):
    signer = name(agreement, account=khamla.user_id, person_name="Khamla Vongsa")
    by = make_actor("coordinator", ("member", signer.party.organisation_id), user=khamla.user)
    actions.sign_agreement(party=signer.party, signer=signer, signed_hash=agreement.canonical_hash, on=ON, at=AT, by=by)
    Signature.objects.update(signed_name="Khamla Vongsa")
    assert [row["name"] for row in told(khamla)["signatures"]] == ["Khamla Vongsa"]
    erase_person(
        person=khamla, confirmed=khamla.reference, reason="asked", at=AT, by=NIGHTLY, signed_texts=SignedTexts.FORGET
    )
    assert (Signer.objects.get().person_name, Signature.objects.get().signed_name) == ("", "")
    assert Signature.objects.get().signed_as == "President"
