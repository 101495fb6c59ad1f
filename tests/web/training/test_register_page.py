"""The register on a phone: everybody on one screen, one tap for each exception, and a signature as a second step."""

import gzip

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from corridor.rooms.training.models import Guest, RegisterRule, Session
from tests.factories.actors import make_user
from tests.factories.members import make_alliance, make_seat
from tests.factories.training import make_cohort, make_enrolment, make_session
from tests.web.people_at_work import make_colleague, manager_of, sign_in
from tests.web.readers import just_proved, text_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today")]

PAGE = "/cohorts/COH-2023-041/sessions/1/"


def scene(learners: int = 3, **session):
    bounmy, browser = make_colleague("bounmy")
    cohort = make_cohort(learners=learners, trainers=[bounmy])
    make_session(cohort, **session)
    return cohort, browser


def marks() -> dict[int, str]:
    session = Session.objects.get(number=1)
    return dict(session.marks.order_by("enrolment__number").values_list("enrolment__number", "mark"))


def test_who_is_not_ticked_is_present_and_who_is_ticked_is_what_was_chosen():
    _, browser = scene()
    answer = browser.post(
        PAGE, {"version": "1", "seats": "1 2 3", "exception": ["2", "3"], "x3": "late", "x1": "excused"}
    )
    assert answer.status_code == 302
    assert marks() == {1: "present", 2: "absent", 3: "late"}
    page = text_of(browser.get(PAGE))
    assert "<b data-roll-count>1</b> of 3 on time" in page
    assert 'value="3" id="s3" checked data-mark="late"' in page
    assert "Read and sign" in page


def test_two_registers_at_once_stand_side_by_side_and_neither_is_lost():
    _, browser = scene()
    browser.post(PAGE, {"version": "1", "seats": "1 2 3", "exception": "2"})
    answer = browser.post(PAGE, {"version": "1", "seats": "1 2 3", "exception": "3", "x3": "late"})
    page = text_of(answer)
    assert answer.status_code == 409
    assert "What you sent" in page
    assert "What stands there now" in page
    assert marks() == {1: "present", 2: "absent", 3: "present"}
    assert '<input type="hidden" name="version" value="2">' in page
    mine = browser.post(PAGE, {"version": "2", "seats": "1 2 3", "exception": "3", "x3": "late"})
    assert mine.status_code == 302
    assert marks() == {1: "present", 2: "present", 3: "late"}


def test_a_learner_who_came_after_the_page_was_opened_is_asked_for():
    cohort, browser = scene()
    make_enrolment(cohort, number=4)
    answer = browser.post(PAGE, {"version": "1", "seats": "1 2 3"})
    assert answer.status_code == 422
    assert "Seat 4 has no mark." in text_of(answer)
    assert marks() == {}


def test_a_mark_that_does_not_exist_is_refused():
    _, browser = scene()
    answer = browser.post(PAGE, {"version": "1", "seats": "1 2 3", "exception": "1", "x1": "asleep"})
    assert answer.status_code == 422
    assert "“asleep” is not a mark." in text_of(answer)


def test_signing_is_read_first_and_locks_the_register_for_ever():
    _, browser = scene(status="held", marks={2: "excused"})
    read = text_of(browser.get(PAGE + "sign/"))
    assert "Sign: 2 on time, 1 exception" in read
    assert "You sign as bounmy." in read
    assert browser.post(PAGE + "sign/", {"version": "2"}).status_code == 302
    page = text_of(browser.get(PAGE))
    assert "Signed by bounmy" in page
    assert "<form" not in page.split("<main", 1)[1]
    again = browser.post(PAGE, {"version": "3", "seats": "1 2 3", "exception": "1"})
    assert again.status_code == 409
    assert "signed and locked" in text_of(again)


def test_until_it_is_locked_the_page_says_when_and_its_trainer_corrects():
    cohort, browser = scene(status="held", marks={2: "excused"})
    RegisterRule.objects.create(programme=cohort.programme, locks_after_days=3)
    read = text_of(browser.get(PAGE + "sign/"))
    assert "For 3 days you correct a mark of it with a reason; then it is locked." in read
    browser.post(PAGE + "sign/", {"version": "2"})
    page = text_of(browser.get(PAGE))
    assert "is locked from 5 February 2024 on; until then its trainer may correct a mark" in page
    assert "Unlock it" not in page
    wrong = browser.post(PAGE + "correct/2/", {"mark": "late", "reason": ""})
    assert wrong.status_code == 422
    assert browser.post(PAGE + "correct/2/", {"mark": "late", "reason": "She came by bus."}).status_code == 302
    assert marks()[2] == "late"
    page = text_of(browser.get(PAGE))
    assert "She came by bus." in page
    assert "Excused" in page


def test_a_locked_register_is_unlocked_on_its_page_for_the_trainer():
    cohort, browser = scene(status="locked")
    manager = manager_of(cohort.site)
    assert PAGE + "correct/" not in text_of(browser.get(PAGE))
    assert browser.get(PAGE + "correct/2/").status_code == 409
    assert "Unlock it for its trainer" in text_of(manager.get(PAGE))
    assert manager.post(PAGE + "open/", {"days": "2", "reason": "The bus list came."}).status_code == 302
    page = text_of(browser.get(PAGE))
    assert "Its trainer may correct a mark until" in page
    assert "The bus list came." in page
    assert browser.post(PAGE + "correct/2/", {"mark": "absent", "reason": "On the list."}).status_code == 302
    assert marks()[2] == "absent"


