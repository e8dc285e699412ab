"""Reads of invitations that nobody has answered yet."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Select, select

from gtn_events.core.db import db
from gtn_events.core.permissions import Scope

from ..enums import Role
from ..models import Account, Invitation
from ..scopes import named_scopes
from .people import names_of


@dataclass(frozen=True)
class InvitationRow:
    """One open invitation as a list shows it; ``invited_by`` is empty for the system."""

    invitation: Invitation
    place: str
    invited_by: str
    expired: bool


def open_invitations(scope: Scope | None = None, *, roles: Sequence[Role] | None = None) -> Select[Invitation]:
    """Select what is neither accepted nor withdrawn, for one scope and some roles or for all, the newest first."""
    statement = select(Invitation).where(Invitation.accepted_at.is_(None), Invitation.withdrawn_at.is_(None))
    if scope is not None:
        statement = statement.where(Invitation.scope_kind == scope.kind, Invitation.scope_id == scope.id)
    if roles is not None:
        statement = statement.where(Invitation.role.in_(roles))
    return statement.order_by(Invitation.invited_at.desc(), Invitation.id.desc())


def invitations_to(account: Account, *, now: datetime) -> Select[Invitation]:
    """Select what a person can accept now: open, not expired, to the address they have."""
    return open_invitations().where(Invitation.email_key == account.email_key, Invitation.expires_at > now)


def rows_of(invitations: Sequence[Invitation], *, now: datetime) -> list[InvitationRow]:
    """Return invitations with the names behind their numbers, in a fixed number of queries."""
    places = named_scopes(each.scope for each in invitations)
    inviters = names_of({each.invited_by_id for each in invitations if each.invited_by_id is not None})
    return [
        InvitationRow(
            invitation=each,
            place=places[each.scope].name,
            invited_by=inviters.get(each.invited_by_id or 0, ""),
            expired=each.expires_at <= now,
        )
        for each in invitations
    ]


def open_rows(scope: Scope | None = None, *, roles: Sequence[Role] | None = None, now: datetime) -> list[InvitationRow]:
    """Return what ``open_invitations`` selects as a list shows it."""
    return rows_of(db.session.scalars(open_invitations(scope, roles=roles)).all(), now=now)
