from datetime import date

import pytest

from corridor.foundations.audit.models import Entry
from corridor.kernel.errors import AccessDenied, BadInput, WrongMoment
from corridor.rooms.conferences.actions import NotHeldYet, NumberTaken, hold_conference, plan_conferences
from corridor.rooms.conferences.drafts import ConferenceDraft
from corridor.rooms.conferences.models import Conference
from corridor.rooms.conferences.queries import get_conference, list_conferences, next_conference
from tests.factories.actors import VISITOR, make_actor
from tests.factories.conferences import make_conference

pytestmark = pytest.mark.django_db
LI = make_actor("secretariat", label="li-na")
FIRST, SECOND = date(2022, 12, 15), date(2023, 11, 23)


def draft(reference="CONF-2022", starts_on=FIRST, titles=None, zone="Asia/Shanghai"):
    return ConferenceDraft(
        reference,
        "Chongqing",
        "CN",
        starts_on,
        date.fromordinal(starts_on.toordinal() + 2),
        titles or {"en": "Annual"},
        zone,
    )


def test_the_secretariat_plans_many_at_once():
    made = plan_conferences(conferences=[draft(), draft("CONF-2023", SECOND)], by=LI)
    assert [(c.reference, c.status) for c in made] == [("CONF-2022", "planned"), ("CONF-2023", "planned")]
    assert Entry.objects.filter(event="conferences.planned", by="li-na").count() == 2


def test_a_coordinator_plans_none():
    with pytest.raises(AccessDenied):
        plan_conferences(conferences=[draft()], by=make_actor("coordinator"))
    assert not Conference.objects.exists()


def test_a_reference_is_given_once():
    plan_conferences(conferences=[draft()], by=LI)
    with pytest.raises(NumberTaken):
        plan_conferences(conferences=[draft("CONF-2023"), draft()], by=LI)
    assert Conference.objects.count() == 1


def test_a_conference_without_a_title_is_refused():
    with pytest.raises(BadInput):
        plan_conferences(
            conferences=[draft(titles={"": ""}), ConferenceDraft("X", "A", "CN", FIRST, FIRST, {}, "UTC")], by=LI
        )


def test_a_conference_stands_in_a_zone_that_there_is():
    with pytest.raises(BadInput) as refused:
        plan_conferences(conferences=[draft(zone="Asia/Chongqing-North")], by=LI)
    assert [problem.column for problem in refused.value.problems] == ["zone"]


def test_a_conference_is_held_on_its_first_day_and_not_before():
    conference = make_conference(starts_on=SECOND, is_held=False)
    with pytest.raises(NotHeldYet):
        hold_conference(conference=conference, on=FIRST, by=LI)
    held = hold_conference(conference=conference, on=SECOND, by=LI)
    assert (held.status_on(FIRST), held.status_on(SECOND)) == ("planned", "held")


def test_nothing_is_held_twice():
    conference = make_conference()
    with pytest.raises(WrongMoment):
        hold_conference(conference=conference, on=date(2024, 1, 1), by=LI)


def test_a_visitor_does_not_hold_a_conference():
    with pytest.raises(AccessDenied):
        hold_conference(conference=make_conference(is_held=False), on=SECOND, by=VISITOR)


def test_anyone_sees_conferences_the_latest_first_and_the_next_one():
    make_conference("CONF-2022", starts_on=FIRST)
    make_conference("CONF-2023", starts_on=SECOND, is_held=False)
    assert [c.reference for c in list_conferences(by=VISITOR)] == ["CONF-2023", "CONF-2022"]
    assert [c.status_then for c in list_conferences(by=VISITOR, on=FIRST)] == ["planned", "held"]
    assert next_conference(on=date(2023, 1, 1), by=VISITOR).reference == "CONF-2023"
    assert next_conference(on=date(2024, 1, 1), by=VISITOR) is None
    assert get_conference(reference="CONF-2022", by=VISITOR).titles.count() == 2