def test_the_days_until_a_lock_are_set_on_the_page_of_the_rule():
    cohort, _ = scene()
    make_alliance()
    office = make_user("mei")
    make_seat(office, "secretariat")
    browser, page = sign_in(office), f"/programmes/{cohort.programme.reference}/registers/"
    assert browser.post(page, {"locks_after_days": "99", "sign_with": "name"}).status_code == 422
    assert browser.post(page, {"locks_after_days": "4", "sign_with": "name"}).status_code == 302
    assert RegisterRule.objects.get().locks_after_days == 4
    assert 'value="4"' in text_of(browser.get(page))


def test_a_register_taken_again_since_it_was_read_is_not_signed():
    _, browser = scene(status="held")
    browser.post(PAGE, {"version": "2", "seats": "1 2 3", "exception": "1"})
    assert browser.post(PAGE + "sign/", {"version": "2"}).status_code == 409
    assert Session.objects.get(number=1).status == "held"


def test_what_was_sent_without_a_version_is_stale():
    _, browser = scene()
    assert browser.post(PAGE, {"seats": "1 2 3"}).status_code == 409


def test_the_manager_signs_but_does_not_take():
    cohort, _ = scene(status="held")
    browser = manager_of(cohort.site)
    page = text_of(browser.get(PAGE))
    assert "Read and sign" in page
    assert "Save" not in page.split("<main", 1)[1].replace("Saved", "")
    assert browser.post(PAGE, {"version": "2", "seats": "1 2 3"}).status_code == 403


def test_a_session_that_is_still_to_come_says_when_its_register_opens(today):
    _, browser = scene(on=today.replace(day=9))
    page = text_of(browser.get(PAGE))
    assert "The register opens on Friday, 9 February 2024" in page
    assert browser.post(PAGE, {"version": "1", "seats": "1 2 3"}).status_code == 409


def test_forty_learners_weigh_little_and_need_no_tabler():
    _, browser = scene(learners=40)
    answer = browser.get(PAGE)
    assert text_of(answer).count('class="tile-in"') == 40
    assert "tabler" not in text_of(answer)
    assert len(gzip.compress(answer.content)) < 12_000


def test_forty_learners_cost_as_many_statements_as_ten():
    counts = []
    for name, learners in (("COH-A", 10), ("COH-B", 40)):
        trainer, browser = make_colleague(f"trainer-{learners}")
        make_session(make_cohort(name, learners=learners, trainers=[trainer]))
        with CaptureQueriesContext(connection) as asked:
            assert browser.get(f"/cohorts/{name}/sessions/1/").status_code == 200
        counts.append(len(asked))
    assert counts[0] == counts[1]


def test_where_the_programme_asks_for_it_a_register_is_signed_with_a_second_factor():
    cohort, browser = scene(status="held")
    RegisterRule.objects.create(programme=cohort.programme, sign_with="second_factor")
    answer = browser.post(f"{PAGE}sign/", {"version": "2"}, follow=True)
    assert "The programme asks for a second factor" in text_of(answer)
    assert Session.objects.get().status == "held"
    just_proved(browser, method="mfa")
    assert browser.post(f"{PAGE}sign/", {"version": "2"}).status_code == 302
    assert Session.objects.get().status == "locked"


def test_guests_are_written_a_name_on_each_line_and_taken_back_before_the_signature():
    _, browser = scene()
    sent = {"version": "1", "seats": "1 2 3", "guests": "Somchai\r\n\r\nA visitor of the company\r\n"}
    assert browser.post(PAGE, sent).status_code == 302
    page = text_of(browser.get(PAGE))
    assert "A visitor of the company\nSomchai\n</textarea>" in page
    browser.post(PAGE, {"version": "2", "seats": "1 2 3", "guests": "Somchai"})
    assert "A visitor of the company" not in text_of(browser.get(PAGE))
    assert "<li>Somchai</li>" in text_of(browser.get(f"{PAGE}sign/"))
    browser.post(f"{PAGE}sign/", {"version": "3"})
    signed = text_of(browser.get(PAGE))
    assert ("<li>Somchai</li>" in signed, 'name="guests"' in signed) == (True, False)
    assert Guest.objects.count() == 2


def test_too_long_a_guest_is_refused_and_the_register_stays_untaken():
    _, browser = scene()
    answer = browser.post(PAGE, {"version": "1", "seats": "1 2 3", "guests": "x" * 101})
    assert (answer.status_code, Guest.objects.count(), marks()) == (422, 0, {})


def test_of_two_registers_neither_sends_the_other_s_guests_away_and_minutes_stay():
    _, browser = scene()
    browser.post(PAGE, {"version": "1", "seats": "1 2 3", "guests": "Somchai"})
    late = {
        "version": "1",
        "seats": "1 2 3",
        "exception": "3",
        "x3": "late",
        "m3": "15",
        "r3": "The bus",
        "guests": "Kham",
    }
    page = text_of(browser.post(PAGE, late))
    assert "Kham\nSomchai\n</textarea>" in page
    assert 'name="m3" value="15"' in page
    assert 'name="r3" value="The bus"' in page
