"""The secretariat says who may issue, and what certificates count as."""

from datetime import date

import pytest

from corridor.rooms.credentials.models import Credential, Entitlement, RecognitionStatement
from tests.factories.credentials import make_credential
from tests.factories.members import make_alliance, make_member
from tests.web.readers import browser_of, text_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today", "alliance")]


@pytest.fixture
def alliance():
    return make_alliance()


@pytest.fixture
def credential() -> Credential:
    return make_credential()


def test_an_entitlement_is_granted_once_and_ended(credential):
    mei, cohort = browser_of("secretariat"), credential.cohort
    make_member("colombo", country="LK")
    sent = {
        "issuer": "colombo", "programme": cohort.programme.reference, "site": cohort.site.reference,
        "starts_on": "2024-02-01", "ends_on": "2024-12-31",
    }  # fmt: skip
    assert "Let a member issue" in text_of(mei.get("/credentials/entitlements/"))
    assert mei.post("/credentials/entitlements/new/", sent).status_code == 302
    granted = Entitlement.objects.get(issuer__reference="colombo")
    assert granted.ends_before == date(2025, 1, 1)
    again = mei.post("/credentials/entitlements/new/", sent)
    assert again.status_code == 409
    assert "already on some of the days" in text_of(again)
    page = f"/credentials/entitlements/{granted.pk}/end/"
    assert mei.post(page, {"last_day": "2026-01-01"}).status_code == 422
    assert mei.post(page, {"last_day": "2024-02-29"}).status_code == 302
    granted.refresh_from_db()
    assert granted.ends_before == date(2024, 3, 1)


def test_only_the_secretariat_is_offered_to_grant(credential):
    assert "Let a member issue" not in text_of(browser_of("auditor").get("/credentials/entitlements/"))
    assert browser_of("council").get("/credentials/entitlements/new/").status_code == 403


def test_what_counts_beyond_the_house_needs_an_authority_and_its_document(credential):
    mei = browser_of("secretariat")
    sent = {
        "programme": credential.cohort.programme.reference, "credential_kind": "award", "country": "LA",
        "recognition": "national", "starts_on": "2024-02-01",
    }  # fmt: skip
    refused = mei.post("/credentials/recognition/new/", sent)
    assert refused.status_code == 409
    assert "needs the authority and its document" in text_of(refused)
    unknown = mei.post("/credentials/recognition/new/", sent | {"authority": "A ministry", "document": "no-such"})
    assert unknown.status_code == 422
    assert "There is no document no-such." in text_of(unknown)
    assert mei.post("/credentials/recognition/new/", sent | {"recognition": "institution"}).status_code == 302
    assert RecognitionStatement.objects.get(starts_on=date(2024, 2, 1)).country == "LA"


def test_a_certificate_is_replaced_and_the_new_one_is_shown(credential):
    mei = browser_of("secretariat")
    answer = mei.post(
        f"/credentials/{credential.reference}/", {"step": "replace", "why": "name-corrected", "sure": "replace"}
    )
    assert answer.status_code == 302
    new = Credential.objects.get(replaces=credential)
    assert answer.url == f"/credentials/{new.reference}/"
    credential.refresh_from_db()
    assert credential.status == "replaced"


def test_an_authority_is_named_in_further_languages_and_told_in_the_readers(credential):
    mei = browser_of("secretariat")
    sent = {
        "programme": credential.cohort.programme.reference, "credential_kind": "award", "country": "LA",
        "recognition": "institution", "starts_on": "2024-02-01", "authority_lo": "ກະຊວງສຶກສາທິການ",
    }  # fmt: skip
    refused = mei.post("/credentials/recognition/new/", sent)
    assert refused.status_code == 422 and "Name the authority in English too" in text_of(refused)
    assert mei.post("/credentials/recognition/new/", sent | {"authority": "Ministry of Education"}).status_code == 302
    assert "Ministry of Education" in text_of(mei.get("/credentials/recognition/"))
    in_lao = text_of(mei.get("/credentials/recognition/", headers={"accept-language": "lo"}))
    assert "ກະຊວງສຶກສາທິການ" in in_lao and "Ministry of Education" not in in_lao
