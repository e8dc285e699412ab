"""Reads of the outbox."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import Select, func, select

from ..db import db, reading
from ..permissions import Scope
from .models import MailState, OutboxMail


def mails_in(scope: Scope | None, states: Collection[MailState] = ()) -> Select[OutboxMail]:
    """Select the mails of a scope, or of the whole site for None; all states when none are named."""
    statement = select(OutboxMail)
    if scope is not None:
        statement = statement.where(OutboxMail.scope_kind == scope.kind, OutboxMail.scope_id == scope.id)
    if states:
        statement = statement.where(OutboxMail.state.in_(states))
    return statement


def mail_of_scope(scope: Scope | None, mail_id: int) -> Select[OutboxMail]:
    """Select one mail, only if it belongs to the scope."""
    return mails_in(scope).where(OutboxMail.id == mail_id)


def count_by_state(scope: Scope | None) -> dict[MailState, int]:
    """Return how many mails of a scope stand in each state; every state is a key."""
    statement = select(OutboxMail.state, func.count()).group_by(OutboxMail.state)
    if scope is not None:
        statement = statement.where(OutboxMail.scope_kind == scope.kind, OutboxMail.scope_id == scope.id)
    counted = dict.fromkeys(MailState, 0)
    for state, number in db.session.execute(statement):
        counted[state] = number
    return counted


def has_due_mail(now: datetime) -> bool:
    """Say whether a worker would find something to send."""
    with reading():
        found = bool(due_mail_ids(now, limit=1))
        db.session.rollback()
    return found


def due_mail_ids(now: datetime, *, limit: int) -> list[int]:
    """Return ids of mails that should leave by now, the longest waiting first."""
    statement = (
        select(OutboxMail.id)
        .where(OutboxMail.state == MailState.QUEUED, OutboxMail.next_attempt_at <= now)
        .order_by(OutboxMail.next_attempt_at, OutboxMail.id)
        .limit(limit)
    )
    return list(db.session.scalars(statement))
