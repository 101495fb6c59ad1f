"""What an applicant sends for a section, read and checked; and what is still missing."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation

from corridor.foundations.vocabularies.countries import is_country
from corridor.kernel.errors import BadInput, Problem
from corridor.kernel.wording import N_

from .models import AnswerKind, Application, FormPart, Need

LONGEST = {AnswerKind.SHORT_TEXT: 300, AnswerKind.LONG_TEXT: 10_000}
CHOSEN = {AnswerKind.ONE_OF, AnswerKind.SEVERAL_OF}


@dataclass(frozen=True)
class Given:
    """One answer, clean: its text, or the options chosen. Both empty where nothing was answered."""

    question: FormPart
    text: str = ""
    options: tuple[FormPart, ...] = ()

    @property
    def is_empty(self) -> bool:
        return not self.text and not self.options


def read_answers(questions: Iterable[FormPart], sent: Mapping[str, Sequence[str]]) -> list[Given]:
    """
    Read what was sent by code; an empty answer is fine here, a wrong one is not. ``parts`` of the questions are read before.

    :raises BadInput: with a problem for every answer that cannot be one, its question's code in ``column``.
    """
    given, problems = sift_answers(questions, sent)
    if problems:
        raise BadInput(problems)
    return given


def sift_answers(questions: Iterable[FormPart], sent: Mapping[str, Sequence[str]]) -> tuple[list[Given], list[Problem]]:
    """As read_answers: those that are right, and a problem for each that is wrong."""
    problems: list[Problem] = []
    given = []
    for question in questions:
        if question.answer == AnswerKind.FILE:
            continue
        values = [value.strip() for value in sent.get(question.code, ()) if value.strip()]
        found = _read(question, values)
        if isinstance(found, str):
            problems.append(Problem(found, column=question.code))
        else:
            given.append(found)
    return given, problems


def _read(question: FormPart, values: list[str]) -> Given | str:
    """The answer, or the sentence that says what is wrong with it."""
    if not values:
        return Given(question)
    if question.answer in CHOSEN:
        options = {option.code: option for option in question.parts.all()}
        if not set(values) <= set(options):
            return N_("Choose among the answers that are offered.")
        if question.answer == AnswerKind.ONE_OF and len(values) > 1:
            return N_("Choose one answer.")
        return Given(question, options=tuple(options[value] for value in dict.fromkeys(values)))
    text = values[0].replace("\x00", "")
    if len(text) > LONGEST.get(AnswerKind(question.answer), 300):
        return N_("This answer is too long.")
    if question.fact and len(text) > (80 if question.fact == "city" else 250):
        return N_("This answer is too long.")
    clean = CLEANED.get(question.answer)
    kept = clean(text) if clean else text
    return Given(question, text=kept) if kept else WRONG[question.answer]


def _number(text: str) -> str:
    try:
        number = Decimal(text.replace("\u00a0", "").replace(" ", ""))
    except InvalidOperation:
        return ""
    return format(number, "f") if number.is_finite() and abs(number) < 10**15 else ""


def _day(text: str) -> str:
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError:
        return ""


def _country(text: str) -> str:
    return text.upper() if is_country(text.upper()) else ""


def _yes_no(text: str) -> str:
    return text if text in {"yes", "no"} else ""


CLEANED: dict[str, Callable[[str], str]] = {
    AnswerKind.NUMBER: _number, AnswerKind.DAY: _day, AnswerKind.COUNTRY: _country, AnswerKind.YES_NO: _yes_no,
}  # fmt: skip
WRONG: dict[str, str] = {
    AnswerKind.SHORT_TEXT: N_("Write an answer."),
    AnswerKind.LONG_TEXT: N_("Write an answer."),
    AnswerKind.NUMBER: N_("Write a number, for example 1200 or 12.5."),
    AnswerKind.DAY: N_("Write a day as year-month-day, for example 2024-02-29."),
    AnswerKind.COUNTRY: N_("Choose a country or region."),
    AnswerKind.YES_NO: N_("Answer yes or no."),
}


def missing_of(application: Application) -> list[FormPart]:
    """Required questions without an answer, in the order of the form; read in four statements, whatever the form."""
    answered = {
        answer.question_id
        for answer in application.answers.prefetch_related("choices")
        if answer.text or answer.choices.all()
    }
    handed = set(application.documents.values_list("asked_id", flat=True))
    required = application.version.parts.filter(need=Need.REQUIRED).select_related("under").prefetch_related("texts")
    lacking = [
        question
        for question in required
        if (question.document_id not in handed if question.answer == AnswerKind.FILE else question.pk not in answered)
    ]
    return sorted(lacking, key=lambda question: (question.under.place if question.under else 0, question.place))
