"""Whatever takes persons' data to another country stands in the ledger before the file is handed out; what stays at home does not."""

from datetime import UTC, date, datetime

import pytest

from corridor.foundations.access import Actor, Grant, Role
from corridor.foundations.notices.models import Notice
from corridor.journeys.note_transfer import receiving_country
from corridor.journeys.take_sheet import Destination, take_sheet
from corridor.kernel.errors import BadInput
from corridor.rooms.members.models import Alliance
from corridor.rooms.people.actions.transfers import set_threshold
from corridor.rooms.people.models import DataClass, Occasion, Transfer, TransferBasis, TransferredPerson
from corridor.rooms.people.rights_refusals import ThresholdReached
from corridor.rooms.training.models import Attendance
from tests.factories.actors import NIGHTLY, make_actor, make_user
from tests.factories.assessment import make_decisions
from tests.factories.members import make_alliance, make_seat
from tests.factories.people import make_people, make_person
from tests.factories.training import make_cohort, make_enrolment, make_session

pytestmark = pytest.mark.django_db
ON, AT = date(2024, 2, 2), datetime(2024, 2, 2, 3, tzinfo=UTC)


@pytest.fixture(autouse=True)
def at_home_in_chongqing():
    return make_alliance()


@pytest.fixture
def secretariat():
    return make_actor("secretariat", user=make_user("office"))


def take(kind="people", by=NIGHTLY, **destination):
    return take_sheet(
        kind=kind, form="csv", language="en", narrowed={}, destination=Destination(**destination), occasion=Occasion.EXPORT,
        on=ON, at=AT, by=by,
    )  # fmt: skip


def written():
    return [
        (each.from_country, each.to_country, each.listed.count()) for each in Transfer.objects.order_by("from_country")
    ]


def test_each_country_of_origin_stands_in_the_ledger_once_and_who_lives_at_the_receivers_does_not(secretariat):
    make_people(3, prefix="la", residence_country="LA")
    make_people(2, prefix="th", residence_country="TH")
    make_people(4, prefix="cn", residence_country="CN")
    taken = take(by=secretariat)
    assert taken.content
    assert written() == [("LA", "CN", 3), ("TH", "CN", 2)]
    assert {each.by_label for each in taken.transfers} == {"office"}


def test_persons_of_no_known_country_come_from_the_site_where_they_learn(secretariat):
    make_enrolment(make_cohort(), person=make_person("khamla"))
    take(by=secretariat)
    assert written() == [("LA", "CN", 1)]


@pytest.mark.parametrize(
    ("kind", "persons"), [("people", 2), ("enrolments", 1), ("attendance", 1), ("decisions", 2), ("seats", 1)]
)
def test_every_kind_of_sheet_with_persons_in_it_counts_them(kind, persons):
    cohort = make_cohort()
    learner = make_enrolment(cohort, person=make_person("khamla", residence_country="LA", user=make_user("khamla")))
    make_decisions(cohort, assessor=make_person("somphone", residence_country="LA"))
    session = make_session(cohort)
    Attendance.objects.get_or_create(session=session, enrolment=learner, defaults={"mark": "present"})
    make_seat(make_user("khamla"), "council")
    take(kind, to_country="CN")
    assert written() == [("LA", "CN", persons)]


def test_a_sheet_about_no_person_is_no_transfer():
    make_cohort()
    take("members", to_country="TH")
    take("sessions", to_country="TH")
    assert not Transfer.objects.exists()


def test_nothing_is_handed_out_before_somebody_has_read_what_would_be_written(secretariat):
    make_people(3, residence_country="LA")
    taken = take(by=secretariat, is_confirmed=False)
    assert taken.waits and not taken.content
    assert [(each.from_country, each.persons, each.total) for each in taken.crossings] == [("LA", 3, 3)]
    assert not Transfer.objects.exists()


