"""Follow-ups as pages: planned, opened, answered, closed, with their silence; a manager sees the graduates of the own site alone."""

from datetime import date

import pytest

from corridor.rooms.outcomes.models import FollowUp, Wave
from tests.factories.outcomes import answer, make_wave
from tests.factories.people import make_purpose
from tests.factories.training import make_cohort, make_enrolment
from tests.web.people_at_work import manager_of
from tests.web.readers import browser_of, statements_of, text_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today")]

PLAN = {"reference": "WAVE-2024-06", "months": "6", "opens_on": "2024-01-08", "closes_on": "2024-02-09"}
SAID = {
    "attempts": "2", "asked_on": "2024-01-10", "reached_on": "2024-01-11", "answered_on": "2024-01-11", "source": "self",
    "working": "yes", "relevant": "no", "occupation_code": "7231",
}  # fmt: skip
COMPLETED = [("enrolled", date(2023, 2, 1)), ("attending", date(2023, 3, 6)), ("completed", date(2023, 6, 30))]


@pytest.fixture
def secretariat():
    return browser_of("secretariat")


def graduates(reference: str = "COH-2023-041", *, count: int = 3, **ground: str):
    cohort = make_cohort(reference, status="finished", **ground)
    for number in range(1, count + 1):
        make_enrolment(cohort, number=number, steps=COMPLETED)
    return cohort


def test_a_wave_is_planned_opened_and_closed(secretariat):
    cohort = graduates()
    page = text_of(secretariat.post("/follow-ups/new/", {**PLAN, "cohorts": [cohort.reference]}, follow=True))
    assert "WAVE-2024-06 is planned." in page
    refused = secretariat.post("/follow-ups/WAVE-2024-06/move/", {"to": "open"})
    assert refused.status_code == 409 and "“follow_up” is not written down" in refused.content.decode()
    purpose = make_purpose()
    purpose.legal_basis = "public_task"
    purpose.save()
    page = text_of(secretariat.post("/follow-ups/WAVE-2024-06/move/", {"to": "open"}, follow=True))
    assert "0 of 3 graduates answered" in page
    page = text_of(secretariat.post("/follow-ups/WAVE-2024-06/move/", {"to": "closed"}, follow=True))
    assert "Whoever has not answered stays unknown." in page
    assert secretariat.post("/follow-ups/WAVE-2024-06/move/", {"to": "open"}).status_code == 409


def test_a_wave_that_closes_too_early_is_refused_on_the_form(secretariat):
    cohort = graduates()
    refused = secretariat.post("/follow-ups/new/", {**PLAN, "months": "12", "cohorts": [cohort.reference]})
    assert refused.status_code == 409
    assert "can be asked after 12 months from 30 June 2024 on" in text_of(refused)
    assert not Wave.objects.exists()


def test_a_wave_without_a_cohort_is_refused_on_the_form(secretariat):
    graduates()
    assert secretariat.post("/follow-ups/new/", PLAN).status_code == 422


def test_an_answer_is_written_down_and_stands_in_the_list(secretariat):
    cohort = graduates()
    make_wave("WAVE-2024-06", cohorts=[cohort])
    page = text_of(secretariat.post(f"/follow-ups/WAVE-2024-06/{cohort.reference}/2/", SAID, follow=True))
    assert "What is known of seat 2 of COH-2023-041 is written down." in page
    assert "1 of 3 graduates answered" in page
    assert "ISCO-08 7231" in page
    row = FollowUp.objects.get(enrolment__number=2)
    assert (row.working, row.relevant, row.source, row.attempts) == ("yes", "no", "self", 2)


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"source": ""}, "An answer has a source."),
        ({"answered_on": ""}, "An answer has a day."),
        ({"reached_on": ""}, "Who answers in person was reached."),
        ({"asked_on": "2024-03-01"}, "is outside the wave."),
    ],
)
def test_an_answer_that_cannot_be_is_refused_where_it_was_written(secretariat, changed, said):
    cohort = graduates()
    make_wave("WAVE-2024-06", cohorts=[cohort])
    refused = secretariat.post(f"/follow-ups/WAVE-2024-06/{cohort.reference}/2/", SAID | changed)
    assert refused.status_code == 422
    assert said in text_of(refused)
    assert 'value="7231"' in text_of(refused)


