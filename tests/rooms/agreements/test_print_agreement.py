"""The agreement on paper: every version, who signed, lines for those who have still to, and the way to its public facts."""

from datetime import UTC, date, datetime

import pypdfium2
import pytest
from django.utils import translation

from corridor.kernel.errors import AccessDenied
from corridor.rooms.agreements import actions
from corridor.rooms.agreements.drafts import AgreementDraft, PartyDraft, SignerDraft, TextDraft
from corridor.rooms.agreements.models import Agreement, Signature, Signer
from corridor.rooms.agreements.printing.document import printed
from corridor.rooms.agreements.queries import agreement_pdf
from tests.factories.actors import NIGHTLY, make_actor
from tests.factories.agreements import (
    find_or_make_member,
    make_agreement,
    make_draft_agreement,
    make_proposed_agreement,
)

from .signing import SIGNING_ON, coordinator_of, sign

pytestmark = pytest.mark.django_db
ON, ON_AT = date(2024, 2, 2), datetime(2023, 5, 1, tzinfo=UTC)
# A sentence in each script that the members write, Urdu from right to left.
SCRIPTS = {
    "zh-Hans": "第一条 共同教学。", "lo": "ມາດຕາ 1. ພວກເຮົາສອນຮ່ວມກັນ.", "th": "มาตรา 1 เราสอนร่วมกัน", "my": "အပိုဒ် ၁။ အတူတကွ သင်ကြားသည်။",
    "km": "មាត្រា ១ យើងបង្រៀនជាមួយគ្នា។", "si": "1 වන වගන්තිය. අපි එක්ව උගන්වමු.", "ta": "பிரிவு 1. நாம் ஒன்றாகக் கற்பிக்கிறோம்.",
    "ur": "شق 1۔ ہم مل کر پڑھاتے ہیں۔", "ko": "제1조 함께 가르친다.",
}  # fmt: skip


def shown(agreement: Agreement) -> dict:
    parties = list(agreement.parties.all())
    signers = {each.pk: list(Signer.objects.filter(party=each, ended_at__isnull=True)) for each in parties}
    signatures = {each.pk: list(Signature.objects.filter(party=each, superseded_at__isnull=True)) for each in parties}
    return printed(agreement, signers=signers, signatures=signatures, on=ON)


def test_every_version_is_printed_in_its_own_language_the_prevailing_one_first():
    said = shown(make_agreement())
    assert [(text["language"], text["title"]) for text in said["texts"]] == [
        ("zh", "联合培训协议"), ("en", "Joint training in vehicle inspection"),
    ]  # fmt: skip
    assert said["texts"][1]["articles"] == [["Article 1. We teach together."], ["Article 2. We tell the truth."]]
    assert said["draft"] == ""
    assert said["address"].endswith("/agreements/AGR-2023-0031/")


def test_the_foot_holds_the_whole_fingerprint():
    agreement = make_agreement()
    assert shown(agreement)["fingerprint"].replace(" ", "") == agreement.canonical_hash


def test_a_draft_says_that_it_is_one_and_has_no_fingerprint():
    said = shown(make_draft_agreement())
    assert (said["draft"], said["fingerprint"]) == ("Draft", "")


def test_who_has_signed_stands_there_and_who_has_not_finds_a_line():
    agreement = make_proposed_agreement()
    party = agreement.parties.get(organisation__reference="vientiane")
    for office in ("President", "Dean"):
        actions.name_signer(party=party, draft=SignerDraft(office), at=ON_AT, by=NIGHTLY)
    sign(agreement, "chongqing")
    sides = {side["names"][0]: side for side in shown(agreement)["signing"]["sides"]}
    signed, waiting = sides["Chongqing College"], sides["Vientiane College"]
    assert signed["rows"] == [["coordinator", "Signed here · Password", "18 May 2023"]]
    assert signed["blank"] == []
    assert (waiting["rows"], waiting["blank"]) == ([], ["President", "Dean"])


def test_as_many_lines_as_signers_are_asked_for_where_none_is_named():
    agreement = make_proposed_agreement()
    Agreement.objects.filter(pk=agreement.pk).update(quorum=2)
    agreement.refresh_from_db()
    assert [side["blank"] for side in shown(agreement)["signing"]["sides"]] == [["", ""], ["", ""]]


@pytest.mark.parametrize("language", ["en", "lo", "ur", "zh-hans"])
def test_every_script_of_the_members_can_be_printed(language):
    members = [find_or_make_member("chongqing"), find_or_make_member("vientiane")]
    draft = AgreementDraft(
        reference="AGR-2023-0050", starts_on=date(2023, 6, 1), parties=[PartyDraft(member) for member in members],
        texts=[TextDraft(tag, sentence, f"{sentence}\n{sentence}\n\n{sentence}") for tag, sentence in SCRIPTS.items()],
    )  # fmt: skip
    actions.draft_agreement(agreement=draft, by=NIGHTLY)
    with translation.override(language):
        pdf = agreement_pdf(reference="AGR-2023-0050", on=ON, by=NIGHTLY)
    assert pdf.startswith(b"%PDF-")
    # The first page, one for each version, and the one to sign.
    assert len(pypdfium2.PdfDocument(pdf)) == len(SCRIPTS) + 2


def test_it_is_printed_for_whoever_may_read_its_text():
    agreement = make_proposed_agreement()
    mei = coordinator_of(agreement, "chongqing")
    assert agreement_pdf(reference=agreement.reference, on=SIGNING_ON, by=mei).startswith(b"%PDF-")
    with pytest.raises(AccessDenied):
        agreement_pdf(reference=agreement.reference, on=SIGNING_ON, by=make_actor("trainer"))
