from datetime import date, timedelta

import pytest

from corridor.foundations.journal.models import Conflict
from corridor.foundations.journal.refusals import DecidedAlready
from corridor.foundations.notices.models import Notice
from corridor.journeys.decide_conflict import (
    KEEP,
    TAKE,
    NothingToTake,
    count_to_decide,
    count_waiting,
    decide_conflicts,
    get_conflict,
    list_conflicts,
    tell_conflicts,
)
from corridor.journeys.recognise import recognise
from corridor.kernel.errors import AccessDenied, BadInput, NotFound
from corridor.rooms.sites.models import SitePost
from corridor.rooms.training.actions import lock_register, take_register
from corridor.rooms.training.models import CaptureMode, CohortTrainer, RegisterEntry, SaidMark, Session
from tests.factories.actors import make_actor, make_user
from tests.factories.devices import NOON, Phone
from tests.factories.members import make_seat
from tests.factories.people import make_person
from tests.factories.training import make_cohort, make_session

pytestmark = pytest.mark.django_db


@pytest.fixture
def session():
    people = [make_person(name, user=make_user(name)) for name in ("bounmy", "khamla")]
    return make_session(make_cohort(learners=3, trainers=people))


@pytest.fixture
def seats(session):
    return list(session.cohort.enrolments.order_by("number"))


@pytest.fixture
def manager(session):
    return make_actor("site_manager", ("site", session.cohort.site_id), label="somchai")


@pytest.fixture
def contested(session, seats):
    """Bounmy says that all were there; Khamla says that the third was not."""
    phone, other = Phone.of(make_user("bounmy")), Phone.of(make_user("khamla"))
    phone.mark(session, dict.fromkeys(seats, "present"))
    other.mark(session, {seats[2]: "absent"})
    phone.send()
    other.send()
    return Conflict.objects.get()


def decide(conflict, outcome, *, by, reason="The mentor was asked."):
    return decide_conflicts(conflicts=[conflict], outcome=outcome, reason=reason, at=NOON + timedelta(days=1), by=by)


def mark_of(session, number=3):
    return session.marks.get(enrolment__number=number).mark


def test_the_inbox_says_both_values_who_and_when(contested, session, seats, manager):
    (told,) = tell_conflicts(conflicts=list(list_conflicts(by=manager)), by=manager)
    assert (told.place, told.session) == (seats[2], session)
    assert (told.standing.mark, told.brought.mark) == ("present", "absent")
    assert (told.conflict.standing_by, told.conflict.event.device.user.username) == ("bounmy", "khamla")
    assert told.may_decide
    assert told.name.own_name


@pytest.mark.parametrize(("outcome", "mark"), [(KEEP, "present"), (TAKE, "absent")], ids=["keep", "take"])
def test_a_named_person_decides_and_everything_stays_to_be_read(contested, session, seats, manager, outcome, mark):
    assert decide(contested, outcome, by=manager) == 1
    contested.refresh_from_db()
    assert (contested.outcome, contested.decided_by, contested.decided_because) == (
        outcome,
        "somchai",
        "The mentor was asked.",
    )
    assert mark_of(session) == mark
    said = SaidMark.objects.filter(enrolment=seats[2]).order_by("entry__entered_at", "pk")
    assert {row.mark for row in said} == {"present", "absent"}
    assert RegisterEntry.objects.get(origin="decision").entered_by == "somchai"
    lock_register(
        session=Session.objects.get(),
        version=Session.objects.get().version,
        at=NOON,
        by=recognise(make_user("bounmy"), on=NOON.date()),
    )


def test_nothing_is_decided_twice(contested, manager):
    decide(contested, KEEP, by=manager)
    with pytest.raises(DecidedAlready, match="somchai"):
        decide(contested, TAKE, by=manager)


def test_nothing_is_decided_without_a_reason(contested, session, manager):
    with pytest.raises(BadInput):
        decide(contested, TAKE, by=manager, reason=" ")
    assert mark_of(session) == "present"
    assert Conflict.objects.get().is_waiting


def test_the_trainers_read_their_conflicts_and_decide_none(contested):
    own = recognise(make_user("khamla"), on=NOON.date())
    assert [row.may_decide for row in tell_conflicts(conflicts=list(list_conflicts(by=own)), by=own)] == [False]
    with pytest.raises(AccessDenied):
        decide(contested, TAKE, by=own)
    assert count_waiting(by=recognise(make_user("bounmy"), on=NOON.date())) == 0


def test_managers_of_other_places_see_none(contested):
    stranger = make_actor("site_manager", ("site", contested.pk))
    assert count_waiting(by=stranger) == 0
    with pytest.raises(NotFound):
        get_conflict(key=contested.pk, by=stranger)
    assert count_waiting(by=make_actor("secretariat")) == 1


