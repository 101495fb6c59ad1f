"""What an answer to a question may be, by its kind."""

from collections.abc import Collection
from datetime import date
from decimal import Decimal, InvalidOperation

from corridor.kernel.errors import Problem
from corridor.kernel.wording import N_

from .models import CallQuestion, Need, QuestionKind, ReturnedAnswer

YES_NO = ("yes", "no")
LARGEST = Decimal(10) ** 15


def fault_of(question: CallQuestion, value: str, codes: Collection[str]) -> str:
    """What is wrong with a value, as a sentence; empty where it can be taken. An open answer is no fault: see ``missing_in``."""
    if not value:
        return ""
    match QuestionKind(question.kind):
        case QuestionKind.FIGURE:
            return "" if value.isascii() and value.isdigit() and len(value) <= 15 else N_("Write a whole number.")
        case QuestionKind.NUMBER:
            return "" if _is_number(value) else N_("Write a number, with a point before decimals.")
        case QuestionKind.DAY:
            return "" if _is_day(value) else N_("Write a day as 2024-01-18.")
        case QuestionKind.YES_NO:
            return "" if value in YES_NO else N_("Answer yes or no.")
        case QuestionKind.CHOICE:
            return "" if value in codes else N_("Choose one of the answers.")
        case _:
            return "" if len(value) <= 2000 else N_("At most 2000 characters.")


def missing_in(question: CallQuestion, answer: ReturnedAnswer | None) -> Problem | None:
    """What keeps a return from being submitted: a question left open that must be answered, or another number without a reason."""
    column = f"q{question.position}"
    is_open = answer is None or not (answer.value or answer.document_id)
    if is_open:
        is_needed = question.need == Need.REQUIRED
        return (
            Problem(N_("Question %(number)s is still open."), {"number": question.position}, column=column)
            if is_needed
            else None
        )
    assert answer is not None
    differs = answer.counted is not None and answer.value != str(answer.counted)
    if differs and not answer.reason.strip():
        return Problem(
            N_("The records give %(counted)s. Say why yours is another number."),
            {"counted": answer.counted},
            column=column,
        )
    return None


def _is_number(value: str) -> bool:
    try:
        number = Decimal(value)
    except InvalidOperation:
        return False
    return number.is_finite() and abs(number) < LARGEST


def _is_day(value: str) -> bool:
    try:
        return date.fromisoformat(value).isoformat() == value
    except ValueError:
        return False
