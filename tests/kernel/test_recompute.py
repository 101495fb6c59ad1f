import json
from dataclasses import replace

import pytest

from corridor.kernel.evidence import EvidenceRow, Role, read_rows, role_of
from corridor.kernel.fingerprints import canonical_lines, content_hash, evidence_hash
from corridor.kernel.outcome_block import Selection
from corridor.kernel.printed_figures import disagreements, printed
from corridor.kernel.recompute import Recipe, Rule, recompute
from corridor.kernel.refusals import DifferentCohorts, ImpossibleCounts, NoDenominator, NotASample

NAMED = ("CN", "ID", "NZ", "KR", "TH", "LK", "LA", "MM", "KH", "PH", "PK", "AU", "SG")
COUNTRIES = Recipe(Rule.COUNT_SUBJECTS, dimensions=("source",), definition="members.countries@1")
MAPPED = Recipe(Rule.RATE, dimensions=("framework",), definition="curricula.units_mapped@1")
EMPLOYED = Recipe(Rule.OUTCOME, dimensions=("sex",), persons=True, definition="outcomes.employed_any@1")

SILENT = role_of(Role.ELIGIBLE, Role.TO_ASK, Role.ASKED)
SAID_NO = role_of(Role.ELIGIBLE, Role.TO_ASK, Role.ASKED, Role.REACHED, Role.ANSWERED, Role.ANSWERED_SELF)
SAID_YES = role_of(*(Role(word) for word in SAID_NO.split()), Role.YES)


def memberships():
    countries = [*NAMED, "HK"]
    return [
        EvidenceRow(
            "membership",
            f"membership-{n:03}",
            countries[n % 14],
            codes={"source": "assumed" if countries[n % 14] == "HK" else "named"},
        )
        for n in range(164)
    ]


def follow_up(*groups):
    """Rows of one wave: (role, how many, sex) for each group."""
    rows = []
    for role, count, sex in groups:
        rows += [
            EvidenceRow("follow_up", f"f{len(rows) + n}", f"p{len(rows) + n}", 1, role, {"sex": sex})
            for n in range(count)
        ]
    return rows


def unit(name, *, mapped_to=None):
    role = role_of(Role.DENOMINATOR, Role.NUMERATOR) if mapped_to else role_of(Role.DENOMINATOR)
    return EvidenceRow("unit", name, name, 1, role, {"framework": mapped_to or "none"})


def test_fourteen_countries_of_which_thirteen_are_named():
    result = recompute(memberships(), COUNTRIES)
    assert (result.value, result.n, result.evidence_rows) == (14, 14, 164)
    numbers = printed(result, to_public=True)
    assert numbers["breakdown"] == {"source": {"assumed": 1, "named": 13, "unknown": 0}}
    assert numbers["missing"] == {"source": 0}


def test_the_hashes_are_those_of_the_rows():
    result = recompute(memberships(), COUNTRIES)
    assert result.evidence_hash == evidence_hash(row.record_id for row in memberships())
    assert result.content_hash == content_hash(memberships())


def test_claimants_bring_the_three_numbers():
    recipe = Recipe(Rule.COUNT_SUBJECTS, claimants=("site",), persons=True)
    rows = [EvidenceRow("enrolment", str(n), f"p{n % 20}", codes={"site": f"s{n // 15}"}) for n in range(30)]
    numbers = printed(recompute(rows, recipe), to_public=False)
    assert numbers["value"] == 20
    assert numbers["three_numbers"] == {
        "site": {"sum": 30, "overlap": 10, "distinct": 20, "claimed_by_two_or_more": 10}
    }


def test_a_volume_tells_the_persons_behind_it():
    rows = [EvidenceRow("enrolment", str(n), f"p{n % 3}", 1) for n in range(5)]
    completions = recompute(rows, Recipe(Rule.COUNT_RECORDS))
    assert (completions.value, completions.n) == (5, 3)
    posts = recompute([replace(row, amount=20) for row in rows], Recipe(Rule.SUM_AMOUNTS))
    assert posts.value == 100


def test_a_rate_is_counted_from_the_roles_of_its_rows():
    rows = [
        unit("inspect", mapped_to="PH"),
        unit("measure", mapped_to="PK"),
        unit("report"),
        unit("repair", mapped_to="PH"),
    ]
    result = recompute(rows, MAPPED)
    assert (str(result.rate), result.n) == ("3/4", 4)
    numbers = printed(result, to_public=True)
    assert (numbers["numerator"], numbers["denominator"], numbers["percent"]) == (3, 4, "75.0%")
    assert numbers["breakdown"]["framework"]["PH"] == {"numerator": 2, "denominator": 2, "percent": "100.0%"}
    assert numbers["breakdown"]["framework"]["unknown"]["withheld"] == {"percent": "NoDenominator"}


def test_a_numerator_from_elsewhere_is_another_cohort():
    stranger = EvidenceRow("unit", "weld", "weld", 1, role_of(Role.NUMERATOR))
    with pytest.raises(DifferentCohorts):
        recompute([unit("inspect"), stranger], MAPPED)


