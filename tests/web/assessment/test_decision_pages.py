"""Decisions as pages: many learners in a unit at once, one by one, and making them final."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from corridor.rooms.assessment.models import Decision
from corridor.rooms.training.models import CohortTrainer
from tests.factories.assessment import make_assessor, make_decision
from tests.factories.training import make_cohort
from tests.web.people_at_work import make_colleague
from tests.web.readers import browser_of, text_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today")]

BASE = "/cohorts/COH-2023-041/decisions/"


def scene(learners: int = 3):
    cohort = make_cohort(learners=learners)
    somphone, browser = make_colleague("somphone")
    make_assessor(cohort, "somphone")
    return cohort, somphone, browser, cohort.curriculum_version.units.first()


def given(**changed: str) -> dict[str, str]:
    return {
        "result": "competent",
        "decided_on": "2023-06-20",
        "evidence_note": "Seen.",
        "version": "0",
        "attempt": "1",
    } | changed


def test_several_learners_are_decided_at_once_and_the_others_stay_open():
    *_, browser, unit = scene()
    answer = browser.post(f"{BASE}{unit.code}/", {"r1": "competent", "r2": "not_yet_competent", "r3": ""}, follow=True)
    assert "2 decisions are recorded." in text_of(answer)
    assert list(Decision.objects.order_by("enrolment__number").values_list("result", "assessor__reference")) == [
        ("competent", "somphone"), ("not_yet_competent", "somphone"),
    ]  # fmt: skip


def test_a_form_that_decides_about_nobody_says_so():
    *_, browser, unit = scene()
    answer = browser.post(f"{BASE}{unit.code}/", {"r1": ""})
    assert answer.status_code == 422
    assert "Decide about at least one learner." in text_of(answer)


def test_one_decision_is_recorded_with_its_note_and_changed_until_it_is_final():
    *_, browser, unit = scene()
    page = f"{BASE}{unit.code}/1/"
    assert browser.post(page, given()).status_code == 302
    assert (
        browser.post(page, given(result="not_yet_competent", version="1", evidence_note="2.5 only.")).status_code == 302
    )
    decision = Decision.objects.get()
    assert (decision.result, decision.evidence_note, decision.version) == ("not_yet_competent", "2.5 only.", 2)


def test_a_form_that_is_older_than_the_decision_gets_both():
    *_, browser, unit = scene()
    page = f"{BASE}{unit.code}/1/"
    browser.post(page, given())
    browser.post(page, given(version="1", evidence_note="Seen twice."))
    answer = browser.post(page, given(version="1", result="not_yet_competent"))
    assert answer.status_code == 409
    assert "What you sent" in text_of(answer)
    assert Decision.objects.get().result == "competent"


def test_final_decisions_never_change_and_count_at_the_top():
    *_, browser, unit = scene()
    browser.post(f"{BASE}{unit.code}/", {"r1": "competent", "r2": "competent"})
    answer = browser.post(f"{BASE}final/", {"unit": unit.code}, follow=True)
    page = text_of(answer)
    assert "2 decisions are final now." in page
    assert "2 of 6 decisions are final" in page
    again = browser.post(f"{BASE}{unit.code}/1/", given(version="1"))
    assert again.status_code == 409
    assert "is final; it does not change" in text_of(again)


def test_a_second_attempt_follows_a_final_not_yet_competent():
    cohort, somphone, browser, unit = scene()
    make_decision(cohort.enrolments.get(number=1), unit, assessor=somphone, result="not_yet_competent")
    assert "attempt 2 may follow" in text_of(browser.get(f"{BASE}{unit.code}/"))
    assert browser.post(f"{BASE}{unit.code}/1/", given(attempt="2")).status_code == 302
    assert Decision.objects.get(attempt=2).result == "competent"


def test_who_teaches_the_cohort_is_told_in_words_why_not():
    cohort, somphone, browser, unit = scene()
    CohortTrainer.objects.create(cohort=cohort, person=somphone)
    answer = browser.post(f"{BASE}{unit.code}/", {"r1": "competent"})
    assert answer.status_code == 409
    assert "in COH-2023-041 and cannot assess them." in text_of(answer)
    assert 'value="competent" checked' in text_of(answer)
    bounmy, trainer = make_colleague("bounmy")
    CohortTrainer.objects.create(cohort=cohort, person=bounmy)
    refused = trainer.get(BASE)
    assert refused.status_code == 403
    assert "Whoever teaches a cohort does not assess it" in text_of(refused)


def test_who_oversees_reads_and_does_not_decide():
    *_, unit = scene()
    browser = browser_of("auditor")
    assert "Record these decisions" not in text_of(browser.get(f"{BASE}{unit.code}/"))
    assert browser.post(f"{BASE}{unit.code}/", {"r1": "competent"}).status_code == 403


def test_a_unit_and_a_seat_that_are_not_there_are_not_found():
    *_, browser, unit = scene()
    assert browser.get(f"{BASE}XX-9/").status_code == 404
    assert browser.get(f"{BASE}{unit.code}/99/").status_code == 404


def test_the_matrix_costs_the_same_for_three_learners_as_for_thirty():
    counts = []
    browser = browser_of("auditor")
    for name, learners in (("COH-A", 3), ("COH-B", 30)):
        make_cohort(name, learners=learners)
        with CaptureQueriesContext(connection) as asked:
            assert browser.get(f"/cohorts/{name}/decisions/").status_code == 200
        counts.append(len(asked))
    assert counts[0] == counts[1]
