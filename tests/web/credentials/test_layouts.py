"""A coordinator says how the certificates of the own member look, on the page and by software; nobody for another member."""

import base64

import pypdfium2
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from corridor.foundations.documents.models import Document
from corridor.rooms.credentials.models import CertificateLayout, Entitlement
from corridor.rooms.members.models import Organisation
from tests.factories.actors import make_user
from tests.factories.credentials import make_assessed_cohort
from tests.factories.tokens import machine_of
from tests.rooms.credentials.test_layouts import SEAL, logo
from tests.web.readers import browser_of, text_of

pytestmark = pytest.mark.django_db
HERE = "/credentials/layouts/chongqing/"
API = "/members/chongqing/certificate-layout"


@pytest.fixture
def coordinator():
    make_assessed_cohort(learners=1)
    return browser_of("coordinator", member=Organisation.objects.get(reference="chongqing"))


def test_the_coordinator_sets_it_sees_a_specimen_and_who_set_it(coordinator):
    assert coordinator.get("/credentials/layouts/").headers["Location"] == HERE
    assert "Nothing is set yet" in text_of(coordinator.get(HERE))
    answer = coordinator.post(
        HERE,
        {"name_1": "陈美", "office_1_en": "President", "office_1_zh-Hans": "校长",
         "logo": SimpleUploadedFile("logo.png", logo()), "seal": SimpleUploadedFile("seal.svg", SEAL)},
    )  # fmt: skip
    assert answer.status_code == 302 and answer.headers["Location"] == HERE
    page = coordinator.get(HERE).content.decode()
    assert "in use" in page and "陈美" in page and "logo.png" in page and 'value="President"' in page
    pdf = coordinator.get(f"{HERE}specimen.pdf")
    assert pdf.headers["Content-Type"] == "application/pdf" and pdf.content.startswith(b"%PDF-")


def test_a_programme_gets_one_of_its_own(coordinator):
    programme = Entitlement.objects.get().programme
    answer = coordinator.post(HERE, {"programme": programme.reference, "name_1": "Mei", "office_1_en": "Dean"})
    assert answer.headers["Location"] == f"{HERE}?programme={programme.reference}"
    assert CertificateLayout.objects.get().programme == programme
    assert coordinator.get(f"{HERE}?programme=PRG-none").status_code == 404
    assert "Nothing is set for these certificates" in text_of(coordinator.get(f"{HERE}specimen.pdf"))


def test_a_kind_gets_one_of_its_own(coordinator):
    programme = Entitlement.objects.get().programme.reference
    sent = {"programme": programme, "kind": "unit", "name_1": "Mei", "office_1_en": "Dean"}
    answer = coordinator.post(HERE, sent)
    here = f"{HERE}?programme={programme}&kind=unit"
    assert answer.headers["Location"] == here
    assert coordinator.post(HERE, sent | {"programme": ""}).headers["Location"] == f"{HERE}?kind=unit"
    page = coordinator.get(here).content.decode()
    assert '<option value="unit" selected>One unit</option>' in page and 'value="Dean"' in page
    assert (
        f'href="{HERE}?programme={programme}&amp;kind=unit"' in page
        and f'href="{HERE}?programme=&amp;kind=unit"' in page
    )
    specimen = coordinator.get(f"{HERE}specimen.pdf?programme={programme}&kind=unit")
    assert "Certificate of one unit" in words_of(specimen.content)
    assert "Nothing is set for these certificates" in text_of(coordinator.get(f"{HERE}specimen.pdf"))
    assert coordinator.get(f"{HERE}?kind=diploma").status_code == 404
    assert coordinator.post(HERE, sent | {"kind": "diploma"}).status_code == 422


def test_software_sets_one_of_a_kind(coordinator):
    machine = machine_of(make_user("coordinator-chongqing"))
    sent = {"signatories": [{"name": "Mei", "office": {"en": "Dean"}}]}
    kept = machine.put(f"{API}?kind=unit", sent, if_match=machine.etag(f"{API}?kind=unit")).json()
    assert (kept["kind"], kept["number"], machine.get(API).json()["number"]) == ("unit", 1, 0)
    shown = machine.post(f"{API}/specimens?kind=module", sent)
    assert "Certificate of a module" in words_of(shown.content)
    assert machine.get(f"{API}?kind=diploma").status_code == 422


