"""Charts, the map and the other drawings say what their table says, and nothing more."""

import re

from django.template import engines
from django.utils import translation

from corridor.web.ui.charts import bar_drawings, draw_bars, step_drawings, three_bars, ticks_to
from corridor.web.ui.map import Place, draw_map, frame_of, land_path, project
from corridor.web.ui.rail import rail_of

PLACES = [
    Place("China", 103, 29.6, 106.6),
    Place("Laos", 9, 18.0, 102.6),
    Place("Thailand", 11, 13.8, 100.5),
    Place("Hong Kong SAR", 2, 22.3, 114.2, is_assumed=True),
    Place("New Zealand", 1, -36.8, 174.8),
]


def render(text: str, **given: object) -> str:
    return engines["django"].from_string(text).render(given)


def test_a_bar_that_the_table_hides_has_no_length_and_no_number():
    with translation.override("en"):
        drawing = draw_bars([("Vientiane", 60), ("Colombo", None)], kind="wide", width=640, left=150)
        shown, hidden = drawing.bars
        chart = render("{% bar_chart rows 'By site' %}", rows=[("Vientiane", 60), ("Colombo", None)])
    assert shown.width == 446
    assert (hidden.width, hidden.text, hidden.is_hidden) == (0, "hidden", True)
    assert chart.count('<rect class="c-bar"') == 2  # one bar, in two drawings


def test_a_hidden_step_is_left_out():
    wide, narrow = step_drawings([("Q1", 18), ("Q2", None), ("Q3", 61)])
    assert [point.text for point in wide.points] == ["18", "61"]
    assert [point.text for point in narrow.points] == ["18", "61"]


def test_every_chart_has_a_wide_and_a_narrow_drawing_and_no_inline_style():
    chart = render("{% step_chart rows 'How it grew' %}", rows=[("Q1", 18), ("Q2", 61)])
    assert "plot--wide" in chart
    assert "plot--narrow" in chart
    assert "style=" not in chart
    assert [drawing.kind for drawing in bar_drawings([])] == ["wide", "narrow"]


def test_numbers_in_drawings_are_written_for_machines_in_every_language():
    with translation.override("id"):
        chart = render("{% bar_chart rows 'x' %}", rows=[("a", 7), ("b", 3)])
    assert re.findall(r'(?:width|x)="[^"]*,[^"]*"', chart) == []


def test_the_scale_ends_on_a_round_number_above_the_largest():
    assert ticks_to(60) == [0, 20, 40, 60]
    assert ticks_to(0) == [0, 1]
    assert ticks_to(7) == [0, 2, 4, 6, 8]


def test_the_two_bars_are_as_long_as_the_sum():
    upper, lower, hatched = three_bars([60, 55, 50, 45, 40], 10, 240)
    assert len(upper) == 5
    assert (hatched.x, hatched.width) == (960.0, 40.0)
    assert lower.width == 957
    assert len(three_bars([], 10, 240)[0]) == 1


def test_a_place_in_the_north_stands_above_one_in_the_south():
    frame = frame_of(PLACES)
    north, south = project(18.0, 102.6, frame), project(13.8, 100.5, frame)
    assert north[1] < south[1]
    assert north[0] > south[0]


def test_every_place_and_its_label_stands_in_the_frame_and_on_no_other_label():
    drawn = draw_map(PLACES)
    assert all(0 < mark.x < drawn.width and 0 < mark.y < drawn.height for mark in drawn.marks)
    spots = {(mark.label_x, mark.label_y) for mark in drawn.marks}
    assert len(spots) == len(PLACES)
    assert [mark.name for mark in drawn.marks if mark.is_assumed] == ["Hong Kong SAR"]


def test_a_map_without_places_shows_the_world():
    drawn = draw_map([])
    assert drawn.marks == []
    assert drawn.height > 0


def test_the_land_is_closed_lines_inside_the_frame():
    path = land_path(frame_of(PLACES))
    assert path == "" or re.fullmatch(r"(M[-\d,L]+Z)+", path)


def test_a_fingerprint_is_sixteen_bars_four_groups_and_the_whole_to_copy():
    fingerprint = "d8ad260ae6e891f44932fc04a7e6f4a8dfc88d058490508d3fd6a7d211f0db23"
    chip = render("{% hash_chip fingerprint %}", fingerprint=fingerprint)
    assert chip.count("<rect") == 16
    assert "d8ad 260a e6e8 … db23" in chip
    assert f'data-copy="{fingerprint}"' in chip


def test_the_rail_is_solid_where_it_happened_and_dashed_where_it_has_not():
    stations = {
        station.name: station for station in rail_of("programme", {"agreement": {"word": "AGR-1", "url": "/a/"}})
    }
    by_name = {str(name): station for name, station in stations.items()}
    assert "is-here" in by_name["Programme"].classes
    assert "before-none" in by_name["Programme"].classes
    assert "is-near" in by_name["Agreement"].classes
    assert "is-none" in by_name["Figure"].classes