def test_a_rate_of_no_rows_has_counts_and_no_percentage():
    result = recompute([], MAPPED)
    with pytest.raises(NoDenominator):
        result.rate.percent()
    assert printed(result, to_public=True)["percent"] is None


def test_a_follow_up_is_counted_from_what_each_person_did():
    result = recompute(follow_up((SAID_YES, 12, "F"), (SAID_NO, 2, "M"), (SILENT, 6, "M")), EMPLOYED)
    block = result.block
    assert (block.eligible, block.to_ask, block.asked, block.reached, block.answered, block.yes) == (
        20,
        20,
        20,
        14,
        14,
        12,
    )
    assert result.n == 14
    numbers = printed(result, to_public=False)
    assert numbers["block"]["bounds"] == ["60.0%", "90.0%"]
    assert numbers["block"]["among_answered"] == "85.7%"
    assert numbers["missing"] == {"answers": 6, "sex": 0}
    assert numbers["breakdown"]["sex"]["F"]["yes"] == 12
    assert numbers["breakdown"]["sex"]["M"]["eligible"] == 8
    assert numbers["breakdown"]["sex"]["M"]["withheld"]["bounds"] == "TooFewForAPercentage"


def test_a_census_prints_no_interval_and_a_draw_prints_two():
    rows = follow_up((SAID_YES, 12, "F"), (SAID_NO, 8, "M"))
    census, draw = recompute(rows, EMPLOYED), recompute(rows, replace(EMPLOYED, selection=Selection.RANDOM_DRAW))
    with pytest.raises(NotASample):
        census.block.wilson  # noqa: B018
    assert "wilson" not in printed(census, to_public=False)["block"]
    assert printed(draw, to_public=False)["block"]["wilson"] == ["38.7%", "78.1%"]


def test_an_answer_of_somebody_outside_the_cohort_is_refused():
    outside = EvidenceRow("answer", "a1", "nimali", 1, role_of(Role.ANSWERED, Role.YES))
    with pytest.raises(DifferentCohorts, match="not in the cohort"):
        recompute([*follow_up((SAID_YES, 12, "F")), outside], EMPLOYED)


def test_a_yes_without_an_answer_is_impossible():
    with pytest.raises(ImpossibleCounts, match="yes but not as answered"):
        recompute(follow_up((role_of(Role.ELIGIBLE, Role.TO_ASK, Role.YES), 1, "F")), EMPLOYED)


def test_a_folder_of_rows_gives_the_same_numbers_as_the_records():
    result = recompute(memberships(), COUNTRIES)
    lines = [json.loads(line) for line in canonical_lines(memberships()).splitlines()]
    again = recompute(read_rows(lines), COUNTRIES)
    assert again == result
    in_json = json.loads(json.dumps(printed(result, to_public=True)))
    assert disagreements(in_json, printed(again, to_public=True)) == []


def test_one_changed_digit_and_one_missing_row_are_named():
    told = json.loads(json.dumps(printed(recompute(memberships(), COUNTRIES), to_public=True)))
    told["breakdown"]["source"]["named"] = 12
    [found] = disagreements(told, printed(recompute(memberships(), COUNTRIES), to_public=True))
    assert (found.place, found.printed, found.recounted) == ("breakdown.source.named", 12, 13)
    places = {
        each.place for each in disagreements(told, printed(recompute(memberships()[1:], COUNTRIES), to_public=True))
    }
    assert {"evidence_rows", "evidence_hash", "content_hash"} <= places


def test_one_college_under_two_brands_is_one_place_with_two_listings():
    listings = [
        EvidenceRow("listing", f"listing-{brand}", "college", codes={"brand": brand}) for brand in ("Red", "Blue")
    ]
    places = recompute(listings, Recipe(Rule.COUNT_SUBJECTS, dimensions=("brand",), claimants=("brand",)))
    assert (places.value, places.evidence_rows) == (1, 2)
    assert places.counts["brand"].cells == {"Blue": 1, "Red": 1, "unknown": 0}
    assert (places.claims["brand"].sum, places.claims["brand"].overlap) == (2, 1)
    assert recompute(listings, Recipe(Rule.COUNT_RECORDS)).value == 2


def test_learners_count_for_the_brand_of_their_cohort_not_of_their_place():
    red, blue = [f"learner-{n}" for n in range(30)], [f"learner-{n}" for n in range(18, 43)]
    rows = [EvidenceRow("enrolment", f"red-{who}", who, codes={"brand": "Red"}) for who in red]
    rows += [EvidenceRow("enrolment", f"blue-{who}", who, codes={"brand": "Blue"}) for who in blue]
    result = recompute(rows, Recipe(Rule.COUNT_SUBJECTS, dimensions=("brand",), claimants=("brand",), persons=True))
    assert result.counts["brand"].cells == {"Blue": 25, "Red": 30, "unknown": 0}
    assert (result.claims["brand"].sum, result.claims["brand"].overlap, result.value) == (55, 12, 43)
