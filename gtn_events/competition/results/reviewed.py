"""A ranking together with what the integrity officer is asked to look at, as a version of results keeps both."""

from collections.abc import Mapping, Sequence

from .integrity.review import review
from .ranking import ComputedRanking, compute_ranking
from .ranking_records import RankingTask, ReviewCard


def rank_and_review(
    task: RankingTask, cards: Sequence[ReviewCard], scales: Mapping[str, tuple[int, int]]
) -> ComputedRanking:
    """Return the ranking of a task, with the review of its scorecards among the facts.

    Raises:
        ResultsRefused: see ``compute_ranking``.
    """
    ranking, reviewed = compute_ranking(task), review(cards, scales)
    found = {"findings": reviewed.findings, "home": reviewed.home}
    return ComputedRanking(ranking.rows, {**ranking.facts, "review": found})
