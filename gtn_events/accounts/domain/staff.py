"""Who works at one forum or competition: organisers, their helpers, and whoever else has a task there."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select

from gtn_events.core.db import db
from gtn_events.core.permissions import Scope

from ..enums import Role
from ..errors import StaffRefused
from ..models import Account, Invitation, RoleGrant
from ..queries.invitations import open_invitations
from .invitations import give_or_invite, withdraw_invitation
from .roles import end_grant
from .signed_links import LinkSigner


def add_staff(
    scope: Scope,
    email: str,
    role: Role,
    *,
    roles: Sequence[Role],
    links: LinkSigner,
    actor: Account,
    now: datetime,
) -> RoleGrant | Invitation:
    """Give a person a role within a scope, or invite them to it when nobody has confirmed the address.

    Args:
        email: in any letter case.
        roles: the roles that can be given here.
        links: makes the link in the invitation.

    Raises:
        StaffRefused: the role is none of these.

    Otherwise raises and flushes as ``give_or_invite``.
    """
    if role not in roles:
        raise StaffRefused("Choose one of the roles that can be given here.", field="role")
    return give_or_invite(email, role, scope=scope, links=links, actor=actor, now=now)


def end_staff(grant: RoleGrant, *, actor: Account, now: datetime) -> None:
    """Take a role back.

    Raises:
        StaffRefused: what it was for would be left without an organiser.

    Flushes; the caller commits.
    """
    if grant.role is Role.ORGANISER and len(_organisers(grant.scope)) == 1:
        raise StaffRefused(f"{grant.account.display_name} is the only organiser. Add another organiser first.")
    end_grant(grant, actor=actor, now=now)


def end_everybody(scope: Scope, *, actor: Account, now: datetime) -> None:
    """Take back every role and every invitation for a thing that is deleted: its number can come to another one.

    Flushes; the caller commits.
    """
    held = select(RoleGrant).where(
        RoleGrant.scope_kind == scope.kind, RoleGrant.scope_id == scope.id, RoleGrant.ended_at.is_(None)
    )
    for grant in db.session.scalars(held).all():
        end_grant(grant, actor=actor, now=now)
    for invitation in db.session.scalars(open_invitations(scope)).all():
        withdraw_invitation(invitation, actor=actor, now=now)


def is_organiser(scope: Scope, account: Account) -> bool:
    """Say whether a person holds the organiser's role for this very thing."""
    return account.id in _organisers(scope)


def _organisers(scope: Scope) -> list[int]:
    statement = select(RoleGrant.account_id).where(
        RoleGrant.role == Role.ORGANISER,
        RoleGrant.scope_kind == scope.kind,
        RoleGrant.scope_id == scope.id,
        RoleGrant.ended_at.is_(None),
    )
    return list(db.session.scalars(statement))