def test_three_who_differ_are_decided_together(contested, session, seats, manager):
    CohortTrainer.objects.create(cohort=session.cohort, person=make_person("nimali", user=make_user("nimali")))
    third = Phone.of(make_user("nimali"))
    third.mark(session, {seats[2]: ("late", 20)})
    third.send()
    waiting = list(Conflict.objects.order_by("raised_at", "pk"))
    assert len(waiting) == 2
    assert decide(waiting[0], TAKE, by=manager) == 2
    assert mark_of(session) == "absent"
    assert sorted(Conflict.objects.values_list("outcome", flat=True)) == ["brought", "standing"]


def test_a_whole_event_is_taken_at_once(session, seats, manager):
    phone = Phone.of(make_user("bounmy"))
    phone.mark(session, dict.fromkeys(seats, "late"))
    CohortTrainer.objects.filter(person__reference="bounmy").delete()
    phone.send()
    found = list(list_conflicts(by=manager))
    assert decide_conflicts(conflicts=found, outcome=TAKE, reason="She taught that day.", at=NOON, by=manager) == 3
    assert set(session.marks.values_list("mark", flat=True)) == {"late"}
    assert Session.objects.get().status == "held"


def test_a_mark_after_signing_becomes_a_correction_with_both_marks(session, seats, manager):
    phone = Phone.of(make_user("bounmy"))
    phone.mark(session, {seats[0]: "absent"})
    khamla = recognise(make_user("khamla"), on=NOON.date())
    taken = take_register(
        session=session,
        marks={1: "present", 2: "present", 3: "present"},
        version=1,
        capture_mode=CaptureMode.LIVE,
        at=NOON,
        by=khamla,
    )
    lock_register(session=taken, version=taken.version, at=NOON, by=khamla)
    phone.send()
    decide(Conflict.objects.get(), TAKE, by=manager)
    assert mark_of(session, 1) == "absent"
    assert Session.objects.get().status == "locked"
    assert RegisterEntry.objects.get(origin="correction").reason == "The mentor was asked."
    assert list(
        SaidMark.objects.filter(enrolment=seats[0]).order_by("entry__entered_at").values_list("mark", flat=True)
    ) == ["present", "absent"]


def test_a_waiting_signature_is_given_once_the_marks_agree(contested, session, manager):
    other = Phone.of(make_user("khamla"))
    other.sign(session)
    other.send()
    decide(contested, KEEP, by=manager)
    decide(Conflict.objects.get(reason="signature_contested"), TAKE, by=manager)
    assert Session.objects.values_list("status", "signed_by").get() == ("locked", "khamla")


def test_what_cannot_be_read_is_put_aside_and_never_taken(session, manager):
    phone = Phone.of(make_user("bounmy"))
    phone.do("register.sung", session.pk, {})
    phone.send()
    with pytest.raises(NothingToTake):
        decide(Conflict.objects.get(), TAKE, by=manager)
    assert decide(Conflict.objects.get(), KEEP, by=manager) == 1


def test_who_decides_is_told_once_until_they_have_read_it(session, seats):
    """The manager of the site and the secretariat, not the trainers; a second conflict opens no second notice while the first is unread."""
    managing, office, elsewhere = make_user("somchai"), make_user("office"), make_user("elsewhere")
    SitePost.objects.create(site=session.cohort.site, user=managing, held_from=date(2022, 10, 10))
    make_seat(office, "secretariat")
    phone, other = Phone.of(make_user("bounmy")), Phone.of(make_user("khamla"))
    phone.mark(session, dict.fromkeys(seats, "present"))
    phone.send()
    for seat in seats[1:]:
        other.mark(session, {seat: "absent"})
        other.send()
    assert Conflict.objects.count() == 2
    told = [(each.user, each.event, each.about, each.link) for each in Notice.objects.order_by("user__username")]
    row = ("journal.conflict_waits", session.cohort.reference, "/registers/conflicts/")
    assert told == [(office, *row), (managing, *row)]
    Notice.objects.filter(user=managing).update(read_at=NOON)
    other.mark(session, {seats[0]: "absent"})
    other.send()
    assert [Notice.objects.filter(user=each).count() for each in (managing, office, elsewhere)] == [2, 1, 0]


def test_only_who_decides_counts_what_waits(contested, session, manager):
    assert count_to_decide(by=manager) == 1
    assert count_to_decide(by=make_actor("secretariat")) == 1
    khamla = recognise(make_user("khamla"), on=session.held_on)
    assert (count_waiting(by=khamla), count_to_decide(by=khamla)) == (1, 0)
    decide(contested, KEEP, by=manager)
    assert count_to_decide(by=manager) == 0
