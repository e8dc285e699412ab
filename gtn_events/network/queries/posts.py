"""Reads of posts: who has which now, who will, who had, and which are vacant."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import Select, select
from sqlalchemy.orm import joinedload

from gtn_events.accounts.enums import Role
from gtn_events.accounts.models import RoleGrant
from gtn_events.core.db import db
from gtn_events.core.economies import Economy

from ..enums import PostKind, PostLevel, PostState
from ..models import CoordinatorPost, EconomyGroup

DUE_DAYS = 60


@dataclass
class PlacePosts:
    """Everything about one economy, group, or (without either) the network; ``grants`` are roles without a post."""

    economy: Economy | None = None
    group: EconomyGroup | None = None
    held: list[CoordinatorPost] = field(default_factory=list)
    planned: list[CoordinatorPost] = field(default_factory=list)
    past: list[CoordinatorPost] = field(default_factory=list)
    grants: list[RoleGrant] = field(default_factory=list)

    @property
    def name(self) -> str:
        """What the place is called in lists."""
        if self.economy is not None:
            return self.economy.short_name
        return self.group.name if self.group is not None else "APEC"

    @property
    def key(self) -> str:
        """How a form names the place."""
        if self.economy is not None:
            return f"economy:{self.economy.code}"
        return f"group:{self.group.id}" if self.group is not None else "apec"

    @property
    def is_vacant(self) -> bool:
        """True while nobody is coordinator, by a post or by a role alone."""
        return not self.grants and not any(post.kind is PostKind.COORDINATOR for post in self.held)

    @property
    def ending(self) -> list[CoordinatorPost]:
        """Posts that end and that nobody follows: handovers due."""
        return [post for post in self.held if post.ends_on is not None and self.follower_of(post) is None]

    def follower_of(self, post: CoordinatorPost) -> CoordinatorPost | None:
        """Return whose post of the same kind begins last after this one began."""
        later = [
            each
            for each in (*self.held, *self.planned)
            if each.kind is post.kind and each.id != post.id and each.starts_on > post.starts_on
        ]
        return max(later, key=lambda each: each.starts_on, default=None)


def places(now: datetime) -> list[PlacePosts]:
    """Return the network, then its groups by name, then the economies in protocol order, each with its posts."""
    economies = [PlacePosts(economy=each) for each in db.session.scalars(select(Economy).order_by(Economy.rank))]
    groups = [PlacePosts(group=each) for each in db.session.scalars(select(EconomyGroup).order_by(EconomyGroup.name))]
    return _filled([PlacePosts(), *groups, *economies], now)


def places_of(group: EconomyGroup | None, now: datetime) -> list[PlacePosts]:
    """Return the economies of a group, or all for None, each with its posts."""
    wanted = select(Economy).order_by(Economy.rank)
    if group is not None:
        wanted = wanted.where(Economy.code.in_([each.code for each in group.economies]))
    return _filled([PlacePosts(economy=each) for each in db.session.scalars(wanted)], now)


def posts_in_order() -> Select[CoordinatorPost]:
    """Select all posts with what their lists show, coordinators first, then by the first day."""
    return (
        select(CoordinatorPost)
        .options(
            joinedload(CoordinatorPost.economy),
            joinedload(CoordinatorPost.group),
            joinedload(CoordinatorPost.account),
            joinedload(CoordinatorPost.grant),
            joinedload(CoordinatorPost.invitation),
        )
        .order_by(CoordinatorPost.kind, CoordinatorPost.starts_on, CoordinatorPost.id)
    )


def _filled(found: list[PlacePosts], now: datetime) -> list[PlacePosts]:
    by_key = {_key(each): each for each in found}
    lists = {PostState.HELD: "held", PostState.PLANNED: "planned", PostState.OVER: "past", PostState.WITHDRAWN: "past"}
    posts = list(db.session.scalars(posts_in_order()))
    for post in posts:
        place = by_key.get(post.place_key)
        if place is not None:
            getattr(place, lists[post.state(now)]).append(post)
    _add_grants(found, posts)
    return found


def _add_grants(found: Sequence[PlacePosts], posts: Sequence[CoordinatorPost]) -> None:
    """Add the coordinators' roles that no post has given."""
    of_posts = {post.grant_id for post in posts}
    by_rank = {each.economy.rank: each for each in found if each.economy is not None}
    statement = (
        select(RoleGrant)
        .options(joinedload(RoleGrant.account))
        .where(
            RoleGrant.role == Role.ECONOMY_COORDINATOR,
            RoleGrant.scope_kind == "economy",
            RoleGrant.ended_at.is_(None),
        )
        .order_by(RoleGrant.id)
    )
    for grant in db.session.scalars(statement):
        if grant.id not in of_posts and grant.scope_id in by_rank:
            by_rank[grant.scope_id].grants.append(grant)


def _key(place: PlacePosts) -> tuple[PostLevel, int | None, str | None]:
    if place.economy is not None:
        return PostLevel.NATIONAL, None, place.economy.code
    if place.group is not None:
        return PostLevel.SUB_REGIONAL, place.group.id, None
    return PostLevel.REGIONAL, None, None
