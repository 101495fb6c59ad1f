"""Taking part, counted: heads, times, days and hours apart, who comes from abroad, groups, and what nobody collects."""

from datetime import date, time, timedelta

import pytest

from corridor.foundations.access import VISITOR, Role
from corridor.kernel.periods import Period
from corridor.kernel.refusals import NotAdditive, NotCollected, TooFewForAPercentage
from corridor.kernel.small_cells import HIDDEN
from corridor.rooms.indicators.asking import ask, count
from corridor.rooms.indicators.queries import FigureAsk, add_figures, open_figure, show_figure, walk_record
from corridor.rooms.indicators.refusals import UnknownScope
from corridor.rooms.people.actions import merge_person
from corridor.rooms.people.models import Person, Purpose
from corridor.rooms.training.models import Attendance
from tests.factories.actors import NIGHTLY, make_actor
from tests.factories.figures import AT
from tests.factories.members import make_alliance, make_member
from tests.factories.people import make_people, make_person
from tests.factories.training import STARTS_ON, make_cohort, make_enrolment, make_session

pytestmark = pytest.mark.django_db
YEAR, NEXT_YEAR = Period.year(2023), Period.year(2024)
DAY = date(2023, 4, 1)
AUDITOR = make_actor(Role.AUDITOR)
PERIODS = (
    "training.persons_enrolled",
    "training.persons_attended",
    "training.person_times",
    "training.person_days",
    "training.learner_hours",
    "training.attendance_rate",
)


@pytest.fixture(autouse=True)
def alliance():
    return make_alliance()


def counted(code, scope="", *, on=None, period=YEAR):
    return count(ask(code, scope, at=AT, **({"on": on} if on else {"period": period})))


def value(code, scope="", **more):
    return counted(code, scope, **more).result.value


def make_two_cohorts():
    """Three learners, one of them in both cohorts and there twice on one day; a session that nobody signed counts for nothing."""
    first, second = make_cohort("COH-1"), make_cohort("COH-2")
    people = make_people(3, prefix="t")
    for number, person in enumerate(people, start=1):
        make_enrolment(first, person=person, number=number)
    make_enrolment(second, person=people[0], number=1)
    make_session(first, number=1, status="locked", marks={3: "absent"})
    make_session(first, number=2, at=time(14, 0), status="locked", marks={2: "excused", 3: "absent"})
    make_session(first, number=3, on=STARTS_ON + timedelta(days=1), status="held")
    make_session(second, number=1, at=time(18, 0), status="locked")
    make_session(second, number=2, on=STARTS_ON + timedelta(days=1), status="locked")
    return first, second


def test_heads_times_and_days_are_three_numbers():
    make_two_cohorts()
    assert value("training.persons_attended") == 2
    assert value("training.person_times") == 3
    days = counted("training.person_days")
    assert (days.result.value, days.result.n, days.not_counted) == (3, 2, 1)
    assert [value("training.person_days", f"cohort=COH-{number}") for number in (1, 2)] == [2, 2]


def test_a_place_is_a_person_time_of_the_period_in_which_it_began():
    first, _second = make_two_cohorts()
    make_session(first, number=4, on=date(2024, 1, 8), status="locked")
    assert value("training.person_times", period=NEXT_YEAR) == 1
    assert value("training.persons_attended", period=NEXT_YEAR) == 3


def test_periods_of_days_add_and_parts_of_one_do_not():
    make_two_cohorts()
    halves = (
        Period.through(date(2023, 1, 1), STARTS_ON),
        Period.through(STARTS_ON + timedelta(days=1), date(2023, 12, 31)),
    )
    asks = [FigureAsk("training.person_days", period=half) for half in halves]
    assert add_figures(parts=asks, at=AT, by=AUDITOR).value == value("training.person_days") == 3
    sites = [FigureAsk("training.person_days", f"cohort=COH-{number}", period=YEAR) for number in (1, 2)]
    with pytest.raises(NotAdditive, match="can share days"):
        add_figures(parts=sites, at=AT, by=AUDITOR)
    with pytest.raises(NotAdditive, match="can share days"):
        add_figures(parts=asks, at=AT, by=AUDITOR, joined=True)


def test_merged_persons_have_one_day():
    make_two_cohorts()
    again = make_person("again")
    third = make_enrolment(make_cohort("COH-3"), person=again, number=1).cohort
    make_session(third, status="locked")
    assert value("training.person_days") == 4
    merge_person(
        person=again, into=Person.objects.get(reference="t-1"), at=AT, reason="The same day of birth", by=NIGHTLY
    )
    assert value("training.person_days") == 3


