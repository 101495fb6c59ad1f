"""One application put together for its reader: answers, documents (each once), conditions, letters, and what is missing."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from corridor.foundations.documents.models import Document
from corridor.foundations.vocabularies.languages import bcp47

from .answering import missing_of
from .lifecycle import ApplicationStatus
from .models import (
    AnswerKind,
    Application,
    ApplicationCondition,
    DocumentAsked,
    Evidence,
    Fact,
    FormPart,
    Letter,
    PartSort,
)
from .submitting import asked_of


@dataclass(frozen=True)
class AnswerShown:
    """A question with what was answered: text, the words of the options chosen, or a document."""

    question: FormPart
    label: str
    language: str
    help: str = ""
    text: str = ""
    choices: tuple[str, ...] = ()
    codes: tuple[str, ...] = ()
    document: Document | None = None
    is_missing: bool = False

    @property
    def day(self) -> date | None:
        return date.fromisoformat(self.text) if self.question.answer == AnswerKind.DAY and self.text else None

    @property
    def is_answered(self) -> bool:
        return bool(self.text or self.choices or self.document)


@dataclass(frozen=True)
class SectionShown:
    section: FormPart
    title: str
    language: str
    help: str
    answers: list[AnswerShown]

    @property
    def missing(self) -> int:
        return sum(each.is_missing for each in self.answers)

    @property
    def answered(self) -> int:
        return sum(each.is_answered for each in self.answers)


@dataclass(frozen=True)
class DocumentShown:
    """A kind of document, asked for once here, with everything that asks for it; ``document`` is the latest version handed in."""

    asked: DocumentAsked
    title: str
    language: str
    help: str
    wanted_by: tuple[str, ...]
    document: Document | None
    is_required: bool


@dataclass(frozen=True)
class ConditionShown:
    condition: ApplicationCondition
    title: str
    language: str
    help: str
    is_overdue: bool
    evidence: tuple[Evidence, ...]
    document: Document | None
    asked: DocumentAsked | None


@dataclass(frozen=True)
class ApplicationRecord:
    """The whole of one application, in the language of its reader where the form speaks it."""

    application: Application
    name: str
    sections: list[SectionShown]
    documents: list[DocumentShown]
    conditions: list[ConditionShown]
    letters: list[Letter]
    steps: list[Any]
    missing: list[AnswerShown] = field(default_factory=list)
    # Told to its applicant alone.
    may_be_withdrawn: bool = False

    @property
    def open_conditions(self) -> int:
        return sum(each.condition.status not in {"accepted", "waived"} for each in self.conditions)


def name_of(application: Application) -> str:
    """What the organisation is called: by its record, before it is submitted by the answer to the question for its name."""
    if application.organisation is not None:
        return application.organisation.display_name(bcp47(application.language))
    said = [each.text for each in application.answers.all() if each.question.fact == Fact.NAME]
    return said[0] if said else ""


def record_of(application: Application, *, on: date, language: str) -> ApplicationRecord:
    """With everything read before, see queries/applications.py; two statements more."""
    parts = sorted(application.version.parts.all(), key=lambda each: each.place)
    missing = {each.pk for each in missing_of(application)} if application.status == ApplicationStatus.DRAFT else set()
    answers = {each.question_id: each for each in application.answers.all()}
    handed = {each.asked_id: each.document for each in application.documents.all()}
    sections = []
    for section in (each for each in parts if each.sort == PartSort.SECTION):
        title, help_text, tag = section.said(language)
        questions = [each for each in parts if each.sort == PartSort.QUESTION and each.under_id == section.pk]
        shown = [_answer(each, answers.get(each.pk), handed, language, each.pk in missing) for each in questions]
        sections.append(SectionShown(section, title, tag, help_text, shown))
    return ApplicationRecord(
        application=application,
        name=name_of(application),
        sections=sections,
        documents=_documents(application, parts, handed, language),
        conditions=[
            _condition(each, handed, on, language) for each in sorted(application.conditions.all(), key=_by_day)
        ],
        letters=list(application.letters.all()),
        steps=sorted(application.changes.all(), key=lambda each: (each.effective_on, each.recorded_at, each.pk)),
        missing=[each for section in sections for each in section.answers if each.is_missing],
    )


def _by_day(condition: ApplicationCondition) -> tuple[date, str]:
    return (condition.due_on or date.max, str(condition.pk))


def _answer(
    question: FormPart, given: Any, handed: dict[Any, Document], language: str, is_missing: bool
) -> AnswerShown:
    label, help_text, tag = question.said(language)
    chosen: list[FormPart] = [each.option for each in given.choices.all()] if given else []
    chosen.sort(key=lambda option: option.place)
    return AnswerShown(
        question=question, label=label, language=tag, help=help_text, text=given.text if given else "",
        choices=tuple(option.said(language)[0] for option in chosen), codes=tuple(option.code for option in chosen),
        document=handed.get(question.document_id) if question.answer == AnswerKind.FILE else None, is_missing=is_missing,
    )  # fmt: skip


def _documents(
    application: Application, parts: list[FormPart], handed: dict[Any, Document], language: str
) -> list[DocumentShown]:
    shown = []
    for asked in asked_of(application).prefetch_related("texts"):
        title, help_text, tag = asked.said(language)
        asking = [each for each in parts if each.document_id == asked.pk]
        conditions = [
            each for each in application.conditions.all() if each.part_id is None and each.document_id == asked.pk
        ]
        shown.append(
            DocumentShown(
                asked=asked, title=title, language=tag, help=help_text,
                wanted_by=(*(each.said(language)[0] for each in asking), *(each.said(language)[0] for each in conditions)),
                document=handed.get(asked.pk), is_required=any(each.need == "required" for each in asking),
            )
        )  # fmt: skip
    return shown


def _condition(condition: ApplicationCondition, handed: dict[Any, Document], on: date, language: str) -> ConditionShown:
    title, help_text, tag = condition.said(language)
    asked = condition.part.document if condition.part else condition.document
    return ConditionShown(
        condition=condition, title=title, language=tag, help=help_text, is_overdue=condition.is_overdue(on),
        evidence=tuple(condition.evidence.all()), document=handed.get(condition.document_id), asked=asked,
    )  # fmt: skip
