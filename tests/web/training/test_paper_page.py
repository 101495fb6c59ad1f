"""Paper: entered in the order of the sheet, or read from a photograph and then confirmed by a person."""

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from corridor.rooms.training.models import Session
from tests.factories.filled_sheets import fill_and_photograph, page_of
from tests.factories.training import make_cohort, make_session
from tests.web.people_at_work import make_colleague
from tests.web.readers import text_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today")]
PAGE = "/cohorts/COH-2023-041/sessions/1/paper/"


@pytest.fixture
def browser():
    bounmy, browser = make_colleague("bounmy")
    make_session(make_cohort(learners=6, trainers=[bounmy]), on=date(2024, 2, 1))
    return browser


def test_a_sheet_is_printed_filled_photographed_confirmed(browser):
    pdf = browser.get(f"{PAGE}sheet.pdf").content
    assert pdf.startswith(b"%PDF")
    assert browser.get("/cohorts/COH-2023-041/registers/week.pdf").content.startswith(b"%PDF")
    filled = fill_and_photograph(page_of(pdf), rows=6, seed=5)
    answer = browser.post(PAGE, {"read": "1", "photo": SimpleUploadedFile("sheet.jpg", filled.photo)})
    page = text_of(answer)
    assert answer.status_code == 200
    assert "This was read on the photograph." in page
    assert Session.objects.get().status == "planned"
    for place, mark in enumerate(filled.truth, start=1):
        assert f'name="x{place}" value="{mark}" required checked' in page
    sent = {f"x{place}": mark for place, mark in enumerate(filled.truth, start=1)}
    assert browser.post(PAGE, {"version": "1", **sent}).status_code == 302
    session = Session.objects.get()
    assert (session.status, session.capture_mode) == ("held", "paper")
    assert dict(session.marks.values_list("enrolment__number", "mark")) == dict(enumerate(filled.truth, start=1))
    kept = text_of(browser.get(PAGE))
    address = kept.partition('href="/cohorts/COH-2023-041/sessions/1/paper/photos/')[2].partition('"')[0]
    assert browser.get(f"{PAGE}photos/{address}")["Content-Type"] == "image/jpeg"


def test_what_is_no_sheet_is_refused_where_it_was_sent(browser):
    answer = browser.post(PAGE, {"read": "1", "photo": SimpleUploadedFile("cat.jpg", b"a cat")})
    assert answer.status_code == 422
    assert "This is no picture that can be read." in text_of(answer)
    assert browser.post(PAGE, {"read": "1"}).status_code == 422


def test_a_row_without_a_mark_is_asked_for_and_the_others_stay_chosen(browser):
    answer = browser.post(PAGE, {"version": "1", "x1": "late", "x2": "present"})
    page = text_of(answer)
    assert answer.status_code == 422
    assert "Seat 3 has no mark." in page
    assert 'name="x1" value="late" required checked' in page
    assert not Session.objects.get().marks.exists()
