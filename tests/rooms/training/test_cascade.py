"""Who trained whom: generations, who teaches, and what merges and several lines do."""

from datetime import UTC, date, datetime
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corridor.kernel.errors import AccessDenied
from corridor.rooms.people.actions import merge_person
from corridor.rooms.training.cascade import Teaching, Training, _generations, cascade_on, walk
from corridor.rooms.training.models import CohortTrainer, Session, SessionTrainer
from corridor.rooms.training.queries.cascade import cascade_for, has_not_taught
from tests.factories.actors import NIGHTLY, VISITOR, make_actor
from tests.factories.members import make_member
from tests.factories.people import make_people, make_person
from tests.factories.trainers import make_session_taught, make_teachers_trained, make_trainer

pytestmark = pytest.mark.django_db
FIRST, LEARNED = date(2023, 1, 9), date(2023, 2, 10)
DAY = date(2024, 2, 2)


def test_generations_follow_from_who_trained_whom():
    mei, khamla, nimali, dao = make_person("mei"), *make_people(3, prefix="t")
    make_teachers_trained("TT-1", trainers=[mei], teachers=[khamla, nimali], starts_on=FIRST, completed_on=LEARNED)
    make_teachers_trained(
        "TT-2", trainers=[khamla], teachers=[dao], starts_on=date(2023, 6, 5), completed_on=date(2023, 7, 7)
    )
    cascade = cascade_on(DAY)
    assert {key: node.generation for key, node in cascade.nodes.items()} == {
        mei.pk: 0,
        khamla.pk: 1,
        nimali.pk: 1,
        dao.pk: 2,
    }
    assert next((deep, node.person) for deep, node in walk(cascade)) == (0, mei.pk)
    assert {node.person for node in cascade.trained_by(khamla.pk)} == {dao.pk}


def test_of_several_lines_the_shortest_generation_counts():
    mei, khamla, dao = make_person("mei"), *make_people(2, prefix="t")
    make_teachers_trained("TT-1", trainers=[mei], teachers=[khamla], starts_on=FIRST, completed_on=LEARNED)
    make_teachers_trained(
        "TT-2", trainers=[khamla], teachers=[dao], starts_on=date(2023, 6, 5), completed_on=date(2023, 7, 7)
    )
    make_teachers_trained(
        "TT-3", trainers=[mei], teachers=[dao], starts_on=date(2023, 9, 4), completed_on=date(2023, 10, 6)
    )
    node = cascade_on(DAY).node(dao.pk)
    assert (node.generation, len(node.trainings)) == (1, 2)
    assert node.line.trainers == (mei.pk,)
    assert sum(each.person == dao.pk for _deep, each in walk(cascade_on(DAY))) == 1


def test_two_who_train_each_other_make_no_ring():
    mei, khamla = make_person("mei"), make_person("khamla")
    make_teachers_trained("TT-1", trainers=[mei], teachers=[khamla], starts_on=FIRST, completed_on=LEARNED)
    make_teachers_trained(
        "TT-2", trainers=[khamla], teachers=[mei], starts_on=date(2023, 6, 5), completed_on=date(2023, 7, 7)
    )
    cascade = cascade_on(DAY)
    assert (cascade.node(mei.pk).generation, cascade.node(khamla.pk).generation) == (0, 1)
    assert [(deep, node.person) for deep, node in walk(cascade)] == [(0, mei.pk), (1, khamla.pk)]


def test_whose_trainer_nobody_wrote_down_has_no_generation():
    khamla = make_person("khamla")
    make_teachers_trained("TT-1", trainers=[], teachers=[khamla], starts_on=FIRST, completed_on=LEARNED)
    assert cascade_on(DAY).node(khamla.pk).generation is None
    view = cascade_for(on=DAY, by=NIGHTLY)
    assert [row.generation for row in view.rows] == ["unknown"]
    assert [top.who.node.person for top in view.tree] == [khamla.pk]


def test_an_assistant_trains_nobody():
    mei, dao, khamla = make_people(3, prefix="t")
    cohort = make_teachers_trained(
        "TT-1", trainers=[mei, dao], teachers=[khamla], starts_on=FIRST, completed_on=LEARNED
    )
    CohortTrainer.objects.filter(cohort=cohort, person=dao).update(role="assistant")
    assert dao.pk not in cascade_on(DAY).nodes


@pytest.mark.parametrize(
    ("taught_on", "day", "state"),
    [
        (None, date(2023, 5, 10), Teaching.NOT_YET),
        (None, date(2023, 5, 11), Teaching.HAS_NOT),
        (date(2023, 4, 3), date(2023, 7, 1), Teaching.TEACHES),
        (date(2023, 4, 3), date(2023, 7, 2), Teaching.TAUGHT),
        # What was taught before the training is not its use.
        (date(2023, 2, 10), date(2023, 5, 11), Teaching.HAS_NOT),
    ],
    ids=[
        "89-days-after",
        "90-days-after",
        "taught-89-days-ago",
        "taught-90-days-ago",
        "taught-on-the-last-day-of-learning",
    ],
)
def test_who_has_not_taught_90_days_after_shows_by_itself(taught_on, day, state):
    mei, khamla = make_person("mei"), make_person("khamla")
    make_teachers_trained("TT-1", trainers=[mei], teachers=[khamla], starts_on=FIRST, completed_on=LEARNED)
    if taught_on is not None:
        make_session_taught("COH-1", trainer=khamla, on=taught_on)
    assert cascade_on(day).node(khamla.pk).teaching(on=day) == state


