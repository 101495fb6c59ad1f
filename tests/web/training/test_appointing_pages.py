"""Who teaches and who assesses a cohort is said on pages of the cohort; never the same person."""

import pytest

from corridor.rooms.assessment.models import Appointment
from corridor.rooms.training.models import CohortTrainer
from tests.factories.members import make_alliance
from tests.factories.people import make_person
from tests.factories.training import make_cohort
from tests.web.people_at_work import manager_of
from tests.web.readers import browser_of, text_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today", "alliance")]


@pytest.fixture
def alliance():
    return make_alliance()


def test_the_manager_of_the_site_appoints_a_trainer_and_no_assessor():
    cohort, khamla = make_cohort("COH-1"), make_person("khamla")
    manager = manager_of(cohort.site)
    page = text_of(manager.get("/cohorts/COH-1/"))
    assert "Appoint a trainer" in page
    assert "Appoint an assessor" not in page
    assert manager.post("/cohorts/COH-1/trainers/", {"person": "khamla"}).status_code == 302
    assert CohortTrainer.objects.get(cohort=cohort, person=khamla)
    assert manager.get("/cohorts/COH-1/assessors/").status_code == 403


def test_a_trainer_cannot_assess_and_is_told_so():
    khamla = make_person("khamla")
    make_cohort("COH-1", trainers=[khamla])
    mei = browser_of("secretariat")
    answer = mei.post("/cohorts/COH-1/assessors/", {"person": "khamla", "on": "2024-02-02"})
    assert answer.status_code == 409
    assert "khamla teaches COH-1 and cannot assess it." in text_of(answer)
    make_person("nimali")
    assert mei.post("/cohorts/COH-1/assessors/", {"person": "nimali", "on": "2024-02-02"}).status_code == 302
    assert Appointment.objects.get().person.reference == "nimali"


def test_a_person_whom_nobody_knows_is_said_at_the_field():
    make_cohort("COH-1")
    answer = browser_of("secretariat").post("/cohorts/COH-1/trainers/", {"person": "nobody"})
    assert answer.status_code == 422
    assert "There is no person nobody." in text_of(answer)
