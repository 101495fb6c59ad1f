"""The printed certificate: what can be read from it, what it carries, and that it fits."""

import json
from dataclasses import replace
from datetime import date, timedelta
from io import BytesIO

import pikepdf
import pypdfium2
import pytest
import zxingcpp

from corridor.rooms.credentials import queries
from corridor.rooms.credentials.certificates.attachments import attached_credential
from corridor.rooms.credentials.certificates.facts import CertificateFacts, RecognisedAs, UnitProved
from corridor.rooms.credentials.certificates.gathering import gather_facts
from corridor.rooms.credentials.certificates.printing import print_certificate
from corridor.rooms.credentials.models import Credential, CredentialKind, RecognitionKind
from corridor.rooms.credentials.refusals import CannotPrint, NothingIsAttached
from tests.factories.actors import VISITOR
from tests.factories.credentials import award, make_assessed_cohort, make_credential

NAMES = {
    "lo": ("ຄຳຫຼ້າ ພົມມະຈັນ", "Khamla Phommachanh"), "zh-Hans": ("陈美", "Chen Mei"), "th": ("สมชาย ใจดี", "Somchai Jaidee"),
    "km": ("ស៊ុន សុភា", "Sun Sophea"), "my": ("ခင် လှိုင်", "Khin Hlaing"), "si": ("නිමාලි පෙරේරා", "Nimali Perera"),
    "ta": ("இராமசாமி கந்தையா", "Ramasamy Kandiah"), "ur": ("عمران چوہدری", "Imran Chaudhry"), "ko": ("김영희", "Kim Younghee"),
    "fil": ("Maria Niña Dela Cruz",), "id": ("Suparman",), "vi": ("Nguyễn Thị Ánh Tuyết",),
}  # fmt: skip
LONG = "Rajapaksha Mudiyanselage Priyanthi Nimali Kumarihami Jayawardena"


def facts(names=NAMES["lo"], units=2, **changes):
    given = {
        "reference": "CRD-2024-0107", "kind": CredentialKind.AWARD, "learner_names": names, "issuer_reference": "chongqing",
        "issuer": {"zh-Hans": "重庆职业学院", "en": "Chongqing College"}, "key": "key-2024",
        "host": {"lo": "ວິທະຍາໄລ ວຽງຈັນ", "en": "Vientiane College"}, "site": {"en": "Workshop Vientiane"},
        "title": {"zh-Hans": "车辆检测", "en": "Vehicle inspection"}, "issued_on": date(2024, 1, 22), "last_day": None,
        "units": tuple(
            UnitProved(f"VI-{n:02}", {"en": "Receive and identify a vehicle", "zh-Hans": "车辆接收"}, 30, date(2024, 1, n))
            for n in range(1, units + 1)
        ),
        "recognised": (RecognisedAs("LA", RecognitionKind.INSTITUTION, "", "", ""),),
        "address": "https://alliance.example/c/q7w2mzk9tdraq7w2mzk9td", "sha256": "e2a4d5ec2c83a111" * 4,
        "bars": tuple(int(digit, 16) for digit in "e2a4d5ec2c83a111"), "is_specimen": True,
    }  # fmt: skip
    return CertificateFacts(**(given | changes))


def pages(pdf):
    document = pypdfium2.PdfDocument(pdf)
    return [document[n].get_textpage().get_text_range() for n in range(len(document))]


@pytest.mark.django_db
def test_the_signed_credential_is_attached_byte_for_byte():
    credential = make_credential()
    pdf = queries.certificate_pdf(credential=credential, by=VISITOR)
    with pikepdf.open(BytesIO(pdf)) as opened:
        assert list(opened.attachments) == ["credential.json"]
        assert opened.attachments["credential.json"].get_file().read_bytes() == credential.document.encode()
        assert (
            'pdfaid:part="3"' in str(opened.open_metadata())
            or "<pdfaid:part>3" in opened.Root.Metadata.read_bytes().decode()
        )
        assert [float(each) for each in opened.pages[0].mediabox[2:]] == pytest.approx([595.276, 841.89], abs=0.1)
    assert attached_credential(pdf) == credential.document.encode()


