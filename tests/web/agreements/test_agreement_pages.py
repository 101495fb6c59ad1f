"""Agreements as pages: what anyone may know, who reads the text, and signing over what was read."""

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from corridor.rooms.agreements.models import Agreement, AgreementParty
from tests.factories.agreements import make_agreement, make_draft_agreement, make_proposed_agreement
from tests.factories.members import make_member
from tests.factories.papers import PDF
from tests.web.readers import browser_of, just_proved, text_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today")]

SENTENCE = "We tell the truth."


@pytest.fixture
def proposed() -> Agreement:
    return make_proposed_agreement("AGR-2023-0031")


def browser_for(reference: str, agreement: Agreement):
    party = AgreementParty.objects.get(agreement=agreement, organisation__reference=reference)
    return just_proved(browser_of("coordinator", member=party.organisation))


def signature(agreement: Agreement, member: str = "vientiane", **changed: str) -> dict[str, str]:
    return {
        "member": member, "signed_as": "President", "has_read": "on", "signed_hash": agreement.canonical_hash, **changed,
    }  # fmt: skip


def test_a_visitor_sees_parties_states_and_days_but_not_the_text(client, proposed):
    page = text_of(client.get("/agreements/AGR-2023-0031/"))
    assert "Vientiane College" in page
    assert "Proposed to 2 parties; 0 of 2 have signed." in page
    assert "2 March 2023" in page
    assert SENTENCE not in page
    assert client.get("/agreements/AGR-2023-0031/text/").status_code == 302


def test_a_party_reads_the_text_and_which_version_prevails(proposed):
    page = text_of(browser_for("vientiane", proposed).get("/agreements/AGR-2023-0031/text/"))
    assert SENTENCE in page
    assert "This version prevails" in page
    assert proposed.canonical_hash in page


def test_another_member_does_not_read_it(proposed):
    browser = browser_of("coordinator", member=make_member("colombo", country="LK"))
    assert browser.get("/agreements/AGR-2023-0031/").status_code == 200
    assert browser.get("/agreements/AGR-2023-0031/text/").status_code == 403
    assert browser.get("/agreements/AGR-2023-0031/sign/").status_code == 403


def test_a_coordinator_signs_what_was_read(client, proposed):
    browser = browser_for("vientiane", proposed)
    assert SENTENCE in text_of(browser.get("/agreements/AGR-2023-0031/sign/"))
    answer = browser.post("/agreements/AGR-2023-0031/sign/", signature(proposed), follow=True)
    assert "Others have still to sign." in text_of(answer)
    page = text_of(client.get("/agreements/AGR-2023-0031/"))
    assert "1 of 2" in page
    assert "Signed here, in the office “President”." in page


def test_the_last_signature_is_said_to_be_the_last(proposed):
    browser_for("chongqing", proposed).post("/agreements/AGR-2023-0031/sign/", signature(proposed, "chongqing"))
    answer = browser_for("vientiane", proposed).post(
        "/agreements/AGR-2023-0031/sign/", signature(proposed), follow=True
    )
    assert "That was the last signature" in text_of(answer)


def test_a_signature_over_another_text_is_refused_with_both_fingerprints(proposed):
    old = "a" * 64
    answer = browser_for("vientiane", proposed).post(
        "/agreements/AGR-2023-0031/sign/", signature(proposed, signed_hash=old)
    )
    assert answer.status_code == 409
    assert old in text_of(answer)
    assert proposed.canonical_hash in text_of(answer)
    assert not AgreementParty.objects.filter(signed_on__isnull=False).exists()


def test_nobody_signs_for_another_member(proposed):
    answer = browser_for("vientiane", proposed).post(
        "/agreements/AGR-2023-0031/sign/", signature(proposed, "chongqing")
    )
    assert answer.status_code == 422
    assert not AgreementParty.objects.filter(signed_on__isnull=False).exists()


def test_who_has_signed_is_told_so(proposed):
    browser = browser_for("vientiane", proposed)
    browser.post("/agreements/AGR-2023-0031/sign/", signature(proposed))
    answer = browser.get("/agreements/AGR-2023-0031/sign/")
    assert answer.status_code == 409
    assert "2 February 2024" in text_of(answer)
    assert browser.post("/agreements/AGR-2023-0031/sign/", signature(proposed)).status_code == 409


def test_the_text_that_was_not_said_to_be_read_is_not_signed(proposed):
    sent = signature(proposed)
    del sent["has_read"]
    answer = browser_for("vientiane", proposed).post("/agreements/AGR-2023-0031/sign/", sent)
    assert answer.status_code == 422
    assert 'value="President"' in text_of(answer)


