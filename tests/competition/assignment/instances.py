"""Assignments to be made: small ones from hypothesis, larger ones from a seed."""

from dataclasses import replace
from itertools import product

import numpy as np
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

from gtn_events.competition.assignment import Entries, Judges, Problem, Rules, SameEconomy, fit_of, pairs_of

ECONOMIES = ("CHL", "INA", "PE", "VN")
CATEGORIES = ("energy", "water")
TOPICS = ("solar", "waste", "water", "transport")
LANGUAGES = ("en", "es", "vi")
# A busy machine is no reason to fail.
STEADY = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])


def problem_of(
    demand: list[int],
    maximum: list[int],
    *,
    minimum: list[int] | None = None,
    entry_economies: list[set[str]] | None = None,
    judge_economies: list[str | None] | None = None,
    categories: list[set[str]] | None = None,
    forbidden: list[tuple[int, int]] = [],  # noqa: B006  # never changed
    fixed: list[tuple[int, int]] = [],  # noqa: B006
    present: list[tuple[int, int]] = [],  # noqa: B006
    fit: list[list[float]] | None = None,
    rules: Rules | None = None,
) -> Problem:
    """Return a problem in which what is not said does not matter: entries of Peru, judges without an economy."""
    entries, judges = len(demand), len(maximum)
    return Problem(
        entries=Entries(
            demand=np.array(demand, dtype=np.int64),
            economies=entry_economies or [{"PE"}] * entries,
            categories=categories or [set()] * entries,
            topics=[set()] * entries,
            languages=[set()] * entries,
        ),
        judges=Judges(
            minimum=np.array(minimum or [0] * judges, dtype=np.int64),
            maximum=np.array(maximum, dtype=np.int64),
            economy=judge_economies or [None] * judges,
            topics=[set()] * judges,
            languages=[set()] * judges,
        ),
        fit=np.ones((entries, judges)) if fit is None else np.array(fit, dtype=np.float64),
        rules=rules or Rules(),
        forbidden=pairs_of(forbidden),
        fixed=pairs_of(fixed),
        present=pairs_of(present),
    )


@st.composite
def problems(draw: st.DrawFn) -> Problem:
    """Return small problems of every kind: easy, tight, contradictory in demand and load, half started."""
    entries, judges = draw(st.integers(1, 6)), draw(st.integers(1, 6))
    everybody = list(product(range(entries), range(judges)))
    few = st.lists(st.sampled_from(everybody), max_size=entries * judges // 2, unique=True)
    words = {"min_size": entries, "max_size": entries}
    maximum = draw(st.lists(st.integers(0, entries), min_size=judges, max_size=judges))
    ours = Entries(
        demand=np.array(draw(st.lists(st.integers(0, 4), **words)), dtype=np.int64),
        economies=draw(st.lists(st.sets(st.sampled_from(ECONOMIES), max_size=2), **words)),
        categories=draw(st.lists(st.sets(st.sampled_from(CATEGORIES), max_size=2), **words)),
        topics=draw(st.lists(st.sets(st.sampled_from(TOPICS)), **words)),
        languages=draw(st.lists(st.sets(st.sampled_from(LANGUAGES)), **words)),
    )
    words = {"min_size": judges, "max_size": judges}
    theirs = Judges(
        minimum=np.array([draw(st.integers(0, most)) for most in maximum], dtype=np.int64),
        maximum=np.array(maximum, dtype=np.int64),
        economy=draw(st.lists(st.sampled_from((*ECONOMIES, None)), **words)),
        topics=draw(st.lists(st.sets(st.sampled_from(TOPICS)), **words)),
        languages=draw(st.lists(st.sets(st.sampled_from(LANGUAGES)), **words)),
    )
    rules = Rules(
        same_economy=draw(st.sampled_from(SameEconomy)),
        economy_cap=draw(st.sampled_from((None, 1, 2))),
        balance=draw(st.sampled_from((0.0, 0.5, 2.0))),
        stay_bonus=draw(st.sampled_from((0.0, 0.5, 3.0))),
        best=draw(st.sampled_from((1, 2, 40))),
        others=draw(st.integers(0, 2)),
        seed=draw(st.integers(0, 3)),
    )
    problem = Problem(ours, theirs, fit_of(ours, theirs), rules, forbidden=pairs_of(draw(few)))
    started = [pair for pair in draw(few) if problem.allowed[pair]][:3]
    return replace(problem, fixed=pairs_of(started), present=pairs_of(draw(few)))


def random_problem(
    entries: int, judges: int, *, demand: int, slack: float, conflicts: float, cap: int | None, seed: int
) -> Problem:
    """Return a problem of that size, the same for the same seed.

    Args:
        slack: seats that judges offer for each seat needed; 1 is as tight as can be.
        conflicts: the share of pairs with a conflict of interest.
    """
    rng = np.random.default_rng(seed)
    offered = round(entries * demand * slack)
    maximum = np.full(judges, offered // judges) + (np.arange(judges) < offered % judges)
    economies = [ECONOMIES[number] for number in rng.integers(0, len(ECONOMIES), judges)]
    problem = problem_of(
        [demand] * entries,
        maximum.tolist(),
        minimum=(maximum // 2).tolist(),
        entry_economies=[{ECONOMIES[number]} for number in rng.integers(0, len(ECONOMIES), entries)],
        judge_economies=list(economies),
        fit=rng.random((entries, judges)).tolist(),
        rules=Rules(same_economy=SameEconomy.FORBID, economy_cap=cap),
    )
    return replace(problem, forbidden=np.argwhere(rng.random((entries, judges)) < conflicts))
