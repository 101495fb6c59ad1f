"""Answering a data call: what the records know is filled in, and an answer that says another number says why."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from django.db import transaction

from corridor.foundations.access import Actor, Permission
from corridor.rooms.indicators.queries import OwnNumber, own_numbers, require_countable
from corridor.rooms.members import queries as members
from corridor.rooms.members.actions import add_question as add
from corridor.rooms.members.actions import draft_call, save_return
from corridor.rooms.members.call_drafts import AnswerDraft, CallDraft, QuestionDraft
from corridor.rooms.members.models import AskedMember, CallQuestion, DataCall, QuestionKind, Return, ReturnedAnswer


@dataclass(frozen=True)
class Line:
    """A question before a member: what it said so far (None: nothing), and what the records give (None: they are not asked)."""

    question: CallQuestion
    answer: ReturnedAnswer | None
    counted: OwnNumber | None


@dataclass(frozen=True)
class Sheet:
    """A call before a member. ``draft`` is the return being written, ``sent`` the latest submitted; ``version`` goes back with the answers."""

    call: DataCall
    asked: AskedMember
    lines: list[Line]
    draft: Return | None
    sent: Return | None

    @property
    def version(self) -> int:
        return self.draft.version if self.draft else 0

    def line(self, position: int) -> Line | None:
        return next((each for each in self.lines if each.question.position == position), None)


def open_sheet(*, call: str, member: str, at: datetime, by: Actor) -> Sheet:
    """
    A call as a member finds it. The records are counted for who may answer, and for who reads all calls and all persons, so that what was said can
    be held beside what is known now; others see what was said.

    :raises NotFound: if the call did not ask it, or neither is this reader's.
    """
    asked = members.get_asked(call=call, member=member, by=by)
    whole = members.get_call(reference=call, by=by)
    returns = list(asked.returns.all())
    may_answer = by.may(Permission.DATA_CALL_ANSWER, on=asked)
    # What is not sent yet is the member's own.
    draft = next((each for each in returns if each.submitted_at is None and may_answer), None)
    sent = next((each for each in reversed(returns) if each.submitted_at is not None), None)
    said = draft or sent
    answers = {each.question_id: each for each in said.answers.all()} if said else {}
    questions = list(whole.questions.all())
    may_count = may_answer or (by.may(Permission.DATA_CALL_VIEW) and by.holds_everywhere(Permission.PERSON_VIEW))
    counted = _counted(questions, asked, at=at, by=by) if may_count else {}
    lines = [Line(each, answers.get(each.pk), counted.get(each.position)) for each in questions]
    return Sheet(whole, asked, lines, draft, sent)


def answer_data_call(
    *, sheet: Sheet, answers: Sequence[AnswerDraft], version: int, at: datetime, by: Actor, submit: bool = False
) -> Return:
    """Save, or with ``submit`` send. What the records give is kept beside each number. Refuses as ``save_return``."""
    with_counts = []
    for each in answers:
        line = sheet.line(each.question.position)
        counted = line.counted.value if line is not None and line.counted is not None else None
        with_counts.append(replace(each, counted=counted))
    return save_return(asked=sheet.asked, answers=with_counts, version=version, at=at, by=by, submit=submit)


@transaction.atomic
def draft_data_call(*, draft: CallDraft, on: date, by: Actor) -> DataCall:
    """As ``draft_call``, and every figure that is asked must be one that is counted by members. :raises BadInput: if not."""
    for each in draft.questions:
        _require_countable(each, by)
    return draft_call(draft=draft, on=on, by=by)


def add_call_question(*, call: DataCall, question: QuestionDraft, version: int, by: Actor) -> DataCall:
    """As ``add_question``. :raises BadInput: for a figure that is not counted by members."""
    _require_countable(question, by)
    return add(call=call, question=question, version=version, by=by)


def _require_countable(question: QuestionDraft, by: Actor) -> None:
    if question.kind is QuestionKind.FIGURE:
        require_countable(code=question.code, dimension=question.dimension, by=by)


def _counted(questions: Sequence[CallQuestion], asked: AskedMember, *, at: datetime, by: Actor) -> dict[int, OwnNumber]:
    figures = [each for each in questions if each.kind == QuestionKind.FIGURE and each.last_day]
    wanted = [(each.code, each.dimension, each.first_day, each.last_day) for each in figures if each.last_day]
    found = own_numbers(asked=wanted, member=asked.organisation, at=at, by=by)
    return {each.position: number for each, number in zip(figures, found, strict=True)}
