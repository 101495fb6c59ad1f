"""Endorsing, attesting and signing beside an issuer, as they are done on pages and through the API."""

from datetime import date

import pytest

from corridor.foundations.access import NIGHTLY
from corridor.journeys.award_credentials import award_cohort
from corridor.rooms.assessment.models import Licence
from corridor.rooms.credentials.models import Attestation, Credential, Entitlement
from corridor.rooms.members.models import Organisation
from tests.factories.credentials import (
    AWARDED_ON,
    SIGNED_AT,
    make_assessed_cohort,
    make_credential,
    make_entitlement,
    make_key,
)
from tests.factories.members import make_member
from tests.factories.people import make_person
from tests.web.readers import browser_of, text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def company():
    credential = make_credential()
    member = make_member("mekong-motors", kind="company", country="LA")
    make_key(member)
    return credential, member


def sent(credential, **more):
    return {
        "endorser": "mekong-motors", "what": "certificate", "address": f"https://alliance.example/c/{credential.token}",
        "claim_en": "We hire who holds it.", "claim_lo": "ດີ", **more,
    }  # fmt: skip


def test_a_key_holder_endorses_a_certificate_and_it_stands_on_its_page(company):
    credential, member = company
    browser = browser_of("key_holder", member=member)
    assert "It entitles nobody." in text_of(browser.get("/attestations/endorse/"))
    answer = browser.post("/attestations/endorse/", sent(credential), follow=True)
    assert "The endorsement is signed." in text_of(answer) and "We hire who holds it." in text_of(answer)
    made = Attestation.objects.get()
    page = text_of(browser.get(f"/c/{credential.token}/"))
    assert "What members say of it" in page and "We hire who holds it." in page
    file = browser.get(f"/attestations/held/{made.token}.json")
    verified = browser.post("/verify/", {"text": file.content.decode()})
    assert "endorsed “Vehicle inspection”" in text_of(verified) and "Genuine and in force" in text_of(verified)
    taken = browser.post(f"/attestations/{made.reference}/", {"to": "revoked", "why": "holder-asked"}, follow=True)
    assert "It is done" in text_of(taken)
    assert "What members say of it" not in text_of(browser.get(f"/c/{credential.token}/"))


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"address": ""}, "Say what the member endorses."),
        ({"address": "https://alliance.example/c/nothing"}, "There is no certificate at this address."),
        ({"claim_en": "", "claim_lo": ""}, "in one language at least"),
    ],
    ids=["nothing", "unknown", "no words"],
)
def test_what_cannot_be_endorsed_is_said_on_the_form(company, changed, said):
    credential, member = company
    answer = browser_of("key_holder", member=member).post("/attestations/endorse/", sent(credential, **changed))
    assert answer.status_code == 422 and said in text_of(answer)


def test_the_secretariat_attests_an_assessor(company):
    credential, _member = company
    person = make_person("nimali", own_name="Nimali Perera", own_language="en", romanised_name="")
    version = credential.cohort.curriculum_version
    right = Entitlement.objects.get()
    given = {"kind": "assessor", "person": "nimali", "version": str(version.pk), "right": str(right.pk)}
    browser = browser_of("secretariat")
    refused = browser.post("/attestations/people/", given)
    assert refused.status_code == 409 and "holds no licence in force" in text_of(refused)
    Licence.objects.create(
        person=person, unit=version.units.first(), starts_on=date(2023, 1, 1), granted_by="Secretariat"
    )
    refused = browser.post("/attestations/people/", given)
    assert "has not confirmed how the name stands" in text_of(refused)
    person.certificate_names.create(
        language="en", full_name="Nimali Perera", confirmed_on=AWARDED_ON, confirming="paper", attested_by="Office",
        written_by="secretariat",
    )  # fmt: skip
    answer = text_of(browser.post("/attestations/people/", given, follow=True))
    assert "The attestation is signed." in answer and "VI-1" in answer
    listed = text_of(browser.get("/attestations/"))
    assert Attestation.objects.get().reference in listed and "Nimali Perera" in listed


def test_a_key_holder_signs_beside_the_issuer():
    cohort = make_assessed_cohort()
    vientiane = Organisation.objects.get(reference="vientiane")
    make_key(vientiane)
    make_entitlement(cohort, issuer=vientiane)
    award_cohort(
        cohort=cohort, issuer=Organisation.objects.get(reference="chongqing"), on=AWARDED_ON, at=SIGNED_AT, by=NIGHTLY, wait=True,
        signers=[vientiane],
    )  # fmt: skip
    browser = browser_of("key_holder", member=vientiane)
    page = text_of(browser.get("/signatures/"))
    assert cohort.reference in page and "Sign those of" in page
    answer = browser.post("/signatures/", {"member": "vientiane", "cohort": cohort.reference}, follow=True)
    assert "2 certificates are signed." in text_of(answer) and "Nothing waits" in text_of(answer)
    assert set(Credential.objects.values_list("status", flat=True)) == {"issued"}
    again = browser.post("/signatures/", {"member": "vientiane", "cohort": cohort.reference})
    assert again.status_code == 409 and "Nothing waits for the signature" in text_of(again)
