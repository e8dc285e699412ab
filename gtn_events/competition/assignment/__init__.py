"""Which judge reads which entry: pure functions from arrays to a result, without a database."""

from .anchors import Anchors, Outcome, find_anchors
from .arrays import NO_PAIRS, Pairs, pairs_of
from .costs import UNIT, total_cost
from .coverage import Coverage, FitSummary, coverage_of
from .difference import Difference, difference_between
from .fit import FitWeights, fit_of
from .graph import JudgeGraph, judge_graph
from .problem import Entries, Judges, Problem, ProblemRefused
from .repair import Breach, Change, Rule, Substitute, change_seats, substitutes
from .rules import Rules, SameEconomy
from .shortfall import Scope, Shortfall, Side
from .solving import Assignment, assign
from .what_if import Departure, without_judge

__all__ = [
    "NO_PAIRS",
    "UNIT",
    "Anchors",
    "Assignment",
    "Breach",
    "Change",
    "Coverage",
    "Departure",
    "Difference",
    "Entries",
    "FitSummary",
    "FitWeights",
    "JudgeGraph",
    "Judges",
    "Outcome",
    "Pairs",
    "Problem",
    "ProblemRefused",
    "Rule",
    "Rules",
    "SameEconomy",
    "Scope",
    "Shortfall",
    "Side",
    "Substitute",
    "assign",
    "change_seats",
    "coverage_of",
    "difference_between",
    "find_anchors",
    "fit_of",
    "judge_graph",
    "pairs_of",
    "substitutes",
    "total_cost",
    "without_judge",
]
