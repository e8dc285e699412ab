"""Who goes on from a round: tried by its rule, decided, undone, and promoted from the reserve list."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from typing import NamedTuple

from flask_babel import gettext as _
from sqlalchemy import delete, func, select

from gtn_events.accounts.models import Account
from gtn_events.core.db import db
from gtn_events.core.errors import Stale
from gtn_events.core.journal import record

from ..enums import RoundState, Standing
from ..errors import ReasonMissing, ResultRefused
from ..models import Assignment, ResultVersion, Round, RoundEntry
from ..queries.decisions import candidates_of, next_round, standings_of
from ..queries.ranking import latest_version
from ..results.cut import Candidate, CutRule, Reason, Verdict, cut, rule_from
from .chain import lock_round
from .live_order import fill_order_of

NOT_RANKED = "not-ranked"
"""The reason of an entry that no scorecard counts for, or that was withdrawn."""
_RESERVES = frozenset({Reason.RESERVE, Reason.RESERVE_OF_ECONOMY})


class Simulated(NamedTuple):
    """What the rule would do with one entry; ``reason``, ``number`` and ``detail`` are those of the cut's verdict.

    ``decided_by`` is the step of the tie ladder that put it below the one above, empty where the totals did.
    """

    entry_id: int
    rank: int
    total: Decimal
    decided_by: str
    standing: Standing
    reason: str
    number: int
    detail: str


def rule_of(round_: Round) -> CutRule:
    """Return the published rule of a round."""
    return rule_from(round_.cut, [each.key for each in round_.competition.categories])


def simulate_cut(round_: Round, version: ResultVersion) -> list[Simulated]:
    """Return what the round's rule makes of a version, best first; nothing is changed."""
    rows = candidates_of(version)
    verdicts = cut([Candidate(row.reference, row.total, row.economy, row.categories) for row in rows], rule_of(round_))
    return [
        Simulated(
            row.entry_id,
            row.rank,
            row.total,
            row.decided_by,
            standing_of(verdict),
            verdict.reason.value,
            verdict.number,
            verdict.detail,
        )
        for row, verdict in zip(rows, verdicts, strict=True)
    ]


def decide_round(round_: Round, *, seen: int, actor: Account, now: datetime) -> Mapping[Standing, int]:
    """Give every entry of the round its standing by the rule, each with the reason.

    Args:
        seen: the number of the version that the page shows.

    Returns:
        How many entries have each standing.

    Raises:
        ResultRefused: the round takes scores or is decided, or nothing is computed.
        Stale: a newer version was computed since.

    Flushes; the caller commits.
    """
    lock_round(round_)
    version = latest_version(round_)
    if round_.state is not RoundState.SCORED or version is None:
        raise ResultRefused(_("%(round)s cannot be decided now.", round=round_.title))
    if version.number != seen:
        raise Stale(_("A newer ranking was computed since you loaded the page. Look at it first."))
    decided = {each.entry_id: each for each in simulate_cut(round_, version)}
    counts = dict.fromkeys(Standing, 0)
    for row in standings_of(round_):
        _decide(row, decided.get(row.entry_id))
        counts[row.standing] += 1
    round_.state, round_.decided_at = RoundState.DECIDED, now
    changes = {"version": (None, version.number), "go on": (None, counts[Standing.ADVANCED])}
    record("round decided", round_, actor=actor, now=now, scope=round_.scope, changes=changes)
    db.session.flush()
    return counts


def undo_decision(round_: Round, *, reason: str, actor: Account, now: datetime) -> None:
    """Take the decision back; entries that were taken into the next round leave it again.

    Raises:
        ReasonMissing: no reason is given.
        ResultRefused: the round is not decided, results are published, or the next round has begun.

    Flushes; the caller commits.
    """
    if not reason.strip():
        raise ReasonMissing(_("Say why the decision is taken back."), field="reason")
    lock_round(round_)
    following = _open_to_change(round_)
    if following is not None:
        if following.state is not RoundState.PLANNED or _seats(following):
            raise ResultRefused(
                _("%(round)s has begun: seats were given or scores taken. The decision stands.", round=following.title)
            )
        advanced = select(RoundEntry.entry_id).where(
            RoundEntry.round_id == round_.id, RoundEntry.standing == Standing.ADVANCED
        )
        db.session.execute(
            delete(RoundEntry)
            .where(RoundEntry.round_id == following.id, RoundEntry.entry_id.in_(advanced))
            .execution_options(synchronize_session="fetch")
        )
    for row in standings_of(round_):
        row.standing, row.departure = Standing.IN, ""
        row.reason, row.reason_number, row.reason_detail = "", 0, ""
    round_.state, round_.decided_at = RoundState.SCORED, None
    record("decision undone", round_, actor=actor, now=now, scope=round_.scope, reason=reason.strip())
    db.session.flush()


