"""Choosing among applicants: points, offers, the waiting list, answers, and how many places there are."""

from datetime import UTC, date, datetime

import pytest

from corridor.foundations.notices.models import Notice
from corridor.kernel.errors import AccessDenied, BadInput, WrongMoment
from corridor.rooms.training import queries
from corridor.rooms.training.actions import (
    Application,
    Criterion,
    Description,
    EnrolmentStep,
    Transfer,
    answer_offer,
    apply_to_cohort,
    describe_cohort,
    end_late_offers,
    move_enrolments,
    offer_places,
    put_on_waiting_list,
    record_scores,
    recruit,
    set_criteria,
    transfer_learner,
    withdraw_application,
)
from corridor.rooms.training.lifecycle import EnrolmentStatus
from corridor.rooms.training.models import Enrolment
from corridor.rooms.training.refusals import NoPlaceLeft, NothingOffered, NotRecruiting, OfferRanOut
from tests.factories.actors import make_actor, make_user
from tests.factories.members import make_member
from tests.factories.people import make_person
from tests.factories.training import make_cohort, make_enrolment

pytestmark = pytest.mark.django_db
ON, UNTIL, AT = date(2023, 2, 10), date(2023, 2, 17), datetime(2023, 2, 10, 3, tzinfo=UTC)
SECRETARIAT = make_actor("secretariat")


@pytest.fixture
def cohort():
    made = make_cohort(status="planned")
    recruit(cohort=made, on=date(2023, 1, 5), by=SECRETARIAT)
    made.refresh_from_db()
    return made


def applicants(cohort, count):
    return [make_enrolment(cohort, number=number, steps=[]) for number in range(1, count + 1)]


def places(cohort, capacity):
    describe_cohort(
        cohort=cohort, description=Description(capacity=capacity, languages=["lo", "zh-Hans"]), by=SECRETARIAT
    )


def states(*enrolments):
    return [Enrolment.objects.get(pk=each.pk).status for each in enrolments]


def offer(*enrolments, until=UNTIL):
    return offer_places(enrolments=enrolments, until=until, on=ON, at=AT, by=SECRETARIAT)


def applied(person, cohort, sender=None):
    return Application(
        cohort=cohort, person=person, participant_kind="student", study_mode="full_time", sending_organisation=sender
    )


def test_a_person_applies_alone_while_the_cohort_takes_applications(cohort):
    khamla = make_person("khamla")
    by = make_actor("learner", ("person", khamla.pk))
    place = apply_to_cohort(application=applied(khamla, cohort), on=ON, by=by)
    assert (place.status, place.number) == ("applied", 1)
    with pytest.raises(BadInput):
        apply_to_cohort(application=applied(khamla, cohort), on=ON, by=by)
    with pytest.raises(AccessDenied):
        apply_to_cohort(application=applied(make_person("nimali"), cohort), on=ON, by=by)
    with pytest.raises(NotRecruiting, match="takes no applications now"):
        apply_to_cohort(application=applied(khamla, make_cohort("COH-2")), on=ON, by=by)


def test_a_member_applies_only_for_whom_it_has_sent(cohort):
    member, khamla = make_member("luangprabang", country="LA"), make_person("khamla")
    by = make_actor("coordinator", ("member", member.pk))
    with pytest.raises(AccessDenied, match="has not sent this person before"):
        apply_to_cohort(application=applied(khamla, cohort, member), on=ON, by=by)
    make_enrolment(make_cohort("COH-2"), person=khamla, sending_organisation=member)
    assert apply_to_cohort(application=applied(khamla, cohort, member), on=ON, by=by).sending_organisation == member


def test_an_applicant_takes_the_application_back(cohort):
    (place,) = applicants(cohort, 1)
    by = make_actor("learner", ("person", place.person_id))
    assert withdraw_application(enrolment=place, on=ON, by=by).status == "withdrew"
    with pytest.raises(NothingOffered):
        withdraw_application(enrolment=place, on=ON, by=by)


