"""Roles for people without an account: invited by mail, accepted by a link, withdrawn."""

from datetime import datetime, timedelta

from sqlalchemy.exc import IntegrityError

from gtn_events.core import journal
from gtn_events.core.db import db
from gtn_events.core.permissions import Scope

from ..enums import Role
from ..errors import InvitationClosed, LinkRefused
from ..models import Account, Invitation, RoleGrant
from ..notifications import mail_invitation
from ..queries.invitations import open_invitations
from ..scopes import named_scopes
from . import throttle
from .addresses import Address, parse_address
from .roles import grant_role, require_scope
from .sign_up import account_of_key, confirm_address
from .signed_links import LinkPurpose, LinkSigner

LIFETIME = timedelta(days=14)


def give_or_invite(
    typed: str, role: Role, *, scope: Scope, links: LinkSigner, actor: Account, now: datetime
) -> RoleGrant | Invitation:
    """Give a role to whoever has this address: at once to a confirmed account, otherwise by an invitation.

    Args:
        typed: an e-mail address in any letter case.
        scope: what the role is for; see ``SCOPE_KINDS``.
        links: makes the link in the mail.

    Raises:
        DomainError: it is no address; belongs to the field ``email``.
        GrantRefused: the role is never given for this kind of scope.
        TooManyAttempts: the address was invited too often, or the actor invites too many.

    Flushes; the caller commits.
    """
    require_scope(role, scope)
    address = parse_address(typed)
    account = account_of_key(address.key)
    if account is None or account.email_confirmed_at is None:
        return _invite(address, role, scope, links=links, actor=actor, now=now)
    invitation = _open(address.key, role, scope)
    if invitation is not None:
        _close(invitation, account, now=now)
    return grant_role(account, role, scope=scope, actor=actor, now=now)


def send_again(invitation: Invitation, *, links: LinkSigner, actor: Account, now: datetime) -> None:
    """Mail an open invitation once more; it runs anew from now, and earlier links work as long.

    Raises:
        InvitationClosed: it was accepted or withdrawn meanwhile.
        TooManyAttempts: the address was invited too often, or the actor invites too many.

    Flushes; the caller commits.
    """
    _lock(invitation)
    if invitation.accepted_at is not None or invitation.withdrawn_at is not None:
        raise InvitationClosed("This invitation was accepted or withdrawn meanwhile. No mail was sent.")
    invitation.expires_at = now + LIFETIME
    _mail(invitation, links=links, actor=actor, now=now)
    _record("invitation sent again", invitation, actor=actor, now=now)


def withdraw_invitation(invitation: Invitation, *, actor: Account, now: datetime) -> None:
    """Make the link of an invitation useless; one that was withdrawn stays as it is. Flushes; the caller commits.

    Raises:
        InvitationClosed: the person has accepted it meanwhile.
    """
    _lock(invitation)
    if invitation.accepted_at is not None:
        raise InvitationClosed("This invitation was accepted meanwhile. End the person's role instead.")
    if invitation.withdrawn_at is None:
        invitation.withdrawn_at = now
        _record("invitation withdrawn", invitation, actor=actor, now=now)
    db.session.flush()


def invitation_of_link(invitation_id: int, *, now: datetime) -> Invitation:
    """Return the invitation that a link was made for.

    Raises:
        LinkRefused: it was accepted, withdrawn, or is too old; the text says which.
    """
    invitation = db.session.get(Invitation, invitation_id)
    if invitation is None:
        raise LinkRefused("This invitation is no longer there. Ask whoever invited you for a new one.")
    _require_open(invitation, now=now)
    return invitation


def accept_invitation(invitation: Invitation, account: Account, *, now: datetime) -> RoleGrant:
    """Give the invited role to the account of the invited address; the link proved the address.

    Raises:
        LinkRefused: the invitation was accepted, withdrawn, or is too old.
        InvitationClosed: the account has another address than the invited one.

    Flushes; the caller commits.
    """
    _lock(invitation)
    _require_open(invitation, now=now)
    if account.email_key != invitation.email_key:
        raise InvitationClosed(f"This invitation is for {invitation.email}. Sign in with that address to accept it.")
    confirm_address(account, now=now)
    inviter = db.session.get(Account, invitation.invited_by_id) if invitation.invited_by_id else None
    grant = grant_role(account, invitation.role, scope=invitation.scope, actor=inviter, now=now)
    _close(invitation, account, now=now)
    return grant


def _invite(
    address: Address, role: Role, scope: Scope, *, links: LinkSigner, actor: Account, now: datetime
) -> Invitation:
    invitation = _open(address.key, role, scope) or _add(address, role, scope, actor=actor, now=now)
    if invitation is None:
        raise InvitationClosed(f"Somebody else invited {address.email} at the same moment. No second mail was sent.")
    invitation.expires_at = now + LIFETIME
    _mail(invitation, links=links, actor=actor, now=now)
    _record("person invited", invitation, actor=actor, now=now)
    return invitation


def _open(email_key: str, role: Role, scope: Scope) -> Invitation | None:
    statement = open_invitations(scope).where(Invitation.email_key == email_key, Invitation.role == role)
    return db.session.scalar(statement.with_for_update())


def _add(address: Address, role: Role, scope: Scope, *, actor: Account, now: datetime) -> Invitation | None:
    invitation = Invitation(
        email=address.email,
        email_key=address.key,
        role=role,
        scope_kind=scope.kind,
        scope_id=scope.id,
        invited_at=now,
        invited_by_id=actor.id,
        expires_at=now + LIFETIME,
    )
    try:
        with db.session.begin_nested():
            db.session.add(invitation)
    except IntegrityError:
        # Another organiser was first; the unique index decides.
        return None
    return invitation


def _mail(invitation: Invitation, *, links: LinkSigner, actor: Account, now: datetime) -> None:
    limits = [(throttle.INVITED_ADDRESS, invitation.email_key), (throttle.INVITER, str(actor.id))]
    throttle.require_allowed(limits, now=now)
    throttle.count_attempt(limits, now=now)
    place = named_scopes([invitation.scope])[invitation.scope].name
    token = links.make(LinkPurpose.INVITATION, {"invitation": invitation.id}, now=now)
    mail_invitation(invitation, token, place=place, inviter=actor, now=now)


def _lock(invitation: Invitation) -> None:
    db.session.refresh(invitation, with_for_update=True)


def _require_open(invitation: Invitation, *, now: datetime) -> None:
    if invitation.accepted_at is not None:
        raise LinkRefused("This invitation was accepted already. Sign in to go on.")
    if invitation.withdrawn_at is not None:
        raise LinkRefused("This invitation was withdrawn. Ask whoever invited you if you think that is a mistake.")
    if invitation.expires_at <= now:
        raise LinkRefused("This invitation is too old. Ask whoever invited you to send it again.")


def _close(invitation: Invitation, account: Account, *, now: datetime) -> None:
    invitation.accepted_at, invitation.accepted_by_id = now, account.id
    db.session.flush()
    _record("invitation accepted", invitation, actor=account, now=now)


def _record(action: str, invitation: Invitation, *, actor: Account, now: datetime) -> None:
    # Without the address: the journal outlives an erasure.
    changes = {"role": (None, invitation.role.value)}
    journal.record(action, invitation, actor=actor, now=now, scope=invitation.scope, changes=changes)
