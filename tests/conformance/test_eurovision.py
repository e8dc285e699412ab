"""Jury and audience together give the published totals of all finals 2016-2022."""

import csv
from pathlib import Path

import numpy as np
import pytest

from gtn_events.competition.enums import Method
from gtn_events.competition.results.methods import outcome
from gtn_events.competition.results.scores import Scores

JURY, AUDIENCE = 0, 1


def test_sum_of_jury_and_audience_is_the_published_total(shared_data: Path) -> None:
    finals: dict[str, list[dict[str, str]]] = {}
    with (shared_data / "eurovision" / "contest_results.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            if "2016" <= row["year"] <= "2022" and row["final_total_points"]:
                finals.setdefault(row["year"], []).append(row)

    right = 0
    for rows in finals.values():
        made = outcome(Method.SUM, both_voices(rows))
        official = np.array([float(row["final_total_points"]) for row in rows])
        right += int((made.values == official).sum())
        assert official[made.order].tolist() == sorted(official, reverse=True)

    assert (len(finals), right) == (6, 155)


def both_voices(rows: list[dict[str, str]]) -> Scores:
    """Return the final as scorecards of two judges: the juries and the audience."""
    entries = np.tile(np.arange(len(rows)), 2)
    voices = np.repeat([JURY, AUDIENCE], len(rows))
    points = [float(row[f"final_{voice}_points"]) for voice in ("jury", "televoting") for row in rows]
    return Scores(entries, voices, np.array(points), len(rows), 2)


@pytest.mark.parametrize("year", ["2016", "2017", "2018", "2019", "2021", "2022"])
def test_jurors_who_rank_the_same_songs_make_one_comparable_group(shared_data: Path, year: str) -> None:
    with (shared_data / "eurovision" / "jurors.csv").open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["year"] == year and row["round"] == "final"]
    songs, juries = (
        {name: number for number, name in enumerate(sorted({row[column] for row in rows}))}
        for column in ("to_country", "from_country")
    )
    cards = [
        (songs[row["to_country"]], 5 * juries[row["from_country"]] + seat, -float(row[letter]))
        for row in rows
        for seat, letter in enumerate("ABCDE")
        if row[letter]
    ]
    entries, judges, ranks = (np.array(column) for column in zip(*cards, strict=True))
    made = outcome(Method.CALIBRATED, Scores(entries, judges, ranks, len(songs), 5 * len(juries)))
    assert set(made.groups.tolist()) == {0}
    assert np.isfinite(made.standard_errors).all()
