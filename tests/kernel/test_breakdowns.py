import pytest
from hypothesis import given
from hypothesis import strategies as st

from corridor.kernel.breakdowns import AGE_BANDS, Measure, age_band, break_down, measure_rows, subjects_by_code
from corridor.kernel.evidence import UNKNOWN, EvidenceRow
from corridor.kernel.three_numbers import three_numbers


def completion(number, person, **codes):
    return EvidenceRow("enrolment", f"enrolment-{number}", person, 1, "", codes)


MEI_AT_TWO_SITES = [
    completion(1, "mei", site="vientiane", sex="F"),
    completion(2, "mei", site="colombo", sex="F"),
    completion(3, "khamla", site="vientiane"),
    completion(4, "nimali", site="colombo", sex="F"),
]


def test_a_person_at_two_sites_counts_at_both_and_once_in_all():
    by_site = break_down(MEI_AT_TWO_SITES, "site", measure=Measure.SUBJECTS)
    assert by_site.cells == {"colombo": 2, "vientiane": 2, UNKNOWN: 0}
    assert (by_site.sum, by_site.overlap, by_site.total) == (4, 1, 3)


def test_what_nobody_recorded_is_unknown():
    by_sex = break_down(MEI_AT_TWO_SITES, "sex", measure=Measure.SUBJECTS)
    assert by_sex.cells == {"F": 2, UNKNOWN: 1}
    assert by_sex.unknown == 1
    assert break_down(MEI_AT_TWO_SITES, "disability", measure=Measure.SUBJECTS).cells == {UNKNOWN: 3}


def test_completions_are_records_and_posts_are_amounts():
    assert measure_rows(MEI_AT_TWO_SITES, Measure.RECORDS) == 4
    posts = [EvidenceRow("demand", "one", "one", 120), EvidenceRow("demand", "two", "two", 30)]
    assert measure_rows(posts, Measure.AMOUNTS) == 150


def test_the_codes_are_in_order_with_unknown_last():
    rows = [completion(n, f"p{n}", country=code) for n, code in enumerate(["LK", UNKNOWN, "KH", "ZZ", ""])]
    assert list(break_down(rows, "country", measure=Measure.SUBJECTS).cells) == ["KH", "LK", "ZZ", UNKNOWN]


def test_the_claims_of_sites_make_three_numbers():
    three = three_numbers(subjects_by_code(MEI_AT_TWO_SITES, "site"))
    assert (three.sum, three.overlap, three.distinct, three.claimed_by_two_or_more) == (4, 1, 3, 1)


@pytest.mark.parametrize(
    ("age", "band"),
    [
        (0, "under-15"),
        (14, "under-15"),
        (15, "15-24"),
        (24, "15-24"),
        (25, "25-34"),
        (44, "35-44"),
        (54, "45-54"),
        (55, "55-plus"),
        (90, "55-plus"),
        (None, UNKNOWN),
    ],
)
def test_ages_fall_into_six_bands(age, band):
    assert age_band(age) == band
    assert band in (*AGE_BANDS, UNKNOWN)


def test_a_person_in_two_age_bands_is_an_overlap():
    rows = [completion(1, "mei", age_band=age_band(24)), completion(2, "mei", age_band=age_band(25))]
    by_age = break_down(rows, "age_band", measure=Measure.SUBJECTS)
    assert (by_age.cells["15-24"], by_age.cells["25-34"], by_age.total, by_age.overlap) == (1, 1, 1, 1)


# Hours are minutes rounded down, cell by cell: their cells may be less than the total together.
EXACT = [measure for measure in Measure if measure is not Measure.HOURS]


@given(st.lists(st.tuples(st.integers(0, 9), st.sampled_from("ABC"), st.integers(0, 99))), st.sampled_from(EXACT))
def test_only_persons_overlap(lines, measure):
    rows = [EvidenceRow("r", str(n), str(who), amount, "", {"d": c}) for n, (who, c, amount) in enumerate(lines)]
    part = break_down(rows, "d", measure=measure)
    assert part.overlap >= 0
    assert measure is Measure.SUBJECTS or part.overlap == 0
