"""Trimmed means, totals, ranks and the home effect of a season of real judging come out as published."""

from collections import Counter, defaultdict
from decimal import Decimal
from pathlib import Path

import numpy as np
import pytest

from gtn_events.competition.enums import Method
from gtn_events.competition.results.integrity.home import home_effect
from gtn_events.competition.results.ladder import Ladder, place_all
from gtn_events.competition.results.ladder_steps import Contender, Step
from gtn_events.competition.results.methods import outcome
from gtn_events.competition.results.rounding import published
from gtn_events.competition.results.scores import Scores
from tests.conformance.skating import Aspect, Season, cents, programmes, read_season


@pytest.fixture
def season(shared_data: Path) -> Season:
    return read_season(shared_data / "figure_skating")


def trimmed(aspects: list[Aspect]) -> list[Decimal]:
    """Return the panel's score of each aspect: our trimmed mean, two decimals."""
    cards = [
        (number, int(seat[1:]) - 1, point) for number, each in enumerate(aspects) for seat, point in each.points.items()
    ]
    entries, judges, points = zip(*cards, strict=True)
    scores = Scores(np.array(entries), np.array(judges), np.array(points, dtype=float), len(aspects), 9)
    return [published(value) for value in outcome(Method.TRIMMED_MEAN, scores).values]


@pytest.fixture
def component_totals(season: Season) -> dict[str, Decimal]:
    components = [each for each in season.aspects if each.is_component]
    totals: defaultdict[str, Decimal] = defaultdict(Decimal)
    for each, score in zip(components, trimmed(components), strict=True):
        totals[each.performance] += cents(score * each.factor)
    return totals


@pytest.fixture
def element_totals(season: Season) -> dict[str, Decimal]:
    totals: defaultdict[str, Decimal] = defaultdict(Decimal)
    for each in season.aspects:
        if not each.is_component:
            totals[each.performance] += each.official
    return totals


def test_trimmed_means_are_the_panels_scores(season: Season) -> None:
    components = [each for each in season.aspects if each.is_component]
    right = [each.official == score for each, score in zip(components, trimmed(components), strict=True)]
    # The other forty: a missing judge entered as zeros (one panel of pairs).
    assert (sum(right), len(right)) == (8590, 8630)
    wrong = {each.performance for each, good in zip(components, right, strict=True) if not good}
    assert {season.performances[key]["program"] for key in wrong} == {"PAIRS SHORT PROGRAM"}


def test_sums_are_the_published_totals(
    season: Season, component_totals: dict[str, Decimal], element_totals: dict[str, Decimal]
) -> None:
    rows = season.performances
    assert sum(component_totals[key] == Decimal(rows[key]["total_component_score"]) for key in rows) == 1718
    assert sum(element_totals[key] == Decimal(rows[key]["total_element_score"]) for key in rows) == 1726


def test_ladder_gives_every_published_rank(
    season: Season, component_totals: dict[str, Decimal], element_totals: dict[str, Decimal]
) -> None:
    """Ties go to the better elements in a short programme, to the better components in a free one."""
    right, by_total, decided = 0, 0, Counter[Step]()
    for (_competition, programme), keys in programmes(season).items():
        heavier = "components" if "FREE" in programme else "elements"
        field = [
            Contender(
                key,
                component_totals[key] + element_totals[key] - Decimal(season.performances[key]["total_deductions"]),
                {},
                {"components": [component_totals[key]], "elements": [element_totals[key]]},
            )
            for key in keys
        ]
        totals = {each.key: each.total for each in field}
        for place in place_all(field, Ladder("", criteria=(heavier,), steps=(Step.CRITERION,))).places:
            rank = int(season.performances[place.key]["rank"])
            right += place.rank == rank
            by_total += 1 + sum(total > totals[place.key] for total in totals.values()) == rank
            decided.update([place.decided_by.step] if place.decided_by else [])
    assert by_total == 1723
    assert right == 1726
    assert decided[Step.CRITERION] == 3
    assert decided[Step.LOT] == 0


def test_home_effect_is_the_published_one(season: Season) -> None:
    cards, homes = _judged_points(season)
    effect = home_effect(cards, homes)
    assert (effect.home_cards, effect.other_cards) == (1305, 13375)
    # The table that turns grades into points is not in the data; each element's own ratio stands for it.
    assert effect.home == pytest.approx(3.088, abs=0.01)
    assert effect.other == pytest.approx(-0.301, abs=0.001)
    assert effect.effect == pytest.approx(3.39, abs=0.01)
    assert effect.p < 1e-100


def _judged_points(season: Season) -> tuple[Scores, np.ndarray]:
    """Return the points each named judge of senior programmes gave to each performance, and who was at home."""
    points: defaultdict[tuple[str, str], float] = defaultdict(float)
    for each in season.aspects:
        row = season.performances[each.performance]
        if row["program"].startswith("JUNIOR") or not each.points:
            continue
        ratio = _points_of_a_grade(each)
        for seat, point in each.points.items():
            judge = season.judge_at(each.performance, seat)
            if judge:
                points[each.performance, judge] += float(point) * ratio
    entries, judges = (
        {name: number for number, name in enumerate(sorted(set(names)))} for names in zip(*points, strict=True)
    )
    scores = Scores(
        np.array([entries[performance] for performance, _ in points]),
        np.array([judges[judge] for _, judge in points]),
        np.array(list(points.values())),
        len(entries),
        len(judges),
    )
    home = [season.performances[performance]["nation"] == season.homes[judge] for performance, judge in points]
    return scores, np.array(home, dtype=float)


def _points_of_a_grade(aspect: Aspect) -> float:
    if aspect.is_component:
        return float(aspect.factor)
    inner = sorted(aspect.points.values())[1:-1]
    mean = sum(inner, Decimal(0)) / len(inner)
    ratio = float(aspect.grade / mean) if mean else 0.0
    return ratio if ratio > 0 else 0.7