def test_a_closed_wave_shows_what_is_known_and_takes_no_answer(secretariat):
    cohort = graduates()
    make_wave("WAVE-2024-06", cohorts=[cohort], status="closed")
    page = text_of(secretariat.get(f"/follow-ups/WAVE-2024-06/{cohort.reference}/2/"))
    assert "The wave is closed: what is known stays as it is." in page
    refused = secretariat.post(f"/follow-ups/WAVE-2024-06/{cohort.reference}/2/", SAID)
    assert refused.status_code == 409
    assert "no answer is taken in after closing" in text_of(refused)


def test_yes_stands_between_its_bounds_and_the_silent_are_no_no(secretariat):
    wave = make_wave(cohorts=[graduates(count=20)])
    for follow_up in wave.follow_ups.all()[:10]:
        answer(follow_up, relevant="no")
    page = text_of(secretariat.get(f"/follow-ups/{wave.reference}/"))
    assert "Between 50.0% and 100.0%" in page
    assert "Between 0.0% and 50.0%" in page


def test_of_few_graduates_no_share_is_shown(secretariat):
    wave = make_wave(cohorts=[graduates()])
    answer(wave.follow_ups.first())
    page = text_of(secretariat.get(f"/follow-ups/{wave.reference}/"))
    assert "No share is shown" in page
    assert "Between" not in page


def test_the_silent_are_listed_alone(secretariat):
    wave = make_wave(cohorts=[graduates(count=2)])
    answer(wave.follow_ups.get(enrolment__number=1))
    page = text_of(secretariat.get(f"/follow-ups/{wave.reference}/", {"who": "silent"}))
    assert "/COH-2023-041/2/" in page
    assert "/COH-2023-041/1/" not in page


def test_the_list_of_graduates_goes_on_where_the_page_ended(secretariat):
    wave = make_wave(cohorts=[graduates(count=52)])
    assert "after=COH-2023-041%3A50" in text_of(secretariat.get(f"/follow-ups/{wave.reference}/"))
    rest = text_of(secretariat.get(f"/follow-ups/{wave.reference}/", {"after": "COH-2023-041:50"}))
    assert "/COH-2023-041/51/" in rest
    assert "/COH-2023-041/50/" not in rest


def test_a_manager_sees_and_counts_the_graduates_of_the_own_site_alone():
    own = graduates(count=2)
    other = graduates("COH-2023-077", count=3, site="wks-luang-prabang", programme="PRG-2022-002")
    wave = make_wave(cohorts=[own, other])
    answer(wave.follow_ups.get(enrolment__cohort=other, enrolment__number=1))
    browser = manager_of(own.site)
    page = text_of(browser.get(f"/follow-ups/{wave.reference}/"))
    assert "0 of 2 graduates answered" in page
    assert "COH-2023-077" not in page
    assert "You see the graduates of the sites that you manage" in text_of(browser.get("/follow-ups/"))
    assert browser.get(f"/follow-ups/{wave.reference}/COH-2023-077/1/").status_code == 404


def test_a_manager_of_another_site_sees_no_wave():
    make_wave("WAVE-2024-06", cohorts=[graduates()])
    other = make_cohort("COH-2023-077", site="wks-luang-prabang", programme="PRG-2022-002")
    browser = manager_of(other.site)
    assert browser.get("/follow-ups/WAVE-2024-06/").status_code == 404
    assert "No wave that you may see" in text_of(browser.get("/follow-ups/"))


def test_a_longer_list_asks_the_database_no_more_often(secretariat):
    few = make_wave("WAVE-FEW", cohorts=[graduates(count=5)])
    many = make_wave("WAVE-MANY", cohorts=[graduates("COH-2023-077", count=45)])
    pages = [f"/follow-ups/{wave.reference}/" for wave in (few, many)]
    assert statements_of(secretariat, pages[0]) == statements_of(secretariat, pages[1])


def test_who_does_not_agree_is_shown_as_not_asked_and_cannot_be_recorded(secretariat):
    make_purpose()
    wave = make_wave(cohorts=[graduates(count=3)])
    page = text_of(secretariat.get(f"/follow-ups/{wave.reference}/"))
    assert "3 graduates were not asked, because they do not agree to it." in page
    assert page.count("not asked: no consent") == 3
    seat = f"/follow-ups/{wave.reference}/COH-2023-041/1/"
    assert "nobody asks them" in text_of(secretariat.get(seat)) and "<textarea" not in text_of(secretariat.get(seat))
    sent = {"attempts": 1, "asked_on": wave.opens_on.isoformat(), "working": "unknown", "relevant": "unknown"}
    refused = secretariat.post(seat, sent)
    assert refused.status_code == 422 and "had not agreed to be asked" in text_of(refused)
