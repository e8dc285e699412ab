"""Lets roles begin and end with the posts they belong to."""

import logging
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from gtn_events.accounts.views.tokens import signer
from gtn_events.core.db import db
from gtn_events.core.errors import DomainError
from gtn_events.core.jobs import periodic

from .domain.holding import settle
from .enums import PostState
from .models import CoordinatorPost

logger = logging.getLogger(__name__)


@periodic(seconds=900)
def follow_posts(now: datetime) -> None:
    """Give the roles of posts that have begun, end those of posts that are over; a second run changes nothing."""
    posts = (
        select(CoordinatorPost)
        .options(joinedload(CoordinatorPost.grant), joinedload(CoordinatorPost.invitation))
        .where(CoordinatorPost.withdrawn_at.is_(None))
        .order_by(CoordinatorPost.id)
    )
    for post in db.session.scalars(posts).all():
        if not _needs(post, now):
            continue
        try:
            with db.session.begin_nested():
                settle(post, links=signer(), actor=None, now=now)
        except DomainError as refused:
            # An address that was invited too often must not keep the others from their roles.
            logger.warning("post %s waits: %s", post.id, refused.message)


def _needs(post: CoordinatorPost, now: datetime) -> bool:
    """Say whether the clock has something to do; a role that somebody took back by hand is not given again."""
    state = post.state(now)
    if state is PostState.HELD:
        return post.grant_id is None
    invitation = post.invitation
    invited = invitation is not None and invitation.accepted_at is None and invitation.withdrawn_at is None
    live = post.grant is not None and post.grant.ended_at is None
    return state is PostState.OVER and (live or invited)
