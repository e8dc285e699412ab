"""Making results public: once, from versions that stand from then on, perhaps only after an embargo."""

from datetime import datetime

from gtn_events.accounts.models import Account
from gtn_events.core.db import db
from gtn_events.core.journal import record

from ..enums import RoundState
from ..errors import ResultRefused
from ..models import Competition, ResultVersion, Round
from ..queries.publication import rounds_in_order
from ..queries.ranking import latest_version
from ..results.ranking_records import digest_of
from .chain import lock_round
from .ranking import ranking_task


def publication_gaps(competition: Competition) -> list[str]:
    """Return what has to be done before results can be published, one sentence each."""
    rounds = rounds_in_order(competition)
    gaps = [f"{each.title} is not decided." for each in rounds if each.state in (RoundState.OPEN, RoundState.SCORED)]
    if not any(each.state is RoundState.DECIDED for each in rounds):
        gaps.append("No round is decided.")
    return gaps


def publish_results(competition: Competition, *, embargo_until: datetime | None, actor: Account, now: datetime) -> None:
    """Fix the newest version of every decided round and make the results public.

    Args:
        embargo_until: when everybody may see them; at once when empty.

    Raises:
        ResultRefused: they are published already, a round is not decided, the embargo ends in the past, or
            scorecards were excluded or entries withdrawn since a round was ranked.

    Flushes; the caller commits.
    """
    if competition.results_published_at is not None:
        raise ResultRefused("The results are published already.")
    gaps = publication_gaps(competition)
    if gaps:
        raise ResultRefused(" ".join(gaps))
    if embargo_until is not None and embargo_until <= now:
        raise ResultRefused("Choose a moment in the future, or leave it empty.", field="embargo_until")
    for round_, version in _decided(competition):
        lock_round(round_)
        if digest_of(ranking_task(round_).cards) != version.facts["cards_sha256"]:
            raise ResultRefused(f"Other scorecards of {round_.title} count now than when it was ranked. Rank it again.")
        version.published_at = now
    competition.results_published_at, competition.results_embargo_until = now, embargo_until
    changes = {"embargo until": (None, embargo_until.isoformat() if embargo_until else None)}
    record("results published", competition, actor=actor, now=now, scope=competition.scope, changes=changes)
    db.session.flush()


def visible_from(competition: Competition) -> datetime | None:
    """Return from when everybody sees the results, None while they are not published."""
    published, embargo = competition.results_published_at, competition.results_embargo_until
    return max(published, embargo) if published and embargo else published


def are_visible(competition: Competition, *, now: datetime) -> bool:
    """Say whether everybody may see the results now."""
    since = visible_from(competition)
    return since is not None and now >= since


def _decided(competition: Competition) -> list[tuple[Round, ResultVersion]]:
    found = []
    for round_ in rounds_in_order(competition):
        version = latest_version(round_)
        if round_.state is RoundState.DECIDED and version is not None:
            found.append((round_, version))
    return found
