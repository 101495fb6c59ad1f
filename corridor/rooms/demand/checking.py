"""What is wrong with a statement that somebody gives, each reason at its column."""

import re
from collections.abc import Iterator
from decimal import Decimal

from corridor.kernel.errors import Problem
from corridor.kernel.money import fault_of
from corridor.kernel.wording import N_

from .drafts import DemandDraft
from .language_levels import read_level
from .models import Strength, WagePeriod

ISCO = re.compile(r"\d{1,4}")
NO_PAPER = N_(
    "%(statement)s: say which letter or contract it is, with its day or number and where it is kept; or say that it was only said."
)


def faults_of(draft: DemandDraft) -> list[Problem]:
    return [*_faults_of_need(draft), *_faults_of_wage(draft), *_faults_of_languages(draft)]


def _faults_of_need(draft: DemandDraft) -> Iterator[Problem]:
    places = _places(draft)
    if not ISCO.fullmatch(draft.occupation_code):
        yield Problem(
            N_("%(statement)s: an occupation has one to four digits (ISCO-08)."), places, column="occupation_code"
        )
    if draft.posts < 1:
        yield Problem(N_("%(statement)s wants somebody: one post or more."), places, column="posts")
    if draft.stated_on is not None and draft.needed_by < draft.stated_on:
        yield Problem(N_("%(statement)s: people are needed on a day after the statement."), places, column="needed_by")
    if len({unit.pk for unit in draft.units}) < len(draft.units):
        yield Problem(N_("%(statement)s names a unit twice."), places, column="units")
    if draft.stated_on is not None and draft.strength != Strength.SPOKEN and not draft.paper.strip():
        yield Problem(NO_PAPER, places, column="paper")


def _faults_of_wage(draft: DemandDraft) -> Iterator[Problem]:
    places = _places(draft)
    low, high = draft.wage_from, draft.wage_to
    given = (low is not None, bool(draft.wage_currency), bool(draft.wage_period))
    if not any(given) and high is None:
        return
    if low is None or not all(given):
        yield Problem(
            N_("%(statement)s: a wage has its lowest amount, its currency and its period; fill all three, or leave all empty."),
            places, column="wage_from",
        )  # fmt: skip
        return
    if draft.wage_period not in WagePeriod.values:
        yield Problem(N_("%(statement)s: a wage is for an hour, a day, a month or a year."), places, column="wage_period")  # fmt: skip
    for column, amount in (("wage_from", low), ("wage_to", low if high is None else high)):
        if amount <= Decimal(0):
            yield Problem(N_("%(statement)s: a wage is more than nothing."), places, column=column)
        elif fault := fault_of(amount, draft.wage_currency):
            yield Problem(fault.message, fault.places, column=column)
            return
    if high is not None and high < low:
        yield Problem(N_("%(statement)s: the highest wage is below the lowest."), places, column="wage_to")


def _faults_of_languages(draft: DemandDraft) -> Iterator[Problem]:
    named = set()
    for written in draft.languages:
        level = read_level(written)
        if level is None:
            yield Problem(
                N_("%(statement)s: “%(written)s” is no level of a language; write HSK 1 to 9, or CEFR, a level and the language, like CEFR B1 en."),
                {**_places(draft), "written": written}, column="languages",
            )  # fmt: skip
        elif level.language in named:
            yield Problem(
                N_("%(statement)s asks twice for one language; name the level that counts."), _places(draft), column="languages"
            )  # fmt: skip
        else:
            named.add(level.language)


def _places(draft: DemandDraft) -> dict[str, object]:
    return {"statement": draft.reference or draft.occupation_title}
