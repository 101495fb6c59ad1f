"""So much for each: more than one is no wonder, each code divides its own rows, and few persons are hidden in both numbers."""

import pytest

from corridor.kernel.evidence import EvidenceRow, Role, role_of
from corridor.kernel.printed_figures import printed
from corridor.kernel.ratios import Ratio
from corridor.kernel.recompute import Recipe, Rule, recompute
from corridor.kernel.refusals import ImpossibleCounts, NoDenominator
from corridor.kernel.small_cells import HIDDEN


def row(number, role, code, *, subject="", amount=1):
    return EvidenceRow("stay", f"{number:04}", subject or f"s{number}", amount, role_of(*role), {"country": code})


TRAINED, REACHED = [Role.DENOMINATOR], [Role.NUMERATOR]


def test_who_is_reached_is_no_part_of_who_was_trained_and_counts_once():
    rows = [row(1, TRAINED, "LA"), row(2, TRAINED, "LK")]
    rows += [row(number, REACHED, "LA") for number in range(10, 15)]
    rows += [row(20, REACHED, "LK", subject="s10"), row(21, REACHED, "LK")]
    found = recompute(rows, Recipe(Rule.SUBJECTS_FOR_EACH, ("country",), persons=True))
    assert (str(found.ratio), found.n, found.value, found.rate) == ("6/2", 2, None, None)
    assert {code: str(each) for code, each in found.ratios["country"].items()} == {
        "LA": "5/1",
        "LK": "2/1",
        "unknown": "0/0",
    }


def test_amounts_are_added_and_divided_among_those_who_took_part():
    both = [Role.DENOMINATOR, Role.NUMERATOR]
    rows = [row(1, both, "LA", subject="mei", amount=300), row(2, both, "LA", subject="mei", amount=200)]
    rows.append(row(3, both, "LA", subject="khamla", amount=1))
    found = recompute(rows, Recipe(Rule.AMOUNTS_FOR_EACH, ("country",)))
    assert printed(found, to_public=True)["ratio"] == "250.5"


def test_nothing_is_told_to_the_public_of_few_persons():
    rows = [row(number, TRAINED, "LA" if number < 8 else "LK") for number in range(9)]
    rows += [row(100 + number, REACHED, "LA" if number < 30 else "LK") for number in range(40)]
    found = recompute(rows, Recipe(Rule.SUBJECTS_FOR_EACH, ("country",), persons=True))
    to_public, in_full = printed(found, to_public=True), printed(found, to_public=False)
    assert (to_public["ratio"], in_full["ratio"]) == ("4.4", "4.4")
    # One trainer in one country: with the total beside it, neither country may be told.
    assert {cell["ratio"] for code, cell in to_public["breakdown"]["country"].items() if code != "unknown"} == {HIDDEN}
    assert in_full["breakdown"]["country"]["LK"] == {"numerator": 10, "denominator": 1, "ratio": "10.0"}
    few = recompute(rows[:3], Recipe(Rule.SUBJECTS_FOR_EACH, persons=True))
    assert (printed(few, to_public=True)["denominator"], printed(few, to_public=True)["n"]) == (HIDDEN, HIDDEN)


def test_nobody_to_divide_among_is_no_ratio_and_is_named():
    empty = recompute([], Recipe(Rule.AMOUNTS_FOR_EACH))
    assert printed(empty, to_public=False)["withheld"] == {"ratio": "NoDenominator"}
    with pytest.raises(NoDenominator):
        empty.ratio.text()
    with pytest.raises(ImpossibleCounts):
        Ratio(1, -1)
