"""Versions of a round's ranking: asked for, made from the scorecards that count, never overwritten."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import insert

from gtn_events.accounts.models import Account
from gtn_events.core.db import db
from gtn_events.core.journal import record

from ..errors import ReasonMissing, ResultRefused
from ..models import RankingRow, ResultVersion, Round
from ..queries.live import live_final_of
from ..queries.ranking import (
    OVER,
    cards_to_review,
    current_cards,
    entries_of,
    latest_version,
    round_numbered,
    totals_of,
)
from ..results.added import NOTHING_ADDED, Added, added_from
from ..results.audience import Audience
from ..results.ladder import PUBLISHED
from ..results.ladder_steps import Step
from ..results.ranking_records import Card, Ranked, RankingTask, ReviewCard
from .chain import lock_round


@dataclass(frozen=True)
class Computed:
    """What a worker computed, with the chain it was computed from."""

    rows: Sequence[Ranked]
    facts: Mapping[str, Any]
    chain_head: str
    chain_length: int


def check_ranking(round_: Round, *, reason: str) -> None:
    """Refuse a computation before a worker begins it.

    Raises:
        ResultRefused: the round still takes scores, or votes that count.
        ReasonMissing: there is a version already, and nothing says why there should be another.
    """
    _require_over(round_)
    if latest_version(round_) is not None and not reason.strip():
        raise ReasonMissing(_("Say why the ranking is computed again; the reason stays beside it."), field="reason")


def ranking_task(round_: Round, *, chair: Sequence[str] = (), without: Iterable[int] = ()) -> RankingTask:
    """Return what a round's ranking is made from, as it stands now.

    Args:
        chair: references in the order of the chair's vote.
        without: ids of scorecards to leave out, for a look at what would change.

    Raises:
        ResultRefused: the round adds the total of one that is not ranked.
    """
    cards = [
        Card(entry, judge, total, points) for entry, judge, total, points in current_cards(round_, without=without)
    ]
    entries = sorted(entries_of(round_))
    return RankingTask(
        method=round_.method,
        # Not in the order of the database, whose collation a verifier does not know.
        entries=entries,
        cards=cards,
        criteria=heaviest_first(round_),
        seed=round_.lot_seed,
        chair=tuple(chair),
        places=places_of(round_),
        steps=tie_steps(round_),
        audience=audience_of(round_),
        added=_added(round_, entries),
    )


def audience_of(round_: Round) -> Audience | None:
    """Return what the audience of a live final said, None where its votes do not count for the places."""
    final = live_final_of(round_)
    if final is None or final.frozen_at is None or not final.audience_weight:
        return None
    return Audience(final.audience_weight, final.audience_points, dict(final.votes))


def review_task(round_: Round) -> tuple[list[ReviewCard], dict[str, tuple[int, int]]]:
    """Return the scorecards and scales in which a worker looks for unusual patterns."""
    cards = [
        ReviewCard(entry, judge, total, points, at.timestamp(), judge_economy or "", entry_economy)
        for entry, judge, total, points, at, judge_economy, entry_economy in cards_to_review(round_)
    ]
    rubric = round_.rubric
    return cards, {each.key: (each.lowest, each.highest) for each in rubric.criteria} if rubric else {}


def heaviest_first(round_: Round) -> tuple[str, ...]:
    """Return the keys of the criteria by weight, equal weights in the order of the rubric."""
    rubric = round_.rubric
    return tuple(each.key for each in sorted(rubric.criteria, key=lambda each: -each.weight)) if rubric else ()


def places_of(round_: Round) -> int | None:
    """Return how many go on by the round's rule, None when it names no number or one for each economy."""
    top = None if round_.cut.get("per_economy") else round_.cut.get("top")
    if top and round_.cut.get("per_category"):
        return int(top) * max(len(round_.competition.categories), 1)
    return int(top) if top else None


def tie_steps(round_: Round) -> tuple[Step, ...]:
    """Return what breaks a tie in a round, in order, the lot after all; every step where its rule names none."""
    return tuple(Step(each) for each in round_.cut.get("ties", PUBLISHED))


def keep_result(
    round_: Round,
    computed: Computed,
    *,
    reason: str,
    actor: Account | None,
    now: datetime,
    appeal_id: int | None = None,
) -> ResultVersion:
    """Write a computed ranking down as the newest version of its round.

    Args:
        appeal_id: the appeal after which it was computed, if any.

    Returns:
        The flushed version; the standing one when there is one and no reason was given (a second click).

    Raises:
        ResultRefused: the round still takes scores, or votes that count.

    Flushes; the caller commits.
    """
    lock_round(round_)
    _require_over(round_)
    before = latest_version(round_)
    if before is not None and not reason.strip():
        return before
    version = ResultVersion(
        round=round_,
        number=before.number + 1 if before else 1,
        method=round_.method,
        computed_at=now,
        computed_by_id=actor.id if actor else None,
        chain_head=computed.chain_head,
        chain_length=computed.chain_length,
        facts=dict(computed.facts),
        reason=reason.strip(),
        appeal_id=appeal_id,
    )
    db.session.add(version)
    db.session.flush()
    ids = entries_of(round_, live_only=False)
    db.session.execute(insert(RankingRow), [_row(version, each, ids[each.key]) for each in computed.rows])
    changes = {"version": (before.number if before else None, version.number)}
    record(
        "ranking computed",
        round_,
        actor=actor,
        now=now,
        scope=round_.scope,
        changes=changes,
        reason=version.reason or None,
    )
    return version


def _require_over(round_: Round) -> None:
    if round_.state not in OVER:
        raise ResultRefused(_("%(round)s still takes scores. Close it first.", round=round_.title))
    final = live_final_of(round_)
    if final is not None and final.audience_weight and final.begun_at is not None and final.frozen_at is None:
        raise ResultRefused(
            _("The audience of %(round)s may still vote. Freeze the live final first.", round=round_.title)
        )


def _added(round_: Round, entries: Sequence[str]) -> Added:
    if not round_.adds:
        return NOTHING_ADDED
    earlier = round_numbered(round_.competition, round_.adds["round"])
    version = latest_version(earlier) if earlier else None
    if version is None:
        raise ResultRefused(_("The round whose total is added is not ranked yet."))
    totals = totals_of(version)
    return added_from(round_.adds, {each: totals[each] for each in entries if each in totals})


def _row(version: ResultVersion, ranked: Ranked, entry_id: int) -> dict[str, Any]:
    return {
        "result_id": version.id,
        "entry_id": entry_id,
        "rank": ranked.rank,
        "raw_rank": ranked.raw_rank,
        "raw_mean": ranked.raw_mean,
        "total": ranked.total,
        "standard_error": ranked.standard_error,
        "scorecards": ranked.scorecards,
        "interval_low": ranked.interval_low,
        "interval_high": ranked.interval_high,
        "chance_of_cut": ranked.chance,
        "tie_group": ranked.tie_group,
        "decided_by": ranked.decided_by,
    }