def revise_decision(round_: Round, *, reason: str, actor: Account, now: datetime) -> Mapping[Standing, int]:
    """Apply the rule to the newest version after a correction; whoever went on already keeps their place.

    Returns:
        How many entries have each standing now.

    Raises:
        ReasonMissing: no reason is given.
        ResultRefused: the round is not decided.

    Flushes; the caller commits.
    """
    if not reason.strip():
        raise ReasonMissing(_("Say why the decision is revised."), field="reason")
    lock_round(round_)
    version = latest_version(round_)
    if round_.state is not RoundState.DECIDED or version is None:
        raise ResultRefused(_("%(round)s is not decided.", round=round_.title))
    found = {each.entry_id: each for each in simulate_cut(round_, version)}
    counts, moved = dict.fromkeys(Standing, 0), []
    for row in standings_of(round_):
        before = row.standing
        _decide(row, found.get(row.entry_id))
        if before is Standing.ADVANCED and row.standing is not Standing.ADVANCED:
            row.standing = Standing.ADVANCED
            row.departure = _(
                "Went on before the ranking was corrected; nobody loses a place by the appeal of another."
            )
        counts[row.standing] += 1
        if row.standing is not before:
            moved.append(f"{row.entry.reference}: {before.value} → {row.standing.value}")
    changes = {"version": (None, version.number), "moved": (None, "; ".join(moved[:20]))}
    record("decision revised", round_, actor=actor, now=now, scope=round_.scope, changes=changes, reason=reason.strip())
    db.session.flush()
    return counts


def take_into_next(round_: Round, *, actor: Account, now: datetime) -> int:
    """Let the entries that go on be judged in the next round; return how many came into it.

    Raises:
        ResultRefused: the round is not decided, or there is no planned round after it.

    Flushes; the caller commits.
    """
    lock_round(round_)
    following = _open_to_change(round_)
    if following is None or following.state is not RoundState.PLANNED:
        raise ResultRefused(_("There is no planned round after this one. Plan it first."))
    there = set(db.session.scalars(select(RoundEntry.entry_id).where(RoundEntry.round_id == following.id)))
    going = [row for row in standings_of(round_) if row.standing is Standing.ADVANCED and row.entry.state.is_live]
    new = [RoundEntry(round_id=following.id, entry_id=row.entry_id) for row in going if row.entry_id not in there]
    db.session.add_all(new)
    db.session.flush()
    fill_order_of(following)
    changes = {"entries": (len(there), len(there) + len(new))}
    record("entries taken over", following, actor=actor, now=now, scope=round_.scope, changes=changes)
    db.session.flush()
    return len(new)


def promote(row: RoundEntry, *, reason: str, actor: Account, now: datetime) -> None:
    """Let an entry of the reserve list go on after all; the reason stands in the published file as a departure.

    It is not put into the next round by that; see ``take_into_next``.

    Raises:
        ReasonMissing: no reason is given.
        ResultRefused: the entry is not on the reserve list or not live, or results are published.

    Flushes; the caller commits.
    """
    if not reason.strip():
        raise ReasonMissing(_("Say why this entry goes on."), field="reason")
    lock_round(row.round)
    _open_to_change(row.round)
    db.session.refresh(row, ["standing"])
    if row.standing is not Standing.RESERVE or not row.entry.state.is_live:
        raise ResultRefused(_("%(entry)s is not on the reserve list any more.", entry=row.entry.title))
    row.standing, row.departure = Standing.ADVANCED, reason.strip()
    changes = {"standing": (Standing.RESERVE.value, Standing.ADVANCED.value), "entry": (None, row.entry.reference)}
    record(
        "entry promoted", row.round, actor=actor, now=now, scope=row.round.scope, changes=changes, reason=reason.strip()
    )
    db.session.flush()


def standing_of(verdict: Verdict) -> Standing:
    """Return what a verdict of the cut makes of an entry."""
    if verdict.reason.is_in:
        return Standing.ADVANCED
    return Standing.RESERVE if verdict.reason in _RESERVES else Standing.OUT


def chair_order(tied: Sequence[str], places: Mapping[str, int], kept: Sequence[str]) -> list[str]:
    """Return the references in the order of the chair's votes so far, with this vote in it.

    Args:
        tied: references of the entries that the vote is about.
        places: the place that each of them gets, from 1.
        kept: earlier votes, about other entries.

    Raises:
        ResultRefused: a place is missing or given twice.
    """
    if sorted(places.get(each, 0) for each in tied) != list(range(1, len(tied) + 1)):
        raise ResultRefused(_("Give every entry its own place, from 1 to %(count)s.", count=len(tied)), field="places")
    return [*(each for each in kept if each not in tied), *sorted(tied, key=places.__getitem__)]


def _decide(row: RoundEntry, found: Simulated | None) -> None:
    """Give an entry what the rule makes of it."""
    row.standing, row.departure = found.standing if found else Standing.OUT, ""
    row.reason, row.reason_number, row.reason_detail = (
        (found.reason, found.number, found.detail) if found else (NOT_RANKED, 0, "")
    )


def _open_to_change(round_: Round) -> Round | None:
    """Return the round after this one, after making sure that the decision can still be changed."""
    if round_.state is not RoundState.DECIDED:
        raise ResultRefused(_("%(round)s is not decided.", round=round_.title))
    if round_.competition.results_published_at is not None:
        raise ResultRefused(_("The results are published. A decision that was published stands."))
    return next_round(round_)


def _seats(round_: Round) -> int:
    return db.session.scalar(select(func.count()).where(Assignment.round_id == round_.id)) or 0
