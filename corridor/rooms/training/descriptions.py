"""What a cohort may say of itself: how many places, in which languages, how much of a unit must be attended."""

from collections.abc import Sequence
from dataclasses import dataclass

from corridor.foundations.vocabularies.languages import is_language
from corridor.kernel.errors import BadInput, Problem
from corridor.kernel.wording import N_

from .models import Cohort, CohortLanguage

MOST_PLACES, MOST_LANGUAGES = 2_000, 6


@dataclass(frozen=True, kw_only=True)
class Description:
    """``capacity`` None: as many as come; ``required_share`` None: nobody asks how much was attended; the first language is the main one."""

    capacity: int | None
    languages: Sequence[str] = ()
    required_share: int | None = None


def refuse_description(description: Description, *, taken: int = 0) -> None:
    """:raises BadInput: with a problem for each thing that cannot be."""
    problems = []
    if description.capacity is not None and not max(1, taken) <= description.capacity <= MOST_PLACES:
        places: dict[str, object] = {"taken": taken, "most": MOST_PLACES}
        message = (
            N_("%(taken)s places are taken already; write at least as many.")
            if 0 < description.capacity < taken
            else N_("Write how many places there are, from 1 to %(most)s, or leave it empty.")
        )
        problems.append(Problem(message, places, column="capacity"))
    if description.required_share is not None and not 1 <= description.required_share <= 100:
        problems.append(Problem(N_("Write a percentage from 1 to 100, or leave it empty."), column="required_share"))
    for tag in description.languages:
        if not is_language(tag):
            message = N_("“%(tag)s” is no language that we know; write its tag, like lo or zh-Hans.")
            problems.append(Problem(message, {"tag": tag}, column="languages"))
    if len(set(description.languages)) != len(description.languages) or len(description.languages) > MOST_LANGUAGES:
        message = N_("Name each language once, and at most %(most)s.")
        problems.append(Problem(message, {"most": MOST_LANGUAGES}, column="languages"))
    if problems:
        raise BadInput(problems)


def write_languages(cohorts: Sequence[tuple[Cohort, Sequence[str]]]) -> None:
    CohortLanguage.objects.bulk_create(
        [
            CohortLanguage(cohort=cohort, position=position, language=tag)
            for cohort, tags in cohorts
            for position, tag in enumerate(tags, start=1)
        ],
        batch_size=500,
    )
