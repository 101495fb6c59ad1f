"""One wave and one question as rows of evidence, and the block of docs/rules/figures.md, "Outcomes". Everybody's, whoever asks."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from django.db.models import QuerySet

from corridor.kernel.outcome_block import OutcomeBlock

from .lifecycle import WaveStatus
from .models import Answer, AnswerSource, FollowUp


class Question(StrEnum):
    """What a wave asks. Each is answered yes, no, or not at all."""

    WORKING = "working"
    RELEVANT = "relevant"


@dataclass(frozen=True, slots=True)
class OutcomeRow:
    """One graduate in one wave: the record, the person as enrolled, and what counts of them."""

    follow_up_id: UUID
    enrolment_id: UUID
    person_id: UUID
    asked: bool
    reached: bool
    answered: bool
    answered_self: bool
    yes: bool


def follow_ups(*, months: int) -> QuerySet[FollowUp]:
    """All graduates of closed waves at so many months, asked or not, with enrolment, cohort and site. Scope it by filters."""
    rows = FollowUp.objects.filter(wave__months=months, wave__status=WaveStatus.CLOSED)
    return rows.select_related("enrolment__cohort__site").order_by("pk")


def outcome_rows(rows: Iterable[FollowUp], *, question: Question) -> list[OutcomeRow]:
    """The rows of one question: answered means a yes or a no from a named source."""
    found = []
    for row in rows:
        said = getattr(row, question.value)
        answered = row.answered_on is not None and said in {Answer.YES.value, Answer.NO.value}
        found.append(
            OutcomeRow(
                follow_up_id=row.pk,
                enrolment_id=row.enrolment_id,
                person_id=row.enrolment.person_id,
                asked=row.attempts > 0,
                reached=row.reached_on is not None,
                answered=answered,
                answered_self=answered and row.source == AnswerSource.SELF,
                yes=answered and said == Answer.YES,
            )
        )
    return found


def block_of(rows: Sequence[OutcomeRow]) -> OutcomeBlock:
    """E, s, A, R, V, Vself and Y of a census: everybody eligible is to be asked."""
    return OutcomeBlock(
        eligible=len(rows),
        to_ask=len(rows),
        asked=sum(row.asked for row in rows),
        reached=sum(row.reached for row in rows),
        answered=sum(row.answered for row in rows),
        answered_self=sum(row.answered_self for row in rows),
        yes=sum(row.yes for row in rows),
    )
