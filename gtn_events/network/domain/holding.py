"""The role follows the post: given when it begins, ended when it is over, at once when the dates say so."""

from datetime import datetime

from sqlalchemy import select

from gtn_events.accounts.domain.addresses import address_key
from gtn_events.accounts.domain.invitations import give_or_invite, withdraw_invitation
from gtn_events.accounts.domain.roles import end_grant, grant_role
from gtn_events.accounts.domain.sign_up import account_of_key
from gtn_events.accounts.domain.signed_links import LinkSigner
from gtn_events.accounts.models import Account, Invitation
from gtn_events.core.db import db

from ..enums import PostState
from ..models import CoordinatorPost


def settle(post: CoordinatorPost, *, links: LinkSigner, actor: Account | None, now: datetime) -> None:
    """Give or end the role of a post as its dates say; as often as one likes. Flushes; the caller commits.

    Whoever has no account yet is invited when the post begins, and has the role as soon as
    the invitation is accepted. A role that somebody holds already becomes that of the post.

    Args:
        links: makes the link in an invitation.
        actor: who changed the post; None when the clock did.
    """
    if post.account is None:
        post.account = _confirmed(post.holder_email)
    state = post.state(now)
    if state is PostState.HELD:
        _give(post, links=links, actor=actor, now=now)
    else:
        _end(post, actor=actor, now=now)
    db.session.flush()


def _confirmed(email: str) -> Account | None:
    account = account_of_key(address_key(email))
    return account if account is not None and account.email_confirmed_at is not None else None


def _give(post: CoordinatorPost, *, links: LinkSigner, actor: Account | None, now: datetime) -> None:
    if post.account is not None and post.account.erased_at is None:
        post.grant = grant_role(post.account, post.role, scope=post.scope, actor=actor, now=now)
    elif post.account is None and post.invitation_id is None:
        inviter = actor or db.session.get_one(Account, post.created_by_id)
        given = give_or_invite(post.holder_email, post.role, scope=post.scope, links=links, actor=inviter, now=now)
        if isinstance(given, Invitation):
            post.invitation = given


def _end(post: CoordinatorPost, *, actor: Account | None, now: datetime) -> None:
    invitation = post.invitation
    if invitation is not None and invitation.accepted_at is None:
        withdraw_invitation(invitation, actor=actor or db.session.get_one(Account, post.created_by_id), now=now)
    if post.grant is not None and not _held_by_another(post, now=now):
        end_grant(post.grant, actor=actor, now=now)


def _held_by_another(post: CoordinatorPost, *, now: datetime) -> bool:
    """Say whether the same person holds the same place by another post: a deputy who became coordinator."""
    others = select(CoordinatorPost).where(
        CoordinatorPost.account_id == post.account_id,
        CoordinatorPost.id != post.id,
        CoordinatorPost.level == post.level,
        CoordinatorPost.group_id.is_not_distinct_from(post.group_id),
        CoordinatorPost.economy_code.is_not_distinct_from(post.economy_code),
    )
    return any(other.state(now) is PostState.HELD for other in db.session.scalars(others))
