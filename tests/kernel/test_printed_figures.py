from hypothesis import given
from hypothesis import strategies as st

from corridor.kernel.evidence import EvidenceRow, Role, role_of
from corridor.kernel.printed_figures import printed
from corridor.kernel.recompute import Recipe, Rule, recompute

ASKED = (Role.ELIGIBLE, Role.TO_ASK, Role.ASKED)
ANSWERED = (*ASKED, Role.REACHED, Role.ANSWERED, Role.ANSWERED_SELF)
SILENT, SAID_NO, SAID_YES = role_of(*ASKED), role_of(*ANSWERED), role_of(*ANSWERED, Role.YES)
DOT = "·"


def persons(*groups, dimension="sex"):
    """Evidence rows of (code, how many, role) groups, each row another person."""
    rows = []
    for code, count, role in groups:
        rows += [
            EvidenceRow("enrolment", f"e{len(rows) + n}", f"p{len(rows) + n}", 1, role, {dimension: code})
            for n in range(count)
        ]
    return rows


def shown(rows, rule=Rule.COUNT_SUBJECTS, *, dimensions=("sex",), to_public=True):
    return printed(recompute(rows, Recipe(rule, dimensions, persons=True)), to_public=to_public)


def test_the_public_does_not_see_small_groups_of_persons_and_an_auditor_does():
    rows = persons(("F", 4, ""), ("M", 20, ""), ("unknown", 30, ""))
    public, full = shown(rows), shown(rows, to_public=False)
    assert public["value"] == full["value"] == 54
    assert public["breakdown"]["sex"] == {"F": DOT, "M": DOT, "unknown": 30}
    assert full["breakdown"]["sex"] == {"F": 4, "M": 20, "unknown": 30}


def test_a_small_group_of_unknowns_is_hidden_under_missing_too():
    public = shown(persons(("F", 40, ""), ("M", 20, ""), ("unknown", 2, "")))
    assert public["missing"]["sex"] == public["breakdown"]["sex"]["unknown"] == DOT


def test_three_persons_in_all_are_not_told_by_any_number():
    public = shown(persons(("F", 3, "")))
    assert (public["value"], public["n"], public["evidence_rows"]) == (DOT, DOT, DOT)
    assert public["breakdown"]["sex"] == {"F": DOT, "unknown": 0}


def test_disability_is_hidden_below_ten():
    public = shown(persons(("yes", 9, ""), ("no", 50, ""), dimension="disability"), dimensions=("disability",))
    assert public["breakdown"]["disability"] == {"no": DOT, "yes": DOT, "unknown": 0}


def test_organisations_are_never_hidden():
    rows = persons(("F", 3, ""))
    assert printed(recompute(rows, Recipe(Rule.COUNT_SUBJECTS, ("sex",))), to_public=True)["value"] == 3


def test_a_rate_about_persons_hides_the_few_and_the_few_others():
    part, whole = role_of(Role.NUMERATOR, Role.DENOMINATOR), role_of(Role.DENOMINATOR)
    rows = persons(
        ("F", 18, part), ("F", 2, whole), ("M", 30, part), ("M", 20, whole), ("X", 25, part), ("X", 25, whole)
    )
    public = shown(rows, Rule.RATE)
    assert (public["numerator"], public["denominator"], public["percent"]) == (73, 120, "60.8%")
    assert public["breakdown"]["sex"]["F"] == {"numerator": DOT, "denominator": 20, "percent": DOT}
    assert public["breakdown"]["sex"]["X"] == {"numerator": DOT, "denominator": 50, "percent": DOT}
    assert public["breakdown"]["sex"]["M"] == {"numerator": 30, "denominator": 50, "percent": "60.0%"}


def test_two_who_said_no_take_the_answers_out_of_a_small_follow_up():
    rows = persons(("F", 12, SAID_YES), ("M", 2, SAID_NO), ("M", 6, SILENT))
    public = shown(rows, Rule.OUTCOME)
    assert public["block"] == {
        "eligible": 20,
        "to_ask": 20,
        "asked": 20,
        "reached": 14,
        "answered": 14,
        "answered_self": DOT,
        "yes": DOT,
    }
    assert (public["numerator"], public["denominator"]) == (DOT, 20)
    assert "bounds" not in public["breakdown"]["sex"]["F"]


def test_a_large_follow_up_shows_its_bounds_and_hides_a_small_site():
    rows = persons(
        ("LA", 40, SAID_YES), ("LA", 20, SAID_NO), ("LK", 3, SAID_YES), ("TH", 30, SAID_YES), ("TH", 9, SAID_NO)
    )
    public = shown(rows, Rule.OUTCOME)
    assert public["block"]["yes"] == 73
    assert public["block"]["bounds"] == ["71.6%", "71.6%"]
    by_site = public["breakdown"]["sex"]
    assert by_site["LK"]["eligible"] == by_site["TH"]["eligible"] == DOT
    assert {code: numbers["yes"] for code, numbers in by_site.items()} == {
        "LA": 40,
        "LK": DOT,
        "TH": DOT,
        "unknown": 0,
    }


def test_the_answers_of_a_small_group_cannot_be_subtracted_from_the_whole():
    rows = persons(("LA", 30, SAID_YES), ("LA", 2, SAID_NO), ("LK", 20, SAID_YES), ("LK", 15, SAID_NO))
    by_site = shown(rows, Rule.OUTCOME)["breakdown"]["sex"]
    assert (by_site["LA"]["answered"], by_site["LK"]["answered"]) == (32, 35)
    assert (by_site["LA"]["yes"], by_site["LK"]["yes"]) == (DOT, DOT)


def test_a_follow_up_without_small_groups_is_shown_whole():
    rows = persons(("F", 40, SAID_YES), ("F", 20, SAID_NO), ("M", 30, SAID_YES), ("M", 9, SAID_NO), ("M", 6, SILENT))
    assert shown(rows, Rule.OUTCOME) == shown(rows, Rule.OUTCOME, to_public=False)


def test_a_percentage_about_few_persons_is_withheld_by_name():
    full = shown(persons(("F", 6, SAID_YES), ("F", 1, SAID_NO)), Rule.OUTCOME, to_public=False)
    assert full["block"]["bounds"] is None
    assert full["block"]["withheld"]["bounds"] == "TooFewForAPercentage"


@given(
    st.dictionaries(st.sampled_from("ABCDE"), st.tuples(st.integers(0, 12), st.integers(0, 12)), min_size=1),
    st.sampled_from([Rule.COUNT_SUBJECTS, Rule.RATE, Rule.OUTCOME]),
)
def test_the_public_never_reads_one_to_four_persons_of_a_group(groups, rule):
    yes, no = {
        Rule.COUNT_SUBJECTS: ("", ""),
        Rule.RATE: (role_of(Role.NUMERATOR, Role.DENOMINATOR), role_of(Role.DENOMINATOR)),
        Rule.OUTCOME: (SAID_YES, SAID_NO),
    }[rule]
    rows = persons(
        *((code, count, role) for code, pair in groups.items() for count, role in zip(pair, (yes, no), strict=True))
    )
    public, full = shown(rows, rule), shown(rows, rule, to_public=False)
    for code, cell in public["breakdown"]["sex"].items():
        numbers = cell if isinstance(cell, dict) else {"count": cell}
        counts = [number for number in numbers.values() if isinstance(number, int)]
        assert not any(0 < count < 5 for count in counts)
        for name, number in numbers.items():
            whole = full["breakdown"]["sex"][code]
            assert number in (DOT, whole[name] if isinstance(cell, dict) else whole)
