"""Entering, changing and withdrawing the time that a person has a post."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Exists, exists, select

from gtn_events.accounts.domain.addresses import parse_address
from gtn_events.accounts.domain.signed_links import LinkSigner
from gtn_events.accounts.models import Account
from gtn_events.core import journal
from gtn_events.core.db import db
from gtn_events.core.economies import Economy
from gtn_events.core.errors import DomainError
from gtn_events.core.versions import require_as_seen

from ..enums import PostKind, PostLevel, PostState
from ..errors import PostRefused
from ..models import CoordinatorPost, EconomyGroup
from ..notifications import tell_of_post, tell_of_withdrawal
from .holding import settle


@dataclass(frozen=True)
class Place:
    """What is coordinated: one economy, one group, or, where both are None, the whole network."""

    economy: Economy | None = None
    group: EconomyGroup | None = None

    @property
    def level(self) -> PostLevel:
        """The level of a post at this place."""
        if self.economy is not None:
            return PostLevel.NATIONAL
        return PostLevel.SUB_REGIONAL if self.group is not None else PostLevel.REGIONAL


@dataclass(frozen=True, kw_only=True)
class PostDetails:
    """The days of a post, and its holder as the contact pages know them; ``consented`` holds names of SHOWABLE."""

    office_name: str
    post_title: str
    organisation: str
    email: str
    phone: str
    consented: tuple[str, ...]
    starts_on: date
    ends_on: date | None


def enter_post(
    place: Place,
    kind: PostKind,
    holder_email: str,
    details: PostDetails,
    *,
    links: LinkSigner,
    actor: Account,
    now: datetime,
    tell: bool = True,
) -> CoordinatorPost:
    """Enter who has a post from when, mail it to them, and give the role if the time has come.

    Args:
        holder_email: what they sign in with; an account is not needed before the post begins.
        tell: False where another mail says so.

    Raises:
        DomainError: it is no address; belongs to ``holder_email``.
        PostRefused: the last day is before the first, or this post is entered already.

    Flushes; the caller commits.
    """
    _require_days(details)
    address = _address(holder_email, "holder_email")
    # Whoever presses the button twice is served one after the other.
    db.session.execute(select(Account.id).where(Account.id == actor.id).with_for_update(key_share=True))
    if db.session.scalar(select(_same_post(place, kind, address, details.starts_on))):
        raise PostRefused("This post is entered already, for this person and from this day.", field="holder_email")
    post = CoordinatorPost(
        level=place.level,
        economy=place.economy,
        group=place.group,
        kind=kind,
        holder_email=address,
        created_at=now,
        created_by_id=actor.id,
    )
    _set(post, details)
    db.session.add(post)
    db.session.flush()
    days = {"from": details.starts_on.isoformat(), "to": _day(details.ends_on)}
    changes = {name: (None, day) for name, day in days.items() if day}
    journal.record("post entered", post, actor=actor, now=now, scope=post.scope, changes=changes)
    settle(post, links=links, actor=actor, now=now)
    if tell and post.state(now) is not PostState.OVER:
        tell_of_post(post, now=now)
    return post


def edit_post(
    post: CoordinatorPost,
    details: PostDetails,
    *,
    seen: int | None = None,
    links: LinkSigner,
    actor: Account,
    now: datetime,
) -> None:
    """Change days and contact of a post; the role follows at once.

    Args:
        seen: the ``lock_version`` that the person's page shows, None when it does not matter.

    Raises:
        PostRefused: the last day is before the first, or the post was withdrawn.
        Stale: somebody else changed it since.

    Flushes; the caller commits.
    """
    lock_post(post)
    require_as_seen(post, seen)
    if post.withdrawn_at is not None:
        raise PostRefused("This post was withdrawn before it began. Enter it anew.")
    _require_days(details)
    # The journal names what changed; how to reach a person stands in the row alone, where an erasure finds it.
    before = {"from": post.starts_on.isoformat(), "to": _day(post.ends_on), "shown": ", ".join(post.consented)}
    _set(post, details)
    post.lock_version += 1
    after = {"from": post.starts_on.isoformat(), "to": _day(post.ends_on), "shown": ", ".join(post.consented)}
    changes = {name: (before[name], after[name]) for name in before if before[name] != after[name]}
    journal.record("post changed", post, actor=actor, now=now, scope=post.scope, changes=changes)
    settle(post, links=links, actor=actor, now=now)


def withdraw_post(post: CoordinatorPost, *, links: LinkSigner, actor: Account, now: datetime) -> None:
    """Take back a post that has not begun, and tell whoever would have had it; withdrawn twice is withdrawn once.

    Raises:
        PostRefused: it has begun; then it gets a last day.

    Flushes; the caller commits.
    """
    lock_post(post)
    if post.withdrawn_at is not None:
        return
    if post.state(now) is not PostState.PLANNED:
        raise PostRefused("This post has begun. Give it a last day instead, so that its history stays.")
    post.withdrawn_at = now
    post.lock_version += 1
    journal.record("post withdrawn", post, actor=actor, now=now, scope=post.scope)
    settle(post, links=links, actor=actor, now=now)
    tell_of_withdrawal(post, now=now)


def lock_post(post: CoordinatorPost) -> None:
    """Read a post afresh and keep it until the transaction ends."""
    db.session.refresh(post, with_for_update={"of": CoordinatorPost})


def _same_post(place: Place, kind: PostKind, address: str, starts_on: date) -> Exists:
    return exists().where(
        CoordinatorPost.level == place.level,
        CoordinatorPost.economy_code == (place.economy.code if place.economy else None),
        CoordinatorPost.group_id == (place.group.id if place.group else None),
        CoordinatorPost.kind == kind,
        CoordinatorPost.holder_email == address,
        CoordinatorPost.starts_on == starts_on,
        CoordinatorPost.withdrawn_at.is_(None),
    )


def _set(post: CoordinatorPost, details: PostDetails) -> None:
    for name in ("office_name", "post_title", "organisation", "phone", "starts_on", "ends_on"):
        setattr(post, name, getattr(details, name))
    post.email = _address(details.email, "email") if details.email else ""
    post.consented = list(details.consented)


def _address(typed: str, field: str) -> str:
    try:
        return parse_address(typed).email
    except DomainError as refused:
        raise PostRefused(refused.message, field=field) from None


def _require_days(details: PostDetails) -> None:
    if details.ends_on is not None and details.ends_on < details.starts_on:
        raise PostRefused("The last day is before the first day.", field="ends_on")


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None
