"""Runs of the match: made from the market as it stands, kept as versions, published once."""

import hashlib
import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import func, insert, select, update

from gtn_events.accounts.models import Account
from gtn_events.core.db import db
from gtn_events.core.journal import record

from ..enums import MatchingMethod, RunState
from ..errors import MatchRefused
from ..matching import Market, Matching, Reason, Refusal, blocking_pairs, refusals
from ..matching.published import market_to_json
from ..models import Call, Intake, MatchOutcome, MatchRun
from ..queries.market import MarketRows, market_of
from .locking import lock_call


def match_gaps(call: Call, *, now: datetime) -> list[str]:
    """Return why a match cannot be made yet, one sentence each."""
    gaps = []
    if now < call.closes_at:
        gaps.append("Applications can still be sent.")
    rows = market_of(call)
    if not any(each.wishes for each in rows.market.applicants):
        gaps.append("No admitted application names a host.")
    if not sum(host.places for host in rows.market.hosts):
        gaps.append("No host offers a place.")
    return gaps


def check_ready(call: Call, *, now: datetime) -> None:
    """Refuse a match before it can give anything.

    Raises:
        MatchRefused: applications can still be sent, or nobody, or no place, could be matched.
    """
    if gaps := match_gaps(call, now=now):
        raise MatchRefused(" ".join(gaps))


def hosts_without_ranking(call: Call) -> list[Intake]:
    """Return the places of hosts that have not sent a ranking: what they have kept so far counts as it stands."""
    if call.method is not MatchingMethod.STABLE:
        return []
    statement = select(Intake).where(
        Intake.call_id == call.id, Intake.withdrawn_at.is_(None), Intake.ranking_sent_at.is_(None)
    )
    return sorted(db.session.scalars(statement), key=lambda each: each.host.sort_name)


def keep_run(call: Call, rows: MarketRows, matching: Matching, *, actor: Account | None, now: datetime) -> MatchRun:
    """Write a matching down as the newest run of its call, as a preview.

    Raises:
        MatchRefused: the rule was broken: somebody stands at a host of the own economy, or, where hosts
            rank under rules that guarantee it, two would rather have one another.

    Flushes; the caller commits.
    """
    lock_call(call)
    _assert_sound(call, rows.market, matching)
    number = (db.session.scalar(select(func.max(MatchRun.number)).where(MatchRun.call_id == call.id)) or 0) + 1
    market = market_to_json(rows.market, rows.host_keys)
    run = MatchRun(
        call=call,
        number=number,
        method=call.method,
        open_market=bool(rows.market.kept),
        market=market,
        fit=[[rows.market.applicants[who].key, rows.host_keys[where], fit] for (who, where), fit in rows.fit.items()],
        figures=figures_of(call, rows.market, matching),
        sha256=digest(market),
        made_at=now,
        made_by_id=actor.id if actor else None,
    )
    db.session.add(run)
    db.session.flush()
    outcomes = _outcomes(run, rows, matching)
    if outcomes:
        db.session.execute(insert(MatchOutcome), outcomes)
    record("match run", run.call, actor=actor, now=now, scope=call.scope, changes={"run": (None, number)})
    return run


def figures_of(call: Call, market: Market, matching: Matching) -> dict[str, Any]:
    """Return the figures that stand beside a run; ``blocking_pairs`` is None where hosts do not rank."""
    placed = [(who, where) for who, where in enumerate(matching.host_of) if where is not None]
    wishes = [market.applicants[who].wishes for who, _ in placed]
    first = sum(bool(wished) and wished[0] == where for wished, (_, where) in zip(wishes, placed, strict=True))
    stable = call.method is MatchingMethod.STABLE
    return {
        "applicants": sum(bool(each.wishes) or who in market.kept for who, each in enumerate(market.applicants)),
        "places": sum(host.places for host in market.hosts),
        "hosts": sum(host.places > 0 for host in market.hosts),
        "matched": len(placed),
        "first_choice": first,
        "blocking_pairs": len(blocking_pairs(market, matching)) if stable else None,
        "own_economy": sum(market.applicants[who].economy == market.hosts[where].economy for who, where in placed),
        "guaranteed": stable and all(host.guaranteed for host in market.hosts),
    }