def test_a_session_is_of_who_is_named_for_it():
    mei, khamla, dao = make_person("mei"), *make_people(2, prefix="t")
    make_teachers_trained("TT-1", trainers=[mei], teachers=[khamla, dao], starts_on=FIRST, completed_on=LEARNED)
    session = make_session_taught("COH-1", trainer=khamla, on=date(2023, 5, 2), minutes=90)
    SessionTrainer.objects.create(session=session, person=dao)
    cascade = cascade_on(DAY)
    assert (cascade.node(khamla.pk).minutes, cascade.node(dao.pk).minutes) == (0, 90)


def test_a_session_that_nobody_signed_is_no_teaching():
    mei, khamla = make_person("mei"), make_person("khamla")
    make_teachers_trained("TT-1", trainers=[mei], teachers=[khamla], starts_on=FIRST, completed_on=LEARNED)
    session = make_session_taught("COH-1", trainer=khamla, on=date(2023, 5, 2))
    Session.objects.filter(pk=session.pk).update(signed_by="", signed_at=None)
    assert cascade_on(DAY).node(khamla.pk).own == ()


def test_records_of_one_human_being_are_one_node():
    mei, khamla, again = make_person("mei"), make_person("khamla"), make_person("khamla-again")
    make_teachers_trained("TT-1", trainers=[mei], teachers=[khamla], starts_on=FIRST, completed_on=LEARNED)
    make_session_taught("COH-1", trainer=again, on=date(2023, 5, 2))
    assert cascade_on(DAY).node(khamla.pk).own == ()
    at = datetime(2024, 1, 2, tzinfo=UTC)
    merge_person(person=again, into=khamla, at=at, reason="The same day of birth", by=NIGHTLY)
    node = cascade_on(DAY).node(again.pk)
    assert (node.person, len(node.own)) == (khamla.pk, 1)


def test_a_coordinator_knows_the_own_teachers_and_counts_the_others():
    vientiane, colombo = make_member("vientiane", country="LA"), make_member("colombo", country="LK")
    mei, khamla, nimali = make_person("mei"), *make_people(2, prefix="t")
    make_teachers_trained(
        "TT-1", trainers=[mei], teachers=[khamla], starts_on=FIRST, completed_on=LEARNED, sending_organisation=vientiane
    )
    make_teachers_trained(
        "TT-2", trainers=[mei], teachers=[nimali], starts_on=FIRST, completed_on=LEARNED, sending_organisation=colombo
    )
    by = make_actor("coordinator", ("member", colombo.pk))
    view = cascade_for(on=DAY, by=by)
    assert [row.who.reference for row in view.rows] == [nimali.reference]
    assert view.hidden == 2
    (top,) = view.tree
    assert (top.who.reference, [child.who.reference for child in top.children]) == ("", [nimali.reference])
    assert [row.who.reference for row in has_not_taught(on=DAY, by=by)] == [nimali.reference]
    assert has_not_taught(on=DAY, by=make_actor("secretariat")) == []


def test_the_cascade_is_narrowed_by_generation_and_by_teaching():
    mei, khamla, nimali = make_person("mei"), *make_people(2, prefix="t")
    make_teachers_trained("TT-1", trainers=[mei], teachers=[khamla, nimali], starts_on=FIRST, completed_on=LEARNED)
    make_session_taught("COH-1", trainer=khamla, on=date(2023, 5, 2))
    by = make_actor("auditor")
    assert [row.who.reference for row in cascade_for(on=DAY, by=by, generation="0").rows] == ["mei"]
    assert [row.who.reference for row in cascade_for(on=DAY, by=by, teaching="has_not_taught").rows] == [
        nimali.reference
    ]
    (zero, one) = cascade_for(on=DAY, by=by).counts
    assert (zero.trained, one.trained, one.taught) == (0, 2, 1)


def test_who_sees_no_trainer_does_not_see_the_cascade():
    for by in (VISITOR, make_actor("council"), make_actor("key_holder")):
        with pytest.raises(AccessDenied):
            cascade_for(on=DAY, by=by)
    nimali = make_person("nimali")
    make_trainer(nimali)
    assert cascade_for(on=DAY, by=make_actor("key_holder", person=nimali)).rows == []


def test_the_cascade_costs_the_same_for_many(django_assert_num_queries, django_assert_max_num_queries):
    mei = make_person("mei")
    make_teachers_trained(
        "TT-1", trainers=[mei], teachers=make_people(2, prefix="a"), starts_on=FIRST, completed_on=LEARNED
    )
    with django_assert_max_num_queries(12) as few:
        cascade_for(on=DAY, by=NIGHTLY)
    make_teachers_trained(
        "TT-2", trainers=[mei], teachers=make_people(30, prefix="b"), starts_on=FIRST, completed_on=LEARNED
    )
    with django_assert_num_queries(len(few)):
        cascade_for(on=DAY, by=NIGHTLY)


_PERSONS = st.integers(0, 7)


@settings(max_examples=200, deadline=None)
@given(
    st.lists(st.tuples(_PERSONS, st.sets(_PERSONS, max_size=3), st.integers(1, 300), st.integers(0, 60)), max_size=25)
)
def test_in_every_history_generations_are_shortest_and_lines_end_at_who_was_sent(rows):
    trainings: dict[UUID, list[Training]] = {}
    for number, (person, trainers, began, lasts) in enumerate(rows):
        by_whom = tuple(UUID(int=each + 1) for each in sorted(trainers - {person}))
        key = UUID(int=person + 1)
        one = Training(
            UUID(int=1000 + number), key, UUID(int=2000 + number), date.fromordinal(738000 + began),
            date.fromordinal(738000 + began + lasts), by_whom,
        )  # fmt: skip
        trainings.setdefault(key, []).append(one)
    found = _generations(trainings)
    for person, generation in found.items():
        above = [found[by] for each in trainings.get(person, []) for by in each.trainers if found[by] is not None]
        if generation is None:
            assert above == []
        elif generation > 0:
            assert min(above) == generation - 1
