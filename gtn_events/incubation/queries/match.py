"""What runs of the match gave: to one applicant, to all, from economy to economy, and between two runs."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import and_, func, select
from sqlalchemy.orm import aliased, joinedload

from gtn_events.core.db import db

from ..enums import RunState
from ..models import Application, Call, Host, HostRank, Intake, MatchOutcome, MatchRun, Offer, Wish
from .offers import HOLDING


@dataclass(frozen=True)
class Flow:
    """How many firms of one economy go to hosts of another."""

    home: str
    host: str
    firms: int


@dataclass(frozen=True)
class Moved:
    """An application that two runs sent to different hosts; None is nowhere."""

    application: Application
    before: Host | None
    after: Host | None


def runs_of(call: Call) -> list[MatchRun]:
    """Return all runs of a call, the newest first."""
    return list(
        db.session.scalars(select(MatchRun).where(MatchRun.call_id == call.id).order_by(MatchRun.number.desc()))
    )


def published_run(call: Call) -> MatchRun | None:
    """Return the run that stands: the newest that is published."""
    statement = select(MatchRun).where(MatchRun.call_id == call.id, MatchRun.state == RunState.PUBLISHED)
    return db.session.scalar(statement.order_by(MatchRun.number.desc()).limit(1))


def outcome_of(run: MatchRun, application: Application) -> MatchOutcome | None:
    """Return what a run gave an application."""
    return db.session.scalar(
        select(MatchOutcome).where(MatchOutcome.run_id == run.id, MatchOutcome.application_id == application.id)
    )


def outcomes_of(run: MatchRun) -> list[MatchOutcome]:
    """Return what a run gave everybody, those with a host first, by host and then by title."""
    statement = (
        select(MatchOutcome)
        .join(MatchOutcome.application)
        .outerjoin(MatchOutcome.intake)
        .outerjoin(Intake.host)
        .where(MatchOutcome.run_id == run.id)
        .options(
            joinedload(MatchOutcome.application).joinedload(Application.economy),
            joinedload(MatchOutcome.intake).joinedload(Intake.host).joinedload(Host.economy),
        )
        .order_by(MatchOutcome.intake_id.is_(None), Host.sort_name, Application.sort_title, Application.id)
    )
    return list(db.session.scalars(statement))


def ranks_taken(run: MatchRun, intake_ids: Sequence[int]) -> dict[int, list[int]]:
    """Return for each of these hosts' places which of its ranks it got, the best first."""
    taken: dict[int, list[int]] = {each: [] for each in intake_ids}
    statement = (
        select(MatchOutcome.intake_id, MatchOutcome.rank)
        .where(MatchOutcome.run_id == run.id, MatchOutcome.intake_id.in_(intake_ids))
        .order_by(MatchOutcome.rank)
    )
    for intake_id, rank in db.session.execute(statement):
        if intake_id is not None and rank is not None:
            taken[intake_id].append(rank)
    return taken


def flows_of(run: MatchRun) -> list[Flow]:
    """Return how many firms go from which economy to which, the most first."""
    count = func.count()
    statement = (
        select(Application.economy_code, Host.economy_code, count)
        .select_from(MatchOutcome)
        .join(Application, Application.id == MatchOutcome.application_id)
        .join(Intake, Intake.id == MatchOutcome.intake_id)
        .join(Host, Host.id == Intake.host_id)
        .where(MatchOutcome.run_id == run.id)
        .group_by(Application.economy_code, Host.economy_code)
        .order_by(count.desc(), Application.economy_code, Host.economy_code)
    )
    return [Flow(home, host, firms) for home, host, firms in db.session.execute(statement)]


def by_economy(flows: Sequence[Flow]) -> Counter[str]:
    """Return for each economy how many firms leave it or come to it."""
    found: Counter[str] = Counter()
    for flow in flows:
        found[flow.home] += flow.firms
        found[flow.host] += flow.firms
    return found


def moved_between(before: MatchRun, after: MatchRun) -> list[Moved]:
    """Return the applications that two runs sent elsewhere, or that only one of them knows, by title."""
    one, other = aliased(MatchOutcome), aliased(MatchOutcome)
    statement = (
        select(Application, one.intake_id, other.intake_id)
        .outerjoin(one, and_(one.application_id == Application.id, one.run_id == before.id))
        .outerjoin(other, and_(other.application_id == Application.id, other.run_id == after.id))
        .where(Application.call_id == after.call_id, one.intake_id.is_distinct_from(other.intake_id))
        .order_by(Application.sort_title, Application.id)
    )
    rows = [(application, first, second) for application, first, second in db.session.execute(statement)]
    hosts = _hosts({each for _, first, second in rows for each in (first, second) if each is not None})
    return [Moved(application, hosts.get(first), hosts.get(second)) for application, first, second in rows]


def waiting_before(application: Application) -> dict[int, int]:
    """Return for each wish how many without a place stand before this applicant in that host's order.

    Those of the same tier do not count: the lottery decides among them only when a place is free. Hosts that
    do not rank the applicant are left out.
    """
    own, another = aliased(HostRank), aliased(HostRank)
    held = select(Offer.id).where(Offer.application_id == another.application_id, Offer.state.in_(HOLDING))
    statement = (
        select(own.intake_id, func.count(another.id))
        .join(Wish, and_(Wish.intake_id == own.intake_id, Wish.application_id == own.application_id))
        .outerjoin(another, and_(another.intake_id == own.intake_id, another.tier < own.tier, ~held.exists()))
        .where(own.application_id == application.id, own.tier.is_not(None))
        .group_by(own.intake_id)
    )
    return {row[0]: row[1] for row in db.session.execute(statement)}


def _hosts(intake_ids: set[int]) -> dict[int | None, Host]:
    statement = select(Intake.id, Host).join(Host, Host.id == Intake.host_id).where(Intake.id.in_(intake_ids))
    return {row[0]: row[1] for row in db.session.execute(statement)}
