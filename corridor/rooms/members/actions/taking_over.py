"""Applications that ran on paper before, with their sheets and votes: taken over as they stand. Memberships come by their own sheet."""

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta

from django.db import transaction

from corridor.foundations.access import Actor, Permission
from corridor.foundations.audit import log
from corridor.foundations.lifecycles.moving import Step, move_all, take_steps
from corridor.foundations.secret_links import new_secret
from corridor.kernel.errors import BadInput, Problem
from corridor.kernel.wording import N_

from ..answering import read_answers
from ..application_drafts import PastApplication, PastScore, PastVote
from ..lifecycle import ApplicationStatus, ConditionStatus
from ..models import (
    Answer,
    AnswerChoice,
    Application,
    ApplicationCondition,
    CouncilVote,
    Decision,
    DeclaredInterest,
    FormPart,
    Outcome,
    PartSort,
    Reviewer,
    Score,
)
from ..submitting import date_conditions, open_conditions
from ..votes import faults_of_vote


@transaction.atomic
def take_over_applications(*, applications: Sequence[PastApplication], by: Actor) -> list[Application]:
    """
    Write down applications in the states in which they stand. Nobody is written to; their link is asked for anew.

    :raises BadInput: for a reference that is taken, and every answer that is none.
    """
    by.require(Permission.APPLICATION_MANAGE)
    taken = set(
        Application.objects.filter(reference__in=[each.reference for each in applications]).values_list(
            "reference", flat=True
        )
    )
    if taken:
        raise BadInput(
            [
                Problem(N_("There is already an application %(reference)s."), {"reference": each})
                for each in sorted(taken)
            ]
        )
    made = [_application(each) for each in applications]
    Application.objects.bulk_create(made)
    take_steps(
        [
            Step(application, ApplicationStatus(state), day)
            for application, past in zip(made, applications, strict=True)
            for state, day in past.steps
        ],
        by=by,
    )
    for application, past in zip(made, applications, strict=True):
        open_conditions(application, on=past.steps[0][1], by=by)
    log.record_each("members.application_taken_over", by=by, subjects=made)
    return made


def _application(past: PastApplication) -> Application:
    submitted_at = _at_noon(past.steps[0][1])
    decided = [day for state, day in past.steps if state in {"approved", "with_conditions", "rejected"}]
    return Application(
        reference=past.reference, version=past.version, organisation=past.organisation, status=ApplicationStatus.DRAFT,
        contact_name=past.contact.name, contact_email=past.contact.email, language=past.contact.language,
        secret_digest=new_secret()[1], secret_expires_at=submitted_at, started_at=submitted_at - timedelta(days=7),
        submitted_at=submitted_at, review_closed_at=_at_noon(decided[0]) if decided else None,
    )  # fmt: skip


@transaction.atomic
def take_over_answers(*, answers: Mapping[Application, Mapping[str, str]], by: Actor) -> int:
    """Write down what was answered, by the code of the question; several choices in one answer are divided by ";". :raises BadInput: for none."""
    by.require(Permission.APPLICATION_MANAGE)
    made = 0
    for application, texts in answers.items():
        asked = FormPart.objects.filter(version=application.version_id, sort=PartSort.QUESTION)
        questions = list(asked.prefetch_related("parts"))
        sent = {code: text.split(";") if _is_chosen(questions, code) else [text] for code, text in texts.items()}
        given = [each for each in read_answers(questions, sent) if not each.is_empty]
        rows = Answer.objects.bulk_create(
            [Answer(application=application, question=each.question, text=each.text) for each in given]
        )
        AnswerChoice.objects.bulk_create(
            [
                AnswerChoice(answer=row, option=option)
                for row, each in zip(rows, given, strict=True)
                for option in each.options
            ]
        )
        made += len(rows)
    log.record_each("members.answers_taken_over", by=by, subjects=list(answers))
    return made


def _is_chosen(questions: Sequence[FormPart], code: str) -> bool:
    return any(each.code == code and each.answer == "several_of" for each in questions)


@transaction.atomic
def take_over_scores(*, scores: Sequence[PastScore], by: Actor) -> int:
    """Write down reviewers' sheets, one for each account and application. :raises BadInput: for points beyond 0 to 5."""
    by.require(Permission.APPLICATION_MANAGE)
    if any(each.points is not None and not 0 <= each.points <= 5 for each in scores):
        raise BadInput([Problem(N_("Give from 0 to 5 points."), column="points")])
    reviewers: dict[tuple[object, object], Reviewer] = {}
    for each in scores:
        reviewers.setdefault(
            (each.application.pk, each.user.pk),
            Reviewer(
                application=each.application, user=each.user, invited_at=each.application.submitted_at,
                handed_in_at=_at_noon(each.handed_in_on) if each.handed_in_on else None,
            ),
        )  # fmt: skip
    Reviewer.objects.bulk_create(reviewers.values())
    Score.objects.bulk_create(
        [
            Score(
                reviewer=reviewers[each.application.pk, each.user.pk], criterion=each.criterion, points=each.points, comment=each.comment
            )
            for each in scores
        ]
    )  # fmt: skip
    log.record_each("members.sheet_taken_over", by=by, subjects=list(reviewers.values()))
    return len(scores)


@transaction.atomic
def take_over_votes(*, votes: Sequence[PastVote], by: Actor) -> int:
    """Write down votes and what they decided. :raises BadInput: for votes that do not add up or decide something else."""
    by.require(Permission.APPLICATION_MANAGE)
    problems = [problem for each in votes for problem in faults_of_vote(each.vote, each.decision)]
    if problems:
        raise BadInput(problems)
    for past in votes:
        vote = past.vote
        written = CouncilVote.objects.create(
            application=past.application, held_on=vote.held_on, present=vote.present, in_favour=vote.in_favour,
            against=vote.against, abstained=vote.abstained, with_interest=len(vote.interests), minutes=vote.minutes,
        )  # fmt: skip
        DeclaredInterest.objects.bulk_create(
            [DeclaredInterest(vote=written, who=each.who, what=each.what) for each in vote.interests]
        )
        Decision.objects.create(
            application=past.application, vote=written, outcome=past.decision.outcome,
            decided_on=past.decision.decided_on, reason=past.decision.reason,
        )  # fmt: skip
        if past.decision.outcome != Outcome.REJECTED:
            date_conditions(past.application, on=past.decision.decided_on)
    log.record_each("members.vote_taken_over", by=by, subjects=[each.application for each in votes])
    return len(votes)


@transaction.atomic
def take_over_conditions(
    *, states: Sequence[tuple[ApplicationCondition, ConditionStatus, date, str]], by: Actor
) -> int:
    """Bring conditions into the states in which they stand: (condition, state, day, reason)."""
    by.require(Permission.APPLICATION_MANAGE)
    for condition, state, day, reason in states:
        condition.reason = reason
        condition.save(update_fields=["reason"])
        if state in {ConditionStatus.ACCEPTED, ConditionStatus.REFUSED} and condition.status == ConditionStatus.OPEN:
            move_all([condition], to=ConditionStatus.HANDED_IN, on=day, by=by)
        if state != condition.status:
            move_all([condition], to=state, on=day, by=by, reason=reason)
    log.record_each("members.condition_taken_over", by=by, subjects=[each[0] for each in states])
    return len(states)


def _at_noon(day: date) -> datetime:
    """Paper knows the day alone."""
    return datetime.combine(day, time(12), tzinfo=UTC)
