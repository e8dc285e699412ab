"""The plots: what they say to those who cannot see them, where things stand, and that they never differ."""

import re
from collections.abc import Iterator
from datetime import date
from itertools import pairwise

import pytest
from defusedxml import ElementTree
from flask import Flask

from gtn_events.core.economies import ECONOMIES
from gtn_events.core.plots import (
    MatrixCell,
    MomentMedian,
    SeatDay,
    columns_svg,
    funnel_svg,
    matrix_svg,
    medians_svg,
    ring_svg,
    seal_svg,
    seat_bar_svg,
    seats_over_time_svg,
    spread_svg,
    stacked_bars_svg,
)
from gtn_events.core.plots.drawing import number, ticks

SVG = "{http://www.w3.org/2000/svg}"
THREE = [("AUS", "Australia", 4), ("JPN", "Japan", 16), ("PE", "Peru", 0)]
DAYS = [SeatDay(date(2013, 4, 1), 10, 0, 5), SeatDay(date(2013, 5, 1), 40, 2, 7)]


@pytest.fixture(autouse=True)
def context(app: Flask) -> Iterator[None]:
    with app.test_request_context():
        yield


def drawing(svg: str) -> ElementTree:
    return ElementTree.fromstring(svg)


def title_of(svg: str) -> str:
    return drawing(svg).find(f"{SVG}title").text


def test_ring_says_how_many_come_and_from_where() -> None:
    assert title_of(ring_svg(THREE, standalone=True)) == "20 delegates from 2 economies; the most from Japan, 16."


def test_ring_without_anybody_says_so() -> None:
    values = [(each.code, each.short_name, 0) for each in ECONOMIES]
    assert title_of(ring_svg(values, standalone=True)) == "Ring of the 21 economies; nobody is confirmed yet."


def test_ring_of_no_economy_is_an_empty_drawing() -> None:
    assert list(drawing(ring_svg([], standalone=True)).iter(f"{SVG}circle")) == []


def test_ring_begins_at_the_top_and_goes_clockwise() -> None:
    dots = list(drawing(ring_svg(THREE, standalone=True)).iter(f"{SVG}circle"))
    places = [(float(dot.get("cx")), float(dot.get("cy"))) for dot in dots]
    middle = places[0][0]
    assert (places[0][1] < places[1][1], places[1][0] > middle, places[2][0] < middle) == (True, True, True)


def test_ring_dots_have_the_area_of_their_number() -> None:
    dots = list(drawing(ring_svg(THREE, standalone=True)).iter(f"{SVG}circle"))
    assert float(dots[1].get("r")) == 2 * float(dots[0].get("r"))


def test_ring_leaves_out_numbers_below_the_least() -> None:
    labels = [
        "".join(text.itertext()) for text in drawing(ring_svg(THREE, least=5, standalone=True)).iter(f"{SVG}text")
    ]
    assert labels == ["Australia", "Japan 16", "Peru"]


def test_the_readers_own_chord_stands_out_and_lies_on_top() -> None:
    svg = ring_svg(THREE, chords=[("AUS", "JPN", 4), ("JPN", "AUS", 1)], own=("AUS", "JPN"), standalone=True)
    assert [path.get("stroke") for path in drawing(svg).iter(f"{SVG}path")] == ["#8fa39a", "#d46a12"]


def test_ring_leaves_out_chords_of_unknown_economies() -> None:
    svg = ring_svg(THREE, chords=[("AUS", "JPN", 4), ("AUS", "XXX", 1)], standalone=True)
    assert len(list(drawing(svg).iter(f"{SVG}path"))) == 1


def test_page_gets_a_wide_and_a_narrow_drawing_without_colours() -> None:
    html = ring_svg(THREE)
    assert (html.count("<svg"), html.count('role="img"'), re.findall(r"#[0-9a-f]{6}", html)) == (2, 2, [])


def test_document_gets_one_drawing_that_carries_its_colours() -> None:
    svg = seats_over_time_svg(DAYS, capacity=50, standalone=True)
    assert (svg.count("<svg"), svg.count('class="'), "#0b5a43" in svg) == (1, 1, True)


def test_seal_lights_one_economy() -> None:
    svg = seal_svg(THREE, lit="JPN", standalone=True)
    radii = [dot.get("r") for dot in drawing(svg).iter(f"{SVG}circle")]
    assert (title_of(svg), radii) == ("Ring of the economies, Japan lit", ["5", "15", "9", "5"])


