"""The languages of the paper are chosen on the page and by software; what is not translated yet is refused at every door, with what to do."""

import pytest

from corridor.rooms.credentials.models import CertificateLayout, Credential
from corridor.rooms.members.models import Organisation
from tests.commands.run import run
from tests.factories.actors import make_user
from tests.factories.credentials import make_assessed_cohort, translate
from tests.factories.members import make_seat
from tests.factories.tokens import machine_of
from tests.web.readers import browser_of, text_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today")]
HERE = "/credentials/layouts/chongqing/"
API = "/members/chongqing/certificate-layout"


@pytest.fixture
def cohort():
    made = make_assessed_cohort(learners=1)
    translate(made, "zh-Hans", title="车辆检测", unit="制动检查")
    translate(made, "th", title="การตรวจสภาพรถ", unit="ตรวจเบรก", units=["VI-1"])
    return made


@pytest.fixture
def coordinator(cohort):
    return browser_of("coordinator", member=Organisation.objects.get(reference="chongqing"))


def test_the_coordinator_chooses_the_languages_and_is_asked_for_offices_in_them(coordinator):
    page = coordinator.get(HERE).content.decode()
    for language in ("zh-Hans", "lo", "en"):
        assert f'name="office_1_{language}"' in page, "of the issuer, of the site, and English"
    assert 'name="office_1_th"' not in page and '<option value="th">Thai</option>' in page
    kept = coordinator.post(HERE, {"language_1": "th", "language_2": "en"})
    assert kept.status_code == 302 and CertificateLayout.objects.get().named_languages == ("th", "en")
    page = coordinator.get(HERE).content.decode()
    assert '<option value="th" selected>Thai</option>' in page and 'name="office_1_th"' in page
    assert 'name="office_1_lo"' not in page
    twice = coordinator.post(HERE, {"language_1": "th", "language_2": "th"})
    assert twice.status_code == 422 and "each of them once" in text_of(twice)


def test_software_reads_and_sets_the_languages(coordinator):
    machine = machine_of(make_user("coordinator-chongqing"))
    sent = {"signatories": [{"name": "Mei", "office": {"th": "ผู้อำนวยการ"}}], "languages": ["th", "en"]}
    kept = machine.put(API, sent, if_match=machine.etag(API)).json()
    assert kept["languages"] == ["th", "en"] == machine.get(API).json()["languages"]
    wrong = machine.put(API, sent | {"languages": ["tlh"]}, if_match=machine.etag(API))
    assert wrong.status_code == 422 and "We have no words for a paper in" in wrong.content.decode()
    assert machine.put(API, {"signatories": []}, if_match=machine.etag(API)).json()["languages"] == []


def test_what_is_left_out_is_said_before_anybody_awards(cohort):
    cohort.site.__class__.objects.filter(pk=cohort.site_id).update(country="TH")
    page = text_of(browser_of("secretariat").get(f"/cohorts/{cohort.reference}/award/"))
    assert "Languages on paper" in page and "Left out: Thai. These titles have no reviewed text in it:" in page
    assert '<span class="mono nowrap">VI-2</span>' in page


def test_a_named_language_that_is_not_whole_is_refused_at_every_door(cohort, coordinator, capsys):
    coordinator.post(HERE, {"language_1": "th", "language_2": "en"})
    browser, address = browser_of("secretariat"), f"/cohorts/{cohort.reference}/award/"
    said = "The title of VI-2 has no reviewed text in the language “Thai”"
    # To machines a language is its tag.
    tagged = said.replace("Thai", "th")
    assert said in text_of(browser.get(address))
    answer = browser.post(address, {"issuer": "chongqing", "on": "2023-07-10"})
    assert answer.status_code == 422 and said in text_of(answer)
    user = make_user("mei")
    make_seat(user, "secretariat")
    mei = machine_of(user)
    preview = mei.get(f"/cohorts/{cohort.reference}/award-preview?issuer=chongqing&on=2023-07-10").json()
    assert tagged in preview["learners"][0]["refusals"][0]
    assert preview["languages"] == [{"written": ["th", "en"], "left_out": []}]
    sent = {"issuer": "chongqing", "on": "2023-07-10"}
    refused = mei.post(f"/cohorts/{cohort.reference}/awards", sent, idempotency_key="award-1")
    assert refused.status_code == 422 and said in refused.content.decode()
    ended = run(capsys, "credentials", "issue", cohort.reference, "--on", "2023-07-10")
    assert ended.code == 1 and tagged in ended.err
    assert not Credential.objects.exists()
