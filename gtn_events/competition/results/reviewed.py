"""A ranking together with how its scores lie and what the integrity officer is asked to look at."""

from collections.abc import Mapping, Sequence

from .distributions import distributions
from .integrity.review import review
from .ranking import ComputedRanking, compute_ranking
from .ranking_records import RankingTask, ReviewCard


def rank_and_review(
    task: RankingTask, cards: Sequence[ReviewCard], scales: Mapping[str, tuple[int, int]]
) -> ComputedRanking:
    """Return the ranking of a task, with the distributions and the review of its scorecards among the facts.

    Raises:
        ResultsRefused: see ``compute_ranking``.
    """
    ranking, reviewed = compute_ranking(task), review(cards, scales)
    found = {"findings": reviewed.findings, "home": reviewed.home, "economies": reviewed.economies}
    facts = {**ranking.facts, "review": found, "distributions": distributions(cards, scales)}
    return ComputedRanking(ranking.rows, facts)
