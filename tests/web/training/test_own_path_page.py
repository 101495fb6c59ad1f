"""A learner's own path: units done and missing, attendance and certificates, and nobody else's."""

from datetime import date, timedelta
from gzip import compress
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from tests.factories.assessment import make_assessor, make_decision, make_scheme
from tests.factories.training import make_cohort, make_enrolment, make_session
from tests.web.people_at_work import make_colleague
from tests.web.readers import browser_of, text_of


def _picture() -> bytes:
    out = BytesIO()
    Image.new("RGB", (8, 8), "grey").save(out, "PNG")
    return out.getvalue()


PICTURE = _picture()
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today")]


def test_a_learner_sees_units_done_and_the_next_one():
    khamla, browser = make_colleague("khamla", romanised_name="Khamla Phommachanh")
    cohort = make_cohort()
    enrolment = make_enrolment(cohort, person=khamla, number=1)
    make_session(cohort, status="locked")
    first = cohort.curriculum_version.units.first()
    make_decision(enrolment, first, assessor=make_assessor(cohort))
    page = text_of(browser.get("/learn/"))
    assert "Khamla Phommachanh" in page
    assert f"1 of {cohort.curriculum_version.units.count()} units done" in page
    assert "1 of 1 (100.0%)" in page
    assert "Next:" in page


@pytest.mark.parametrize(("days", "offers"), [(3, True), (20, False)], ids=["while-the-days-run", "when-they-are-over"])
def test_every_decision_that_is_out_is_open_to_an_appeal_while_the_days_run(today, days, offers):
    khamla, browser = make_colleague("khamla")
    cohort = make_cohort()
    enrolment = make_enrolment(cohort, person=khamla, number=1)
    unit = cohort.curriculum_version.units.first()
    decision = make_decision(enrolment, unit, assessor=make_assessor(cohort))
    decision.changes.filter(to_status="final").update(effective_on=today - timedelta(days=days))
    page = text_of(browser.get("/learn/"))
    assert (f"/decisions/{decision.pk}/appeal/" in page) is offers
    if offers:
        browser.post(f"/decisions/{decision.pk}/appeal/", {"grounds": "Nobody looked"})
        assert f"/decisions/{decision.pk}/appeal/" not in text_of(browser.get("/learn/"))


def test_the_assessor_takes_a_file_as_evidence_and_the_learner_reads_it():
    khamla, browser = make_colleague("khamla")
    cohort = make_cohort(ends_before=date(2024, 6, 1))
    enrolment = make_enrolment(cohort, person=khamla, number=1)
    unit = cohort.curriculum_version.units.first()
    make_scheme(unit)
    nimali, assessor = make_colleague("nimali")
    make_assessor(cohort, nimali.reference)
    upload = SimpleUploadedFile("brake.png", PICTURE, "image/png")
    browser.post(f"/learn/{cohort.reference}/1/files/", {"words": "My brake", "file": upload})
    own = enrolment.own_evidence.get()
    address = f"/cohorts/{cohort.reference}/decisions/{unit.code}/1/"
    assert f"{address}files/{own.pk}/" in text_of(assessor.get(address))
    assert assessor.post(f"{address}files/{own.pk}/").status_code == 302
    assert f"{address}files/{own.pk}/" not in text_of(assessor.get(address))
    assert f"Taken as evidence in {unit.code}" in text_of(browser.get("/learn/"))
    assert browser.post(f"/learn/files/{own.pk}/drop/").status_code == 302
    assert "My brake" not in text_of(assessor.get(address))


def test_whose_path_is_empty_reads_what_would_stand_there():
    _, browser = make_colleague("nimali")
    assert "Nothing is on your path yet" in text_of(browser.get("/learn/"))


def test_an_account_of_no_person_has_no_path():
    assert browser_of("auditor").get("/learn/").status_code == 404


def test_the_next_session_stands_first_with_its_place_and_zone(today):
    khamla, browser = make_colleague("khamla")
    cohort = make_cohort(ends_before=today + timedelta(days=90))
    make_enrolment(cohort, person=khamla, number=1)
    make_session(cohort, number=1, on=today + timedelta(days=3), kind="practice")
    page = text_of(browser.get("/learn/"))
    assert "Next session" in page
    assert "Vientiane" in page
    assert "Vientiane, Laos" in page


def test_a_session_that_is_called_as_its_unit_is_called_so_in_the_readers_language(today):
    khamla, browser = make_colleague("khamla")
    cohort = make_cohort(ends_before=today + timedelta(days=90))
    make_enrolment(cohort, person=khamla, number=1)
    session = make_session(cohort, on=today + timedelta(days=3))
    session.unit = cohort.curriculum_version.units.first()
    session.unit.titles.create(language="lo", text="ກວດເບຣກ")
    session.topic = f"{session.unit.code} {session.unit.titles.get(language='en').text}"
    session.save()
    browser.cookies["language"] = "lo"
    page = text_of(browser.get("/learn/"))
    assert f"{session.unit.code} ກວດເບຣກ" in page and session.topic not in page
    session.topic = "What the tester says"
    session.save()
    assert "What the tester says" in text_of(browser.get("/learn/"))


def test_a_learner_adds_a_file_by_a_plain_form_and_takes_it_away():
    khamla, browser = make_colleague("khamla")
    cohort = make_cohort()
    make_enrolment(cohort, person=khamla, number=1)
    address = f"/learn/{cohort.reference}/1/files/"
    paper = SimpleUploadedFile("brake.png", PICTURE, "image/png")
    sent = browser.post(address, {"unit": "", "words": "The brake that I mended", "file": paper})
    assert sent.status_code == 302
    page = browser.get("/learn/")
    assert "The brake that I mended" in text_of(page)
    key = khamla_files(page)
    assert browser.get(f"/learn/files/{key}/").headers["Content-Type"] == "image/png"
    assert browser.post(f"/learn/files/{key}/drop/").status_code == 302
    assert browser.get(f"/learn/files/{key}/").status_code == 404
    wrong = browser.post(address, {"words": "A list", "file": SimpleUploadedFile("list.csv", b"a,b", "text/csv")})
    assert wrong.status_code == 422
    assert "Send a photo or a PDF" in text_of(wrong)


def test_the_path_is_light_and_needs_no_script():
    khamla, browser = make_colleague("khamla")
    for number in range(1, 4):
        cohort = make_cohort(f"COH-{number}")
        make_enrolment(cohort, person=khamla, number=1)
        for session in range(1, 9):
            make_session(cohort, number=session, on=cohort.starts_on + timedelta(days=session), status="locked")
    page = browser.get("/learn/").content
    assert len(compress(page)) < 20_000


def khamla_files(page) -> str:
    return page.context["path"].stretches[0].files[0].pk