def test_seal_without_an_economy_lights_none() -> None:
    svg = seal_svg(THREE, lit=None, standalone=True)
    assert (title_of(svg), len(list(drawing(svg).iter(f"{SVG}circle")))) == ("Ring of the economies", 3)


def test_bars_stand_for_every_part_and_end_with_the_total() -> None:
    rows = [("AUS", "Australia", (2, 1, 0)), ("JPN", "Japan", (3, 3, 1))]
    svg = stacked_bars_svg(rows, series=["Women", "Men", "Not said"], standalone=True)
    words = ["".join(text.itertext()) for text in drawing(svg).iter(f"{SVG}text")]
    assert title_of(svg) == "10 people in protocol order of economies: Women 5; Men 4; Not said 1."
    assert [word for word in words if word in {"Australia", "Japan", "3", "7"}] == ["Australia", "3", "Japan", "7"]


def test_bars_of_nobody_are_drawn() -> None:
    assert title_of(stacked_bars_svg([], series=["Women"], standalone=True)) == (
        "0 people in protocol order of economies: Women 0."
    )


def test_bar_texts_are_escaped() -> None:
    svg = stacked_bars_svg([("X", "<b>&", (1,))], series=["a<b"], standalone=True)
    assert ("<b>" in svg, "&lt;b&gt;&amp;" in svg) == (False, True)


def test_seat_bar_says_what_is_taken_and_on_offer() -> None:
    assert title_of(seat_bar_svg(58, 60, offered=2)) == "58 of 60 places taken, 2 of them on offer"


def test_seat_bar_of_an_empty_pool_is_empty() -> None:
    widths = [part.get("width") for part in drawing(seat_bar_svg(0, 0)).iter(f"{SVG}rect")]
    assert widths == ["100", "0"]


def test_seats_over_time_says_how_things_stand() -> None:
    assert title_of(seats_over_time_svg(DAYS, capacity=50, standalone=True)) == (
        "Seats over time: on 1 May 40 confirmed of 50 seats, 2 offered, 7 pending."
    )


def test_seats_over_time_before_the_first_day_is_nothing() -> None:
    assert seats_over_time_svg([]) == ""


def test_seats_over_time_labels_do_not_overlap() -> None:
    svg = seats_over_time_svg([SeatDay(date(2013, 5, 1), 40, 1, 39)], capacity=42, standalone=True)
    ends = [text for text in drawing(svg).iter(f"{SVG}text") if text.get("x") == "658"]
    heights = sorted(float(text.get("y")) for text in ends)
    assert len(heights) == 4
    assert [later - earlier >= 15 for earlier, later in pairwise(heights)] == [True] * 3


@pytest.mark.parametrize(
    ("first", "expected"),
    [
        (date(2013, 5, 28), ["28 May", "29 May", "30 May", "31 May", "1 Jun"]),
        (date(2013, 3, 20), ["1 Apr", "1 May", "1 Jun"]),
        (
            date(2012, 3, 20),
            ["Apr 2012", "Jun 2012", "Aug 2012", "Oct 2012", "Dec 2012", "Feb 2013", "Apr 2013", "Jun 2013"],
        ),
    ],
)
def test_seats_over_time_names_days_by_how_long_it_took(first: date, expected: list[str]) -> None:
    days = [SeatDay(first, 1), SeatDay(date(2013, 6, 1), 40)]
    svg = seats_over_time_svg(days, standalone=True)
    words = [text.text for text in drawing(svg).iter(f"{SVG}text") if text.get("text-anchor") == "middle"]
    assert words == expected


def test_same_numbers_give_the_same_drawing() -> None:
    assert seats_over_time_svg(DAYS, capacity=50) == seats_over_time_svg(list(DAYS), capacity=50)


@pytest.mark.parametrize(
    ("top", "expected"),
    [(0, [0, 1]), (1, [0, 1]), (7, [0, 2, 4, 6, 8]), (28, [0, 10, 20, 30]), (420, [0, 200, 400, 600])],
)
def test_ticks_are_round_and_reach_the_top(top: int, expected: list[int]) -> None:
    assert ticks(top) == expected


@pytest.mark.parametrize(("value", "text"), [(1.0, "1"), (0.126, "0.13"), (-0.001, "0"), (100.0, "100")])
def test_numbers_are_written_short(value: float, text: str) -> None:
    assert number(value) == text


