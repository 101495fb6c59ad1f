"""Whether learners can be reached, how well they speak, what a cohort aims at, and where its course stands in a learning platform."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlsplit

from django.db import transaction

from corridor.foundations.access import Actor, Permission
from corridor.foundations.audit import log
from corridor.foundations.vocabularies.languages import is_language
from corridor.kernel.errors import BadInput, Problem
from corridor.kernel.wording import N_

from ..models import (
    Cohort,
    ContactCheck,
    Enrolment,
    LanguageGoal,
    LanguageLevel,
    LanguageScale,
    LanguageSource,
    Moment,
    PlatformLink,
    Reached,
)
from ..trainer_drafts import LEVELS

MOST_LINKS, MOST_GOALS = 6, 6


@dataclass(frozen=True, kw_only=True)
class Level:
    """A claim about a language; another scale is another claim."""

    language: str
    scale: LanguageScale
    level: str
    source: LanguageSource


@dataclass(frozen=True, kw_only=True)
class Goal:
    language: str
    scale: LanguageScale
    level: str
    hours: int | None = None


@dataclass(frozen=True)
class Link:
    title: str
    address: str


@transaction.atomic
def check_contacts(*, cohort: Cohort, moment: Moment, results: Mapping[int, Reached], on: date, by: Actor) -> int:
    """
    Write down, by seat, who could be reached by what is written down. The same day again: what is written later stands. Return how many.

    :raises BadInput: for a seat that nobody has.
    """
    by.require(Permission.LEARNER_ENROL, on=cohort)
    seats = dict(Enrolment.objects.filter(cohort=cohort).values_list("number", "pk"))
    if wrong := [number for number in results if number not in seats]:
        raise BadInput(
            [Problem(N_("Nobody has seat %(number)s."), {"number": number}, column="seats") for number in wrong]
        )
    ContactCheck.objects.bulk_create(
        [
            ContactCheck(enrolment_id=seats[number], moment=moment, checked_on=on, result=result, by_label=by.label)
            for number, result in results.items()
        ],
        update_conflicts=True, unique_fields=["enrolment", "moment", "checked_on"], update_fields=["result", "by_label"],
    )  # fmt: skip
    log.record("training.contacts_checked", by=by, subject=cohort, count=len(results))
    return len(results)


def state_level(*, enrolment: Enrolment, moment: Moment, level: Level, on: date, by: Actor) -> LanguageLevel:
    """One claim; see ``state_levels``."""
    return state_levels(claims=[(enrolment, moment, level)], on=on, by=by)[0]


@transaction.atomic
def state_levels(*, claims: Sequence[tuple[Enrolment, Moment, Level]], on: date, by: Actor) -> list[LanguageLevel]:
    """
    Claims, all or none. A claim about a learner's level at entry or exit; from the same source again, the later one stands.

    :raises BadInput: for a language that is none, or a level that the scale does not have.
    """
    for cohort in {enrolment.cohort_id: enrolment.cohort for enrolment, _moment, _level in claims}.values():
        by.require(Permission.SESSION_PLAN, on=cohort)
    problems = [fault for _place, _moment, said in claims for fault in _faults(said.language, said.scale, said.level)]
    if problems:
        raise BadInput(problems)
    made = []
    for enrolment, moment, said in claims:
        level, _new = LanguageLevel.objects.update_or_create(
            enrolment=enrolment, moment=moment, language=said.language, scale=said.scale, source=said.source,
            defaults={"level": said.level, "stated_on": on, "by_label": by.label},
        )  # fmt: skip
        made.append(level)
    log.record_each("training.level_stated", by=by, subjects=[enrolment for enrolment, _moment, _level in claims])
    return made


@transaction.atomic
def set_goals(*, cohort: Cohort, goals: Sequence[Goal], by: Actor) -> list[LanguageGoal]:
    """The levels that the cohort is to reach, one for each language. :raises BadInput: for what is no level, or a language twice."""
    by.require(Permission.COHORT_OPEN, on=cohort)
    problems = [problem for goal in goals for problem in _faults(goal.language, goal.scale, goal.level)]
    if len({goal.language for goal in goals}) != len(goals) or len(goals) > MOST_GOALS:
        problems.append(
            Problem(N_("Name each language once, and at most %(most)s."), {"most": MOST_GOALS}, column="language")
        )
    if problems:
        raise BadInput(problems)
    LanguageGoal.objects.filter(cohort=cohort).delete()
    made = LanguageGoal.objects.bulk_create(
        [
            LanguageGoal(cohort=cohort, language=goal.language, scale=goal.scale, level=goal.level, hours=goal.hours)
            for goal in goals
        ]
    )
    log.record("training.goals_set", by=by, subject=cohort, count=len(made))
    return made


@transaction.atomic
def set_platform_links(*, cohort: Cohort, links: Sequence[Link], by: Actor) -> list[PlatformLink]:
    """Where the course stands in a learning platform, in that order. :raises BadInput: for an address that is not a safe one."""
    by.require(Permission.SESSION_PLAN, on=cohort)
    problems = []
    if len(links) > MOST_LINKS:
        problems.append(Problem(N_("Write at most %(most)s addresses."), {"most": MOST_LINKS}, column="address"))
    for link in links:
        parts = urlsplit(link.address)
        if parts.scheme != "https" or not parts.hostname or parts.username or len(link.address) > 300:
            message = N_("“%(address)s” is no address that begins with https://, without a name or password in it.")
            problems.append(Problem(message, {"address": link.address}, column="address"))
        if not link.title.strip() or len(link.title) > 80:
            problems.append(Problem(N_("Say in a few words what stands there."), column="title"))
    if problems:
        raise BadInput(problems)
    PlatformLink.objects.filter(cohort=cohort).delete()
    made = PlatformLink.objects.bulk_create(
        [
            PlatformLink(cohort=cohort, position=position, title=link.title.strip(), address=link.address)
            for position, link in enumerate(links, start=1)
        ]
    )
    log.record("training.platform_links_set", by=by, subject=cohort, count=len(made))
    return made


def _faults(language: str, scale: LanguageScale, level: str) -> list[Problem]:
    problems = []
    if not is_language(language):
        message = N_("“%(tag)s” is no language that we know; write its tag, like lo or zh-Hans.")
        problems.append(Problem(message, {"tag": language}, column="language"))
    if level not in LEVELS[scale]:
        places: dict[str, object] = {"level": level, "levels": ", ".join(LEVELS[scale])}
        problems.append(
            Problem(N_("“%(level)s” is no level of this scale. It has: %(levels)s."), places, column="level")
        )
    return problems
