"""Watching sessions: by which rubric, what each reached, and what was agreed."""

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction

from corridor.foundations.access import Actor, Permission
from corridor.foundations.audit import log
from corridor.foundations.contested import contested
from corridor.foundations.vocabularies.languages import is_language
from corridor.kernel.errors import BadInput, Problem, WrongMoment
from corridor.kernel.periods import local_day
from corridor.kernel.wording import N_
from corridor.rooms.people.merging import same_person_ids

from ..lifecycle import SessionStatus
from ..models import AgreedAction, ObservedScore, ObservedSession, Rubric, RubricLine, RubricPart, RubricText
from ..own_sessions import taught_by
from ..trainer_drafts import ObservedDraft, RubricDraft
from ..trainer_refusals import NothingToWatch, NotTheirSession, WrittenBefore

SEEN = {SessionStatus.HELD.value, SessionStatus.LOCKED.value}
MOST_CRITERIA, FEWEST_LEVELS, MOST_LEVELS = 20, 2, 10


@transaction.atomic
def describe_rubrics(*, rubrics: Sequence[RubricDraft], by: Actor) -> list[Rubric]:
    """
    Put versions of rubrics in use; the one before ends on the day on which the next begins. What was watched keeps theirs.

    :raises WrittenBefore: if that version stands there. :raises BadInput: without criteria or levels.
    """
    by.require(Permission.SESSION_OBSERVE)
    if problems := [problem for draft in rubrics for problem in _faults_of(draft)]:
        raise BadInput(problems)
    made = []
    for draft in rubrics:
        _require_new(draft)
        with contested(lambda draft=draft: _require_new(draft)):  # type: ignore[misc]
            rubric = Rubric.objects.create(code=draft.code, version=draft.version, starts_on=draft.starts_on)
        before = Rubric.objects.filter(code=draft.code, ends_before__isnull=True, starts_on__lt=draft.starts_on)
        before.exclude(pk=rubric.pk).update(ends_before=draft.starts_on)
        for part, said in ((RubricPart.CRITERION, draft.criteria), (RubricPart.LEVEL, draft.levels)):
            for position, texts in enumerate(said, start=1):
                line = RubricLine.objects.create(rubric=rubric, part=part, position=position)
                RubricText.objects.bulk_create(
                    [RubricText(line=line, language=tag, text=words.strip()) for tag, words in texts.items()]
                )
        made.append(rubric)
    log.record_each("training.rubric_described", by=by, subjects=made)
    return made


@transaction.atomic
def observe_sessions(*, observed: Sequence[ObservedDraft], at: datetime, by: Actor) -> list[ObservedSession]:
    """
    Write down sessions that were watched.

    :raises NotTheirSession: if the trainer did not teach it, or the observer did. :raises NothingToWatch: before the session is held.
    :raises WrittenBefore: if the observer wrote about it before. :raises BadInput: where a criterion has no level.
    """
    made = []
    for draft in observed:
        by.require(Permission.SESSION_OBSERVE, on=draft.session)
        rubric = _require_session(draft, at)
        with contested(lambda draft=draft: _require_unwritten(draft)):  # type: ignore[misc]
            watched = ObservedSession.objects.create(
                trainer=draft.trainer, session=draft.session, observer=draft.observer, rubric=rubric,
                remarks=draft.remarks.strip(), written_at=at,
            )  # fmt: skip
        ObservedScore.objects.bulk_create(
            [
                ObservedScore(observed=watched, criterion=criterion, level=level)
                for criterion, level in draft.scores.items()
            ]
        )
        AgreedAction.objects.bulk_create(
            [AgreedAction(observed=watched, what=what.strip(), due_on=due_on) for what, due_on in draft.agreed]
        )
        made.append(watched)
    log.record_each("training.session_observed", by=by, subjects=made)
    return made


