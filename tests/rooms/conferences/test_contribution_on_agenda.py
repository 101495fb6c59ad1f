"""What a member offered and was accepted gets its place on the agenda: once, with its title and its speakers."""

from datetime import date, datetime, time

import pytest

from corridor.foundations.access import NIGHTLY
from corridor.kernel.errors import BadInput
from corridor.rooms.conferences import queries
from corridor.rooms.conferences.actions import (
    ItemDraft,
    NotAccepted,
    OnAgendaAlready,
    put_on_agenda,
    take_from_agenda,
    withdraw_contribution,
)
from corridor.rooms.conferences.kinds import ItemKind
from tests.factories.actors import VISITOR, make_actor
from tests.factories.conferences import make_conference, make_contribution
from tests.factories.members import make_member

pytestmark = pytest.mark.django_db
LI = make_actor("secretariat", label="li-na")
NOON = datetime.combine(date(2024, 11, 21), time(12))


@pytest.fixture
def conference():
    return make_conference("CONF-2024", starts_on=date(2024, 11, 21), is_held=False)


@pytest.fixture
def vientiane():
    return make_member("vientiane", country="LA")


def put(conference, contribution, hour=12, **more):
    begins = NOON.replace(hour=hour)
    given = {"titles": {}} | {name: value for name, value in more.items() if name != "replaces"}
    draft = ItemDraft(ItemKind.TALK, begins, begins.replace(hour=hour + 1), contribution=contribution, **given)
    (made,) = put_on_agenda(conference=conference, items=[draft], by=LI, replaces=more.get("replaces"))
    return made


def test_its_title_its_speakers_and_its_language_are_taken(conference, vientiane):
    item = put(conference, make_contribution(conference, vientiane, status="accepted"))
    assert [(each.language, each.text) for each in item.titles.all()] == [("lo", "ເບກ")]
    assert [(each.name, each.comes_from) for each in item.speakers.all()] == [("Khamla", vientiane.display_name("lo"))]
    assert item.language == "lo"


def test_what_is_written_stands_before_what_is_taken(conference, vientiane):
    accepted = make_contribution(conference, vientiane, status="accepted")
    item = put(conference, accepted, titles={"en": "Brakes"}, speakers=[("Nimali", "")], language="en")
    assert [each.text for each in item.titles.all()] == ["Brakes"]
    assert [each.name for each in item.speakers.all()] == ["Nimali"]
    assert item.language == "en"


@pytest.mark.parametrize("status", ["submitted", "waiting", "declined", "withdrawn"])
def test_only_what_is_accepted_is_held(conference, vientiane, status):
    with pytest.raises(NotAccepted, match="only what is accepted"):
        put(conference, make_contribution(conference, vientiane, status=status))


def test_it_is_held_once_and_may_move(conference, vientiane):
    accepted = make_contribution(conference, vientiane, status="accepted")
    item = put(conference, accepted)
    with pytest.raises(OnAgendaAlready, match="from 2024-11-21 12:00"):
        put(conference, accepted, hour=15)
    moved = put(conference, accepted, hour=16, replaces=item)
    assert [each.reference for each in queries.contributions_to_place(conference=conference, by=LI)] == []
    take_from_agenda(item=moved, by=LI)
    assert list(queries.contributions_to_place(conference=conference, by=LI)) == [accepted]


def test_it_is_held_where_it_was_offered(conference, vientiane):
    elsewhere = make_conference("CONF-2025", starts_on=date(2025, 11, 20), is_held=False)
    with pytest.raises(BadInput) as refused:
        put(conference, make_contribution(elsewhere, vientiane, status="accepted"))
    assert [each.column for each in refused.value.problems] == ["contribution"]


def test_taken_back_it_shows_on_the_item_which_can_still_be_changed(conference, vientiane):
    accepted = make_contribution(conference, vientiane, status="accepted")
    item = put(conference, accepted)
    withdraw_contribution(contribution=accepted, on=date(2024, 7, 1), by=NIGHTLY)
    (read,) = queries.agenda_of(conference=conference, by=VISITOR)
    assert read.contribution.status == "withdrawn"
    moved = put(conference, accepted, hour=14, replaces=item)
    assert moved.contribution == accepted
    with pytest.raises(NotAccepted):
        put(conference, make_contribution(conference, vientiane, status="withdrawn"), hour=14, replaces=moved)
