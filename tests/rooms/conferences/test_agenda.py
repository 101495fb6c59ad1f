"""The agenda of a conference: nobody is in two places at once, whatever the clocks do."""

from datetime import UTC, date, datetime, time

import pytest

from corridor.kernel.errors import AccessDenied, BadInput
from corridor.rooms.conferences import queries
from corridor.rooms.conferences.actions import ItemDraft, TakenThen, plan_conference, put_on_agenda, take_from_agenda
from corridor.rooms.conferences.drafts import ConferenceDraft
from corridor.rooms.conferences.kinds import ItemKind
from corridor.rooms.conferences.models import AgendaItem, Hall
from corridor.rooms.conferences.wall_clock import instant_of
from tests.factories.actors import VISITOR, make_actor

pytestmark = pytest.mark.django_db
LI = make_actor("secretariat", label="li-na")
DAY = date(2024, 11, 21)


def conference_in(zone="Asia/Shanghai", day=DAY, days=2):
    draft = ConferenceDraft(
        "CONF-X", "Somewhere", "CN", day, date.fromordinal(day.toordinal() + days), {"en": "Annual"}, zone
    )
    return plan_conference(conference=draft, by=LI)


def item(begin="09:00", end="10:00", *, day=DAY, **more):
    given = {
        "kind": ItemKind.TALK,
        "titles": {"en": "Brakes"},
        "hall": "Hall A",
        "speakers": [("Mei Lin", "Chongqing")],
    } | more
    return ItemDraft(
        starts=datetime.combine(day, time.fromisoformat(begin)),
        ends=datetime.combine(day, time.fromisoformat(end)), **given,
    )  # fmt: skip


def put(conference, *items, **more):
    return put_on_agenda(conference=conference, items=items, by=LI, **more)


def test_items_stand_in_the_order_of_time_with_instants_and_not_local_times():
    conference = conference_in()
    put(conference, item("14:00", "15:00"), item(titles={"en": "Opening", "lo": "ເປີດ"}))
    found = list(queries.agenda_of(conference=conference, by=VISITOR))
    assert [each.starts_at for each in found] == [
        datetime(2024, 11, 21, 1, tzinfo=UTC),
        datetime(2024, 11, 21, 6, tzinfo=UTC),
    ]
    assert [each.name for each in found[0].speakers.all()] == ["Mei Lin"]


def test_a_room_is_not_taken_twice_and_what_touches_does_not_clash():
    conference = conference_in()
    put(conference, item())
    with pytest.raises(TakenThen, match=r"Hall A is taken from 09:00–10:00 by “Brakes”"):
        put(conference, item("09:30", "10:30", speakers=[]))
    put(conference, item("10:00", "11:00"), item(hall="Hall B", speakers=[]))
    assert AgendaItem.objects.count() == 3


@pytest.mark.parametrize("name", ["Mei Lin", "MEI  LIN", "Ｍei Lin"], ids=["same", "spaces", "wide"])
def test_nobody_speaks_in_two_places_at_once(name):
    conference = conference_in()
    put(conference, item())
    with pytest.raises(TakenThen, match="speaks from 09:00–10:00"):
        put(conference, item("09:59", "11:00", hall="Hall B", speakers=[(name, "")]))


def test_all_items_stand_or_none():
    conference = conference_in()
    with pytest.raises(TakenThen):
        put(conference, item(), item("09:30", "10:30"))
    assert not AgendaItem.objects.exists()
    assert not Hall.objects.exists()


def test_an_item_is_changed_in_its_place_and_clashes_not_with_itself():
    conference = conference_in()
    (first,) = put(conference, item())
    key = first.pk
    (changed,) = put(conference, item("09:30", "10:30", titles={"en": "Lamps"}), replaces=first)
    assert (changed.pk, [each.text for each in changed.titles.all()]) == (key, ["Lamps"])
    take_from_agenda(item=changed, by=LI)
    assert (AgendaItem.objects.count(), Hall.objects.count()) == (0, 0)


@pytest.mark.parametrize(
    ("wrong", "column"),
    [
        (item("10:00", "09:00"), "ends"), (item(titles={"en": " "}), "title_en"), (item(day=date(2024, 11, 23)), "starts"),
        (item(speakers=[("Mei", ""), ("mei", "")]), "speakers"),
    ],
    ids=["backwards", "no title", "another day", "speaker twice"],
)  # fmt: skip
def test_what_cannot_be_on_an_agenda_is_told_at_its_field(wrong, column):
    with pytest.raises(BadInput) as refused:
        put(conference_in(), wrong)
    assert [problem.column for problem in refused.value.problems] == [column]


def test_only_who_plans_changes_it():
    with pytest.raises(AccessDenied):
        put_on_agenda(conference=conference_in(), items=[item()], by=make_actor("coordinator"))


def test_an_hour_that_the_clocks_jump_over_is_refused():
    day = date(2024, 3, 31)
    conference = conference_in("Europe/Berlin", day)
    with pytest.raises(BadInput, match="clocks are put on") as refused:
        put(conference, item("02:30", "03:30", day=day))
    assert refused.value.problems[0].column == "starts"
    # From 01:30 to 03:30 by the clock is one hour.
    (night,) = put(conference, item("01:30", "03:30", day=day))
    assert (night.ends_at - night.starts_at).total_seconds() == 3600


def test_an_hour_that_comes_twice_is_the_first_unless_it_is_said():
    local = datetime.combine(date(2024, 10, 27), time(2, 30))
    assert instant_of(local, "Europe/Berlin") == datetime(2024, 10, 27, 0, 30, tzinfo=UTC)
    assert instant_of(local, "Europe/Berlin", is_second=True) == datetime(2024, 10, 27, 1, 30, tzinfo=UTC)
    day = local.date()
    conference = conference_in("Europe/Berlin", day)
    (longer,) = put(conference, item("01:30", "03:30", day=day))
    assert (longer.ends_at - longer.starts_at).total_seconds() == 3 * 3600


def test_across_the_date_line_the_day_is_that_of_the_place():
    """Kiritimati is a whole day ahead of Pago Pago by the clock, in the same hour."""
    conference = conference_in("Pacific/Kiritimati")
    (first,) = put(conference, item("00:30", "01:30"))
    assert first.starts_at == datetime(2024, 11, 20, 10, 30, tzinfo=UTC)
    with pytest.raises(BadInput):
        put(conference, item("23:30", "23:59", day=date(2024, 11, 20)))
