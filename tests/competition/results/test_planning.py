"""Before a round: what to expect. During it: where more scorecards help."""

import numpy as np
import pytest

from gtn_events.competition.results.calibration import calibrate
from gtn_events.competition.results.more_scorecards import more_scorecards
from gtn_events.competition.results.panels import Panels
from gtn_events.competition.results.simulation import Plan, balanced_panels, forecast
from tests.competition.results.rounds import judged, random_panels, scores_of


def plan(**changes: float) -> Plan:
    usual = {
        "entries": 60, "judges": 15, "cards": 4, "shortlist": 10, "quality": 8.0, "noise": 6.0, "severity": 4.0
    }  # fmt: skip
    return Plan(**{**usual, **changes})  # type: ignore[arg-type]  # whole numbers stay whole


def test_without_noise_and_severity_everything_is_right() -> None:
    sure = forecast(plan(noise=0.0, severity=0.0), np.random.default_rng(1), runs=50)
    for each in sure:
        assert (each.best_wins, each.best_listed, each.list_right) == (1.0, 1.0, 1.0)


def test_calibration_takes_severity_out_where_there_is_no_noise() -> None:
    calibrated, raw = forecast(plan(noise=0.0, severity=9.0), np.random.default_rng(1), runs=50)
    assert calibrated.list_right == 1.0
    assert raw.list_right < 0.95


def test_more_scorecards_make_the_shortlist_more_right() -> None:
    few, many = (forecast(plan(cards=cards), np.random.default_rng(2))[0] for cards in (2, 10))
    assert few.best_wins < many.best_wins
    assert few.list_right < many.list_right
    assert few.best_listed <= many.best_listed


def test_pure_noise_leaves_chance() -> None:
    _calibrated, raw = forecast(plan(quality=1e-9), np.random.default_rng(3), runs=2000)
    assert raw.best_wins == pytest.approx(1 / 60, abs=0.012)
    assert raw.list_right == pytest.approx(10 / 60, abs=0.02)


def test_forecast_agrees_with_rounds_simulated_scorecard_by_scorecard() -> None:
    rng = np.random.default_rng(4)
    right, wins = [], []
    for _ in range(300):
        quality = rng.normal(0, 8, 60)
        made = judged(random_panels(60, 15, 4, rng), 15, rng, quality=quality)
        order = calibrate(made.scores).order
        right.append(len(set(order[:10]) & set(np.argsort(-quality)[:10])) / 10)
        wins.append(order[0] == np.argmax(quality))
    said = forecast(plan(), rng, runs=2000)[0]
    assert said.list_right == pytest.approx(np.mean(right), abs=0.02)
    assert said.best_wins == pytest.approx(np.mean(wins), abs=0.07)


@pytest.mark.parametrize(("entries", "judges", "cards"), [(60, 15, 4), (7, 3, 3), (5, 1, 1), (10, 4, 2), (4, 9, 5)])
def test_panels_are_balanced_and_hang_together(entries: int, judges: int, cards: int) -> None:
    made = balanced_panels(plan(entries=entries, judges=judges, cards=cards, shortlist=1), np.random.default_rng(1))
    pairs = set(zip(made.entries.tolist(), made.judges.tolist(), strict=True))
    assert len(pairs) == entries * cards
    assert np.ptp(made.cards_of_judges) <= cards
    if cards > 1:
        groups = Panels(made).groups
        assert set(groups[0]) == {0}


@pytest.mark.parametrize("changes", [{"cards": 16}, {"cards": 0}, {"shortlist": 61}, {"shortlist": 0}])
def test_plan_that_cannot_be_is_refused(changes: dict[str, int]) -> None:
    with pytest.raises(ValueError, match="cards must be"):
        plan(**changes)


def test_scorecards_are_advised_at_the_cut_and_where_least_is_known() -> None:
    rng = np.random.default_rng(6)
    made = judged(random_panels(60, 15, 4, rng), 15, rng, quality=np.linspace(30, -30, 60), noise=5).scores
    found = calibrate(made)
    advice = more_scorecards(found, places=20, scorecards=12)
    assert sum(each.scorecards for each in advice) == 12
    places = {int(entry): place for place, entry in enumerate(found.order)}
    assert all(12 <= places[each.entry] < 28 for each in advice)
    assert all(0.02 < each.chance < 0.98 and each.gain > 0 for each in advice)
    assert [each.gain for each in advice] == sorted((each.gain for each in advice), reverse=True)


def test_advised_scorecards_make_the_cut_surer_than_others() -> None:
    rng = np.random.default_rng(8)
    made = judged(random_panels(60, 15, 3, rng), 15, rng, quality=rng.normal(0, 8, 60)).scores
    found = calibrate(made)
    best = more_scorecards(found, places=20, scorecards=1)[0]
    every = more_scorecards(found, places=20, scorecards=500)
    assert best.gain >= max(each.gain / each.scorecards for each in every)


def test_nothing_is_advised_where_nothing_can_be_said() -> None:
    single = calibrate(scores_of((0, 0, 70.0), (1, 1, 80.0), (2, 0, 75.0)))
    assert more_scorecards(single, places=1, scorecards=3) == ()
    rng = np.random.default_rng(6)
    made = judged(random_panels(10, 5, 3, rng), 5, rng, quality=rng.normal(0, 8, 10)).scores
    assert more_scorecards(calibrate(made), places=10, scorecards=3) == ()
