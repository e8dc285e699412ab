"""Acts on the schedule: place, move, resize and unschedule a session, undo and do again."""

from datetime import datetime
from uuid import uuid4

from flask_babel import gettext
from sqlalchemy import func, select, update

from gtn_events.accounts.models import Account
from gtn_events.core.db import db
from gtn_events.core.errors import Stale
from gtn_events.core.journal import record

from ..enums import ActState, ScheduleAct
from ..errors import ProgrammeRefused
from ..models import Forum, ForumSession, ProgrammeAct, Room, Slot
from ..queries.programme_acts import newest_act
from ..schedule_place import Place, token_of
from .locking import lock_forum
from .programme import mark_programme_changed

LONGEST = 24 * 60


def put_session(
    forum: Forum, session: ForumSession, place: Place, *, seen: str, actor: Account, now: datetime
) -> ProgrammeAct | None:
    """Place a session that is nowhere, or move or resize one; the slot's guid stays, so calendars follow it.

    Args:
        seen: the token of the place at which its reader saw the session.

    Returns:
        the act, which can be undone; None when the session is there already.

    Raises:
        Stale: somebody else put the session elsewhere meanwhile.
        ProgrammeRefused: it would last no time or more than a day, or the room is none of the forum.

    Flushes; the caller commits.
    """
    if not 0 < place.minutes <= LONGEST:
        raise ProgrammeRefused(gettext("A session lasts from 1 minute to 24 hours."), field="minutes")
    if place.room_id is not None and not _has_room(forum, place.room_id):
        raise ProgrammeRefused(gettext("This room is not there any more. Choose another one."), field="room")
    return _do(forum, session, place, seen=seen, actor=actor, now=now)


def unschedule_session(
    forum: Forum, session: ForumSession, *, seen: str, actor: Account, now: datetime
) -> ProgrammeAct | None:
    """Take a session off the schedule; it goes back to those that have no time.

    Returns and raises as ``put_session`` does. Flushes; the caller commits.
    """
    return _do(forum, session, None, seen=seen, actor=actor, now=now)


def undo_act(forum: Forum, act: ProgrammeAct, *, actor: Account, now: datetime) -> None:
    """Put a session back to where it was before one's own act.

    Raises:
        Stale: the session is not where the act put it, since somebody changed it, or it is undone already.
        ProgrammeRefused: it is another person's act.

    Flushes; the caller commits.
    """
    _turn(forum, act, (ActState.DONE, ActState.UNDONE), (act.after, act.before), actor=actor, now=now)


def redo_act(forum: Forum, act: ProgrammeAct, *, actor: Account, now: datetime) -> None:
    """Do one's own act again that one undid.

    Raises and flushes as ``undo_act`` does.
    """
    _turn(forum, act, (ActState.UNDONE, ActState.DONE), (act.before, act.after), actor=actor, now=now)


def _do(
    forum: Forum, session: ForumSession, place: Place | None, *, seen: str, actor: Account, now: datetime
) -> ProgrammeAct | None:
    slot = _locked_slot(forum, session)
    before = _place_of(slot)
    if token_of(before) != seen:
        raise Stale(_moved_meanwhile(session))
    if place == before:
        return None
    guid = slot.guid if slot else _former_guid(session) or str(uuid4())
    own = update(ProgrammeAct).where(ProgrammeAct.forum_id == forum.id, ProgrammeAct.actor_id == actor.id)
    db.session.execute(own.where(ProgrammeAct.state == ActState.UNDONE).values(state=ActState.LEFT, state_at=now))
    act = ProgrammeAct(
        forum_id=forum.id,
        session=session,
        kind=_kind(before, place),
        slot_guid=guid,
        before_starts_at=before.starts_at if before else None,
        before_minutes=before.minutes if before else None,
        before_room_id=before.room_id if before else None,
        after_starts_at=place.starts_at if place else None,
        after_minutes=place.minutes if place else None,
        after_room_id=place.room_id if place else None,
        actor=actor,
        at=now,
        state_at=now,
    )
    db.session.add(act)
    _put(forum, session, slot, place, guid=guid)
    _note(forum, act, f"session {_VERBS[act.kind]}", (before, place), actor=actor, now=now)
    return act


