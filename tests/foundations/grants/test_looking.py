"""An override opens one record for an hour, tells the person and gives reading alone; seeing as a role changes nothing at all."""

from datetime import timedelta

import pytest

from corridor.foundations.access import NOT_GIVEN, READING, Grant, Permission, Role
from corridor.foundations.access.roles import PERMISSIONS_OF
from corridor.foundations.audit.models import Entry, EntryDetail
from corridor.foundations.grants import looking
from corridor.foundations.grants.drafts import ALLIANCE, Place
from corridor.foundations.grants.giving import PLACES_OF
from corridor.foundations.grants.models import Override, Viewing
from corridor.foundations.grants.refusals import HeldAlready
from corridor.foundations.notices.models import Notice
from corridor.journeys.open_record import open_record, who_looked_at_me
from corridor.journeys.recognise import recognise, recognise_at_a_page
from corridor.kernel.errors import AccessDenied, BadInput, NotFound
from corridor.rooms.people import queries as people
from tests.factories.actors import make_actor, make_user
from tests.factories.grants import AT, TODAY
from tests.factories.members import make_member, make_seat
from tests.factories.people import make_person

WHY = "The police of Vientiane ask for a missing learner."

pytestmark = pytest.mark.django_db


@pytest.fixture
def auditor():
    user = make_user("auditor")
    make_seat(user, "auditor")
    return user


@pytest.fixture
def nimali():
    return make_person("nimali", user=make_user("nimali"))


def actor_of(user, at=AT):
    return recognise(user, on=TODAY, at=at)


def opened(*, kind="person", **given):
    return open_record(kind=kind, **given)


def test_an_auditor_opens_one_record_for_an_hour_and_the_person_is_told(auditor, nimali):
    other = make_person("khamla")
    with pytest.raises(NotFound):
        people.get_person(reference="nimali", by=actor_of(auditor))
    opened(reference="nimali", minutes=60, reason=WHY, at=AT, by=actor_of(auditor))
    assert people.get_person(reference="nimali", by=actor_of(auditor)) == nimali
    with pytest.raises(NotFound):
        people.get_person(reference=other.reference, by=actor_of(auditor))
    after = AT + timedelta(minutes=60)
    with pytest.raises(NotFound):
        people.get_person(reference="nimali", by=actor_of(auditor, after))
    assert Entry.objects.filter(event="grants.override_begun").exists()
    said = EntryDetail.objects.values_list("field", "after")
    assert set(said) == {("record_kind", "person"), ("record_reference", "nimali")}
    assert Notice.objects.get().user == nimali.user
    (looked,) = who_looked_at_me(by=make_actor("learner", user=nimali.user, person=nimali))
    assert (looked.user, looked.reason, looked.begins_at) == (auditor, WHY, AT)


def test_who_looked_is_the_persons_own(auditor, nimali):
    opened(reference="nimali", minutes=15, reason=WHY, at=AT, by=actor_of(auditor))
    for other in (
        make_actor("learner", person=make_person("khamla")),
        make_actor("coordinator", user=make_user("mei")),
    ):
        assert not who_looked_at_me(by=other).exists()


@pytest.mark.parametrize(("reason", "minutes"), [("Because I can.", 15), (WHY, 61), (WHY, 0), (" " * 30, 15)])
def test_a_short_reason_or_a_long_time_opens_nothing(auditor, nimali, reason, minutes):
    with pytest.raises(BadInput):
        opened(reference="nimali", minutes=minutes, reason=reason, at=AT, by=actor_of(auditor))
    assert not Override.objects.exists()


def test_nobody_else_opens_a_record_and_an_unknown_one_is_not_there(auditor, nimali):
    for role in ("council", "coordinator", "site_manager", "trainer", "visitor"):
        with pytest.raises(AccessDenied):
            opened(reference="nimali", minutes=15, reason=WHY, at=AT, by=make_actor(role, user=make_user(role)))
    with pytest.raises(NotFound):
        opened(reference="nobody", minutes=15, reason=WHY, at=AT, by=actor_of(auditor))