def test_hours_are_those_in_the_room_by_kind():
    cohort = make_cohort("COH-1", learners=2)
    session = make_session(cohort, number=1, minutes=180, kind="theory", status="locked")
    make_session(cohort, number=2, minutes=100, at=time(14, 0), status="locked", marks={2: "absent"})
    Attendance.objects.filter(session=session, enrolment__number=2).update(mark="late", minutes_late=50)
    found = counted("training.learner_hours").result
    assert found.value == (180 + 130 + 100) // 60
    assert {code: hours for code, hours in found.counts["hours_kind"].cells.items() if hours} == {
        "theory": 5,
        "practice": 1,
    }
    rate = counted("training.attendance_rate").result
    assert (str(rate.rate), rate.n) == ("410/560", 2)
    with pytest.raises(TooFewForAPercentage):
        rate.rate.percent_text()


def test_somebody_who_came_later_than_the_session_lasted_was_there_no_minute():
    cohort = make_cohort("COH-1", learners=1)
    session = make_session(cohort, minutes=60, status="locked")
    Attendance.objects.filter(session=session).update(mark="late", minutes_late=90)
    assert str(counted("training.attendance_rate").result.rate) == "0/60"
    assert value("training.learner_hours") == 0


def test_few_persons_are_hidden_however_many_days_and_hours_they_have():
    """Four learners with hundreds of hours are four learners: neither their number nor what they add up to is told to everybody."""
    many, few = make_cohort("COH-1", learners=12), make_cohort("COH-2", learners=4)
    for cohort in (many, few):
        for number in range(1, 6):
            make_session(cohort, number=number, on=STARTS_ON + timedelta(days=number), status="locked")
    for code in ("training.person_days", "training.learner_hours", "training.attendance_rate"):
        seen = show_figure(code=code, scope="cohort=COH-2", period=YEAR, at=AT, by=VISITOR).numbers
        assert HIDDEN in (seen.get("value"), seen.get("numerator"))
        assert seen["n"] == HIDDEN
        assert show_figure(code=code, scope="cohort=COH-2", period=YEAR, at=AT, by=AUDITOR).numbers["n"] == 4
        assert show_figure(code=code, period=YEAR, at=AT, by=VISITOR).numbers["n"] == 16
    opened = open_figure(code="training.person_days", period=YEAR, by=VISITOR, at=AT)
    assert dict(opened.cohorts) == {"COH-1": HIDDEN, "COH-2": HIDDEN}


def test_a_cell_of_few_persons_is_hidden_with_another_one():
    cohort = make_cohort("COH-1", learners=12)
    Person.objects.filter(reference__in=["coh-1-l-1", "coh-1-l-2"]).update(sex="male")
    Person.objects.filter(reference__endswith="-l-3").update(sex="unknown")
    make_session(cohort, status="locked", minutes=600)
    rate = show_figure(code="training.attendance_rate", period=YEAR, at=AT, by=AUDITOR)
    assert (rate.numbers["missing"]["sex"], rate.breakdown["sex"]["male"]["denominator"]) == (1, 1200)
    seen = show_figure(code="training.learner_hours", period=YEAR, at=AT, by=VISITOR)
    assert seen.value == 120
    assert set(seen.breakdown["sex"].values()) <= {HIDDEN, 0}


def test_enrolled_in_a_period_and_on_the_roll_on_a_day():
    cohort = make_cohort("COH-1")
    people = make_people(4, prefix="t")
    began = [("enrolled", STARTS_ON)]
    make_enrolment(cohort, person=people[0], number=1, steps=began)
    make_enrolment(
        cohort, person=people[1], number=2, steps=[*began, ("attending", STARTS_ON), ("completed", date(2023, 6, 1))]
    )
    make_enrolment(cohort, person=people[2], number=3, steps=[*began, ("never_started", date(2023, 4, 3))])
    make_enrolment(cohort, person=people[3], number=4, steps=[("withdrew", STARTS_ON)])
    found = counted("training.persons_enrolled")
    assert (found.result.value, found.not_counted) == (2, 1)
    assert value("training.persons_enrolled", period=NEXT_YEAR) == 0
    assert value("training.persons_on_roll", on=DAY) == 3
    assert value("training.persons_on_roll", on=date(2023, 6, 1)) == 1


def make_from(cohort, *, number, sender=None, lives_in="", mode="part_time", kind="student"):
    person = make_person(f"p-{number}")
    Person.objects.filter(pk=person.pk).update(residence_country=lives_in)
    return make_enrolment(cohort, person=person, number=number, mode=mode, kind=kind, sending_organisation=sender)


def test_from_abroad_is_from_outside_the_reporting_country():
    """By who sends them, else by where they live; of whom nobody knows it stands beside."""
    colombo, vientiane = make_member("colombo", country="LK"), make_member("vientiane", country="LA")
    cohort = make_cohort("COH-1")
    make_from(cohort, number=1, sender=colombo, lives_in="LA")
    make_from(cohort, number=2, sender=vientiane, lives_in="LK")
    make_from(cohort, number=3, lives_in="TH")
    make_from(cohort, number=4)
    make_from(cohort, number=5, sender=colombo, mode="full_time")
    make_from(cohort, number=6, sender=colombo, mode="full_time", kind="teacher")
    make_session(cohort, status="locked")
    days = counted("training.person_days_foreign")
    assert (days.result.value, days.not_counted) == (2, 1)
    assert value("training.person_days_foreign", "reporting_country=CN") == 3
    assert value("training.person_days_foreign", "reporting_country=LK") == 2
    assert {code: each for code, each in days.result.counts["origin"].cells.items() if each} == {"LK": 1, "TH": 1}
    full_time = counted("training.fulltime_foreign_students", on=DAY)
    assert (full_time.result.value, full_time.not_counted) == (1, 0)
    assert value("training.fulltime_foreign_students", "reporting_country=LK", on=DAY) == 0
    with pytest.raises(UnknownScope, match="ISO 3166-1"):
        counted("training.person_days_foreign", "reporting_country=China")


