"""The groups of economies that have a coordinator of their own."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import exists, select

from gtn_events.accounts.domain.staff import end_everybody
from gtn_events.accounts.models import Account
from gtn_events.core import journal
from gtn_events.core.db import db
from gtn_events.core.economies import Economy
from gtn_events.core.versions import require_as_seen

from ..errors import GroupRefused
from ..models import CoordinatorPost, EconomyGroup


def save_group(
    group: EconomyGroup | None,
    name: str,
    economies: Sequence[Economy],
    *,
    seen: int | None = None,
    actor: Account,
    now: datetime,
) -> EconomyGroup:
    """Name a group and say which economies are in it; None makes a new one. Flushes; the caller commits.

    Args:
        seen: the ``lock_version`` that the person's page shows, None when it does not matter.

    Raises:
        GroupRefused: another group has this name, or there is no economy in it.
        Stale: somebody else changed it since.
    """
    if group is not None:
        db.session.refresh(group, with_for_update={"of": EconomyGroup, "key_share": True})
        require_as_seen(group, seen)
    if not economies:
        raise GroupRefused("Choose at least one economy.", field="economies")
    other = db.session.scalar(select(EconomyGroup).where(EconomyGroup.name == name))
    if other is not None and other is not group:
        raise GroupRefused("Another group has this name.", field="name")
    before = (group.name, _names(group.economies)) if group is not None else (None, None)
    group = group or EconomyGroup()
    group.name, group.economies = name, list(economies)
    if before[0] is not None:
        group.lock_version += 1
    db.session.add(group)
    db.session.flush()
    changes = {"name": (before[0], name), "economies": (before[1], _names(economies))}
    changed = {key: pair for key, pair in changes.items() if pair[0] != pair[1]}
    journal.record("group saved", group, actor=actor, now=now, scope=group.scope, changes=changed)
    return group


def remove_group(group: EconomyGroup, *, actor: Account, now: datetime) -> None:
    """Remove a group that never had a coordinator. Flushes; the caller commits.

    Raises:
        GroupRefused: somebody coordinates it or did; the history of posts stays.
    """
    if db.session.scalar(select(exists().where(CoordinatorPost.group_id == group.id))):
        raise GroupRefused("This group has posts, and their history is kept. Rename it, or change its economies.")
    end_everybody(group.scope, actor=actor, now=now)
    journal.record("group removed", group, actor=actor, now=now, changes={"name": (group.name, None)})
    db.session.delete(group)
    db.session.flush()


def _names(economies: Sequence[Economy]) -> str:
    return "; ".join(each.short_name for each in sorted(economies, key=lambda each: each.rank))