def test_columns_have_heights_in_proportion_and_say_their_counts() -> None:
    svg = drawing(columns_svg([("1", 2), ("2", 0), ("3", 4)], title="Impact: 6 scores.", standalone=True))
    heights = [float(rect.get("height")) for rect in svg.iter(f"{SVG}rect")]
    assert (len(heights), heights[1] / heights[0]) == (2, 2.0)
    assert [text.text for text in svg.iter(f"{SVG}text")] == ["2", "1", "2", "4", "3"]


def test_columns_nobody_gave_are_an_empty_scale() -> None:
    svg = drawing(columns_svg([("1", 0), ("2", 0)], title="Nothing", standalone=True))
    assert list(svg.iter(f"{SVG}rect")) == []


def test_spread_draws_everybody_first_and_the_median_of_all_through_the_others() -> None:
    everybody = ("All", (10.0, 40.0, 50.0, 60.0, 90.0))
    svg = drawing(
        spread_svg([("Judge 01", (20, 30, 50, 55, 60))], everybody=everybody, title="Spread", standalone=True)
    )
    dots = [float(dot.get("cx")) for dot in svg.iter(f"{SVG}circle")]
    limit = next(line for line in svg.iter(f"{SVG}line") if "dasharray" in str(line.attrib))
    assert dots == [float(limit.get("x1"))] * 2
    names = [text.text for text in svg.iter(f"{SVG}text") if text.get("text-anchor") == "end"]
    assert names == ["All", "Judge 01"]


def test_matrix_says_mean_and_count_and_nothing_but_the_count_where_there_are_few() -> None:
    cells = {("PE", "PE"): MatrixCell(12, 2.04), ("PE", "JPN"): MatrixCell(3, None)}
    sides = [("JPN", "Japan"), ("PE", "Peru")]
    words = {"above": "more", "below": "less", "few": "few", "title": "Economies"}
    svg = drawing(matrix_svg([("PE", "Peru")], sides, cells, **words, standalone=True))
    texts = [text.text for text in svg.iter(f"{SVG}text")]
    assert texts == ["more", "less", "few", "JPN", "PE", "Peru", "–", "n 3", "+2.0", "n 12"]
    assert len(list(svg.iter(f"{SVG}path"))) == 1, "the economy with itself has a border"


def test_a_funnel_tells_each_step_and_its_share_of_the_one_before() -> None:
    svg = funnel_svg([("Applied", 20), ("Admitted", 15), ("Placed", 0)], standalone=True)
    assert title_of(svg) == "Applied 20; Admitted 15; Placed 0"
    texts = [each.text for each in drawing(svg).iter(f"{SVG}text")]
    assert texts == ["Applied", "20", "Admitted", "15", "· 75 %", "Placed", "0", "· 0 %"]
    widths = [float(each.get("width", "0")) for each in drawing(svg).iter(f"{SVG}rect")]
    assert widths[0] == pytest.approx(widths[1] / 0.75, abs=0.1)


def test_a_funnel_of_nobody_has_no_shares() -> None:
    texts = [
        each.text for each in drawing(funnel_svg([("Applied", 0), ("Placed", 0)], standalone=True)).iter(f"{SVG}text")
    ]
    assert texts == ["Applied", "0", "Placed", "0"]


def test_medians_have_a_dot_only_where_they_can_be_told_and_n_of_m_under_each() -> None:
    moments = [
        MomentMedian("Start", 1500.0, 4, 5),
        MomentMedian("End", None, 2, 5),
        MomentMedian("+6 mo", 3000.0, 3, 4),
    ]
    svg = medians_svg(moments, title="Revenue", standalone=True)
    assert len(list(drawing(svg).iter(f"{SVG}circle"))) == 2
    texts = [each.text for each in drawing(svg).iter(f"{SVG}text")]
    assert texts[-6:] == ["Start", "4 of 5", "End", "2 of 5", "+6 mo", "3 of 4"]
    assert ("1.5K" in texts, "3K" in texts, title_of(svg)) == (True, True, "Revenue")


def test_a_name_that_is_longer_than_its_room_is_cut() -> None:
    rows = [("host", "An incubator whose name goes on and on and on", (1, 2))]
    texts = [
        each.text for each in drawing(stacked_bars_svg(rows, series=("A", "B"), standalone=True)).iter(f"{SVG}text")
    ]
    assert "An incubator whose n…" in texts
