"""Giving and ending roles."""

from datetime import datetime

from sqlalchemy import Select, select

from gtn_events.core import journal
from gtn_events.core.db import db
from gtn_events.core.permissions import Scope

from ..enums import Role
from ..errors import GrantRefused, LastAdministrator
from ..models import Account, RoleGrant

SITE = Scope("site", 0)

SCOPE_KINDS: dict[Role, frozenset[str]] = {
    Role.ADMINISTRATOR: frozenset({"site"}),
    Role.ORGANISER: frozenset({"site", "forum", "competition", "call"}),
    Role.HELPER: frozenset({"forum", "competition", "call"}),
    Role.ECONOMY_COORDINATOR: frozenset({"economy"}),
    Role.REGIONAL_COORDINATOR: frozenset({"group"}),
    Role.CHECK_IN_STAFF: frozenset({"forum"}),
    Role.TRAVEL_OFFICER: frozenset({"forum"}),
    Role.JUDGE: frozenset({"competition"}),
    Role.INTEGRITY_OFFICER: frozenset({"competition"}),
    Role.HOST_MANAGER: frozenset({"host"}),
    Role.SIDE_EVENT_HOST: frozenset({"side-event"}),
}


def grant_role(account: Account, role: Role, *, scope: Scope, actor: Account | None, now: datetime) -> RoleGrant:
    """Give a person a role for one scope and write it into the journal.

    Args:
        account: who gets the role.
        role: an administrator's scope is always the site; see SCOPE_KINDS for the others.
        scope: ``SITE``, or the forum, economy, competition, call, host or side event it is for.
        actor: who gives it; None when the system does (the first administrator).
        now: the moment from which the role holds.

    Returns:
        The new grant, or the one that the person holds already.

    Raises:
        GrantRefused: the role is never given for this kind of scope, or the person is erased.

    Flushes; the caller commits.
    """
    require_scope(role, scope)
    if account.erased_at is not None:
        raise GrantRefused("This person's data was erased. Roles can be given to people with an account only.")
    held = db.session.scalar(_live(role, scope).where(RoleGrant.account_id == account.id))
    if held is not None:
        return held
    grant = RoleGrant(
        account_id=account.id,
        role=role,
        scope_kind=scope.kind,
        scope_id=scope.id,
        granted_at=now,
        granted_by_id=actor.id if actor else None,
    )
    db.session.add(grant)
    db.session.flush()
    changes = {"role": (None, role.value)}
    journal.record("role granted", account, actor=actor, now=now, scope=scope, changes=changes)
    return grant


def require_scope(role: Role, scope: Scope) -> None:
    """Raise ``GrantRefused`` when a role is never given for this kind of scope."""
    if scope.kind not in SCOPE_KINDS[role]:
        raise GrantRefused(f"The role “{role.label}” cannot be given for this. Nothing was changed.", field="role")


def end_grant(grant: RoleGrant, *, actor: Account | None, now: datetime) -> None:
    """Take a role back; an ended grant stays as it is.

    Raises:
        LastAdministrator: nobody would be left who can administer the site.

    Flushes; the caller commits.
    """
    if grant.ended_at is not None:
        return
    if grant.role is Role.ADMINISTRATOR:
        _require_another_administrator(grant)
    grant.ended_at = now
    db.session.flush()
    changes = {"role": (grant.role.value, None)}
    journal.record("role ended", grant.account, actor=actor, now=now, scope=grant.scope, changes=changes)


def _require_another_administrator(grant: RoleGrant) -> None:
    # The rows are locked, so that two administrators cannot leave at the same moment.
    live = list(db.session.scalars(_live(Role.ADMINISTRATOR, SITE).with_for_update()))
    if not any(other.account_id != grant.account_id for other in live):
        raise LastAdministrator(
            "This is the last administrator. Make another person an administrator first, then end this role."
        )


def _live(role: Role, scope: Scope) -> Select[RoleGrant]:
    return select(RoleGrant).where(
        RoleGrant.role == role,
        RoleGrant.scope_kind == scope.kind,
        RoleGrant.scope_id == scope.id,
        RoleGrant.ended_at.is_(None),
    )