def test_what_stays_at_home_is_handed_out_at_once(secretariat):
    make_people(3, residence_country="CN")
    taken = take(by=secretariat, is_confirmed=False)
    assert taken.content and not taken.waits
    assert not Transfer.objects.exists()


def test_ones_own_row_is_no_transfer():
    mei = make_person("mei", residence_country="LA", user=make_user("mei"))
    take(by=make_actor("secretariat", user=mei.user, person=mei))
    assert not Transfer.objects.exists()


def test_over_a_threshold_nothing_leaves_without_a_reason(secretariat):
    make_seat(make_user("phone"), "secretariat")
    make_people(3, residence_country="LA")
    set_threshold(from_country="LA", data_class=DataClass.OTHER, persons=2, source="Own choice", by=NIGHTLY)
    (crossing,) = take(by=secretariat, is_confirmed=False).crossings
    assert (crossing.is_over, crossing.is_near, crossing.limit) == (True, False, 2)
    with pytest.raises(ThresholdReached):
        take(by=secretariat)
    assert not TransferredPerson.objects.exists()
    take(by=secretariat, over_because="The embassy asked for the list.")
    assert written() == [("LA", "CN", 3)]
    assert Notice.objects.filter(user__username="phone", event="people.transfers_near").count() == 1


def test_near_a_threshold_the_place_says_so(secretariat):
    make_people(4, residence_country="LA")
    set_threshold(from_country="LA", data_class=DataClass.OTHER, persons=5, source="Own choice", by=NIGHTLY)
    (crossing,) = take(by=secretariat, is_confirmed=False).crossings
    assert (crossing.is_near, crossing.is_over) == (True, False)


def test_ground_and_country_are_what_was_said(secretariat):
    make_people(1, residence_country="LA")
    take(by=secretariat, to_country="LK", basis=TransferBasis.CONSENT)
    assert Transfer.objects.values_list("to_country", "basis", "about").get() == ("LK", "consent", "people.csv")
    with pytest.raises(BadInput):
        take(by=secretariat, to_country="XX")


def test_who_manages_a_site_sits_there_and_who_speaks_for_a_member_at_the_member():
    cohort = make_cohort()
    assert receiving_country(by=make_actor("site_manager", ("site", cohort.site_id))) == cohort.site.country == "LA"
    assert receiving_country(by=make_actor("trainer", ("cohort", cohort.pk))) == "LA"
    host = cohort.site.host
    assert receiving_country(by=make_actor("coordinator", ("member", host.pk))) == host.country


def test_whoever_has_no_office_sits_where_they_live_and_the_machine_at_home():
    nimali = make_person("nimali", residence_country="LK")
    learner = Actor(label="nimali", person_id=nimali.pk, grants=frozenset({Grant(Role.LEARNER, ("person", nimali.pk))}))
    assert receiving_country(by=learner) == "LK"
    assert receiving_country(by=NIGHTLY) == "CN"


@pytest.mark.parametrize(("zone", "country"), [("Asia/Saigon", "VN"), ("Asia/Calcutta", "IN"), ("PRC", "CN")])
def test_home_is_the_country_of_its_zone_by_any_name_of_the_zone(zone, country):
    Alliance.objects.update(home_zone=zone)
    assert receiving_country(by=NIGHTLY) == country


def test_what_would_leave_for_nobody_knows_where_is_refused_until_somebody_says_where(secretariat):
    Alliance.objects.update(home_zone="UTC")
    make_people(1, residence_country="LA")
    with pytest.raises(BadInput):
        take(by=secretariat)
    take(by=secretariat, to_country="LK")
    assert written() == [("LA", "LK", 1)]


def test_a_site_manager_writes_the_ledger_without_seeing_it():
    cohort = make_cohort()
    make_enrolment(cohort, person=make_person("nimali", residence_country="LK"))
    take("enrolments", by=make_actor("site_manager", ("site", cohort.site_id)))
    assert written() == [("LK", "LA", 1)]
