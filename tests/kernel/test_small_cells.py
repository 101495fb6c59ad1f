import pytest
from hypothesis import given
from hypothesis import strategies as st

from corridor.kernel.small_cells import HIDDEN, K, is_small, k_of, suppress_line, suppress_table, written

ROWS, COLUMNS = ["East", "West", "North"], ["F", "M"]
LEARNERS = {
    ("East", "F"): 4,
    ("East", "M"): 20,
    ("West", "F"): 7,
    ("West", "M"): 13,
    ("North", "F"): 11,
    ("North", "M"): 9,
}
COUNTS = st.one_of(st.integers(0, 6), st.integers(0, 60))


def tables(size=4):
    return st.tuples(st.integers(1, size), st.integers(1, size)).flatmap(
        lambda shape: st.fixed_dictionaries(
            {(f"r{row}", f"c{column}"): COUNTS for row in range(shape[0]) for column in range(shape[1])}
        )
    )


def axes(cells):
    return sorted({row for row, _ in cells}), sorted({column for _, column in cells})


def is_guarded(counts, shown):
    """The promise of the rule for one line with a shown total."""
    hidden = [count for count, seen in zip(counts, shown, strict=True) if seen is None]
    return not hidden or (len(hidden) >= 2 and sum(hidden) >= K)


@pytest.mark.parametrize("grand_total", [False, True])
def test_hiding_one_learner_group_hides_three_more_and_no_total(grand_total):
    table = suppress_table(ROWS, COLUMNS, LEARNERS, grand_total=grand_total)
    assert table.hidden == {("East", "F"), ("East", "M"), ("West", "F"), ("West", "M")}
    assert (table.cells["North", "F"], table.cells["North", "M"]) == (11, 9)
    assert table.row_totals == {"East": 24, "West": 20, "North": 20}
    assert table.column_totals == {"F": 22, "M": 42}
    assert table.grand_total == (64 if grand_total else None)


def test_without_totals_only_the_small_cell_is_hidden():
    table = suppress_table(ROWS, COLUMNS, LEARNERS, row_totals=False, column_totals=False)
    assert table.hidden == {("East", "F")}


def test_hidden_cells_look_the_same_and_zeros_are_shown():
    table = suppress_table(["East", "West"], COLUMNS, {("East", "F"): 2, ("East", "M"): 40, ("West", "F"): 9})
    assert {table.text("East", "F"), table.text("East", "M")} == {HIDDEN}
    assert table.text("West", "M") == "0"
    assert written(None) == "·"


def test_a_group_is_hidden_with_the_next_smallest_beside_it():
    line = suppress_line({"F": 4, "M": 20, "unknown": 30}, total=54)
    assert line.cells == {"F": None, "M": None, "unknown": 30}
    assert line.total == 54


def test_two_small_cells_that_hold_too_little_together_take_a_third():
    assert suppress_line({"a": 1, "b": 2, "c": 9, "d": 8}, total=20).hidden == {"a", "b", "d"}
    assert suppress_line({"a": 1, "b": 4, "c": 9, "d": 8}, total=22).hidden == {"a", "b"}


def test_a_tie_goes_to_the_first_in_code_order():
    assert suppress_line({"z": 8, "b": 8, "a": 1}, total=17).hidden == {"a", "b"}


def test_with_no_cell_left_the_total_is_hidden():
    line = suppress_line({"F": 3, "M": 0}, total=3)
    assert (line.cells, line.total) == ({"F": None, "M": 0}, None)


def test_a_line_without_a_total_hides_only_what_is_small():
    assert suppress_line({"F": 4, "M": 20}).hidden == {"F"}


def test_disability_hides_cells_below_ten():
    assert (k_of("disability"), k_of("sex")) == (10, 5)
    line = suppress_line({"yes": 9, "no": 200, "unknown": 31}, total=240, k=k_of("disability"))
    assert line.hidden == {"yes", "unknown"}


def test_nobody_and_five_are_not_small():
    assert [is_small(count) for count in (0, 1, 4, 5)] == [False, True, True, False]


def test_a_row_total_that_the_other_totals_would_tell_is_hidden_with_another():
    cells = {("A", "F"): 3, ("A", "M"): 0, ("B", "F"): 20, ("B", "M"): 30}
    table = suppress_table(["A", "B"], COLUMNS, cells, grand_total=True)
    assert table.row_totals == {"A": None, "B": None}
    assert table.column_totals == {"F": None, "M": None}
    assert table.grand_total == 53


@given(st.dictionaries(st.text(min_size=1, max_size=3), COUNTS, min_size=1, max_size=7))
def test_no_line_gives_a_hidden_count_away(cells):
    line = suppress_line(cells, total=sum(cells.values()))
    assert all(count is None for code, count in line.cells.items() if is_small(cells[code]))
    assert all(count in (None, cells[code]) for code, count in line.cells.items())
    assert all(count == 0 for code, count in line.cells.items() if cells[code] == 0)
    if line.total is not None:
        assert is_guarded(cells.values(), line.cells.values())


@given(tables(), st.booleans(), st.booleans(), st.booleans())
def test_no_row_and_no_column_gives_a_hidden_count_away(cells, row_totals, column_totals, grand_total):
    rows, columns = axes(cells)
    table = suppress_table(
        rows, columns, cells, row_totals=row_totals, column_totals=column_totals, grand_total=grand_total
    )
    assert all(table.cells[cell] is None for cell, count in cells.items() if is_small(count))
    assert all(table.cells[cell] in (None, count) for cell, count in cells.items())
    assert all(table.cells[cell] == 0 for cell, count in cells.items() if count == 0)
    for row, total in table.row_totals.items():
        counts, shown = [cells[row, c] for c in columns], [table.cells[row, c] for c in columns]
        assert total is None or (total == sum(counts) and is_guarded(counts, shown))
    for column, total in table.column_totals.items():
        counts, shown = [cells[r, column] for r in rows], [table.cells[r, column] for r in rows]
        assert total is None or (total == sum(counts) and is_guarded(counts, shown))


@given(tables(), st.booleans())
def test_no_hidden_total_can_be_added_up_from_the_others(cells, grand_total):
    rows, columns = axes(cells)
    table = suppress_table(rows, columns, cells, grand_total=grand_total)
    everything_known = table.grand_total is not None
    for margin, other in (
        (table.row_totals, table.column_totals),
        (table.column_totals, table.row_totals),
    ):
        if everything_known or None not in other.values():
            assert list(margin.values()).count(None) != 1


@given(tables())
def test_the_same_table_is_always_hidden_in_the_same_way(cells):
    rows, columns = axes(cells)
    reordered = dict(reversed(cells.items()))
    assert suppress_table(rows, columns, cells) == suppress_table(rows, columns, reordered)


def test_a_column_whose_total_is_hidden_elsewhere_shows_none_of_its_parts():
    cells = {
        ("east", "f"): 20,
        ("east", "m"): 10,
        ("east", "x"): 9,
        ("west", "f"): 30,
        ("west", "m"): 14,
        ("west", "x"): 0,
    }
    shown = suppress_table(["east", "west"], ["f", "m", "x"], cells, hidden_columns=["x"])
    assert shown.cells["east", "x"] is None
    assert shown.cells["west", "x"] == 0
    # A row with a total hides two; so does the column of the second.
    assert shown.hidden == {("east", "x"), ("east", "m"), ("west", "m"), ("west", "f"), ("east", "f")}
