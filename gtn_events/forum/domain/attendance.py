"""Setting who counts as having attended a forum."""

from datetime import datetime
from typing import Any

from gtn_events.accounts.models import Account
from gtn_events.core.db import db
from gtn_events.core.journal import record
from gtn_events.core.versions import require_as_seen

from ..enums import AttendanceKind
from ..errors import ForumRefused
from ..models import AttendanceCheckpoint, AttendanceRule, Forum
from ..queries.attendance_rule import Rule, checkpoints_of, days_needed, rule_of, rule_row_of
from .locking import lock_forum


def check_rule(forum: Forum, rule: Rule) -> None:
    """Make sure that a rule can be asked for.

    Raises:
        ForumRefused: the share is none of 1 to 100, or no checkpoint of this forum is named.
    """
    if not 1 <= rule.percent <= 100:
        raise ForumRefused("Write a number from 1 to 100.", field="percent")
    known = {each.id for each in checkpoints_of(forum)}
    if rule.kind is AttendanceKind.CHECKPOINTS and (
        not rule.checkpoint_ids or not known.issuperset(rule.checkpoint_ids)
    ):
        raise ForumRefused("Choose at least one checkpoint.", field="checkpoint_ids")


def set_rule(forum: Forum, rule: Rule, *, seen: int | None = None, actor: Account, now: datetime) -> None:
    """Set the rule of a forum; certificates that were issued stay valid.

    Args:
        seen: the ``lock_version`` that the person's page shows, None when it does not matter.

    Raises:
        Stale: somebody else set another rule since.
        ForumRefused: see ``check_rule``.

    Flushes; the caller commits.
    """
    lock_forum(forum)
    check_rule(forum, rule)
    row, before = rule_row_of(forum), rule_of(forum)
    if before == rule:
        return
    require_as_seen(row, seen)
    if row is None:
        row = AttendanceRule(forum_id=forum.id, lock_version=0)
        db.session.add(row)
    row.lock_version += 1
    row.kind, row.percent, row.every = rule.kind, rule.percent, rule.every
    kept = {each.checkpoint_id: each for each in row.checkpoints}
    row.checkpoints = [kept.get(each) or AttendanceCheckpoint(checkpoint_id=each) for each in rule.checkpoint_ids]
    changes = {"rule": (_told(before), _told(rule))}
    record("attendance rule changed", forum, actor=actor, now=now, scope=forum.scope, changes=changes)
    db.session.flush()


def rule_in_words(forum: Forum) -> str:
    """Return what a certificate says about the rule that its holder met."""
    rule = rule_of(forum)
    if rule.kind is AttendanceKind.DAYS:
        needed, days = days_needed(forum, rule.percent), days_needed(forum, 100)
        return f"Present on at least {needed} of the {days} days of the forum." if days > 1 else "Present at the forum."
    if rule.kind is AttendanceKind.CHECKPOINTS:
        labels = [each.label for each in checkpoints_of(forum) if each.id in rule.checkpoint_ids]
        if labels:
            return f"Checked in at: {(', ' if rule.every else ' or ').join(labels)}."
    return "Checked in at the forum."


def _told(rule: Rule) -> dict[str, Any]:
    return {
        "kind": rule.kind.value,
        "percent": rule.percent,
        "every": rule.every,
        "checkpoints": list(rule.checkpoint_ids),
    }
