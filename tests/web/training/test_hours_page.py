"""The hours of a cohort on their page, and the reason why a learner is assessed without them."""

import pytest

from corridor.rooms.training.actions import Description, describe_cohort
from corridor.rooms.training.models import HoursWaiver
from tests.factories.actors import make_actor
from tests.factories.members import make_alliance
from tests.factories.training import make_cohort
from tests.web.people_at_work import manager_of
from tests.web.readers import browser_of, text_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today")]


def test_who_is_short_of_hours_is_named_and_the_secretariat_writes_why(settings):
    make_alliance()
    cohort = make_cohort("COH-1", learners=1)
    unit = cohort.curriculum_version.units.first()
    unit.hours.get_or_create(kind="practice", defaults={"hours": 10})
    describe_cohort(
        cohort=cohort, description=Description(capacity=None, required_share=80), by=make_actor("secretariat")
    )
    mei = browser_of("secretariat")
    assert "Too few hours to be assessed" in text_of(mei.get("/cohorts/COH-1/hours/"))
    assert manager_of(cohort.site).post("/cohorts/COH-1/hours/", {}).status_code == 403
    sent = {"which": f"{unit.code}.1", "reason": ""}
    assert mei.post("/cohorts/COH-1/hours/", sent).status_code == 422
    assert mei.post("/cohorts/COH-1/hours/", {**sent, "reason": "Seen at work"}).status_code == 302
    assert HoursWaiver.objects.get().reason == "Seen at work"
