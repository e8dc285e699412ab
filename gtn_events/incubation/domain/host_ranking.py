"""How a host puts applications in order: tiers, not acceptable with a reason, sent by a day."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from gtn_events.accounts.models import Account
from gtn_events.core import journal
from gtn_events.core.db import db

from ..enums import MatchingMethod
from ..errors import ReasonMissing, ReviewRefused
from ..models import Application, HostRank, Intake
from ..queries.host_desk import DeskRow, ranks_of
from .review_window import require_reviews
from .weak_order import WeakOrder

LONGEST_REASON = 1_000


@dataclass(frozen=True)
class Ranking:
    """The desk of a host by where it puts what: tiers, not acceptable, not placed yet."""

    tiers: list[list[DeskRow]]
    not_acceptable: list[DeskRow]
    unplaced: list[DeskRow]

    @property
    def to_place(self) -> list[DeskRow]:
        """What named the host and has no place yet: the ranking cannot be sent before it has."""
        return [row for row in self.unplaced if row.named_us]


def ranking_of(desk: Iterable[DeskRow]) -> Ranking:
    """Return the desk as a ranking; what the host does not see any more has no place in it."""
    tiers: dict[int, list[DeskRow]] = {}
    ranking = Ranking([], [], [])
    for row in desk:
        if row.rank is None:
            ranking.unplaced.append(row)
        elif row.rank.tier is None:
            ranking.not_acceptable.append(row)
        else:
            tiers.setdefault(row.rank.tier, []).append(row)
    ranking.tiers.extend(tiers[tier] for tier in sorted(tiers))
    return ranking


def order_of(ranking: Ranking) -> WeakOrder:
    """Return the tiers of a ranking as ids."""
    return WeakOrder(tuple(tuple(row.application.id for row in tier) for tier in ranking.tiers))


def keep_order(intake: Intake, order: WeakOrder, desk: Iterable[DeskRow], *, actor: Account, now: datetime) -> None:
    """Write an order down; what stands in no tier has no place, and what is not acceptable stays so.

    Args:
        desk: what the host sees now; nothing else can be placed.

    Raises:
        ReviewRefused: the time is over, hosts do not rank in this call, or something is not on the desk.

    Flushes; the caller commits.
    """
    _require_ranking(intake, now=now)
    rows = {row.application.id: row for row in desk}
    if not set(order.ids) <= rows.keys():
        raise ReviewRefused("One of the applications is not with you any more. This is how your order stands now.")
    places = {id_: number for number, tier in enumerate(order.tiers, start=1) for id_ in tier}
    there = ranks_of(intake, rows)
    for id_, rank in there.items():
        if rank.tier is not None and id_ not in places:
            db.session.delete(rank)
    for id_, tier in places.items():
        rank = there.get(id_) or HostRank(intake_id=intake.id, application_id=id_)
        rank.tier, rank.reason = tier, ""
        db.session.add(rank)
    _touch(intake, actor=actor, now=now)


def refuse_to_take(intake: Intake, application: Application, *, reason: str, actor: Account, now: datetime) -> None:
    """Say that an application is not acceptable: the two are not matched.

    Raises:
        ReasonMissing: there is no reason.
        ReviewRefused: the time is over, or hosts do not rank in this call.

    Flushes; the caller commits.
    """
    _require_ranking(intake, now=now)
    if not reason.strip():
        raise ReasonMissing("Give a reason: the organiser reads it.", field="reason")
    rank = ranks_of(intake, [application.id]).get(application.id)
    rank = rank or HostRank(intake_id=intake.id, application_id=application.id)
    rank.tier, rank.reason = None, reason.strip()[:LONGEST_REASON]
    db.session.add(rank)
    _touch(intake, actor=actor, now=now)


def take_back_refusal(intake: Intake, application: Application, *, actor: Account, now: datetime) -> None:
    """Let an application that was not acceptable wait for a place again. Flushes.

    Raises:
        ReviewRefused: the time is over, or hosts do not rank in this call.
    """
    _require_ranking(intake, now=now)
    rank = ranks_of(intake, [application.id]).get(application.id)
    if rank is not None:
        db.session.delete(rank)
    _touch(intake, actor=actor, now=now)


def send_ranking(intake: Intake, ranking: Ranking, *, actor: Account, now: datetime) -> None:
    """Say that the ranking is done; until the deadline it can be changed, and counts as it stands then.

    Raises:
        ReviewRefused: the time is over, hosts do not rank, or something that named the host has no place.

    Flushes; the caller commits.
    """
    _require_ranking(intake, now=now)
    if ranking.to_place:
        names = ", ".join(row.application.title for row in ranking.to_place[:3])
        raise ReviewRefused(f"Give every application that named you a place, or say why not: {names}.")
    intake.ranking_sent_at = now
    db.session.flush()
    journal.record("ranking sent", intake, actor=actor, now=now, scope=intake.call.scope)


def _require_ranking(intake: Intake, *, now: datetime) -> None:
    require_reviews(intake.call, now=now)
    if intake.call.method is not MatchingMethod.STABLE:
        raise ReviewRefused("Hosts do not rank in this call.")
    # Two people of a host who move at once do it one after the other.
    db.session.refresh(intake, with_for_update={"of": Intake, "key_share": True})


def _touch(intake: Intake, *, actor: Account, now: datetime) -> None:
    """Flush; a ranking that was sent before counts as it stands now, and the journal says that it changed."""
    if intake.ranking_sent_at is not None:
        intake.ranking_sent_at = now
        journal.record("ranking changed after it was sent", intake, actor=actor, now=now, scope=intake.call.scope)
    db.session.flush()
