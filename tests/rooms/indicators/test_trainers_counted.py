"""Trainers and the cascade, counted: generations, who used the training, whom they reach, days abroad; with W16 on records."""

from datetime import UTC, date, datetime

import pytest

from corridor.foundations.access import VISITOR, Role
from corridor.kernel.periods import Period
from corridor.kernel.reach import Reach
from corridor.kernel.refusals import NotAdditive, NotCollected, NotYetDue
from corridor.rooms.indicators.actions import freeze_figure
from corridor.rooms.indicators.asking import ask, count
from corridor.rooms.indicators.queries import (
    FigureAsk,
    add_figures,
    growth_of,
    open_figure,
    recount_figure,
    show_figure,
    walk_record,
)
from corridor.rooms.indicators.refusals import UnknownScope
from corridor.rooms.people.actions import merge_person
from corridor.rooms.training.models import Attendance
from tests.factories.actors import NIGHTLY, make_actor
from tests.factories.figures import AT
from tests.factories.members import make_alliance, make_member
from tests.factories.people import make_people, make_person
from tests.factories.trainers import make_session_taught, make_stay, make_teachers_trained, make_trainer
from tests.factories.training import make_enrolment, make_ground

pytestmark = pytest.mark.django_db
AUDITOR = make_actor(Role.AUDITOR)
FIRST, LEARNED = date(2023, 1, 9), date(2023, 2, 10)
DAY = date(2024, 2, 2)
YEAR = Period.year(2023)


@pytest.fixture(autouse=True)
def alliance():
    return make_alliance()


def counted(code, scope="", *, on=DAY, period=None):
    return count(ask(code, scope, at=AT, **({"period": period} if period else {"on": on})))


def test_trained_trainers_are_persons_by_generation():
    mei, khamla, nimali, dao = make_person("mei"), *make_people(3, prefix="t")
    make_teachers_trained("TT-1", trainers=[mei], teachers=[khamla, nimali], starts_on=FIRST, completed_on=LEARNED)
    make_teachers_trained(
        "TT-2", trainers=[khamla], teachers=[dao], starts_on=date(2023, 6, 5), completed_on=date(2023, 7, 7)
    )
    found = counted("trainers.trained").result
    assert (found.value, dict(found.counts["generation"].cells)) == (3, {"1": 2, "2": 1, "unknown": 0})
    assert counted("trainers.trained", on=date(2023, 6, 30)).result.value == 2
    assert counted("trainers.trained", "cohort=TT-2").result.value == 1


def test_training_is_used_by_who_taught_within_the_months():
    mei, khamla, nimali, dao = make_person("mei"), *make_people(3, prefix="t")
    make_teachers_trained("TT-1", trainers=[mei], teachers=[khamla, nimali], starts_on=FIRST, completed_on=LEARNED)
    make_teachers_trained(
        "TT-2", trainers=[mei], teachers=[dao], starts_on=date(2023, 10, 2), completed_on=date(2023, 11, 3)
    )
    make_session_taught("COH-1", trainer=khamla, on=date(2023, 5, 2))
    make_session_taught("COH-2", trainer=nimali, on=date(2023, 9, 4))
    found = counted("trainers.used_training_share", "months=6")
    assert (str(found.result.rate), found.not_counted) == ("1/2", 1)
    assert str(counted("trainers.used_training_share", "months=9").result.rate) == "2/2"
    assert str(counted("trainers.used_training_share", "months=2").result.rate) == "0/3"
    # To the day: the six months end on 10 August.
    assert str(counted("trainers.used_training_share", "months=6", on=date(2023, 8, 10)).result.rate) == "1/2"
    with pytest.raises(NotYetDue):
        counted("trainers.used_training_share", "months=6", on=date(2023, 8, 9))


def test_who_taught_in_the_last_90_days_is_still_active():
    mei, khamla, nimali = make_person("mei"), *make_people(2, prefix="t")
    make_teachers_trained("TT-1", trainers=[mei], teachers=[khamla, nimali], starts_on=FIRST, completed_on=LEARNED)
    make_session_taught("COH-1", trainer=khamla, on=date(2023, 11, 6))
    assert str(counted("trainers.still_active_share").result.rate) == "1/2"
    assert str(counted("trainers.still_active_share", on=date(2024, 2, 4)).result.rate) == "0/2"
    with pytest.raises(NotYetDue):
        counted("trainers.still_active_share", on=date(2023, 5, 10))


