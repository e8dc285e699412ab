"""Reads of calls and of what belongs to them."""

from dataclasses import dataclass

from sqlalchemy import Select, case, func, select

from gtn_events.accounts.enums import Role
from gtn_events.core.db import db

from ..enums import ApplicationState, CallState
from ..models import Application, ApplicationDraft, Call, Intake

STAFF_ROLES = (Role.ORGANISER, Role.HELPER)


@dataclass(frozen=True)
class Places:
    """What hosts give in one call: how many hosts, and how many places together."""

    hosts: int = 0
    places: int = 0


def published_calls() -> list[Call]:
    """Return the calls that everybody may see, the latest close first."""
    statement = select(Call).where(Call.state != CallState.DRAFT).order_by(Call.closes_at.desc(), Call.id.desc())
    return list(db.session.scalars(statement))


def places_by_call() -> dict[int, Places]:
    """Return the places that stand now, by the id of their call."""
    statement = (
        select(Intake.call_id, func.count(), func.coalesce(func.sum(Intake.places), 0))
        .where(Intake.withdrawn_at.is_(None))
        .group_by(Intake.call_id)
    )
    return {call_id: Places(hosts, places) for call_id, hosts, places in db.session.execute(statement)}


def counts_by_state(call: Call) -> dict[str, int]:
    """Return how many applications are in each state, every state named."""
    statement = (
        select(Application.state, func.count()).where(Application.call_id == call.id).group_by(Application.state)
    )
    found = dict(db.session.execute(statement).all())
    return {state.value: found.get(state, 0) for state in ApplicationState}


def drafts_under_way(call: Call) -> int:
    """Return how many applications are begun and not sent."""
    statement = select(func.count()).select_from(ApplicationDraft).where(ApplicationDraft.call_id == call.id)
    return db.session.scalar(statement) or 0


def rankings_sent(call: Call) -> int:
    """Return how many hosts have sent their ranking."""
    statement = select(func.sum(case((Intake.ranking_sent_at.is_not(None), 1), else_=0))).where(
        Intake.call_id == call.id, Intake.withdrawn_at.is_(None)
    )
    return db.session.scalar(statement) or 0


def calls_that_take_hosts() -> Select[Call]:
    """Select the published calls in which hosts can still give places, the nearest close first; dates not looked at."""
    return select(Call).where(Call.state == CallState.PUBLISHED).order_by(Call.closes_at, Call.id)