def test_points_put_applicants_in_an_order_and_the_least_is_marked(cohort):
    applicants(cohort, 3)
    set_criteria(
        cohort=cohort, criteria=[Criterion(title="Entry test", most=100, least=50), Criterion(title="Interview", most=20)],
        by=SECRETARIAT,
    )  # fmt: skip
    scores = {(1, "Entry test"): 40, (2, "Entry test"): 80, (2, "Interview"): 15}
    assert record_scores(cohort=cohort, scores=scores, at=AT, by=SECRETARIAT) == 3
    found = queries.get_selection(cohort=cohort.reference, by=SECRETARIAT).applicants
    assert [(each.enrolment.number, each.total, each.is_short, each.place) for each in found] == [
        (2, 95, False, 1), (1, 40, True, 2), (3, 0, False, None),
    ]  # fmt: skip
    assert record_scores(cohort=cohort, scores={(1, "Entry test"): None}, at=AT, by=SECRETARIAT) == 0
    assert queries.get_selection(cohort=cohort.reference, by=SECRETARIAT).applicants[1].points == (None, None)


@pytest.mark.parametrize(
    "scores",
    [{(9, "Entry test"): 1}, {(1, "Singing"): 1}, {(1, "Entry test"): 101}, {(1, "Entry test"): -1}],
    ids=["seat", "criterion", "too many", "less than none"],
)
def test_points_that_cannot_be_are_refused(cohort, scores):
    applicants(cohort, 1)
    set_criteria(cohort=cohort, criteria=[Criterion(title="Entry test", most=100)], by=SECRETARIAT)
    with pytest.raises(BadInput):
        record_scores(cohort=cohort, scores=scores, at=AT, by=SECRETARIAT)


def test_what_is_judged_changes_its_order_and_keeps_the_points(cohort):
    applicants(cohort, 1)
    test, talk = Criterion(title="Entry test", most=100), Criterion(title="Interview", most=20)
    set_criteria(cohort=cohort, criteria=[test, talk], by=SECRETARIAT)
    record_scores(cohort=cohort, scores={(1, "Interview"): 12}, at=AT, by=SECRETARIAT)
    set_criteria(cohort=cohort, criteria=[talk, test], by=SECRETARIAT)
    assert queries.get_selection(cohort=cohort.reference, by=SECRETARIAT).applicants[0].points == (12, None)
    with pytest.raises(BadInput, match=r".*"):
        set_criteria(cohort=cohort, criteria=[Criterion(title="Interview", most=10)], by=SECRETARIAT)


def test_no_more_places_are_offered_than_there_are(cohort):
    first, second, third = applicants(cohort, 3)
    places(cohort, 2)
    with pytest.raises(NoPlaceLeft, match="Put the others on the waiting list"):
        offer(first, second, third)
    assert states(first, second, third) == ["applied"] * 3
    offer(first, second)
    assert states(first, second, third) == ["selected", "selected", "applied"]


def test_the_last_place_is_given_once(cohort):
    first, second = applicants(cohort, 2)
    places(cohort, 1)
    move_enrolments(steps=[EnrolmentStep(enrolment=first, to=EnrolmentStatus.ENROLLED, on=ON)], by=SECRETARIAT)
    with pytest.raises(NoPlaceLeft):
        move_enrolments(steps=[EnrolmentStep(enrolment=second, to=EnrolmentStatus.ENROLLED, on=ON)], by=SECRETARIAT)
    assert states(second) == ["applied"]


def test_who_declines_lets_the_first_who_waits_move_up_and_be_told(cohort):
    first, second, third = applicants(cohort, 3)
    user = make_user("khamla")
    third.person.user = user
    third.person.save()
    places(cohort, 1)
    offer(first)
    assert put_on_waiting_list(enrolments=[third, second], by=SECRETARIAT) == 2
    answer_offer(enrolment=first, accepts=False, on=ON, at=AT, by=make_actor("learner", ("person", first.person_id)))
    assert states(first, second, third) == ["withdrew", "applied", "selected"]
    third.refresh_from_db()
    assert (third.waiting, third.offer_until) == (None, date(2023, 2, 17))
    assert Notice.objects.get(user=user).event == "training.place_offered"
    assert Enrolment.objects.get(pk=first.pk).exit_reason == "declined"