def test_a_person_reached_by_two_trainers_is_reached_once():
    mei, khamla, nimali = make_person("mei"), *make_people(2, prefix="t")
    make_teachers_trained("TT-1", trainers=[mei], teachers=[khamla, nimali], starts_on=FIRST, completed_on=LEARNED)
    first = make_session_taught("COH-1", trainer=khamla, on=date(2023, 5, 2), learners=3)
    second = make_session_taught("COH-2", trainer=nimali, on=date(2023, 6, 6), learners=2)
    again = make_enrolment(second.cohort, person=first.cohort.enrolments.get(number=1).person, number=3)
    Attendance.objects.create(session=second, enrolment=again, mark="late")
    absent = make_enrolment(second.cohort, person=make_person("absent"), number=4)
    Attendance.objects.create(session=second, enrolment=absent, mark="absent")
    found = counted("trainers.persons_reached").result
    trained = counted("trainers.trained").result
    assert (found.value, found.evidence_rows) == (5, 6)
    assert Reach(found.value, trained.value).text() == "2.5"
    # Those whom the sent trainer taught are trained, not reached by who was trained.
    assert counted("trainers.persons_reached", "cohort=TT-1").result.value == 0


def test_merges_are_followed_on_both_sides():
    mei, khamla, again = make_person("mei"), make_person("khamla"), make_person("khamla-again")
    make_teachers_trained("TT-1", trainers=[mei], teachers=[khamla], starts_on=FIRST, completed_on=LEARNED)
    make_teachers_trained(
        "TT-2", trainers=[mei], teachers=[again], starts_on=date(2023, 6, 5), completed_on=date(2023, 7, 7)
    )
    assert counted("trainers.trained").result.value == 2
    at = datetime(2024, 1, 2, tzinfo=UTC)
    merge_person(person=again, into=khamla, at=at, reason="The same day of birth", by=NIGHTLY)
    assert counted("trainers.trained").result.value == 1


def test_local_teachers_are_sent_from_the_country_of_the_site():
    vientiane, colombo = make_member("vientiane", country="LA"), make_member("colombo", country="LK")
    mei, khamla, nimali = make_person("mei"), *make_people(2, prefix="t")
    for reference, person, sender in (("TT-1", khamla, vientiane), ("TT-2", nimali, colombo)):
        make_teachers_trained(
            reference,
            trainers=[mei],
            teachers=[person],
            starts_on=FIRST,
            completed_on=LEARNED,
            sending_organisation=sender,
        )
    assert counted("trainers.local_trained", period=YEAR).result.value == 1
    assert counted("training.persons_completed", "kind=teacher", period=YEAR).result.value == 2


def test_further_training_is_a_share_of_the_register():
    vientiane = make_member("vientiane", country="LA")
    mei, khamla, nimali = make_person("mei"), *make_people(2, prefix="t")
    make_teachers_trained("TT-1", trainers=[mei], teachers=[khamla], starts_on=FIRST, completed_on=LEARNED)
    for person in (mei, khamla):
        make_trainer(person, employer=vientiane)
    make_trainer(nimali, held_before=date(2023, 1, 1))
    assert str(counted("trainers.further_training_share", period=YEAR).result.rate) == "1/2"
    assert str(counted("trainers.further_training_share", "country=LK", period=YEAR).result.rate) == "0/0"
    assert str(counted("trainers.further_training_share", period=Period.year(2024)).result.rate) == "0/2"


def test_further_training_costs_so_much_for_each_teacher_who_was_away_to_learn():
    """EQAVET 2b: a teacher who was away twice is one, another currency is another figure, and a trip to teach is none."""
    with pytest.raises(NotCollected):
        counted("trainers.further_training_cost", "currency=CNY", period=YEAR)
    learned = {"kind": "learning", "country": "CN"}
    mei, khamla, nimali = make_person("mei"), *make_people(2, prefix="t")
    for person, begins, units in ((mei, 2, 120_000), (mei, 9, 60_000), (khamla, 2, 70_001)):
        make_stay(
            person, **learned, starts_on=date(2023, 5, begins), ends_before=date(2023, 5, begins + 4),
            cost_units=units, currency="CNY",
        )  # fmt: skip
    make_stay(
        nimali,
        **learned,
        starts_on=date(2023, 6, 1),
        ends_before=date(2023, 6, 3),
        cost_units=5_000_000,
        currency="LAK",
    )
    make_stay(
        nimali,
        starts_on=date(2023, 8, 1),
        ends_before=date(2023, 8, 3),
        cost_units=900_000,
        currency="CNY",
    )
    found = counted("trainers.further_training_cost", "currency=CNY", period=YEAR)
    assert (str(found.result.ratio), found.not_counted) == ("250001/2", 1)
    assert (
        str(counted("trainers.further_training_cost", "currency=CNY", period=Period.year(2024)).result.ratio) == "0/0"
    )
    shown = show_figure(
        code="trainers.further_training_cost", scope="currency=CNY", period=YEAR, at=AT, by=AUDITOR
    ).as_json()
    assert (shown["currency"], shown["amount"]) == ("CNY", "1250.01")
    with pytest.raises(UnknownScope):
        counted("trainers.further_training_cost", period=YEAR)
    assert counted("trainers.days_abroad", period=YEAR).result.value == 2


