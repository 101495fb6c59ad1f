"""Open the registration of a conference, and say what delegates are asked."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from django.db import transaction

from corridor.foundations.access import Actor, Permission
from corridor.foundations.audit import log
from corridor.kernel.errors import BadInput, Problem, WrongMoment
from corridor.kernel.wording import N_
from corridor.rooms.members.application_kinds import AnswerKind, Need

from ..kinds import PartOf
from ..models import Conference, DelegateAnswer, Registration, RegistrationPart, RegistrationPartText

WITH_OPTIONS = {AnswerKind.ONE_OF, AnswerKind.SEVERAL_OF}


@dataclass(frozen=True)
class QuestionDraft:
    """``titles`` by language; ``options`` maps the code of an answer to choose to its titles by language."""

    code: str
    answer: AnswerKind
    need: Need
    titles: Mapping[str, str]
    options: Mapping[str, Mapping[str, str]] = field(default_factory=dict)


@transaction.atomic
def open_registration(
    *, conference: Conference, opens_on: date, closes_before: date, places: int | None, by: Actor
) -> Registration:
    """
    Say from when until when delegates may register, and how many; said again, the days and places are the new ones.

    :raises BadInput: for days that do not fit.
    """
    by.require(Permission.CONFERENCE_PLAN)
    problems = []
    if closes_before <= opens_on:
        problems.append(Problem(N_("Registration ends after it begins."), column="closes_on"))
    if closes_before > conference.ends_before:
        problems.append(
            Problem(N_("Registration ends with the conference at the latest (%(day)s)."), {"day": conference.ends_before}, column="closes_on")
        )  # fmt: skip
    if problems:
        raise BadInput(problems)
    registration, _is_new = Registration.objects.update_or_create(
        conference=conference, defaults={"opens_on": opens_on, "closes_before": closes_before, "places": places}
    )
    log.record("conferences.registration_opened", by=by, subject=conference)
    return registration


@transaction.atomic
def ask_delegates(*, conference: Conference, questions: Sequence[QuestionDraft], by: Actor) -> list[RegistrationPart]:
    """
    Add questions to the form of a conference, in the order given.

    :raises BadInput: for one without words, of a kind that is not asked here, without answers to choose, or whose code is taken.
    """
    by.require(Permission.CONFERENCE_PLAN)
    conference = Conference.objects.select_for_update().get(pk=conference.pk)
    taken = set(conference.questions.filter(under=None).values_list("code", flat=True))
    problems = []
    for each in questions:
        places: dict[str, object] = {"code": each.code}
        if not any(text.strip() for text in each.titles.values()):
            problems.append(Problem(N_("The question %(code)s has no words."), places, column="title_en"))
        if each.answer == AnswerKind.FILE:
            problems.append(Problem(N_("Delegates are not asked for files."), column="answer"))
        if each.answer in WITH_OPTIONS and len(each.options) < 2:
            problems.append(Problem(N_("Name at least two answers to choose."), column="options"))
        if each.code in taken:
            problems.append(Problem(N_("%(code)s is asked already."), places, column="code"))
        taken.add(each.code)
    if problems:
        raise BadInput(problems)
    first = conference.questions.filter(under=None).count()
    made = []
    for number, each in enumerate(questions, start=first + 1):
        part = RegistrationPart.objects.create(
            conference=conference,
            sort=PartOf.QUESTION,
            place=number,
            code=each.code,
            answer=each.answer,
            need=each.need,
        )
        _say(part, each.titles)
        for place, (code, titles) in enumerate(each.options.items(), start=1):
            option = RegistrationPart.objects.create(
                conference=conference, sort=PartOf.OPTION, under=part, place=place, code=code
            )
            _say(option, titles)
        made.append(part)
    log.record("conferences.delegates_asked", by=by, subject=conference, count=len(made))
    return made


@transaction.atomic
def stop_asking(*, question: RegistrationPart, by: Actor) -> None:
    """
    Take a question from the form.

    :raises WrongMoment: once somebody has answered it.
    """
    by.require(Permission.CONFERENCE_PLAN)
    if DelegateAnswer.objects.filter(question=question).exists():
        raise WrongMoment(N_("Delegates have answered %(code)s; it stays on the form."), code=question.code)
    RegistrationPartText.objects.filter(part__in=[question, *question.parts.all()]).delete()
    question.parts.all().delete()
    log.record("conferences.question_taken_away", by=by, subject=question.conference)
    question.delete()


def _say(part: RegistrationPart, titles: Mapping[str, str]) -> None:
    RegistrationPartText.objects.bulk_create(
        RegistrationPartText(part=part, language=language, title=text.strip())
        for language, text in titles.items()
        if text.strip()
    )