def test_what_cannot_be_kept_is_said_at_its_field_and_what_was_written_stays(coordinator):
    answer = coordinator.post(HERE, {"name_1": "Mei", "logo": SimpleUploadedFile("logo.gif", b"GIF89a")})
    page = text_of(answer)
    assert answer.status_code == 422 and "Give name and office of person 1, or leave both empty." in page
    answer = coordinator.post(
        HERE, {"name_1": "Mei", "office_1_en": "Dean", "logo": SimpleUploadedFile("logo.gif", b"GIF89a")}
    )
    assert answer.status_code == 422 and "Files of this kind are not kept" in text_of(answer)
    assert 'value="Dean"' in answer.content.decode() and not CertificateLayout.objects.exists()


def test_software_reads_it_and_sets_it_with_the_version_that_it_read(coordinator):
    machine = machine_of(make_user("coordinator-chongqing"))
    read = machine.get(API)
    assert read.json()["number"] == 0
    picture = {"file_name": "logo.png", "content": base64.b64encode(logo()).decode()}
    sent = {"logo": picture, "signatories": [{"name": "Mei", "office": {"en": "Dean"}}]}
    kept = machine.put(API, sent, if_match=read["ETag"])
    assert kept.status_code == 200 and kept.json()["number"] == 1 and kept.json()["logo"] == "logo.png"
    assert machine.put(API, sent, if_match=read["ETag"]).status_code == 412
    without = machine.put(API, {"logo": "none", "signatories": []}, if_match=kept["ETag"]).json()
    assert (without["number"], without["logo"], without["signatories"]) == (2, None, [])
    broken = {"logo": picture | {"content": "no base64"}, "signatories": []}
    wrong = machine.put(API, broken, if_match=machine.etag(API))
    assert wrong.status_code == 422 and "not base64" in wrong.content.decode()


def test_it_is_seen_before_it_is_kept(coordinator):
    given = {"name_1": "陈美", "office_1_en": "President", "try": "1"}
    shown = coordinator.post(HERE, given | {"seal": SimpleUploadedFile("seal.svg", SEAL)})
    assert shown.status_code == 200 and "President" in words_of(shown.content)
    assert not CertificateLayout.objects.exists() and not Document.objects.exists()
    refused = coordinator.post(HERE, given | {"office_1_en": ""})
    assert refused.status_code == 422 and "Give name and office of person 1" in text_of(refused)
    wrong = coordinator.post(HERE, given | {"logo": SimpleUploadedFile("logo.gif", b"GIF89a")})
    assert wrong.status_code == 422 and "Files of this kind are not kept" in text_of(wrong)


def test_a_specimen_keeps_the_picture_of_before(coordinator):
    coordinator.post(HERE, {"seal": SimpleUploadedFile("seal.svg", SEAL)})
    kept, without = (coordinator.post(HERE, {"try": "1", **more}).content for more in ({}, {"without_seal": "on"}))
    assert len(kept) > len(without)
    assert CertificateLayout.objects.count() == 1


def test_the_page_of_a_kind_tells_the_pictures_that_it_would_keep_and_the_languages_of_each(coordinator):
    coordinator.post(HERE, {"logo": SimpleUploadedFile("logo.png", logo())})
    assert "Logo now: logo.png." in text_of(coordinator.get(f"{HERE}?kind=unit"))
    answer = coordinator.post(HERE, {"kind": "unit", "language_1": "lo", "language_2": "en"})
    assert answer.status_code == 302
    assert CertificateLayout.objects.get(kind="unit").logo == CertificateLayout.objects.get(kind="").logo
    told = text_of(coordinator.get(HERE))
    assert "Lao and English" in told and "those of the places" in told


def test_software_sees_a_specimen_too(coordinator):
    machine = machine_of(make_user("coordinator-chongqing"))
    sent = {"signatories": [{"name": "Mei", "office": {"en": "Dean"}}]}
    shown = machine.post(f"{API}/specimens", sent)
    assert shown.headers["Content-Type"] == "application/pdf" and "Dean" in words_of(shown.content)
    assert not CertificateLayout.objects.exists()
    other = Organisation.objects.exclude(reference="chongqing").first()
    assert machine.post(f"/members/{other.reference}/certificate-layout/specimens", sent).status_code == 403


def words_of(pdf: bytes) -> str:
    with pypdfium2.PdfDocument(pdf) as paper:
        return "".join(page.get_textpage().get_text_range() for page in paper)


def test_nobody_sets_it_for_another_member(coordinator):
    stranger = browser_of("coordinator", member=Organisation.objects.exclude(reference="chongqing").first())
    assert stranger.get(HERE).status_code == 403 and stranger.post(HERE, {}).status_code == 403
    assert stranger.get("/credentials/layouts/").status_code == 200
    assert "No member of yours may issue yet" in text_of(stranger.get("/credentials/layouts/"))