def digest(market: Mapping[str, Any]) -> str:
    """Return the SHA-256 of a market's canonical JSON: keys sorted, no spaces, UTF-8."""
    text = json.dumps(market, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


def check_publishable(run: MatchRun) -> None:
    """Refuse to publish a run that others would not stand behind.

    Raises:
        MatchRefused: it was published already, it is not the newest, or the market has changed since.
    """
    if run.state is not RunState.PREVIEW:
        raise MatchRefused(f"Run {run.number} was published already.")
    newest = db.session.scalar(select(func.max(MatchRun.number)).where(MatchRun.call_id == run.call_id))
    if run.number != newest:
        raise MatchRefused(f"Run {newest} is newer than run {run.number}. Publish the newest, or run the match again.")
    rows = market_of(run.call)
    if digest(market_to_json(rows.market, rows.host_keys)) != run.sha256:
        raise MatchRefused("Applications, rankings or places have changed since this run. Run the match again.")


def supersede_earlier(run: MatchRun) -> None:
    """Let a published run stand in place of those before it."""
    earlier = (MatchRun.call_id == run.call_id) & (MatchRun.number < run.number)
    db.session.execute(
        update(MatchRun).where(earlier, MatchRun.state == RunState.PUBLISHED).values(state=RunState.SUPERSEDED)
    )


def _assert_sound(call: Call, market: Market, matching: Matching) -> None:
    figures = figures_of(call, market, matching)
    if figures["own_economy"]:
        raise MatchRefused(f"{figures['own_economy']} applicants would stay in their own economy; nothing was kept.")
    if figures["guaranteed"] and figures["blocking_pairs"]:
        raise MatchRefused(f"{figures['blocking_pairs']} pairs would rather have one another; nothing was kept.")


def _outcomes(run: MatchRun, rows: MarketRows, matching: Matching) -> list[dict[str, Any]]:
    market = rows.market
    found = refusals(market, matching) if run.method is MatchingMethod.STABLE else _fit_refusals(market, matching)
    higher: dict[int, list[dict[str, Any]]] = {}
    for each in found:
        wish = {"intake": rows.intakes[each.host], "reason": each.reason.value, "rank": _rank(market, each)}
        higher.setdefault(each.applicant, []).append(wish)
    return [
        {
            "run_id": run.id,
            "application_id": rows.applications[who],
            "intake_id": rows.intakes[where] if where is not None else None,
            "choice": applicant.wishes.index(where) + 1 if where in applicant.wishes else None,
            "rank": market.places_in_order[where].get(who) if where is not None else None,
            "settled": who in market.kept,
            "higher": higher.get(who, []),
        }
        for who, (applicant, where) in enumerate(zip(market.applicants, matching.host_of, strict=True))
        if applicant.wishes or who in market.kept
    ]


def _rank(market: Market, refusal: Refusal) -> int | None:
    return market.places_in_order[refusal.host].get(refusal.applicant)


def _fit_refusals(market: Market, matching: Matching) -> list[Refusal]:
    """Return why each higher wish was not met, where hosts do not rank."""
    return [
        Refusal(who, where, _fit_reason(market, who, where))
        for who, applicant in enumerate(market.applicants)
        if who not in market.kept
        for where in _above(applicant.wishes, matching.host_of[who])
    ]


def _fit_reason(market: Market, who: int, where: int) -> Reason:
    home = market.applicants[who].economy
    if home and home == market.hosts[where].economy:
        return Reason.OWN_ECONOMY
    return Reason.BLOCKED if (who, where) in market.blocked else Reason.BETTER_FIT


def _above(wishes: tuple[int, ...], got: int | None) -> tuple[int, ...]:
    return wishes if got is None else wishes[: wishes.index(got)]
