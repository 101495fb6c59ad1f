"""What an erasure leaves of a learner's time: counts, and no words."""

from datetime import date

import pytest
from django.utils import timezone

from corridor.rooms.training.models import LogbookEntry, Placement
from corridor.rooms.training.personal_data import forget, personal_data
from tests.factories.actors import make_actor
from tests.factories.placements import make_placement
from tests.factories.training import make_cohort

pytestmark = pytest.mark.django_db


def test_words_about_the_time_in_a_company_go_and_hours_stay():
    enrolment = make_cohort(learners=1).enrolments.get()
    placement = make_placement(enrolment)
    placement.logbook.create(done_on=date(2023, 3, 7), minutes=480, text="My uncle's lorry", written_at=timezone.now())
    placement.visits.create(visited_on=date(2023, 3, 8), found="Ill at home", by_label="bounthan")
    parts = {part.code: part for part in personal_data([enrolment.person_id])}
    assert parts["placements"].rows[0]["company"] == "mekong-fleet"
    assert forget([enrolment.person_id], by=make_actor("secretariat")) >= 3
    kept = Placement.objects.get()
    assert (kept.mentor_name, kept.mentor_email, kept.hours) == ("", "", 80)
    assert LogbookEntry.objects.values_list("text", "minutes").get() == ("", 480)
    assert kept.visits.get().found == "—"