def test_days_in_a_company_abroad_count_once():
    student = make_enrolment(make_cohort("COH-1"), person=make_person("p"), number=1)
    teacher = make_enrolment(student.cohort, person=make_person("q"), number=2, kind="teacher")
    here, abroad, further = (
        make_member(reference, country=country, kind="company")
        for reference, country in (("here", "LA"), ("abroad", "TH"), ("further", "CN"))
    )
    for number, (place, company, first, after, broken) in enumerate(
        [
            (student, here, 1, 20, None),
            (student, abroad, 1, 11, None),
            (student, further, 6, 21, 16),
            (teacher, abroad, 1, 11, None),
        ],
        start=1,
    ):
        place.placements.create(
            reference=f"PLC-{number}", company=company, hours=40, starts_on=date(2023, 5, first),
            ends_before=date(2023, 5, after), broken_off_on=broken and date(2023, 5, broken),
            broken_off_because="The company moved." if broken else "",
        )  # fmt: skip
    found = counted("training.students_serving_abroad")
    assert (found.result.value, found.not_counted) == (15, 1)
    assert found.result.counts["company_country"].cells == {"CN": 5, "TH": 10, "unknown": 0}
    assert value("training.students_serving_abroad", "reporting_country=TH") == 19
    assert value("training.students_serving_abroad", period=Period.through(date(2023, 5, 1), date(2023, 5, 4))) == 4


def test_a_group_is_a_share_of_those_of_whom_it_is_known():
    cohort = make_cohort("COH-1", learners=4)
    purpose = Purpose.objects.create(code="inclusion", legal_basis="consent", need="optional")
    for number, (sex, said) in enumerate(
        [("female", "yes"), ("female", "no"), ("male", "not_said"), ("unknown", "")], start=1
    ):
        Person.objects.filter(reference=f"coh-1-l-{number}").update(
            sex=sex, disability=said, disability_because=purpose if said else None
        )
    women = counted("training.inclusion_share", "group=women")
    assert (str(women.result.rate), women.not_counted) == ("2/3", 1)
    disability = counted("training.inclusion_share", "group=disability")
    assert (str(disability.result.rate), disability.not_counted) == ("1/2", 2)
    with pytest.raises(NotCollected):
        counted("training.inclusion_share", "group=ethnic_groups")
    with pytest.raises(UnknownScope, match="group=women"):
        counted("training.inclusion_share")
    assert cohort.reference == "COH-1"


def test_a_group_of_fewer_than_ten_persons_is_not_told_to_everybody():
    make_cohort("COH-1", learners=30)
    Person.objects.filter(reference__in=[f"coh-1-l-{number}" for number in range(1, 10)]).update(sex="male")
    Person.objects.filter(reference__startswith="coh-1-l-", sex="unknown").update(sex="female")
    seen = show_figure(code="training.inclusion_share", scope="group=women", period=YEAR, at=AT, by=VISITOR)
    assert seen.numbers["numerator"] == HIDDEN
    whole = show_figure(code="training.inclusion_share", scope="group=women", period=YEAR, at=AT, by=AUDITOR)
    assert whole.numbers["numerator"] == 21


@pytest.mark.parametrize("code", ["mobility.persons", "mobility.person_times", "awards.abroad"])
def test_what_nobody_collects_is_no_zero(code):
    with pytest.raises(NotCollected, match="not the same as zero"):
        show_figure(code=code, period=YEAR, at=AT, by=VISITOR)


@pytest.mark.parametrize("code", PERIODS)
def test_each_opens_down_to_the_places_behind_it(code):
    make_two_cohorts()
    opened = open_figure(code=code, period=YEAR, by=NIGHTLY, at=AT)
    assert opened.rows
    for each in opened.rows:
        assert walk_record(kind=each.row.record_kind, record_id=each.row.record_id, by=AUDITOR).facts


@pytest.mark.parametrize("code", PERIODS)
def test_twenty_learners_are_counted_by_as_many_statements_as_two(code, django_assert_max_num_queries):
    cohort = make_cohort("COH-1", learners=20)
    for number in range(1, 4):
        make_session(cohort, number=number, on=STARTS_ON + timedelta(days=number), status="locked")
    question = ask(code, period=YEAR, at=AT)
    with django_assert_max_num_queries(11):
        count(question)