@transaction.atomic
def settle_agreed(*, action: AgreedAction, on: date, by: Actor) -> AgreedAction:
    """What was agreed is done. :raises WrongMoment: if it was before."""
    by.require(Permission.SESSION_OBSERVE, on=action.observed.session)
    held = AgreedAction.objects.select_for_update(of=("self",)).select_related("observed__session").get(pk=action.pk)
    if held.done_on is not None:
        raise WrongMoment(N_("It was done on %(day)s already."), day=held.done_on)
    if on < held.observed.session.held_on:
        raise BadInput([Problem(N_("It is done on or after the day of the session."), column="on")])
    held.done_on = on
    held.save(update_fields=["done_on"])
    log.record("training.agreed_settled", by=by, subject=held)
    return held


def _faults_of(draft: RubricDraft) -> list[Problem]:
    problems = []
    if not 1 <= len(draft.criteria) <= MOST_CRITERIA:
        problems.append(Problem(N_("Write one to %(most)s criteria."), {"most": MOST_CRITERIA}, column="criteria"))
    if not FEWEST_LEVELS <= len(draft.levels) <= MOST_LEVELS:
        places: dict[str, object] = {"least": FEWEST_LEVELS, "most": MOST_LEVELS}
        problems.append(Problem(N_("A scale has %(least)s to %(most)s levels."), places, column="levels"))
    for column, said in (("criteria", draft.criteria), ("levels", draft.levels)):
        if any(not texts or not all(words.strip() for words in texts.values()) for texts in said):
            problems.append(Problem(N_("Each line has words."), column=column))
        if any(not is_language(tag) for texts in said for tag in texts):
            problems.append(Problem(N_("Name the language by a tag of BCP 47, like lo or zh-Hans."), column=column))
    return problems


def _require_new(draft: RubricDraft) -> None:
    if Rubric.objects.filter(code=draft.code, version=draft.version).exists():
        raise WrittenBefore(
            N_("Version %(version)s of “%(code)s” stands there already."), version=draft.version, code=draft.code
        )


def _require_session(draft: ObservedDraft, at: datetime) -> Rubric:
    session = draft.session
    if session.status not in SEEN or session.held_on > local_day(at, session.cohort.site.zone):
        raise NothingToWatch(
            N_("Session %(session)s is not held yet, or was called off; there is nothing to write about."), session=str(session)
        )  # fmt: skip
    same = same_person_ids([draft.trainer.person_id, draft.observer.pk])
    teachers = taught_by([session])[session.pk]
    if not same[draft.trainer.person_id] & teachers:
        raise NotTheirSession(
            N_("%(person)s did not teach session %(session)s."), person=str(draft.trainer), session=str(session)
        )
    if same[draft.observer.pk] & (teachers | same[draft.trainer.person_id]):
        raise NotTheirSession(N_("Whoever teaches a session does not watch it too; name somebody else."))
    named = {line.rubric_id for line in draft.scores}
    if len(named) != 1:
        raise BadInput([Problem(N_("Give each criterion a level."), column="scores")])
    rubric = Rubric.objects.get(pk=named.pop())
    _require_scores(draft, rubric)
    if not rubric.is_in_use(on=session.held_on):
        raise BadInput(
            [Problem(N_("This version of the rubric was not in use on the day of the session."), column="rubric")]
        )
    for what, due_on in draft.agreed:
        if not what.strip() or due_on < session.held_on:
            raise BadInput(
                [Problem(N_("What is agreed has words, and a day on or after the session."), column="agreed")]
            )
    _require_unwritten(draft)
    return rubric


def _require_scores(draft: ObservedDraft, rubric: Rubric) -> None:
    lines = list(RubricLine.objects.filter(rubric=rubric))
    criteria = {line.pk for line in lines if line.part == RubricPart.CRITERION}
    levels = {line.pk for line in lines if line.part == RubricPart.LEVEL}
    if {line.pk for line in draft.scores} != criteria or not {line.pk for line in draft.scores.values()} <= levels:
        raise BadInput([Problem(N_("Give each criterion a level."), column="scores")])


def _require_unwritten(draft: ObservedDraft) -> None:
    if ObservedSession.objects.filter(trainer=draft.trainer, session=draft.session, observer=draft.observer).exists():
        raise WrittenBefore(
            N_("%(observer)s has written about this session already."), observer=draft.observer.reference
        )