def test_the_secretariat_records_a_signature_on_paper_with_its_scan(client, proposed):
    secretariat = browser_of("secretariat")
    sent = {
        "member": "chongqing", "signed_on": "2023-05-18", "signed_as": "President", "attested_by": "Records office",
        "scan": SimpleUploadedFile("page.pdf", PDF, "application/pdf"),
    }  # fmt: skip
    answer = secretariat.post("/agreements/AGR-2023-0031/paper/", sent, follow=True)
    assert "On paper, in the office “President”; the scan is kept." in text_of(answer)
    scan = secretariat.get("/agreements/AGR-2023-0031/scans/chongqing/")
    assert (scan.content, scan["Content-Type"]) == (PDF, "application/pdf")
    assert 'filename="page.pdf"' in scan["Content-Disposition"]
    assert client.get("/agreements/AGR-2023-0031/scans/chongqing/").status_code == 302


def test_a_scan_that_is_no_picture_is_refused_and_no_signature_is_kept(proposed):
    sent = {
        "member": "chongqing", "signed_on": "2023-05-18", "signed_as": "President", "attested_by": "Records office",
        "scan": SimpleUploadedFile("page.png", b"no picture", "image/png"),
    }  # fmt: skip
    answer = browser_of("secretariat").post("/agreements/AGR-2023-0031/paper/", sent)
    assert answer.status_code == 422
    assert "The file is not what its name says" in text_of(answer)
    assert not AgreementParty.objects.filter(signed_on__isnull=False).exists()


def test_a_draft_is_written_and_proposed(client):
    make_member("chongqing")
    make_member("vientiane", country="LA")
    secretariat = browser_of("secretariat")
    sent = {
        "starts_on": "2024-03-01", "ends_on": "2027-02-28", "parties": "chongqing: leads\nvientiane: hosts",
        "title_en": "Joint training", "body_en": "Article 1.\n\nArticle 2.",
        "standing_en": "equal", "standing_zh-Hans": "equal", "standing_lo": "equal", "standing_ur": "equal",
    }  # fmt: skip
    secretariat.post("/agreements/new/", sent)
    assert client.get("/agreements/AGR-2024-0001/").status_code == 404
    assert secretariat.post("/agreements/AGR-2024-0001/propose/", {"reason": " "}).status_code == 422
    answer = secretariat.post("/agreements/AGR-2024-0001/propose/", {"reason": "Ready"}, follow=True)
    assert "its text stays as it is" in text_of(answer)
    page = text_of(client.get("/agreements/AGR-2024-0001/"))
    assert "Joint training" in page
    assert "hosts" in page
    assert secretariat.post("/agreements/AGR-2024-0001/propose/", {"reason": "Ready"}).status_code == 409


def test_a_draft_with_a_party_that_is_not_there_is_shown_again():
    sent = {
        "starts_on": "2024-03-01", "parties": "atlantis", "title_en": "Joint training", "body_en": "Article 1.",
        "standing_en": "equal", "standing_zh-Hans": "equal", "standing_lo": "equal", "standing_ur": "equal",
    }  # fmt: skip
    answer = browser_of("secretariat").post("/agreements/new/", sent)
    assert answer.status_code == 422
    assert "There is no member atlantis." in text_of(answer)
    assert "Joint training" in text_of(answer)


def test_the_secretariat_ends_an_agreement_with_a_reason():
    make_agreement("AGR-2023-0031")
    secretariat = browser_of("secretariat")
    sent = {"to": "terminated", "on": "2024-02-02", "reason": "Both parties asked for it."}
    answer = secretariat.post("/agreements/AGR-2023-0031/move/", sent, follow=True)
    assert "Both parties asked for it." in text_of(answer)
    late = {**sent, "on": "2020-01-01"}
    assert secretariat.post("/agreements/AGR-2023-0031/move/", late).status_code == 409


def test_the_list_is_filtered_by_state_and_party_and_taken_as_a_file(client):
    make_agreement("AGR-2023-0031")
    make_proposed_agreement("AGR-2023-0032", parties=("chongqing", "colombo"))
    make_draft_agreement("AGR-2023-0033")
    page = text_of(client.get("/agreements/?state=in_force"))
    assert "AGR-2023-0031" in page
    assert "AGR-2023-0032" not in page
    assert "AGR-2023-0033" not in text_of(client.get("/agreements/"))
    lines = client.get("/agreements/?member=colombo&format=csv").content.decode("utf-8-sig").splitlines()
    assert [line.split(",")[0] for line in lines[1:]] == ["AGR-2023-0032"]


def test_a_signature_over_another_text_shows_on_the_page(client):
    agreement = make_agreement("AGR-2023-0031")
    AgreementParty.objects.filter(agreement=agreement, position=1).update(signed_hash="b" * 64)
    page = text_of(client.get("/agreements/AGR-2023-0031/"))
    assert "Not every signature is over this text" in page
    assert "b" * 64 in page


def test_the_first_delivery_is_told(client):
    make_agreement("AGR-2023-0031", activated_on=date(2023, 9, 4))
    assert "The first delivery came on 4 September 2023." in text_of(client.get("/agreements/AGR-2023-0031/"))
