"""A year of a site on its pages: planned, spent and done, over and under in words; wrong input is refused at its field."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from corridor.rooms.sites.models import PlanLine, Spending
from tests.factories.funding import make_rate
from tests.factories.members import make_alliance
from tests.factories.site_years import make_line, make_plan, make_spending, picture
from tests.factories.sites import make_site
from tests.web.readers import browser_of, text_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today")]
YEARS = "/sites/wks-vientiane/years/"
LINE = {"kind": "upkeep", "what": "Lifts", "amount": "1000", "currency": "CNY", "paid_by": "vientiane"}


@pytest.fixture
def site():
    make_alliance()
    return make_site()


@pytest.fixture
def mei(site):
    return browser_of("secretariat")


def test_a_year_is_planned_spent_on_and_read(mei):
    assert "No year is planned yet" in text_of(mei.get(YEARS))
    assert mei.post(f"{YEARS}new/", {"year": "2023", "sessions": "10"})["Location"] == YEARS
    assert mei.post(f"{YEARS}new/", {"year": "2023"}).status_code == 409
    assert "The budget has no line yet" in text_of(mei.get(f"{YEARS}2023/"))
    assert mei.post(f"{YEARS}2023/lines/new/", LINE | {"paid_by": "nobody"}).status_code == 422
    assert mei.post(f"{YEARS}2023/lines/new/", LINE).status_code == 302
    line = PlanLine.objects.get()
    spent = {"spent_on": "2023-06-01", "amount": "1200.50", "currency": "CNY"}
    wrong = mei.post(f"{YEARS}2023/lines/{line.pk}/spend/", spent | {"spent_on": "2022-06-01"})
    assert (wrong.status_code, "is not in 2023" in text_of(wrong)) == (422, True)
    paper = SimpleUploadedFile("invoice.jpg", picture(), "image/jpeg")
    assert mei.post(f"{YEARS}2023/lines/{line.pk}/spend/", spent | {"paper": paper}).status_code == 302
    page = text_of(mei.get(f"{YEARS}2023/"))
    for part in ("over by", "200.50 CNY", "10 fewer than planned", "The year is over."):
        assert part in page.replace("\xa0", " ")
    row = Spending.objects.get()
    assert mei.get(f"{YEARS}2023/spending/{row.pk}/paper/")["Content-Type"] == "image/jpeg"
    assert mei.post(f"{YEARS}2023/spending/{row.pk}/strike/", {"reason": "Twice"}).status_code == 302
    assert "Twice" in text_of(mei.get(f"{YEARS}2023/"))
    assert mei.post(f"{YEARS}2023/lines/{line.pk}/remove/").status_code == 409


def test_two_who_correct_a_line_at_once_are_told(mei, site):
    line = make_line(make_plan(site))
    where = f"{YEARS}2023/lines/{line.pk}/"
    assert mei.post(where, LINE | {"version": "1"}).status_code == 302
    assert mei.post(where, LINE | {"version": "1", "what": "Mine"}).status_code == 409


def test_a_sum_over_currencies_names_its_rates_and_without_one_there_is_none(mei, site):
    plan = make_plan(site)
    make_spending(make_line(plan, "100", "CNY"), "2000", "LAK")
    make_line(plan, "100", "USD")
    make_rate("LAK", "USD", value="0.00005")
    page = text_of(mei.get(f"{YEARS}2023/?into=USD"))
    assert "There is no rate from CNY into USD" in page
    assert "Something is in no sum" in page
    make_rate("CNY", "USD", value="0.14", source="A bank in Chongqing")
    page = text_of(mei.get(f"{YEARS}2023/?into=USD")).replace("\xa0", " ")
    for part in ("114.00 USD", "A bank in Chongqing"):
        assert part in page