def test_closing_it_and_losing_the_office_end_it_at_once(auditor, nimali):
    override = opened(reference="nimali", minutes=60, reason=WHY, at=AT, by=actor_of(auditor))
    looking.end_override(override=override, at=AT + timedelta(minutes=1), by=actor_of(auditor))
    with pytest.raises(NotFound):
        people.get_person(reference="nimali", by=actor_of(auditor, AT + timedelta(minutes=2)))
    opened(reference="nimali", minutes=60, reason=WHY, at=AT, by=actor_of(auditor))
    auditor.is_active = False
    auditor.save()
    with pytest.raises(NotFound):
        people.get_person(reference="nimali", by=actor_of(auditor))


def test_an_override_gives_nothing_but_reading():
    assert PERMISSIONS_OF[Role.OVERRIDE] <= READING


@pytest.fixture
def secretariat():
    user = make_user("secretariat")
    make_seat(user, "secretariat")
    return user


@pytest.mark.parametrize("role", [role for role in Role if role not in NOT_GIVEN])
def test_whoever_sees_as_a_role_may_write_nothing_and_read_nothing_of_which_they_are_not_sure(secretariat, role):
    member = make_member("vientiane", country="LA")
    own = recognise(secretariat, on=TODAY)
    places = {"alliance": ALLIANCE, "member": Place("member", member.pk, "vientiane")}
    place = next(
        (places[kind] for kind in PLACES_OF[role.value] if kind in places),
        Place(PLACES_OF[role.value][-1], member.pk, "x"),
    )
    looking.begin_viewing(role=role, place=place, at=AT, by=own)
    seen = recognise_at_a_page(secretariat, on=TODAY, at=AT + timedelta(minutes=29)).actor
    assert seen.person_id is None
    for permission in Permission:
        if permission not in READING:
            assert not seen.holds_somewhere(permission), permission
            with pytest.raises(AccessDenied):
                seen.require(permission, on=member)
        elif seen.holds_somewhere(permission):
            assert own.holds_everywhere(permission)


def test_seeing_as_ends_by_itself_after_half_an_hour_and_when_asked(secretariat):
    by = recognise(secretariat, on=TODAY)
    looking.begin_viewing(role=Role.COUNCIL, place=ALLIANCE, at=AT, by=by)
    with pytest.raises(HeldAlready):
        looking.begin_viewing(role=Role.AUDITOR, place=ALLIANCE, at=AT, by=by)
    late = recognise_at_a_page(secretariat, on=TODAY, at=AT + timedelta(minutes=30))
    assert late.viewing is None
    assert Grant(Role.SECRETARIAT) in late.actor.grants
    looking.begin_viewing(role=Role.AUDITOR, place=ALLIANCE, at=AT + timedelta(minutes=31), by=by)
    looking.end_viewing(at=AT + timedelta(minutes=32), by=by)
    assert recognise_at_a_page(secretariat, on=TODAY, at=AT + timedelta(minutes=33)).viewing is None
    assert Viewing.objects.count() == 2
    assert set(Entry.objects.values_list("event", flat=True)) == {"grants.viewing_begun", "grants.viewing_ended"}


def test_only_the_secretariat_sees_as_a_role_and_only_one_that_is_held_there(auditor, secretariat):
    with pytest.raises(AccessDenied):
        looking.begin_viewing(role=Role.COUNCIL, place=ALLIANCE, at=AT, by=recognise(auditor, on=TODAY))
    by = recognise(secretariat, on=TODAY)
    for role in (Role.SYSTEM, Role.LEARNER, Role.OVERRIDE, Role.TRAINER):
        with pytest.raises(BadInput):
            looking.begin_viewing(role=role, place=ALLIANCE, at=AT, by=by)
