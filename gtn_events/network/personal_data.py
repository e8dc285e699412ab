"""What the network keeps about a person: their posts and how the contact pages call them."""

from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, func, or_, select

from gtn_events.accounts.domain.invitations import withdraw_invitation
from gtn_events.accounts.models import Account
from gtn_events.core.db import db
from gtn_events.core.outbox import OutboxMail, forget_mails

from .enums import PostState
from .models import SHOWABLE, CoordinatorPost
from .notifications import mails_of


def export_posts(account: Account) -> list[dict[str, Any]]:
    """Return the posts of a person, JSON-ready."""
    posts = select(CoordinatorPost).where(_theirs(account)).order_by(CoordinatorPost.id)
    return [
        {
            "coordinates": post.place,
            "as": post.kind.value,
            "from": post.starts_on.isoformat(),
            "to": post.ends_on.isoformat() if post.ends_on else None,
            "address": post.holder_email,
            "shown to everybody": post.consented,
            **{name: getattr(post, name) for name in SHOWABLE},
        }
        for post in db.session.scalars(posts)
    ]


def erase_posts(account: Account, now: datetime) -> None:
    """Empty the contact of a person's posts and end them; that somebody held them from when to when stays."""
    for post in db.session.scalars(select(CoordinatorPost).where(_theirs(account))).all():
        state = post.state(now)
        if state is PostState.PLANNED:
            post.withdrawn_at = now
        elif state is PostState.HELD:
            post.ends_on = max(now.date(), post.starts_on)
        if post.invitation is not None and post.invitation.accepted_at is None:
            withdraw_invitation(post.invitation, actor=account, now=now)
        for name in SHOWABLE:
            setattr(post, name, "")
        post.account, post.consented, post.holder_email = None, [], f"erased-{account.id}@invalid"
        forget_mails(OutboxMail.key.startswith(mails_of(post)))
    db.session.flush()


def _theirs(account: Account) -> ColumnElement[bool]:
    return or_(CoordinatorPost.account_id == account.id, func.lower(CoordinatorPost.holder_email) == account.email_key)
