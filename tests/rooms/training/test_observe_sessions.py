"""Sessions that are watched: by whom, by which rubric, and what is agreed."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from corridor.kernel.errors import AccessDenied, BadInput, WrongMoment
from corridor.rooms.people.actions import merge_person
from corridor.rooms.training.actions.observing import describe_rubrics, observe_sessions, settle_agreed
from corridor.rooms.training.models import CohortTrainer, Rubric
from corridor.rooms.training.queries.observed import get_observed, rubrics_in_use, sessions_to_watch
from corridor.rooms.training.trainer_drafts import ObservedDraft, RubricDraft
from corridor.rooms.training.trainer_refusals import NothingToWatch, NotTheirSession, WrittenBefore
from tests.factories.actors import NIGHTLY, make_actor
from tests.factories.people import make_person
from tests.factories.trainers import make_rubric, make_session_taught, make_trainer, scores_of
from tests.factories.training import make_session

pytestmark = pytest.mark.django_db
TAUGHT = date(2023, 5, 2)
AT = datetime(2023, 5, 3, 3, tzinfo=UTC)
RUBRIC = RubricDraft(
    code="teaching", version=1, starts_on=date(2023, 1, 1), criteria=({"en": "Aim is said", "lo": "ບອກຈຸດປະສົງ"},),
    levels=({"en": "No"}, {"en": "Yes"}),
)  # fmt: skip


@pytest.fixture
def observed():
    khamla, mei = make_person("khamla"), make_person("mei")
    session = make_session_taught("COH-1", trainer=khamla, on=TAUGHT)
    scores = scores_of(make_rubric(), 2, 3)
    agreed = (("Let two learners explain each step", date(2023, 6, 1)),)
    return ObservedDraft(
        trainer=make_trainer(khamla), session=session, observer=mei, scores=scores, remarks="Calm.", agreed=agreed
    )


def observe(draft, by=NIGHTLY):
    return observe_sessions(observed=[draft], at=AT, by=by)[0]


def test_a_manager_of_the_site_writes_down_a_session_and_what_was_agreed(observed):
    by = make_actor("site_manager", ("site", observed.session.cohort.site_id))
    assert [each.pk for each in sessions_to_watch(trainer=observed.trainer, on=TAUGHT, by=by)] == [observed.session.pk]
    made = observe(observed, by)
    read = get_observed(trainer="khamla", key=made.pk, by=by)
    assert [each.level.position for each in read.scores.all()] == [2, 3]
    (agreed,) = read.agreed.all()
    assert agreed.is_late(on=date(2023, 6, 2))
    settle_agreed(action=agreed, on=date(2023, 5, 30), by=by)
    with pytest.raises(WrongMoment):
        settle_agreed(action=agreed, on=date(2023, 5, 30), by=by)
    with pytest.raises(AccessDenied):
        observe(
            replace(observed, observer=make_person("dao")),
            make_actor("trainer", ("cohort", observed.session.cohort_id)),
        )


def test_nobody_watches_the_own_session(observed):
    with pytest.raises(NotTheirSession):
        observe(replace(observed, observer=observed.trainer.person))
    again = make_person("khamla-again")
    merge_person(person=again, into=observed.trainer.person, at=AT, reason="The same day of birth", by=NIGHTLY)
    with pytest.raises(NotTheirSession):
        observe(replace(observed, observer=again))
    CohortTrainer.objects.create(cohort=observed.session.cohort, person=observed.observer)
    with pytest.raises(NotTheirSession):
        observe(observed)


def test_a_session_is_of_who_taught_it(observed):
    with pytest.raises(NotTheirSession):
        observe(replace(observed, trainer=make_trainer(make_person("dao"))))


def test_a_session_is_watched_when_it_is_held(observed):
    planned = make_session(observed.session.cohort, number=2, on=TAUGHT)
    with pytest.raises(NothingToWatch):
        observe(replace(observed, session=planned))


def test_one_observer_writes_about_a_session_once(observed):
    observe(observed)
    with pytest.raises(WrittenBefore):
        observe(observed)
    assert observe(replace(observed, observer=make_person("dao"))).observer.reference == "dao"


def test_every_criterion_gets_a_level_of_the_same_rubric(observed):
    criterion = next(iter(observed.scores))
    other = make_rubric("other")
    wrong = [
        {},
        {criterion: observed.scores[criterion]},
        observed.scores | scores_of(other, 1, 1),
        observed.scores | {criterion: other.lines.filter(part="level").first()},
        observed.scores | {criterion: criterion},
    ]
    for scores in wrong:
        with pytest.raises(BadInput):
            observe(replace(observed, scores=scores))


def test_a_rubric_that_was_not_in_use_that_day_is_not_used(observed):
    Rubric.objects.update(ends_before=TAUGHT)
    with pytest.raises(BadInput):
        observe(observed)


def test_what_is_agreed_comes_after_the_session(observed):
    with pytest.raises(BadInput):
        observe(replace(observed, agreed=(("Look again", date(2023, 5, 1)),)))


def test_the_next_version_ends_the_one_before_and_sessions_keep_theirs(observed):
    made = observe(observed)
    describe_rubrics(rubrics=[replace(RUBRIC, version=2, starts_on=date(2023, 7, 1))], by=NIGHTLY)
    assert [each.version for each in rubrics_in_use(on=date(2023, 6, 30), by=NIGHTLY)] == [1]
    assert [each.version for each in rubrics_in_use(on=date(2023, 7, 1), by=NIGHTLY)] == [2]
    made.refresh_from_db()
    assert made.rubric.version == 1
    with pytest.raises(WrittenBefore):
        describe_rubrics(rubrics=[replace(RUBRIC, version=2)], by=NIGHTLY)


@pytest.mark.parametrize(
    ("more", "column"),
    [
        ({"criteria": ()}, "criteria"),
        ({"levels": ({"en": "Only one"},)}, "levels"),
        ({"criteria": ({"en": " "},)}, "criteria"),
        ({"criteria": ({"xx-nonsense": "Aim"},)}, "criteria"),
    ],
    ids=["no-criteria", "one-level", "no-words", "no-language"],
)
def test_a_rubric_has_criteria_and_a_scale_in_words(more, column):
    with pytest.raises(BadInput) as refused:
        describe_rubrics(rubrics=[replace(RUBRIC, **more)], by=NIGHTLY)
    assert refused.value.problems[0].column == column


def test_only_who_observes_everywhere_describes_a_rubric():
    with pytest.raises(AccessDenied):
        describe_rubrics(rubrics=[RUBRIC], by=make_actor("auditor"))
