"""
A result as it is printed, in full or for readers who may not see the persons (docs/rules/figures.md, "Small cells").

The JSON, the pages, the sheets and ``report check`` take their numbers from here, so that they cannot disagree.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from .breakdowns import Breakdown, suppressed
from .evidence import UNKNOWN
from .outcome_block import OutcomeBlock, Selection
from .rates import Rate
from .ratios import Ratio
from .recompute import Result
from .refusals import FigureRefusal
from .small_cells import HIDDEN, ShownTable, is_small, k_of, suppress_line, suppress_table

type Shown = int | str
"""A count, or the dot that stands for every hidden one."""

YES, REST = "yes", "rest"
COUNTS_OF_A_BLOCK = ("eligible", "to_ask", "asked", "reached", "answered")


def printed(result: Result, *, to_public: bool) -> dict[str, object]:
    """
    Return the numbers of a result as plain data.

    A count: {value}. A rate: {numerator, denominator, percent}. A ratio: {numerator, denominator, ratio}. An outcome: {numerator (Y),
    denominator (s), block}. All: {n, breakdown: {dimension: {code: ...}}, missing: {dimension: unknown}, evidence_rows, evidence_hash,
    content_hash}, and {three_numbers: {dimension: ...}} where there are claimants. A percentage that a rule refuses is None, with the name of
    the refusal under "withheld". For the public, small cells of persons are "·".
    """
    hides = to_public and result.recipe.persons
    if result.rate is not None and result.behind is not None:
        numbers = _printed_rate_of_amounts(result.rate, result.rates or {}, result.behind, n=result.n, hides=hides)
    elif result.rate is not None:
        numbers = _printed_rate(result.rate, result.rates or {}, hides=hides)
    elif result.ratio is not None:
        numbers = _printed_ratio(result.ratio, result.ratios or {}, hides=hides)
    elif result.block is not None:
        numbers = _printed_outcome(result.block, result.blocks or {}, hides=hides)
    else:
        numbers = _printed_count(result, hides=hides)
    hashes = {"evidence_hash": result.evidence_hash, "content_hash": result.content_hash}
    rows = HIDDEN if numbers.get("n", result.n) == HIDDEN else result.evidence_rows
    return {"n": result.n, "evidence_rows": rows, **hashes, **numbers}


@dataclass(frozen=True, slots=True)
class Disagreement:
    """One place where a printed number is not what the rows give: "breakdown.sex.F", 12 printed, 11 recounted."""

    place: str
    printed: object
    recounted: object


def disagreements(printed_numbers: Mapping[str, object], recounted: Mapping[str, object]) -> list[Disagreement]:
    """Compare what was printed with what was recounted, place by place; what is absent on one side is None there."""
    found: list[Disagreement] = []

    def walk(place: str, then: object, now: object) -> None:
        if isinstance(then, Mapping) and isinstance(now, Mapping):
            for name in sorted({*then, *now}):
                walk(f"{place}.{name}" if place else name, then.get(name), now.get(name))
        elif then != now or type(then) is not type(now):
            found.append(Disagreement(place, then, now))

    walk("", printed_numbers, recounted)
    return found


def _printed_count(result: Result, *, hides: bool) -> dict[str, object]:
    counts, value = result.counts or {}, result.value or 0
    numbers: dict[str, object] = {"value": value}
    if hides and _total_is_hidden(value, result.n, counts):
        numbers = {"value": HIDDEN, "n": HIDDEN}
        # A zero stays shown; every other count would help to tell the hidden total.
        lines = {
            name: {code: HIDDEN if count else 0 for code, count in part.cells.items()} for name, part in counts.items()
        }
    else:
        if result.claims:
            numbers["three_numbers"] = {name: three.as_dict() for name, three in result.claims.items()}
        lines = {name: _line(part, k=k_of(name) if hides else 0) for name, part in counts.items()}
    return numbers | {"breakdown": lines, "missing": {name: line[UNKNOWN] for name, line in lines.items()}}


def _line(part: Breakdown, *, k: int) -> dict[str, Shown]:
    shown = suppressed(part, k=k).cells
    return {code: HIDDEN if count is None else count for code, count in shown.items()}


def _total_is_hidden(value: int, n: int, counts: Mapping[str, Breakdown]) -> bool:
    return (
        is_small(value)
        or is_small(n)
        or any(value > 0 and suppressed(part, k=k_of(dimension)).total is None for dimension, part in counts.items())
    )


def _printed_rate(rate: Rate, rates: Mapping[str, Mapping[str, Rate]], *, hides: bool) -> dict[str, object]:
    tables = {dimension: _table_of(parts, k=k_of(dimension)) for dimension, parts in rates.items()} if hides else {}
    numerator_hidden = hides and (
        is_small(rate.numerator)
        or is_small(rate.rest.numerator)
        or any(None in table.column_totals.values() for table in tables.values())
    )
    denominator_hidden = hides and (
        is_small(rate.denominator) or any(table.grand_total is None for table in tables.values())
    )
    breakdown: dict[str, dict[str, dict[str, object]]] = {}
    for dimension, parts in rates.items():
        breakdown[dimension] = {}
        for code, part in parts.items():
            hidden_here = hides and (numerator_hidden or tables[dimension].cells[code, YES] is None)
            whole_hidden = hides and (denominator_hidden or tables[dimension].row_totals[code] is None)
            breakdown[dimension][code] = _rate_numbers(
                part, numerator_hidden=hidden_here, denominator_hidden=whole_hidden
            )
    numbers = _rate_numbers(rate, numerator_hidden=numerator_hidden, denominator_hidden=denominator_hidden)
    return numbers | {
        "n": numbers["denominator"],
        "breakdown": breakdown,
        "missing": {dimension: parts[UNKNOWN]["denominator"] for dimension, parts in breakdown.items()},
    }


def _printed_rate_of_amounts(
    rate: Rate, rates: Mapping[str, Mapping[str, Rate]], behind: Mapping[str, Mapping[str, int]], *, n: int, hides: bool
) -> dict[str, object]:
    """A code is hidden in both amounts or in none, as few as are behind it; n is the persons, not the amounts."""
    lines = {name: suppress_line(cells, total=n, k=k_of(name)) for name, cells in behind.items()} if hides else {}
    all_hidden = hides and (is_small(n) or any(n > 0 and line.total is None for line in lines.values()))
    breakdown: dict[str, dict[str, dict[str, object]]] = {}
    for name, parts in rates.items():
        breakdown[name] = {}
        for code, part in parts.items():
            hidden = all_hidden or (hides and lines[name].cells[code] is None)
            breakdown[name][code] = _rate_numbers(part, numerator_hidden=hidden, denominator_hidden=hidden)
    numbers = _rate_numbers(rate, numerator_hidden=all_hidden, denominator_hidden=all_hidden)
    return numbers | {
        "n": HIDDEN if all_hidden else n,
        "breakdown": breakdown,
        "missing": {
            name: HIDDEN if parts[UNKNOWN]["denominator"] == HIDDEN else behind[name][UNKNOWN]
            for name, parts in breakdown.items()
        },
    }


def _rate_numbers(rate: Rate, *, numerator_hidden: bool, denominator_hidden: bool) -> dict[str, object]:
    numbers: dict[str, object] = {
        "numerator": HIDDEN if numerator_hidden and rate.numerator else rate.numerator,
        "denominator": HIDDEN if denominator_hidden and rate.denominator else rate.denominator,
    }
    if HIDDEN in numbers.values():
        return numbers | {"percent": HIDDEN}
    return numbers | _shares({"percent": rate.percent_text})


def _printed_ratio(ratio: Ratio, ratios: Mapping[str, Mapping[str, Ratio]], *, hides: bool) -> dict[str, object]:
    """
    A code is hidden in both numbers or in none; where so few are to be divided among, or reached, nothing of it is told. An amount that
    belongs to few persons is theirs, so the denominator decides for both.
    """
    all_hidden = hides and (is_small(ratio.denominator) or is_small(ratio.numerator))
    breakdown: dict[str, dict[str, dict[str, object]]] = {}
    for dimension, parts in ratios.items():
        wholes = {code: part.denominator for code, part in parts.items()}
        firsts = {code: part.numerator for code, part in parts.items()}
        lines = [(firsts, ratio.numerator), (wholes, ratio.denominator)]
        hidden = _hidden_together(lines, k_of(dimension), set()) if hides else set()
        breakdown[dimension] = {
            code: _ratio_numbers(part, hidden=all_hidden or code in hidden) for code, part in parts.items()
        }
    numbers = _ratio_numbers(ratio, hidden=all_hidden)
    return numbers | {
        "n": numbers["denominator"],
        "breakdown": breakdown,
        "missing": {dimension: parts[UNKNOWN]["denominator"] for dimension, parts in breakdown.items()},
    }


def _ratio_numbers(ratio: Ratio, *, hidden: bool) -> dict[str, object]:
    if hidden and (ratio.numerator or ratio.denominator):
        return {"numerator": HIDDEN, "denominator": HIDDEN, "ratio": HIDDEN}
    return {"numerator": ratio.numerator, "denominator": ratio.denominator} | _shares({"ratio": ratio.text})


def _table_of(parts: Mapping[str, Rate], *, k: int) -> ShownTable:
    cells = {(code, YES): rate.numerator for code, rate in parts.items()}
    cells |= {(code, REST): rate.denominator - rate.numerator for code, rate in parts.items()}
    return suppress_table(list(parts), [YES, REST], cells, grand_total=True, k=k)


def _printed_outcome(
    block: OutcomeBlock, blocks: Mapping[str, Mapping[str, OutcomeBlock]], *, hides: bool
) -> dict[str, object]:
    yes_hidden = hides and block.for_public().yes is None
    breakdown: dict[str, dict[str, dict[str, object]]] = {}
    for dimension, parts in blocks.items():
        codes, yes_codes = _hidden_codes(block, parts, k_of(dimension), yes_hidden) if hides else (set(), set())
        breakdown[dimension] = {
            code: _block_numbers(part, all_hidden=code in codes, yes_hidden=code in yes_codes)
            for code, part in parts.items()
        }
    numbers = _block_numbers(block, all_hidden=False, yes_hidden=yes_hidden)
    return {
        "numerator": numbers["yes"],
        "denominator": block.to_ask,
        "n": block.answered,
        "block": numbers,
        "breakdown": breakdown,
        "missing": {"answers": block.to_ask - block.answered}
        | {dimension: parts[UNKNOWN]["eligible"] for dimension, parts in breakdown.items()},
    }


def _hidden_codes(
    block: OutcomeBlock, parts: Mapping[str, OutcomeBlock], k: int, yes_hidden: bool
) -> tuple[set[str], set[str]]:
    """Return the codes of which nothing is shown, and those of which the answers are not."""
    counts = [
        ({code: getattr(part, name) for code, part in parts.items()}, getattr(block, name))
        for name in COUNTS_OF_A_BLOCK
    ]
    hidden = _hidden_together(counts, k, set())
    unanswerable = hidden | {code for code, part in parts.items() if part.for_public(k=k).yes is None}
    if yes_hidden:
        return hidden, {code for code, part in parts.items() if part.eligible}
    if not unanswerable:
        return hidden, unanswerable
    yes = {code: part.yes for code, part in parts.items()}
    no = {code: part.answered - part.yes for code, part in parts.items()}
    answers = [(yes, block.yes), (no, block.answered - block.yes)]
    return hidden, _hidden_together(answers, k, unanswerable)


def _hidden_together(lines: Sequence[tuple[Mapping[str, int], int]], k: int, hidden: set[str]) -> set[str]:
    """
    Hide a code in every one of these lines or in none, until each line with its total keeps the rule of small cells.

    The totals are the figure itself and stay shown: where the rule would hide one, no code of the breakdown is shown.
    """
    grown = set(hidden)
    for cells, total in lines:
        line = suppress_line(cells, total=total, k=k, also_hide=grown)
        grown |= {code for code in cells if any(each[code] for each, _ in lines)} if line.total is None else line.hidden
    return grown if grown == hidden else _hidden_together(lines, k, grown)


def _block_numbers(block: OutcomeBlock, *, all_hidden: bool, yes_hidden: bool) -> dict[str, object]:
    if all_hidden:
        return dict.fromkeys((*COUNTS_OF_A_BLOCK, "answered_self", "yes"), HIDDEN)
    numbers: dict[str, object] = {name: getattr(block, name) for name in COUNTS_OF_A_BLOCK}
    if yes_hidden:
        return numbers | {"answered_self": HIDDEN, "yes": HIDDEN}
    numbers |= {"answered_self": block.answered_self, "yes": block.yes}
    lines: dict[str, Callable[[], object]] = {
        "asked_share": partial(_percent_of, block, "asked_share"),
        "contact_rate": partial(_percent_of, block, "contact_rate"),
        "response_rate": partial(_percent_of, block, "response_rate"),
        "bounds": lambda: list(block.bounds.texts),
    }
    return numbers | _shares(lines | _among_answered(block))


def _percent_of(block: OutcomeBlock, name: str) -> str:
    rate: Rate = getattr(block, name)
    return rate.percent_text()


def _among_answered(block: OutcomeBlock) -> dict[str, Callable[[], object]]:
    """Return what stands below the bounds: the share of the answers, and for a sample its two intervals."""
    lines: dict[str, Callable[[], object]] = {
        "among_answered": lambda: share.percent_text() if (share := block.among_answered.share) else None
    }
    if block.selection is Selection.RANDOM_DRAW:
        lines["wilson"] = lambda: list(block.wilson.texts)
        lines["outer_interval"] = lambda: list(block.outer_interval.texts)
    return lines


def _shares(answers: Mapping[str, Callable[[], object]]) -> dict[str, object]:
    """Ask for each share; one that a rule refuses is None, and the rule is named under "withheld"."""
    numbers: dict[str, object] = {}
    withheld: dict[str, str] = {}
    for name, answer in answers.items():
        try:
            numbers[name] = answer()
        except FigureRefusal as refusal:
            numbers[name] = None
            withheld[name] = refusal.code
    return numbers | ({"withheld": withheld} if withheld else {})
