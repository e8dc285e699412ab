"""CPU of the results' arithmetic: ``python bench/calibration.py``.

5,000 entries and 500 judges, made up: 20 scorecards for each entry (100,000) and 5 (25,000); calibration with the
standard error of every entry, joint draws of ranks, tie groups, the ladder, integrity, simulation, advice. No server
and no database. CPU is user + system time of all threads, the median of several runs; the linear algebra gets one
thread, since on few cores more of them only wait for one another. ``--threads 2`` shows that.
"""

import argparse
import os
import statistics
import time
from collections.abc import Callable
from decimal import Decimal

parser = argparse.ArgumentParser(description="CPU of the results' arithmetic.")
parser.add_argument("--threads", type=int, default=1, help="threads of the linear algebra")
os.environ["OPENBLAS_NUM_THREADS"] = str(parser.parse_args().threads)  # read when numpy is loaded

import numpy as np  # noqa: E402

from gtn_events.competition.results.calibration import Calibration, calibrate  # noqa: E402
from gtn_events.competition.results.integrity.criteria import halo, straight_lining  # noqa: E402
from gtn_events.competition.results.integrity.home import home_economy  # noqa: E402
from gtn_events.competition.results.integrity.levels import agreement, drift, severity  # noqa: E402
from gtn_events.competition.results.ladder import Ladder, place_all  # noqa: E402
from gtn_events.competition.results.ladder_steps import Contender  # noqa: E402
from gtn_events.competition.results.more_scorecards import more_scorecards  # noqa: E402
from gtn_events.competition.results.rounding import published  # noqa: E402
from gtn_events.competition.results.scores import Scores  # noqa: E402
from gtn_events.competition.results.simulation import Plan, forecast  # noqa: E402
from gtn_events.competition.results.uncertainty import rank_uncertainty, tie_groups  # noqa: E402

ENTRIES, JUDGES, LEADING, CUT, CRITERIA = 5000, 500, 300, 24, 5
TIMES = 5


def main() -> None:
    print(f"{ENTRIES:,} entries, {JUDGES} judges; linear algebra on {os.environ['OPENBLAS_NUM_THREADS']} thread(s)")
    rng = np.random.default_rng(2013)
    many, few = made_scores(20, rng), made_scores(5, rng)
    tell("calibration of 100,000 scores, all standard errors", 0.5, lambda: calibrate(again(many)))
    tell("calibration of 25,000 scorecards, all standard errors", 0.5, lambda: calibrate(again(few)))
    calibration = calibrate(few)
    order = calibration.order
    tell("2,000 joint draws, ranks of all entries", 5.0, lambda: ranks(calibration, order, rng))
    tell("2,000 joint draws, ranks of the leading 300", 0.5, lambda: ranks(calibration, order[:LEADING], rng))
    tell("tie groups of all entries", 0.5, lambda: tie_groups(calibration.fit, order))
    contenders = on_the_ladder(calibration)
    ladder = Ladder("a seed for benches only", criteria=tuple("abcde"))
    tell("the ladder over all entries", 1.0, lambda: place_all(contenders, ladder))
    tell("all integrity patterns", 2.0, lambda: look_at_judges(calibration, rng))
    tell("advice on 100 more scorecards", 0.5, lambda: more_scorecards(calibration, places=CUT, scorecards=100))
    plan = Plan(ENTRIES, JUDGES, cards=5, shortlist=CUT, quality=8, noise=6, severity=4)
    tell("simulation of 400 such rounds", 5.0, lambda: forecast(plan, rng))
    small = Plan(120, 24, cards=4, shortlist=12, quality=8, noise=6, severity=4)
    tell("simulation of 400 rounds of 120 entries", 0.5, lambda: forecast(small, rng))


def tell(what: str, target: float, act: Callable[[], object]) -> None:
    """Print one line: the median CPU beside the target."""
    seconds = []
    for _ in range(TIMES + 1):
        before = time.process_time()
        act()
        seconds.append(time.process_time() - before)
    median = statistics.median(seconds[1:])
    print(f"{what:54} {median:7.3f} s  (target {target:g} s: {'met' if median <= target else 'MISSED'})")


def made_scores(cards: int, rng: np.random.Generator) -> Scores:
    """Return scorecards of panels drawn at random, totals with qualities, severities and noise."""
    judges = np.argsort(rng.random((ENTRIES, JUDGES)), axis=1)[:, :cards].ravel()
    entries = np.repeat(np.arange(ENTRIES), cards)
    quality, severity = rng.normal(60, 8, ENTRIES), rng.normal(0, 4, JUDGES)
    totals = quality[entries] + severity[judges] + rng.normal(0, 6, entries.size)
    return Scores(entries, judges, totals, ENTRIES, JUDGES)


def again(scores: Scores) -> Scores:
    """Return the same scorecards with nothing computed yet."""
    return Scores(scores.entries, scores.judges, scores.totals, scores.entry_count, scores.judge_count)


def ranks(calibration: Calibration, entries: np.ndarray, rng: np.random.Generator) -> None:
    rank_uncertainty(calibration.fit, entries, rng, first=CUT)


def on_the_ladder(calibration: Calibration) -> list[Contender]:
    """Return all entries with the scorecards of their judges."""
    scores = calibration.fit.panels.scores
    cards: list[dict[str, Decimal]] = [{} for _ in range(ENTRIES)]
    for entry, judge, total in zip(scores.entries, scores.judges, scores.totals, strict=True):
        cards[entry][f"J{judge}"] = published(total)
    points = [dict.fromkeys("abcde", tuple(each.values())) for each in cards]
    return [
        Contender(f"E{entry}", published(calibration.values[entry]), cards[entry], points[entry])
        for entry in range(ENTRIES)
    ]


def look_at_judges(calibration: Calibration, rng: np.random.Generator) -> None:
    scores = calibration.fit.panels.scores
    levels = rng.integers(0, 5, (scores.totals.size, CRITERIA)) / 4
    screenings = (
        severity(calibration.fit),
        agreement(calibration.fit),
        drift(calibration.fit, rng.random(scores.totals.size)),
        straight_lining(levels, scores.judges, JUDGES),
        halo(levels, scores.judges, JUDGES),
        home_economy(scores, (scores.entries % 21 == scores.judges % 21).astype(float)),
    )
    for screening in screenings:
        screening.findings()


if __name__ == "__main__":
    main()
