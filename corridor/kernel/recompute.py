"""
From kept rows to the value of a figure (docs/rules/figures.md, "Evidence").

This is the only counting code: the indicators count with it from fresh records, and ``report check`` recounts with it from
the rows in a folder, with no database.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from .breakdowns import VOLUMES, Breakdown, Measure, break_down, measure_rows, rows_by_code, subjects_by_code
from .evidence import EvidenceRow, Role
from .fingerprints import content_hash, evidence_hash
from .outcome_block import OutcomeBlock, Selection
from .rates import Rate
from .ratios import Ratio
from .refusals import DifferentCohorts, ImpossibleCounts
from .three_numbers import ThreeNumbers, three_numbers
from .wording import N_


class Rule(StrEnum):
    """How rows become a value. The codes are stable: definitions name them."""

    COUNT_SUBJECTS = "count_distinct_subjects"
    COUNT_RECORDS = "count_records"
    SUM_AMOUNTS = "sum_amounts"
    SUM_MINUTES = "sum_minutes_as_hours"
    RATE = "numerator_over_denominator"
    AMOUNTS_RATE = "amounts_over_amounts"
    SUBJECTS_FOR_EACH = "subjects_for_each"
    AMOUNTS_FOR_EACH = "amounts_for_each"
    OUTCOME = "outcome_block"


MEASURES: Mapping[Rule, Measure] = {
    Rule.COUNT_SUBJECTS: Measure.SUBJECTS,
    Rule.COUNT_RECORDS: Measure.RECORDS,
    Rule.SUM_AMOUNTS: Measure.AMOUNTS,
    Rule.SUM_MINUTES: Measure.HOURS,
}


def guards_by(rule: Rule) -> Measure:
    """What small cells are looked for in: what is counted itself, or of volumes and of rates those behind them."""
    measure = MEASURES.get(rule, Measure.SUBJECTS)
    return Measure.SUBJECTS if measure in VOLUMES else measure


PARTS_OF_RATIOS: Mapping[Rule, Measure] = {
    Rule.SUBJECTS_FOR_EACH: Measure.SUBJECTS,
    Rule.AMOUNTS_FOR_EACH: Measure.AMOUNTS,
}

STEPS = (
    Role.ELIGIBLE,
    Role.TO_ASK,
    Role.ASKED,
    Role.REACHED,
    Role.ANSWERED,
    Role.ANSWERED_SELF,
    Role.YES,
)
NESTED = (
    (Role.TO_ASK, Role.ELIGIBLE),
    (Role.ASKED, Role.TO_ASK),
    (Role.REACHED, Role.ASKED),
    (Role.ANSWERED, Role.TO_ASK),
    (Role.ANSWERED_SELF, Role.ANSWERED),
    (Role.ANSWERED_SELF, Role.REACHED),
    (Role.YES, Role.ANSWERED),
)


@dataclass(frozen=True, slots=True)
class Recipe:
    """
    What one version of a definition does with its rows.

    ``dimensions`` are broken down, ``claimants`` are those whose codes claim the same subjects (three numbers), ``persons``
    says that what is counted are people (few-rule, small cells), ``definition`` is code and version ("members.active@1").
    """

    rule: Rule
    dimensions: tuple[str, ...] = ()
    claimants: tuple[str, ...] = ()
    persons: bool = False
    selection: Selection = Selection.CENSUS
    definition: str = ""


@dataclass(frozen=True, slots=True)
class Result:
    """
    What the rows give. One of ``value``, ``rate``, ``ratio`` and ``block`` is set, by the rule; so is one of the four breakdowns.

    n: what the number is about. Subjects counted (a count), subjects behind it (records, amounts), the denominator (a rate, a ratio),
    the valid answers (an outcome).
    """

    recipe: Recipe
    n: int
    evidence_rows: int
    evidence_hash: str
    content_hash: str
    value: int | None = None
    rate: Rate | None = None
    ratio: Ratio | None = None
    block: OutcomeBlock | None = None
    counts: Mapping[str, Breakdown] | None = None
    rates: Mapping[str, Mapping[str, Rate]] | None = None
    ratios: Mapping[str, Mapping[str, Ratio]] | None = None
    blocks: Mapping[str, Mapping[str, OutcomeBlock]] | None = None
    # Of a rate of amounts: how many subjects are behind each code.
    behind: Mapping[str, Mapping[str, int]] | None = None
    claims: Mapping[str, ThreeNumbers] | None = None


def recompute(rows: Iterable[EvidenceRow], recipe: Recipe) -> Result:
    """
    Count the rows by the recipe.

    Refuses: DifferentCohorts where a numerator (an answer) belongs to nobody in the denominator (the cohort),
    ImpossibleCounts for follow-ups that cannot be true. An empty set counts 0; the share of nothing refuses when asked for.
    """
    every = list(rows)
    nothing_yet = Result(
        recipe=recipe,
        n=0,
        evidence_rows=len(every),
        evidence_hash=evidence_hash(row.record_id for row in every),
        content_hash=content_hash(every),
    )
    match recipe.rule:
        case Rule.RATE:
            return _with_rate(nothing_yet, every)
        case Rule.AMOUNTS_RATE:
            return _with_rate_of_amounts(nothing_yet, every)
        case Rule.SUBJECTS_FOR_EACH | Rule.AMOUNTS_FOR_EACH:
            return _with_ratio(nothing_yet, every)
        case Rule.OUTCOME:
            return _with_block(nothing_yet, every)
        case _:
            return _with_value(nothing_yet, every)


def _with_value(result: Result, rows: Sequence[EvidenceRow]) -> Result:
    recipe = result.recipe
    measure = MEASURES[recipe.rule]
    return replace(
        result,
        value=measure_rows(rows, measure),
        n=measure_rows(rows, Measure.SUBJECTS),
        counts={dimension: break_down(rows, dimension, measure=measure) for dimension in recipe.dimensions},
        claims={dimension: three_numbers(subjects_by_code(rows, dimension)) for dimension in recipe.claimants},
    )


def _with_rate(result: Result, rows: Sequence[EvidenceRow]) -> Result:
    recipe = result.recipe
    whole_rows = [row for row in rows if Role.DENOMINATOR in row.roles]
    part = _subjects(rows, Role.NUMERATOR)

    def rate(within: Iterable[EvidenceRow]) -> Rate:
        whole = _subjects(within, Role.DENOMINATOR)
        return Rate.of_sets(part & whole, whole, persons=recipe.persons, definition=recipe.definition)

    whole = _subjects(whole_rows, Role.DENOMINATOR)
    overall = Rate.of_sets(part, whole, persons=recipe.persons, definition=recipe.definition)
    return replace(
        result,
        rate=overall,
        n=overall.denominator,
        rates={
            dimension: {code: rate(within) for code, within in rows_by_code(whole_rows, dimension).items()}
            for dimension in recipe.dimensions
        },
    )


def _with_rate_of_amounts(result: Result, rows: Sequence[EvidenceRow]) -> Result:
    """So much of so much: what was attended of what was held. Whom it is about are the subjects behind it."""
    recipe = result.recipe

    def rate(within: Iterable[EvidenceRow]) -> Rate:
        every = list(within)
        part, whole = (
            sum(row.amount for row in every if role in row.roles) for role in (Role.NUMERATOR, Role.DENOMINATOR)
        )
        return Rate(part, whole, recipe.persons, recipe.definition, measure_rows(every, Measure.SUBJECTS))

    overall = rate(rows)
    parts = {dimension: rows_by_code(rows, dimension) for dimension in recipe.dimensions}
    return replace(
        result,
        rate=overall,
        n=measure_rows(rows, Measure.SUBJECTS),
        rates={name: {code: rate(within) for code, within in codes.items()} for name, codes in parts.items()},
        behind={
            name: {code: measure_rows(within, Measure.SUBJECTS) for code, within in codes.items()}
            for name, codes in parts.items()
        },
    )


def _with_ratio(result: Result, rows: Sequence[EvidenceRow]) -> Result:
    """A numerator is no part of the denominator: who is reached was not trained. Each code divides its own rows."""
    recipe = result.recipe
    measure = PARTS_OF_RATIOS[recipe.rule]

    def ratio(within: Iterable[EvidenceRow]) -> Ratio:
        every = list(within)
        part = measure_rows([row for row in every if Role.NUMERATOR in row.roles], measure)
        return Ratio(part, len(_subjects(every, Role.DENOMINATOR)))

    overall = ratio(rows)
    return replace(
        result,
        ratio=overall,
        n=overall.denominator,
        ratios={
            dimension: {code: ratio(within) for code, within in rows_by_code(rows, dimension).items()}
            for dimension in recipe.dimensions
        },
    )


def _with_block(result: Result, rows: Sequence[EvidenceRow]) -> Result:
    recipe = result.recipe
    cohort_rows = [row for row in rows if Role.ELIGIBLE in row.roles]
    cohort = _subjects(cohort_rows, Role.ELIGIBLE)
    steps = {role: _subjects(rows, role) for role in STEPS}
    for role, subjects in steps.items():
        if strangers := subjects - cohort:
            raise DifferentCohorts(
                N_("%(count)s persons are counted as %(step)s but are not in the cohort."),
                count=len(strangers),
                step=role.value,
            )
    for narrower, wider in NESTED:
        if not steps[narrower] <= steps[wider]:
            raise ImpossibleCounts(
                N_("Somebody is counted as %(narrower)s but not as %(wider)s."),
                narrower=narrower.value,
                wider=wider.value,
            )

    def block(within: Iterable[EvidenceRow]) -> OutcomeBlock:
        subjects = _subjects(within, Role.ELIGIBLE)
        counts = {role.value: len(step & subjects) for role, step in steps.items()}
        return OutcomeBlock(**counts, selection=recipe.selection, persons=recipe.persons)

    overall = block(cohort_rows)
    return replace(
        result,
        block=overall,
        n=overall.answered,
        blocks={
            dimension: {code: block(within) for code, within in rows_by_code(cohort_rows, dimension).items()}
            for dimension in recipe.dimensions
        },
    )


def _subjects(rows: Iterable[EvidenceRow], role: Role) -> set[str]:
    return {row.subject_id for row in rows if role in row.roles}
