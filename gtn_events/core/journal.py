"""The journal: who did what to which record, with from and to values, shown on the record."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Index, Select, String, Text, select
from sqlalchemy.orm import Mapped, mapped_column

from .db import Model, db
from .permissions import Scope


class JournalEntry(Model):
    """One act on one record. Never holds a sensitive answer; ``actor_id`` is None for the system."""

    __tablename__ = "core_journal"
    __table_args__ = (
        Index("ix_core_journal_subject", "subject_type", "subject_id", "id"),
        Index("ix_core_journal_scope", "scope_kind", "scope_id", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime]
    actor_id: Mapped[int | None] = mapped_column(index=True)
    action: Mapped[str] = mapped_column(String(60))
    subject_type: Mapped[str] = mapped_column(String(60))
    subject_id: Mapped[int]
    scope_kind: Mapped[str | None] = mapped_column(String(30))
    scope_id: Mapped[int | None]
    changes: Mapped[dict[str, Any]] = mapped_column(default=dict)
    reason: Mapped[str | None] = mapped_column(Text)


def record(
    action: str,
    subject: Any,  # Any: a mapped row of any table
    *,
    actor: Any,  # Any: an Account or None; accounts stand above core
    now: datetime,
    scope: Scope | None = None,
    changes: Mapping[str, tuple[Any, Any]] | None = None,
    reason: str | None = None,
) -> JournalEntry:
    """Write down one act, in the transaction of the act itself.

    Args:
        action: a verb phrase in the past tense, ``"registration confirmed"``.
        subject: a flushed row; its table name and id are kept.
        actor: an account, or None when the system acted.
        changes: field name to (from, to); values must be JSON-ready.
        reason: what the actor gave as a reason, if anything.
    """
    entry = JournalEntry(
        at=now,
        actor_id=actor.id if actor is not None else None,
        action=action,
        subject_type=subject.__tablename__,
        subject_id=subject.id,
        scope_kind=scope.kind if scope else None,
        scope_id=scope.id if scope else None,
        changes={name: [before, after] for name, (before, after) in (changes or {}).items()},
        reason=reason,
    )
    db.session.add(entry)
    return entry


def entries_about(subject: Any, *, limit: int = 50) -> Select[JournalEntry]:
    """Select what happened to one record, the newest first."""
    return (
        select(JournalEntry)
        .where(JournalEntry.subject_type == subject.__tablename__, JournalEntry.subject_id == subject.id)
        .order_by(JournalEntry.id.desc())
        .limit(limit)
    )


def entries_in(scope: Scope, *, limit: int = 50) -> Select[JournalEntry]:
    """Select what happened within one scope (a forum), the newest first."""
    return (
        select(JournalEntry)
        .where(JournalEntry.scope_kind == scope.kind, JournalEntry.scope_id == scope.id)
        .order_by(JournalEntry.id.desc())
        .limit(limit)
    )


@dataclass(frozen=True)
class ShownEntry:
    """One act as a page shows it, with the actor's name; ``about`` is the table and the id of its record."""

    at: datetime
    action: str
    actor_name: str | None
    subject: str
    reason: str | None
    changes: dict[str, Any]
    about: tuple[str, int] = ("", 0)


NamesOf = Callable[[Collection[int]], Mapping[int, str]]
_names_of: list[NamesOf] = []


def register_actor_names(names_of: NamesOf) -> None:
    """Say who turns actors' ids into names; accounts stand above core and leave their function here."""
    _names_of[:] = [names_of]


def shown_entries(entries: Sequence[JournalEntry]) -> list[ShownEntry]:
    """Return entries with the names of their actors, read in one query; None for the system."""
    ids = {entry.actor_id for entry in entries if entry.actor_id is not None}
    names = _names_of[0](ids) if _names_of and ids else {}
    return [
        ShownEntry(
            at=entry.at,
            action=entry.action,
            actor_name=None if entry.actor_id is None else names.get(entry.actor_id, f"#{entry.actor_id}"),
            subject=f"{entry.subject_type.rpartition('_')[2]} {entry.subject_id}",
            reason=entry.reason,
            changes=entry.changes,
            about=(entry.subject_type, entry.subject_id),
        )
        for entry in entries
    ]
