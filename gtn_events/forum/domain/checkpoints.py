"""Adds, changes, closes and opens checkpoints."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import exists, func, select

from gtn_events.accounts.models import Account
from gtn_events.core.db import db
from gtn_events.core.journal import record
from gtn_events.core.versions import require_as_seen

from ..enums import CheckpointKind, CheckpointRule
from ..errors import CheckpointRefused
from ..models import CheckIn, Checkpoint, Forum, SideEvent
from .locking import lock_forum
from .slugs import free_slug, slug_of


@dataclass(frozen=True, kw_only=True)
class CheckpointDetails:
    """Everything an organiser says about a checkpoint; no category keys let every category pass."""

    label: str
    kind: CheckpointKind
    rule: CheckpointRule
    side_event: SideEvent | None
    category_keys: tuple[str, ...]
    counts: bool


def add_checkpoint(forum: Forum, details: CheckpointDetails, *, actor: Account, now: datetime) -> Checkpoint:
    """Give the forum one more checkpoint, at the end.

    Raises:
        CheckpointRefused: another one has this name, or a side event's door has no side event.
    """
    lock_forum(forum)
    _check(forum, details, checkpoint=None)
    last = db.session.scalar(select(func.max(Checkpoint.position)).where(Checkpoint.forum_id == forum.id))
    checkpoint = Checkpoint(
        forum=forum, key=_key_of(forum, details.label), position=(last or 0) + 1, **_values(details)
    )
    db.session.add(checkpoint)
    db.session.flush()
    changes = {"label": (None, details.label), "rule": (None, details.rule.value)}
    record("checkpoint added", checkpoint, actor=actor, now=now, scope=forum.scope, changes=changes)
    return checkpoint


def edit_checkpoint(
    checkpoint: Checkpoint, details: CheckpointDetails, *, seen: int | None = None, actor: Account, now: datetime
) -> None:
    """Change a checkpoint.

    Args:
        seen: the ``lock_version`` that the person's page shows, None when it does not matter.

    Raises:
        Stale: somebody else changed it since.
        CheckpointRefused: as for a new one; or the rule would change under people who have passed by it.
    """
    lock_forum(checkpoint.forum)
    db.session.refresh(checkpoint)
    require_as_seen(checkpoint, seen)
    _check(checkpoint.forum, details, checkpoint=checkpoint)
    if details.rule is not checkpoint.rule and _was_passed(checkpoint):
        raise CheckpointRefused(
            f"People have passed {checkpoint.label} by its rule. Close it and add another checkpoint.", field="rule"
        )
    values = _values(details)
    changes = {
        name: (_plain(getattr(checkpoint, name)), _plain(value))
        for name, value in values.items()
        if name != "side_event" and getattr(checkpoint, name) != value
    }
    for name, value in values.items():
        setattr(checkpoint, name, value)
    checkpoint.lock_version += 1
    db.session.flush()
    record("checkpoint changed", checkpoint, actor=actor, now=now, scope=checkpoint.scope, changes=changes)


def close_checkpoint(checkpoint: Checkpoint, *, actor: Account, now: datetime) -> None:
    """Let nobody pass any more; scans from before this moment still arrive. Closed twice, it changes nothing.

    Raises:
        CheckpointRefused: it is the last one that is open.
    """
    lock_forum(checkpoint.forum)
    db.session.refresh(checkpoint)
    if checkpoint.closed_at is not None:
        return
    others = exists().where(
        Checkpoint.forum_id == checkpoint.forum_id, Checkpoint.id != checkpoint.id, Checkpoint.closed_at.is_(None)
    )
    if not db.session.scalar(select(others)):
        raise CheckpointRefused("A forum has at least one checkpoint. Add another one first.")
    checkpoint.closed_at = now
    record("checkpoint closed", checkpoint, actor=actor, now=now, scope=checkpoint.scope)
    db.session.flush()


def reopen_checkpoint(checkpoint: Checkpoint, *, actor: Account, now: datetime) -> None:
    """Let people pass again. Opened twice, it changes nothing. Flushes."""
    lock_forum(checkpoint.forum)
    db.session.refresh(checkpoint)
    if checkpoint.closed_at is None:
        return
    checkpoint.closed_at = None
    record("checkpoint opened again", checkpoint, actor=actor, now=now, scope=checkpoint.scope)
    db.session.flush()


def _check(forum: Forum, details: CheckpointDetails, *, checkpoint: Checkpoint | None) -> None:
    if (details.kind is CheckpointKind.SIDE_EVENT) != (details.side_event is not None):
        raise CheckpointRefused(
            "Say which side event it is the door of, or choose another kind.", field="side_event_id"
        )
    same = select(Checkpoint.id).where(Checkpoint.forum_id == forum.id, Checkpoint.label == details.label)
    found = db.session.scalar(same)
    if found is not None and (checkpoint is None or found != checkpoint.id):
        raise CheckpointRefused(f"There is a checkpoint {details.label} already.", field="label")


def _was_passed(checkpoint: Checkpoint) -> bool:
    return bool(db.session.scalar(select(exists().where(CheckIn.checkpoint_id == checkpoint.id))))


def _values(details: CheckpointDetails) -> dict[str, object]:
    return {
        "label": details.label,
        "kind": details.kind,
        "rule": details.rule,
        "side_event": details.side_event,
        "category_keys": list(details.category_keys),
        "counts": details.counts,
    }


def _plain(value: object) -> object:
    return str(value) if isinstance(value, (CheckpointKind, CheckpointRule)) else value


def _key_of(forum: Forum, label: str) -> str:
    taken = set(db.session.scalars(select(Checkpoint.key).where(Checkpoint.forum_id == forum.id)))
    return free_slug(slug_of(label)[:34].strip("-") or "checkpoint", taken)
