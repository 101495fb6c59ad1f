import pytest
from hypothesis import given
from hypothesis import strategies as st

from corridor.kernel.claims import Verdict, check, exactly, over
from corridor.kernel.refusals import BareTotal
from corridor.kernel.three_numbers import Shown, three_numbers


def at_sites(kind, counts, shared):
    """Persons of a kind by site; the last ``shared`` of the first site are also at the second, and so on round the circle."""
    people, first = {}, 0
    for number, count in enumerate(counts):
        people[f"site-{number}"] = {f"{kind}-{first + n}" for n in range(count)}
        first += count
    for n in range(shared):
        here, there = f"site-{n % len(counts)}", f"site-{(n + 1) % len(counts)}"
        own = sorted(person for person in people[there] if sum(person in site for site in people.values()) == 1)
        twice = sorted(person for person in people[here] if sum(person in site for site in people.values()) == 1)
        people[there] = (people[there] - {own[-1]}) | {twice[0]}
    return people


TEACHERS = at_sites("teacher", [60, 55, 50, 45, 40], shared=10)
EMPLOYEES = at_sites("employee", [130, 125, 122, 120, 118], shared=5)


def test_teachers_of_five_sites_are_counted_once_each():
    three = three_numbers(TEACHERS)
    assert list(three.by_claimant.values()) == [60, 55, 50, 45, 40]
    assert (three.sum, three.overlap, three.distinct, three.claimed_by_two_or_more) == (250, 10, 240, 10)
    assert check(exactly(240), three.distinct).verdict is Verdict.HOLDS


def test_employees_of_five_sites_are_over_six_hundred():
    three = three_numbers(EMPLOYEES)
    assert (three.sum, three.overlap, three.distinct) == (615, 5, 610)
    assert check(over(600), three.distinct).verdict is Verdict.HOLDS
    assert check(over(600), 600).verdict is Verdict.DIFFERS


def test_teachers_and_employees_are_not_the_total():
    teachers, employees = sorted(set().union(*TEACHERS.values())), sorted(set().union(*EMPLOYEES.values()))
    both = dict(zip(employees[:4], teachers[:4], strict=True))
    kinds = {"teacher": set(teachers), "company_employee": {both.get(person, person) for person in employees}}
    three = three_numbers(kinds)
    assert (three.sum, three.overlap, three.distinct) == (850, 4, 846)


def test_a_sum_alone_is_refused():
    with pytest.raises(BareTotal):
        three_numbers(TEACHERS).publish([Shown.SUM])
    with pytest.raises(BareTotal):
        three_numbers(TEACHERS).publish([Shown.SUM, Shown.DISTINCT])


def test_a_distinct_number_may_stand_alone():
    assert three_numbers(TEACHERS).publish([Shown.DISTINCT]) == {"distinct": 240}


def test_the_numbers_are_published_side_by_side():
    assert three_numbers(TEACHERS).as_dict() == {
        "sum": 250,
        "overlap": 10,
        "distinct": 240,
        "claimed_by_two_or_more": 10,
    }


def test_one_college_under_two_brands_counts_by_the_brand_of_the_cohort():
    learners = [f"learner-{n}" for n in range(43)]
    three = three_numbers({"Red": learners[:30], "Blue": learners[18:]})
    assert three.by_claimant == {"Red": 30, "Blue": 25}
    assert (three.sum, three.overlap, three.distinct, three.claimed_by_two_or_more) == (55, 12, 43, 12)


def test_colleges_without_a_learner_in_common_have_no_overlap():
    three = three_numbers({"one": [f"a{n}" for n in range(45)], "other": [f"b{n}" for n in range(30)]})
    assert (three.sum, three.overlap, three.distinct) == (75, 0, 75)


def test_a_person_claimed_by_three_is_one_claimed_by_two_or_more():
    three = three_numbers({"Chongqing": ["mei"], "Vientiane": ["mei", "khamla"], "Colombo": ["mei", "mei", "nimali"]})
    assert (three.sum, three.overlap, three.distinct, three.claimed_by_two_or_more) == (5, 2, 3, 1)


@given(st.dictionaries(st.text(max_size=3), st.sets(st.integers(0, 30).map(str)), max_size=6))
def test_distinct_lies_between_the_largest_claim_and_the_sum(claims):
    three = three_numbers(claims)
    assert max(three.by_claimant.values(), default=0) <= three.distinct <= three.sum
    assert three.distinct == len(set().union(*claims.values()))
    assert three.claimed_by_two_or_more <= three.overlap
