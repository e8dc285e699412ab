"""Materials of sessions: all for those who keep them, and those that one reader may have."""

from sqlalchemy import ColumnElement, Select, and_, exists, or_, select
from sqlalchemy.orm import joinedload

from gtn_events.core.db import db

from ..enums import ACTIVE_STATES, MaterialAccess, RegistrationState
from ..models import ForumSession, Registration, SessionMaterial, SessionSpeaker, Speaker


def materials_of(session_id: int) -> Select[SessionMaterial]:
    """Select every material of a session with its file, in the order in which they came."""
    return (
        select(SessionMaterial)
        .where(SessionMaterial.session_id == session_id)
        .options(joinedload(SessionMaterial.upload))
        .order_by(SessionMaterial.id)
    )


def materials_for(session_id: int, *, account_id: int | None, organises: bool) -> Select[SessionMaterial]:
    """Select the materials of a session that a reader may have, so that nobody reads of others.

    Args:
        session_id: of which session.
        account_id: who reads; None for a visitor.
        organises: they work on the programme, so they may have everything.
    """
    statement = materials_of(session_id)
    return statement if organises else statement.where(_open_to(account_id))


def material_titles_by(account_id: int) -> list[tuple[str, str]]:
    """Return (session, title) of every material that a person added."""
    statement = (
        select(ForumSession.title, SessionMaterial.title)
        .join(ForumSession, ForumSession.id == SessionMaterial.session_id)
        .where(SessionMaterial.added_by_id == account_id)
        .order_by(SessionMaterial.id)
    )
    return [(row[0], row[1]) for row in db.session.execute(statement)]


def _open_to(account_id: int | None) -> ColumnElement[bool]:
    """Return the rule: everybody, whoever has registered, confirmed delegates; and always who speaks there."""
    is_public = SessionMaterial.access == MaterialAccess.PUBLIC
    if account_id is None:
        return is_public
    theirs = exists().where(
        Registration.account_id == account_id,
        Registration.forum_id == ForumSession.forum_id,
        ForumSession.id == SessionMaterial.session_id,
    )
    registered = theirs.where(Registration.state.in_(ACTIVE_STATES))
    confirmed = theirs.where(Registration.state == RegistrationState.CONFIRMED)
    speaks = exists().where(
        SessionSpeaker.session_id == SessionMaterial.session_id,
        SessionSpeaker.speaker_id == Speaker.id,
        Speaker.account_id == account_id,
    )
    return or_(
        is_public,
        and_(SessionMaterial.access == MaterialAccess.REGISTERED, registered),
        and_(SessionMaterial.access == MaterialAccess.CONFIRMED, confirmed),
        speaks,
    )