def _turn(
    forum: Forum,
    act: ProgrammeAct,
    states: tuple[ActState, ActState],
    places: tuple[Place | None, Place | None],
    *,
    actor: Account,
    now: datetime,
) -> None:
    """Let an act go from the first state and place to the second."""
    if act.actor_id != actor.id:
        raise ProgrammeRefused(gettext("You undo your own acts only. Move the session yourself."))
    slot = _locked_slot(forum, act.session)
    db.session.refresh(act, ["state"])
    if act.state is not states[0] or _place_of(slot) != places[0]:
        raise Stale(_moved_meanwhile(act.session))
    _put(forum, act.session, slot, places[1], guid=act.slot_guid)
    act.state, act.state_at = states[1], now
    verb = "undone" if states[1] is ActState.UNDONE else "done again"
    _note(forum, act, f"act on a session {verb}", places, actor=actor, now=now)


def _locked_slot(forum: Forum, session: ForumSession) -> Slot | None:
    """Return the slot as it is now, and keep everybody else from moving it."""
    lock_forum(forum)
    statement = select(Slot).where(Slot.session_id == session.id).with_for_update()
    slot = db.session.scalar(statement.execution_options(populate_existing=True))
    db.session.expire(session, ["slot"])
    return slot


def _put(forum: Forum, session: ForumSession, slot: Slot | None, place: Place | None, *, guid: str) -> None:
    if place is None:
        session.wished_minutes = slot.minutes if slot else session.wished_minutes
        session.slot = None
    elif slot is None:
        values = {"starts_at": place.starts_at, "minutes": place.minutes, "room_id": place.room_id}
        session.slot = Slot(forum_id=forum.id, guid=guid, **values)
    else:
        slot.starts_at, slot.minutes, slot.room_id = place.starts_at, place.minutes, place.room_id
    db.session.flush()


def _note(
    forum: Forum,
    act: ProgrammeAct,
    action: str,
    places: tuple[Place | None, Place | None],
    *,
    actor: Account,
    now: datetime,
) -> None:
    before, after = (token_of(each) for each in places)
    changes = {"place": (before, after)}
    record(action, act.session, actor=actor, now=now, scope=forum.scope, changes=changes)
    mark_programme_changed(forum, now=now)


_VERBS = {
    ScheduleAct.PLACE: "placed",
    ScheduleAct.MOVE: "moved",
    ScheduleAct.RESIZE: "resized",
    ScheduleAct.UNSCHEDULE: "unscheduled",
}


def _kind(before: Place | None, after: Place | None) -> ScheduleAct:
    if before is None:
        return ScheduleAct.PLACE
    if after is None:
        return ScheduleAct.UNSCHEDULE
    same = (before.starts_at, before.room_id) == (after.starts_at, after.room_id)
    return ScheduleAct.RESIZE if same else ScheduleAct.MOVE


def _place_of(slot: Slot | None) -> Place | None:
    return Place(slot.starts_at, slot.minutes, slot.room_id) if slot else None


def _has_room(forum: Forum, room_id: int) -> bool:
    return bool(db.session.scalar(select(func.count()).where(Room.forum_id == forum.id, Room.id == room_id)))


def _former_guid(session: ForumSession) -> str | None:
    """Return the guid under which the session stood in the schedule last: calendars know it."""
    statement = select(ProgrammeAct.slot_guid).where(ProgrammeAct.session_id == session.id)
    return db.session.scalar(statement.order_by(ProgrammeAct.id.desc()).limit(1))


def _moved_meanwhile(session: ForumSession) -> str:
    last = newest_act(session)
    if last is None or _place_of(session.slot) != (last.before if last.state is not ActState.DONE else last.after):
        return gettext(
            "%(title)s was changed since you looked. Nothing was done; look where it is now.", title=session.title
        )
    return gettext(
        "%(name)s changed the place of %(title)s since you looked. Nothing was done; look where it is now.",
        name=last.actor.display_name,
        title=session.title,
    )