def test_w16_reach_is_persons_for_each_trained_trainer_by_the_trainer():
    """More than one for each, whoever was reached by two counts once, and who trained nobody counts below."""
    mei, khamla, nimali, dao = make_person("mei"), *make_people(3, prefix="t")
    make_teachers_trained("TT-1", trainers=[mei], teachers=[khamla, nimali], starts_on=FIRST, completed_on=LEARNED)
    make_teachers_trained(
        "TT-2", trainers=[khamla], teachers=[dao], starts_on=date(2023, 6, 5), completed_on=date(2023, 7, 7)
    )
    first = make_session_taught("COH-1", trainer=khamla, on=date(2023, 5, 2), learners=6)
    second = make_session_taught("COH-2", trainer=nimali, on=date(2023, 8, 6), learners=5)
    again = make_enrolment(second.cohort, person=first.cohort.enrolments.get(number=1).person, number=9)
    Attendance.objects.create(session=second, enrolment=again, mark="late")
    make_session_taught("COH-3", trainer=dao, on=date(2023, 9, 6), learners=4)
    found = counted("trainers.cascade_reach")
    # Six and five of them, four more, and the teacher whom one of them trained.
    assert str(found.result.ratio) == "16/3"
    by_generation = {code: str(each) for code, each in found.result.ratios["generation"].items()}
    assert by_generation == {"1": "12/2", "2": "4/1", "unknown": "0/0"}
    assert str(counted("trainers.cascade_reach", "cohort=TT-2").result.ratio) == "4/1"
    shown = show_figure(code="trainers.cascade_reach", on=DAY, at=AT, by=AUDITOR)
    assert (shown.numbers["ratio"], shown.numbers["n"]) == ("5.3", 3)
    everyone = show_figure(code="trainers.cascade_reach", on=DAY, at=AT, by=VISITOR)
    assert (everyone.numbers["ratio"], everyone.numbers["denominator"]) == ("·", "·")
    with pytest.raises(NotAdditive):
        add_figures(parts=[FigureAsk("trainers.cascade_reach", on=DAY)] * 2, at=AT, by=AUDITOR)


def test_a_ratio_is_kept_with_its_rows_and_gives_the_same_again():
    mei, khamla = make_person("mei"), make_person("khamla")
    make_teachers_trained("TT-1", trainers=[mei], teachers=[khamla], starts_on=FIRST, completed_on=LEARNED)
    make_session_taught("COH-1", trainer=khamla, on=date(2023, 5, 2), learners=3)
    question = ask("trainers.cascade_reach", on=DAY, at=AT)
    kept = freeze_figure(question=question, on=date(2024, 2, 3), at=AT, by=NIGHTLY)
    assert (kept.numerator, kept.denominator) == (3, 1)
    assert recount_figure(reference=kept.reference, at=AT, by=NIGHTLY).differences.is_same


def test_days_abroad_count_each_person_once_a_day_and_posts_on_the_day():
    _programme, site, _brand = make_ground()
    mei, khamla = make_person("mei"), make_person("khamla")
    make_stay(mei, kind="posting", site=site, starts_on=date(2023, 12, 25), ends_before=None)
    make_stay(mei, starts_on=date(2023, 12, 30), ends_before=date(2024, 1, 6))
    make_stay(khamla, country="CN", starts_on=date(2023, 5, 1), ends_before=date(2023, 5, 8))
    found = counted("trainers.days_abroad", period=YEAR)
    assert (found.result.value, found.not_counted) == (7, 1)
    assert counted("trainers.days_abroad", "kind=trip", period=YEAR).result.value == 2
    assert counted("trainers.posts_abroad").result.value == 1
    assert counted("trainers.posts_abroad", on=date(2023, 12, 24)).result.value == 0


def test_days_of_a_stay_do_not_fall_on_its_first_day():
    """A posting of months is no number at the end of the quarter in which it began."""
    _programme, site, _brand = make_ground()
    make_stay(make_person("mei"), kind="posting", site=site, starts_on=date(2023, 3, 30), ends_before=date(2024, 1, 1))
    shown = show_figure(code="trainers.days_abroad", by=AUDITOR, at=AT, on=DAY)
    assert shown.value == 277
    assert growth_of(answered=shown, by=AUDITOR).points == ()


@pytest.mark.parametrize(
    "code", ["trainers.trained", "trainers.further_training_share", "trainers.days_abroad", "trainers.cascade_reach"]
)
def test_every_row_opens_to_its_record(code):
    _programme, site, _brand = make_ground()
    mei, khamla = make_person("mei"), make_person("khamla")
    make_teachers_trained("TT-1", trainers=[mei], teachers=[khamla], starts_on=FIRST, completed_on=LEARNED)
    make_trainer(khamla)
    make_stay(mei, kind="posting", site=site, starts_on=date(2023, 12, 25), ends_before=None)
    opened = open_figure(code=code, scope="", by=AUDITOR, at=AT, on=DAY)
    assert opened.rows
    for each in opened.rows:
        assert walk_record(kind=each.row.record_kind, record_id=each.row.record_id, by=AUDITOR).facts
