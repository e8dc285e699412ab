"""What runs of the match gave: to one applicant, to all, from economy to economy, and between two runs."""

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from sqlalchemy import and_, func, select
from sqlalchemy.orm import aliased, joinedload

from gtn_events.core.db import db
from gtn_events.core.jobs import Job, JobState

from ..enums import RunState
from ..models import Application, Call, Host, Intake, MatchOutcome, MatchRun

MATCH_JOB = "incubation-match"


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


def running_match(call: Call) -> Job | None:
    """Return the job that makes a match of this call or waits to, None when there is none."""
    statement = select(Job).where(
        Job.kind == MATCH_JOB,
        Job.scope_kind == call.scope.kind,
        Job.scope_id == call.scope.id,
        Job.state.in_([JobState.QUEUED, JobState.RUNNING]),
    )
    return db.session.scalar(statement.order_by(Job.id.desc()).limit(1))


def run_numbered(call: Call, number: int) -> MatchRun | None:
    """Return a run of a call by its number."""
    return db.session.scalar(select(MatchRun).where(MatchRun.call_id == call.id, MatchRun.number == number))


def is_published(call: Call) -> bool:
    """Say whether a match of the call stands."""
    return bool(calls_with_match([call.id]))


def calls_with_match(call_ids: Collection[int]) -> set[int]:
    """Return which of these calls have a match that stands."""
    statement = select(MatchRun.call_id).where(MatchRun.call_id.in_(call_ids), MatchRun.state == RunState.PUBLISHED)
    return set(db.session.scalars(statement)) if call_ids else set()


def _hosts(intake_ids: set[int]) -> dict[int | None, Host]:
    statement = select(Intake.id, Host).join(Host, Host.id == Intake.host_id).where(Intake.id.in_(intake_ids))
    return {row[0]: row[1] for row in db.session.execute(statement)}
