"""What was done to the schedule of a forum, and what of it can be undone or done again."""

from typing import Any

from sqlalchemy import ColumnElement, Select, select
from sqlalchemy.orm import InstrumentedAttribute, joinedload

from gtn_events.accounts.models import Account
from gtn_events.core.db import db

from ..enums import ActState
from ..models import Forum, ForumSession, ProgrammeAct, Slot

USUAL_MINUTES = 45


def to_undo(forum: Forum, actor: Account) -> ProgrammeAct | None:
    """Return a person's newest act that still stands: its session is where the act put it."""
    stands = _is_at(ProgrammeAct.after_starts_at, ProgrammeAct.after_minutes, ProgrammeAct.after_room_id)
    return db.session.scalar(_own(forum, actor, ActState.DONE, stands).order_by(ProgrammeAct.id.desc()))


def to_redo(forum: Forum, actor: Account) -> ProgrammeAct | None:
    """Return the act that a person undid last, while its session is still where that left it."""
    fits = _is_at(ProgrammeAct.before_starts_at, ProgrammeAct.before_minutes, ProgrammeAct.before_room_id)
    return db.session.scalar(_own(forum, actor, ActState.UNDONE, fits).order_by(ProgrammeAct.id))


def act_of(forum: Forum, act_id: int) -> Select[ProgrammeAct]:
    """Select one act of a forum."""
    return _acts(forum).where(ProgrammeAct.id == act_id)


def newest_act(session: ForumSession) -> ProgrammeAct | None:
    """Return what was done to the place of a session last."""
    statement = (
        select(ProgrammeAct).where(ProgrammeAct.session_id == session.id).options(joinedload(ProgrammeAct.actor))
    )
    return db.session.scalar(statement.order_by(ProgrammeAct.state_at.desc(), ProgrammeAct.id.desc()).limit(1))


def newest_acts(forum: Forum, *, limit: int) -> list[ProgrammeAct]:
    """Return what was done last, by anybody, the newest first."""
    return list(db.session.scalars(_acts(forum).order_by(ProgrammeAct.id.desc()).limit(limit)))


def minutes_before(forum: Forum) -> dict[int, int]:
    """Return how long sessions lasted that an act took off the schedule, by session id."""
    statement = (
        select(ProgrammeAct.session_id, ProgrammeAct.before_minutes, ProgrammeAct.after_minutes)
        .outerjoin(Slot, Slot.session_id == ProgrammeAct.session_id)
        .where(ProgrammeAct.forum_id == forum.id, Slot.id.is_(None))
        .order_by(ProgrammeAct.id)
    )
    return {session_id: before or after or USUAL_MINUTES for session_id, before, after in db.session.execute(statement)}


def _acts(forum: Forum) -> Select[ProgrammeAct]:
    return (
        select(ProgrammeAct)
        .where(ProgrammeAct.forum_id == forum.id)
        .options(
            joinedload(ProgrammeAct.session),
            joinedload(ProgrammeAct.actor),
            joinedload(ProgrammeAct.before_room),
            joinedload(ProgrammeAct.after_room),
        )
    )


def _own(forum: Forum, actor: Account, state: ActState, is_there: ColumnElement[bool]) -> Select[ProgrammeAct]:
    return (
        _acts(forum)
        .outerjoin(Slot, Slot.session_id == ProgrammeAct.session_id)
        .where(ProgrammeAct.actor_id == actor.id, ProgrammeAct.state == state, is_there)
        .limit(1)
    )


def _is_at(*columns: InstrumentedAttribute[Any]) -> ColumnElement[bool]:  # Any: a column of any type
    """Say in SQL that a session is where these columns (start, minutes, room) say, nowhere included."""
    starts_at, minutes, room_id = columns
    return (
        Slot.starts_at.is_not_distinct_from(starts_at)
        & Slot.minutes.is_not_distinct_from(minutes)
        & Slot.room_id.is_not_distinct_from(room_id)
    )
