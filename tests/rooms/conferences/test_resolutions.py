"""What a conference decided has an owner and a day; its minutes have two hands."""

from datetime import date

import pytest

from corridor.foundations.access import VISITOR
from corridor.kernel.errors import AccessDenied, BadInput, NotFound, WrongMoment
from corridor.rooms.conferences import queries
from corridor.rooms.conferences.actions import (
    ResolutionDraft,
    SameHand,
    approve_minutes,
    resolve,
    settle_resolution,
    write_minutes,
)
from corridor.rooms.conferences.lifecycle import ResolutionStatus
from corridor.rooms.conferences.models import Resolution
from tests.factories.actors import make_actor
from tests.factories.conferences import HELD_ON, make_conference
from tests.factories.members import make_member

pytestmark = pytest.mark.django_db
LI, COUNCIL = make_actor("secretariat", label="li-na"), make_actor("council", label="the chair")
DUE, AFTER = date(2024, 1, 31), date(2024, 2, 2)


@pytest.fixture
def conference():
    return make_conference()


def resolved(conference, **more):
    given = {"texts": {"en": "Compare the curricula."}, "resolved_on": HELD_ON, "due_on": DUE} | more
    return resolve(resolutions=[ResolutionDraft(conference, **given)], by=LI)[0]


def test_a_resolution_gets_a_number_an_owner_and_a_day_and_late_is_computed(conference):
    made = resolved(conference, owner=make_member("vientiane", country="LA"))
    assert (made.reference, made.is_late(DUE), made.is_late(AFTER)) == ("RES-2023-0001", False, True)
    late = queries.list_resolutions(by=VISITOR, on=AFTER, state="late")
    assert [each.reference for each in late] == [made.reference]
    settle_resolution(resolution=made, to=ResolutionStatus.DONE, on=AFTER, by=LI, reason="Compared in Vientiane.")
    assert not queries.list_resolutions(by=VISITOR, on=AFTER, state="late")


@pytest.mark.parametrize(
    ("wrong", "column"),
    [({"texts": {"en": " "}}, "text_en"), ({"resolved_on": date(2023, 11, 1)}, "resolved_on"), ({"due_on": date(2023, 1, 1)}, "due_on")],
    ids=["no words", "before the conference", "due before"],
)  # fmt: skip
def test_what_was_not_decided_is_told_at_its_field(conference, wrong, column):
    with pytest.raises(BadInput) as refused:
        resolved(conference, **wrong)
    assert column in {problem.column for problem in refused.value.problems}
    assert not Resolution.objects.exists()


def test_the_owner_says_what_was_carried_out_and_the_secretariat_alone_drops_it(conference):
    vientiane = make_member("vientiane", country="LA")
    made, khamla = resolved(conference, owner=vientiane), make_actor("coordinator", ("member", vientiane.pk))
    with pytest.raises(AccessDenied):
        settle_resolution(resolution=made, to=ResolutionStatus.DROPPED, on=AFTER, by=khamla, reason="Too much work.")
    with pytest.raises(AccessDenied):
        other = make_actor("coordinator", ("member", make_member("colombo", country="LK").pk))
        settle_resolution(resolution=made, to=ResolutionStatus.DONE, on=AFTER, by=other, reason="Done.")
    with pytest.raises(BadInput):
        settle_resolution(resolution=made, to=ResolutionStatus.DONE, on=AFTER, by=khamla, reason=" ")
    done = settle_resolution(resolution=made, to=ResolutionStatus.DONE, on=AFTER, by=khamla, reason="Done.")
    with pytest.raises(WrongMoment):
        settle_resolution(resolution=done, to=ResolutionStatus.DROPPED, on=AFTER, by=LI, reason="Again.")


def test_what_the_secretariat_owes_is_settled_by_no_member(conference):
    made = resolved(conference)
    with pytest.raises(AccessDenied):
        by = make_actor("coordinator", ("member", make_member("colombo", country="LK").pk))
        settle_resolution(resolution=made, to=ResolutionStatus.DONE, on=AFTER, by=by, reason="Done.")


def test_the_desk_of_a_member_shows_its_own_and_the_secretariat_s_what_is_late_everywhere(conference):
    vientiane = make_member("vientiane", country="LA")
    own, far = resolved(conference, owner=vientiane), resolved(conference, owner=vientiane, due_on=date(2025, 1, 1))
    ours = resolved(conference, due_on=date(2024, 2, 20))
    khamla = make_actor("coordinator", ("member", vientiane.pk))
    assert list(queries.resolutions_owed_by(by=khamla, on=AFTER)) == [own]
    assert list(queries.resolutions_owed_by(by=LI, on=AFTER)) == [own, ours]
    assert not queries.resolutions_owed_by(by=make_actor("trainer"), on=AFTER)
    assert far.status == "open"


def test_minutes_are_read_once_a_second_person_approved_them_and_then_stay(conference):
    minutes = write_minutes(conference=conference, language="lo", text="ພວກເຮົາໄດ້ພົບກັນ", on=AFTER, by=LI)
    with pytest.raises(NotFound):
        queries.get_minutes(conference=conference.reference, language="lo", by=VISITOR)
    write_minutes(conference=conference, language="lo", text="ພວກເຮົາໄດ້ພົບກັນ.", on=AFTER, by=LI)
    with pytest.raises(SameHand):
        approve_minutes(minutes=minutes, on=AFTER, by=make_actor("council", label="li-na"))
    approve_minutes(minutes=minutes, on=AFTER, by=COUNCIL)
    (read,) = queries.minutes_of(conference=conference, by=VISITOR)
    assert (read.text, read.approved_by) == ("ພວກເຮົາໄດ້ພົບກັນ.", "the chair")
    with pytest.raises(WrongMoment):
        write_minutes(conference=conference, language="lo", text="Other", on=AFTER, by=LI)
    with pytest.raises(WrongMoment):
        approve_minutes(minutes=minutes, on=AFTER, by=make_actor("council", label="another"))


def test_a_conference_to_come_has_no_minutes():
    planned = make_conference("CONF-2024", starts_on=date(2024, 11, 21), is_held=False)
    with pytest.raises(WrongMoment):
        write_minutes(conference=planned, language="en", text="We met.", on=AFTER, by=LI)


@pytest.mark.parametrize(
    ("language", "text"), [("xx-!", "We met."), ("en", " "), ("en", "x" * 50_001)], ids=["language", "empty", "long"]
)
def test_minutes_say_something_in_a_language(conference, language, text):
    with pytest.raises(BadInput):
        write_minutes(conference=conference, language=language, text=text, on=AFTER, by=LI)
