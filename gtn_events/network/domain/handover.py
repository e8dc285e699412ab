"""Handing a post over: both are told, nobody loses access before the day, a gap or an overlap has to be meant."""

from dataclasses import dataclass
from datetime import date, datetime

from flask_babel import ngettext

from gtn_events.accounts.domain.addresses import address_key
from gtn_events.accounts.domain.signed_links import LinkSigner
from gtn_events.accounts.models import Account
from gtn_events.core import journal
from gtn_events.core.versions import require_as_seen

from ..enums import PostState
from ..errors import HandoverToConfirm, PostRefused
from ..models import CoordinatorPost
from ..notifications import tell_of_handover
from .holding import settle
from .posts import Place, PostDetails, enter_post, lock_post


@dataclass(frozen=True, kw_only=True)
class Handover:
    """Who follows, with their days, and the last day of whoever leaves; ``sure`` when gap or overlap is meant."""

    holder_email: str
    details: PostDetails
    last_day: date
    sure: bool = False


def days_between(last_day: date, first_day: date) -> int:
    """Return the days on which nobody has the post; negative: on which both have it."""
    return (first_day - last_day).days - 1


def hand_over(
    post: CoordinatorPost,
    handover: Handover,
    *,
    seen: int | None = None,
    links: LinkSigner,
    actor: Account,
    now: datetime,
) -> CoordinatorPost:
    """End a post on a day and enter who follows; both get a mail.

    Args:
        seen: the ``lock_version`` that the person's page shows, None when it does not matter.

    Returns:
        The post of whoever follows.

    Raises:
        Stale: it was changed or handed over since.
        PostRefused: the post is over or withdrawn, the follower is its own holder, or days are out of order.
        HandoverToConfirm: days without anybody, or with both, and nobody said that it is meant.

    Flushes; the caller commits.
    """
    lock_post(post)
    require_as_seen(post, seen)
    if post.state(now) in {PostState.OVER, PostState.WITHDRAWN}:
        raise PostRefused("This post is over. Enter a new post instead.")
    if address_key(handover.holder_email) == address_key(post.holder_email):
        raise PostRefused("This person has the post already. Change its last day instead.", field="holder_email")
    if handover.last_day < post.starts_on:
        raise PostRefused(f"The post begins on {post.starts_on:%-d %B %Y}; its last day is later.", field="last_day")
    if not handover.sure:
        _require_neighbours(days_between(handover.last_day, handover.details.starts_on))
    before, post.ends_on = post.ends_on, handover.last_day
    post.lock_version += 1
    changes = {"to": (before.isoformat() if before else None, handover.last_day.isoformat())}
    journal.record("post handed over", post, actor=actor, now=now, scope=post.scope, changes=changes)
    place = Place(economy=post.economy, group=post.group)
    following = enter_post(
        place, post.kind, handover.holder_email, handover.details, links=links, actor=actor, now=now, tell=False
    )
    settle(post, links=links, actor=actor, now=now)
    tell_of_handover(post, following, now=now)
    return following


def _require_neighbours(days: int) -> None:
    if days > 0:
        raise HandoverToConfirm(
            ngettext(
                "For %(num)d day nobody would have this post.", "For %(num)d days nobody would have this post.", days
            ),
            field="sure",
        )
    if days < 0:
        raise HandoverToConfirm(
            ngettext(
                "For %(num)d day both would have this post.", "For %(num)d days both would have this post.", -days
            ),
            field="sure",
        )
