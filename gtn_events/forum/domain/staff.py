"""Who works at a forum: organisers, their helpers, and the people at the doors."""

from datetime import datetime

from sqlalchemy import select

from gtn_events.accounts.domain.invitations import give_or_invite
from gtn_events.accounts.domain.roles import end_grant
from gtn_events.accounts.domain.signed_links import LinkSigner
from gtn_events.accounts.enums import Role
from gtn_events.accounts.models import Account, Invitation, RoleGrant
from gtn_events.core.db import db

from ..errors import StaffRefused
from ..models import Forum
from ..queries.forums import STAFF_ROLES


def add_staff(
    forum: Forum, email: str, role: Role, *, links: LinkSigner, actor: Account, now: datetime
) -> RoleGrant | Invitation:
    """Give a person a role at the forum, or invite them to it when nobody has confirmed the address.

    Args:
        email: in any letter case.
        links: makes the link in the invitation.

    Raises:
        StaffRefused: the role is none of a forum.

    Otherwise raises and flushes as ``give_or_invite``.
    """
    if role not in STAFF_ROLES:
        raise StaffRefused("Choose one of the roles of a forum.", field="role")
    return give_or_invite(email, role, scope=forum.scope, links=links, actor=actor, now=now)


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