@pytest.mark.django_db
def test_the_code_on_the_paper_leads_to_the_holders_page():
    credential = make_credential()
    pdf = queries.certificate_pdf(credential=credential, by=VISITOR)
    picture = pypdfium2.PdfDocument(pdf)[0].render(scale=200 / 72).to_pil()
    (code,) = zxingcpp.read_barcodes(picture)
    address, _, words = code.text.partition("#")
    assert address == f"https://alliance.example/c/{credential.token}" and words == f"P1.{credential.signed_words}"


@pytest.mark.django_db
def test_it_prints_what_was_signed_and_the_same_bars_as_the_page(django_assert_num_queries):
    award(make_assessed_cohort(learners=1))
    credential = queries.get_credential_by_token(token=Credential.objects.get().token, by=VISITOR)
    with django_assert_num_queries(0):
        found = queries.certificate_facts(credential=credential, by=VISITOR)
    assert found == replace(gather_facts([credential])[0], codes=found.codes), "signed is what the records say"
    assert found.bars == tuple(int(digit, 16) for digit in found.sha256[:16]) and not found.is_specimen
    (text,) = pages(queries.certificate_pdf(credential=credential, by=VISITOR))
    for told in (
        credential.reference,
        found.learner_names[0],
        "VI-1",
        "2023-06-20",
        "competent",
        "2023-07-10",
        "No end date",
    ):
        assert told in text
    assert "SPECIMEN" not in text and found.hours == 80


@pytest.mark.parametrize("language", NAMES)
def test_names_of_every_script_can_be_printed_whole(language):
    pdf = print_certificate(facts(NAMES[language]), document="{}")
    (text,) = pages(pdf)
    assert NAMES[language][-1] in text and "SPECIMEN" in text
    assert len(pdf) < 64 * 1024


def test_a_character_in_no_font_is_refused_by_name():
    with pytest.raises(CannotPrint, match="CRD-2024-0107"):
        print_certificate(facts(("𓀀𓂀",)), document="{}")


def test_a_long_name_and_eight_units_fit_one_page_and_many_units_go_on():
    assert len(pages(print_certificate(facts((LONG, LONG), units=8), document="{}"))) == 1
    first, second = pages(print_certificate(facts(units=16), document="{}"))
    assert "Page 1 of 2" in first and "Page 2 of 2" in second and "Signed electronically" in " ".join(second.split())


def test_a_national_qualification_names_who_decided_and_an_institutions_certificate_says_so():
    national = RecognisedAs("LK", RecognitionKind.NATIONAL, "NVQ 4", "TVEC", "Letter 117")
    (text,) = pages(print_certificate(facts(recognised=(national, *facts().recognised)), document="{}"))
    flat = " ".join(text.split())
    assert "In Sri Lanka (NVQ 4; TVEC; Letter 117): a national qualification." in flat
    assert "In Laos: a certificate of an institution, not a national qualification." in flat
    (silent,) = pages(print_certificate(facts(recognised=()), document="{}"))
    assert "no country has stated what it counts as" in " ".join(silent.split())


def test_the_same_facts_give_the_same_bytes_and_an_end_is_printed():
    ends = facts(last_day=date(2025, 12, 31))
    assert print_certificate(ends, document="{}") == print_certificate(ends, document="{}")
    assert "Valid until 2025-12-31" in pages(print_certificate(ends, document="{}"))[0]
    assert ends.last_day - ends.issued_on > timedelta(0)


def test_the_attachment_is_found_in_a_pdf_that_other_software_wrote():
    document = json.dumps({"a": "ຄຳຫຼ້າ" * 500}, ensure_ascii=False)
    with pikepdf.open(BytesIO(print_certificate(facts(), document=document))) as opened:
        for packed in (pikepdf.ObjectStreamMode.generate, pikepdf.ObjectStreamMode.disable):
            again = BytesIO()
            opened.save(again, object_stream_mode=packed, compress_streams=True, linearize=True)
            assert attached_credential(again.getvalue()) == document.encode()
    with pytest.raises(NothingIsAttached):
        attached_credential(b"%PDF-1.7\n/EmbeddedFiles")
