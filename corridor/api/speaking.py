"""How well the learners of a cohort speak, what it aims at, and where its course stands in a learning platform: by machine."""

from datetime import date
from typing import Any, Literal

from django.http import HttpRequest, HttpResponse
from ninja import Field, Router, Schema

from corridor.foundations import clock
from corridor.kernel.errors import BadInput, Problem
from corridor.kernel.wording import N_
from corridor.rooms.training import actions, queries
from corridor.rooms.training.actions import Goal, Level, Link
from corridor.rooms.training.queries.choices import Moment
from corridor.rooms.training.queries.trainer_choices import LanguageScale, LanguageSource

from .asking import Reference, Words
from .etags import require_version, tagged
from .leaving import Read, note_read

TAG = "training"
router = Router()

Scale = Literal["cefr", "hsk_2010", "hsk_2021"]


class SpokenLevelOut(Schema):
    """A claim, in the words of one scale; levels of two scales are never compared."""

    moment: str
    language: str
    scale: str
    level: str
    source: str
    stated_on: date


class SpeaksOut(Schema):
    """By seat; ``minutes`` are those of signed language sessions attended."""

    number: int
    minutes: int
    levels: list[SpokenLevelOut]


class GoalPart(Schema):
    """A level that the cohort is to reach in a language, and in how many hours."""

    language: Words = Field(max_length=12, description="BCP 47")
    scale: Scale
    level: Words = Field(max_length=4)
    hours: int | None = Field(None, ge=1, le=4000)


class GoalOut(Schema):
    """Of so many learners with a claim at exit in its scale (``stated``), so many ``reached`` it."""

    language: str
    scale: str
    level: str
    hours: int | None
    stated: int
    reached: int


class LanguagesOut(Schema):
    cohort: str
    goals: list[GoalOut]
    learners: list[SpeaksOut]


class LevelIn(Schema):
    number: int = Field(ge=1, le=9999, description="The seat of the learner")
    moment: Literal["entry", "exit"]
    language: Words = Field(max_length=12, description="BCP 47")
    scale: Scale
    level: Words = Field(max_length=4)
    source: Literal["own_word", "certificate", "test"]


class LevelsIn(Schema):
    levels: list[LevelIn] = Field(min_length=1, max_length=500)


class GoalsIn(Schema):
    goals: list[GoalPart] = Field(max_length=6, description="One for each language; what is left out is taken away")


class LinkPart(Schema):
    title: str = Field(min_length=1, max_length=80)
    address: str = Field(max_length=300, description="Begins with https://")


class LinksOut(Schema):
    cohort: str
    links: list[LinkPart]


class LinksIn(Schema):
    links: list[LinkPart] = Field(max_length=6, description="In this order; what is left out is taken away")


@router.get("/cohorts/{reference}/languages", response=LanguagesOut)
def get_languages(request: HttpRequest, response: HttpResponse, reference: Reference, read: Read) -> LanguagesOut:
    """What its learners are said to speak, at entry and at exit, and what it aims at; for whoever may see its learners."""
    cohort = queries.get_cohort(reference=reference, by=request.auth)
    rows = queries.speaking_of(cohort=cohort, by=request.auth)
    places = [row.enrolment.pk for row in rows]
    note_read(request, response, read, about=f"/cohorts/{reference}/languages", records=places)
    return tagged(_languages(cohort, request.auth), response)


@router.put("/cohorts/{reference}/languages/levels", response=LanguagesOut)
def state_levels(request: HttpRequest, response: HttpResponse, reference: Reference, sent: LevelsIn) -> LanguagesOut:
    """Write claims down, all or none. From the same source about the same language again, the later one stands."""
    by = request.auth
    cohort = queries.get_cohort(reference=reference, by=by)
    require_version(request, _languages(cohort, by))
    seats = {row.enrolment.number: row.enrolment for row in queries.speaking_of(cohort=cohort, by=by)}
    if wrong := [each.number for each in sent.levels if each.number not in seats]:
        raise BadInput([Problem(N_("Nobody has seat %(number)s."), {"number": wrong[0]}, column="levels")])
    claims = [
        (
            seats[each.number], Moment(each.moment),
            Level(
                language=each.language, scale=LanguageScale(each.scale), level=each.level, source=LanguageSource(each.source)
            ),
        )
        for each in sent.levels
    ]  # fmt: skip
    actions.state_levels(claims=claims, on=clock.today(), by=by)
    return tagged(_languages(cohort, by), response)


@router.put("/cohorts/{reference}/languages/goals", response=LanguagesOut)
def set_goals(request: HttpRequest, response: HttpResponse, reference: Reference, sent: GoalsIn) -> LanguagesOut:
    """What the cohort aims at, whole."""
    by = request.auth
    cohort = queries.get_cohort(reference=reference, by=by)
    require_version(request, _languages(cohort, by))
    goals = [
        Goal(language=each.language, scale=LanguageScale(each.scale), level=each.level, hours=each.hours)
        for each in sent.goals
    ]
    actions.set_goals(cohort=cohort, goals=goals, by=by)
    return tagged(_languages(cohort, by), response)


@router.get("/cohorts/{reference}/platform-links", response=LinksOut)
def get_platform_links(request: HttpRequest, response: HttpResponse, reference: Reference) -> LinksOut:
    """Where its course stands in a learning platform: addresses that its learners find on their path."""
    return tagged(_links(queries.get_cohort(reference=reference, by=request.auth)), response)


@router.put("/cohorts/{reference}/platform-links", response=LinksOut)
def set_platform_links(request: HttpRequest, response: HttpResponse, reference: Reference, sent: LinksIn) -> LinksOut:
    """Write them anew, whole and in that order."""
    by = request.auth
    cohort = queries.get_cohort(reference=reference, by=by)
    require_version(request, _links(cohort))
    actions.set_platform_links(cohort=cohort, links=[Link(each.title, each.address) for each in sent.links], by=by)
    return tagged(_links(queries.get_cohort(reference=reference, by=by)), response)


def _languages(cohort: Any, by: Any) -> LanguagesOut:
    return LanguagesOut(
        cohort=cohort.reference,
        goals=[
            GoalOut(
                language=row.goal.language, scale=row.goal.scale, level=row.goal.level, hours=row.goal.hours,
                stated=row.stated, reached=row.reached,
            )
            for row in queries.goals_of(cohort=cohort, by=by)
        ],
        learners=[
            SpeaksOut(
                number=row.enrolment.number, minutes=row.minutes,
                levels=[
                    SpokenLevelOut(
                        moment=each.moment, language=each.language, scale=each.scale, level=each.level, source=each.source,
                        stated_on=each.stated_on,
                    )
                    for each in (*row.entry, *row.exit)
                ],
            )
            for row in queries.speaking_of(cohort=cohort, by=by)
        ],
    )  # fmt: skip


def _links(cohort: Any) -> LinksOut:
    links = [LinkPart(title=each.title, address=each.address) for each in cohort.platform_links.all()]
    return LinksOut(cohort=cohort.reference, links=links)
