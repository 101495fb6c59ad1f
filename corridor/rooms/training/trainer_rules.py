"""What cannot be written down about trainers and their stays, at the fields of a form or the columns of a sheet."""

from corridor.foundations.vocabularies.countries import is_country
from corridor.foundations.vocabularies.languages import is_language
from corridor.kernel.errors import Problem
from corridor.kernel.money import Money, fault_of, fault_of_payment
from corridor.kernel.wording import N_

from .models import StayKind
from .trainer_drafts import LEVELS, QualificationDraft, StayDraft, TrainerFacts


def faults_of_trainer(facts: TrainerFacts) -> list[Problem]:
    problems = []
    if facts.held_before is not None and facts.held_before <= facts.held_from:
        problems.append(Problem(N_("The last day is on or after the first one."), column="ends_on"))
    if len({(each.language, each.scale) for each in facts.languages}) < len(facts.languages):
        problems.append(Problem(N_("A language stands once in each scale."), column="languages"))
    for each in facts.languages:
        if not is_language(each.language):
            problems.append(
                Problem(
                    N_("“%(language)s” is no language; write a tag of BCP 47, like lo or zh-Hans."),
                    {"language": each.language}, column="languages",
                )
            )  # fmt: skip
        if each.level not in LEVELS[each.scale]:
            problems.append(
                Problem(
                    N_("“%(level)s” is no level of this scale. It has: %(levels)s."),
                    {"level": each.level, "levels": ", ".join(filter(None, LEVELS[each.scale])) or "–"}, column="languages",
                )
            )  # fmt: skip
    return problems


def faults_of_qualification(draft: QualificationDraft) -> list[Problem]:
    problems = []
    if not draft.what.strip():
        problems.append(Problem(N_("Say what it is."), column="what"))
    if not draft.awarded_by.strip():
        problems.append(Problem(N_("Say who awarded it."), column="awarded_by"))
    if draft.valid_before is not None and draft.valid_before <= draft.awarded_on:
        problems.append(Problem(N_("It is valid at least on the day on which it was awarded."), column="valid_until"))
    return problems


def faults_of_stay(draft: StayDraft) -> list[Problem]:
    problems = []
    if draft.site is None and draft.kind == StayKind.POSTING:
        problems.append(Problem(N_("A posting is to a site; name it."), column="site"))
    elif draft.site is None and not is_country(draft.country):
        problems.append(Problem(N_("Name the site, or the country of the trip."), column="country"))
    if draft.ends_before is None and draft.kind != StayKind.POSTING:
        problems.append(Problem(N_("A trip has a last day."), column="ends_on"))
    if draft.ends_before is not None and draft.ends_before <= draft.starts_on:
        problems.append(Problem(N_("The last day is on or after the first one."), column="ends_on"))
    if not draft.purpose.strip():
        problems.append(Problem(N_("Say what for."), column="purpose"))
    return [*problems, *_faults_of_cost(draft)]


def _faults_of_cost(draft: StayDraft) -> list[Problem]:
    if draft.cost is None and not draft.currency:
        return []
    if draft.cost is None:
        return [Problem(N_("Write what it cost, or leave out the currency."), column="cost")]
    if not draft.currency:
        return [Problem(N_("Name the currency of the cost, in three letters, like LAK."), column="currency")]
    if problem := fault_of(draft.cost, draft.currency):
        column = "currency" if problem.column == "currency" else "cost"
        return [Problem(problem.message, dict(problem.places), column=column)]
    if problem := fault_of_payment(Money(draft.cost, draft.currency)):
        return [Problem(problem.message, dict(problem.places), column="cost")]
    return []
