"""Data calls with a question of each kind that a test wants."""

from collections.abc import Sequence
from datetime import UTC, date, datetime

from corridor.rooms.members import actions
from corridor.rooms.members.call_drafts import AnswerDraft, CallDraft, QuestionDraft
from corridor.rooms.members.models import AskedMember, DataCall, Organisation, QuestionKind
from tests.factories.actors import NIGHTLY, make_actor

DUE_ON, OPENED_ON = date(2024, 2, 20), date(2024, 1, 20)
ASKS_YES_NO = QuestionDraft(QuestionKind.YES_NO, {"en": "Do you train abroad?"})
ASKS_POSTS = QuestionDraft(
    QuestionKind.FIGURE, {"en": "Posts wanted in 2023"}, code="demand.posts_stated", dimension="employer",
    first_day=date(2023, 1, 1), last_day=date(2023, 12, 31),
)  # fmt: skip


def make_call(
    *questions: QuestionDraft,
    due_on: date = DUE_ON,
    kind: str = "",
    country: str = "",
    titles: dict[str, str] | None = None,
) -> DataCall:
    """A draft with those questions, or with one to be answered yes or no."""
    asked: Sequence[QuestionDraft] = questions or [ASKS_YES_NO]
    draft = CallDraft(titles or {"en": "Yearly numbers"}, due_on, kind, country, asked)
    return actions.draft_call(draft=draft, on=OPENED_ON, by=NIGHTLY)


def open_call(call: DataCall, *, on: date = OPENED_ON) -> DataCall:
    """Ask the members that are active that day."""
    actions.open_call(call=call, on=on, at=datetime(on.year, on.month, on.day, tzinfo=UTC), by=NIGHTLY)
    return DataCall.objects.get(pk=call.pk)


def answer_call(
    call: DataCall, member: Organisation, *values: str, at: datetime = datetime(2024, 1, 25, tzinfo=UTC)
) -> AskedMember:
    """The member sends these answers, in the order of the questions."""
    asked = AskedMember.objects.get(call=call, organisation=member)
    by = make_actor("coordinator", ("member", member.pk), label=member.reference)
    answers = [
        AnswerDraft(question, value)
        for question, value in zip(call.questions.order_by("position"), values, strict=True)
    ]
    actions.save_return(asked=asked, answers=answers, version=0, at=at, by=by, submit=True)
    return AskedMember.objects.get(pk=asked.pk)
