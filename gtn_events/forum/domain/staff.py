"""Who works at a forum: organisers, their helpers, and the people at the doors."""

from datetime import datetime

from sqlalchemy import select

from gtn_events.accounts.domain.roles import end_grant, grant_role
from gtn_events.accounts.enums import Role
from gtn_events.accounts.models import Account, RoleGrant
from gtn_events.core.db import db

from ..errors import StaffRefused
from ..models import Forum
from ..queries.forums import STAFF_ROLES


def add_staff(forum: Forum, email: str, role: Role, *, actor: Account, now: datetime) -> RoleGrant:
    """Give a person a role at the forum; it may be held already.

    Args:
        email: the address of an account, in any letter case.

    Raises:
        StaffRefused: no account has this address, it was never confirmed, or the role is none of a forum.

    Flushes; the caller commits.
    """
    if role not in STAFF_ROLES:
        raise StaffRefused("Choose one of the roles of a forum.", field="role")
    account = db.session.scalar(select(Account).where(Account.email_key == email.strip().lower()))
    if account is None:
        raise StaffRefused(
            f"Nobody has an account with {email.strip()}. Ask the person to create one, then come back.",
            field="email",
        )
    if account.email_confirmed_at is None:
        raise StaffRefused(f"{account.email} has not been confirmed by its owner yet.", field="email")
    return grant_role(account, role, scope=forum.scope, actor=actor, now=now)


def end_staff(forum: Forum, grant: RoleGrant, *, actor: Account, now: datetime) -> None:
    """Take a role at the forum back.

    Raises:
        StaffRefused: the forum would be left without an organiser.

    Flushes; the caller commits.
    """
    if grant.role is Role.ORGANISER and len(_organisers(forum)) == 1:
        raise StaffRefused(f"{grant.account.display_name} is the only organiser. Add another organiser first.")
    end_grant(grant, actor=actor, now=now)


def is_organiser(forum: Forum, account: Account) -> bool:
    """Say whether a person holds the organiser's role at this very forum."""
    return account.id in _organisers(forum)


def _organisers(forum: Forum) -> list[int]:
    statement = select(RoleGrant.account_id).where(
        RoleGrant.role == Role.ORGANISER,
        RoleGrant.scope_kind == forum.scope.kind,
        RoleGrant.scope_id == forum.scope.id,
        RoleGrant.ended_at.is_(None),
    )
    return list(db.session.scalars(statement))