def test_nobody_else_answers_an_offer(cohort):
    first, second = applicants(cohort, 2)
    offer(first)
    with pytest.raises(AccessDenied):
        answer_offer(enrolment=first, accepts=True, on=ON, by=make_actor("learner", ("person", second.person_id)))


def test_an_offer_that_ran_out_is_not_taken_up_and_moves_up_the_next(cohort):
    first, second = applicants(cohort, 2)
    places(cohort, 1)
    offer(first)
    put_on_waiting_list(enrolments=[second], by=SECRETARIAT)
    late = date(2023, 2, 18)
    with pytest.raises(OfferRanOut, match="could be taken up until"):
        answer_offer(enrolment=first, accepts=True, on=late, by=SECRETARIAT)
    assert queries.late_offers(cohort=cohort, on=late, by=SECRETARIAT) == 1
    assert end_late_offers(cohort=cohort, on=late, by=SECRETARIAT) == 1
    assert states(first, second) == ["withdrew", "selected"]


def test_only_applicants_wait(cohort):
    first, second = applicants(cohort, 2)
    offer(first)
    with pytest.raises(BadInput):
        put_on_waiting_list(enrolments=[first], by=SECRETARIAT)
    put_on_waiting_list(enrolments=[second], by=SECRETARIAT)
    assert put_on_waiting_list(enrolments=[second], by=SECRETARIAT) == 0


def test_a_cohort_with_more_learners_than_places_is_refused(cohort):
    offer(*applicants(cohort, 2))
    with pytest.raises(BadInput):
        places(cohort, 1)
    places(cohort, 2)
    assert [each.language for each in cohort.languages.all()] == ["lo", "zh-Hans"]


def test_nobody_is_moved_into_a_full_cohort():
    full, other = make_cohort("COH-1", learners=1), make_cohort("COH-2", learners=1)
    places(full, 1)
    with pytest.raises(NoPlaceLeft):
        transfer_learner(
            transfer=Transfer(enrolment=other.enrolments.get(), to=full, on=ON.replace(month=4)), by=SECRETARIAT
        )


def test_trainers_choose_nobody(cohort):
    (place,) = applicants(cohort, 1)
    trainer = make_actor("trainer", ("cohort", cohort.pk))
    with pytest.raises(AccessDenied):
        offer_places(enrolments=[place], until=UNTIL, on=ON, by=trainer)
    with pytest.raises(AccessDenied):
        queries.get_selection(cohort=cohort.reference, by=trainer)


def test_a_cohort_takes_applications_once(cohort):
    with pytest.raises(WrongMoment):
        recruit(cohort=cohort, on=ON, by=SECRETARIAT)
    assert [each.cohort for each in queries.list_open_cohorts(by=make_actor("learner", ("person", cohort.pk)))] == [
        cohort
    ]


def test_a_funnel_counts_everyone_once_at_each_stage_and_says_how_they_left():
    cohort = make_cohort(learners=3)
    one, two, three = cohort.enrolments.order_by("number")
    waiting = make_enrolment(cohort, number=4, steps=[])
    later = date(2023, 4, 3)
    moved = transfer_learner(transfer=Transfer(enrolment=one, to=make_cohort("COH-2"), on=later), by=SECRETARIAT)
    move_enrolments(
        steps=[
            EnrolmentStep(enrolment=two, to=EnrolmentStatus.WITHDREW, on=later, exit_reason="found_work"),
            EnrolmentStep(enrolment=three, to=EnrolmentStatus.COMPLETED, on=later),
        ],
        by=SECRETARIAT,
    )
    funnel = queries.get_funnel(cohort=cohort, by=SECRETARIAT)
    assert {stage: len(keys) for stage, keys in funnel.stages.items()} == {
        "applied": 4, "selected": 3, "enrolled": 3, "attending": 3, "completed": 1,
    }  # fmt: skip
    assert [(each.state, each.reason) for each in funnel.exits] == [
        ("withdrew", "found_work"),
        ("transferred_inside", ""),
    ]
    assert funnel.places("withdrew.found_work") == (two.pk,)
    assert funnel.places("nonsense") is None
    assert waiting.pk in funnel.stages["applied"]
    assert queries.get_funnel(cohort=moved.cohort, by=SECRETARIAT).exits == ()
