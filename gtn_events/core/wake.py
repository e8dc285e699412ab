"""Telling the workers to look, after the transaction that gave them work was committed."""

from collections.abc import Callable

from flask import Flask, current_app, has_app_context
from sqlalchemy import event
from sqlalchemy.orm import Session

from .db import db

Ring = Callable[[str], object]
EXTENSION = "gtn-ring"
PENDING = "gtn-wakes"


def wake_after_commit(what: str) -> None:
    """Ring once for ``what`` (``mail`` or ``jobs``) when the present transaction is committed, never when it is not."""
    db.session.info.setdefault(PENDING, set()).add(what)


def init_app(app: Flask, ring: Ring) -> None:
    """Say how this application reaches its workers."""
    app.extensions[EXTENSION] = ring


def _ring(session: Session) -> None:
    # Savepoints end with an event of their own; only the outermost commit makes rows visible.
    if session.in_nested_transaction() or not (has_app_context() and EXTENSION in current_app.extensions):
        return
    for what in sorted(session.info.pop(PENDING, ())):
        current_app.extensions[EXTENSION](what)


def _forget(session: Session) -> None:
    if not session.in_nested_transaction():
        session.info.pop(PENDING, None)


event.listen(Session, "after_commit", _ring)
event.listen(Session, "after_rollback", _forget)
