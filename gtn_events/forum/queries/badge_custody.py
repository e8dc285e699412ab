"""Whose badges an economy's or a class's officer may take, and what was handed over."""

from dataclasses import dataclass

from sqlalchemy import ColumnElement, Select, and_, case, func, nulls_last, select
from sqlalchemy.orm import contains_eager, joinedload, selectinload

from gtn_events.accounts.enums import Role
from gtn_events.accounts.models import Account, RoleGrant
from gtn_events.core.db import db
from gtn_events.core.economies import DelegationClass, Economy

from ..enums import BadgeState, RegistrationState
from ..models import BadgeHandover, BadgeHandoverLine, Forum, ForumBadge, Registration
from .registrations import in_protocol_order

DESK = (BadgeState.PRINTED, BadgeState.RETURNED)


@dataclass(frozen=True)
class Party:
    """Whose badges are meant: one economy's, or those of a delegation class without an economy."""

    delegation_class: DelegationClass
    economy: Economy | None = None

    @property
    def key(self) -> str:
        """How it stands in an address."""
        return self.economy.code if self.economy else self.delegation_class.value

    @property
    def economy_code(self) -> str | None:
        """The code of the economy, None for a class."""
        return self.economy.code if self.economy else None

    @property
    def label(self) -> str:
        """Its name."""
        return self.economy.short_name if self.economy else self.delegation_class.label

    def owns(self) -> ColumnElement[bool]:
        """Return the condition that a registration belongs to it."""
        if self.economy is not None:
            return Registration.economy_code == self.economy.code
        return and_(Registration.economy_code.is_(None), Registration.delegation_class == self.delegation_class)


@dataclass(frozen=True)
class PartyCounts:
    """How many badges of a party are at the desk, with an officer, with their delegates, and lost."""

    party: Party
    desk: int
    officer: int
    delegates: int
    lost: int


def party_of(key: str) -> Party | None:
    """Return the economy or class that an address names, None when there is none."""
    if key in {each.value for each in DelegationClass if each is not DelegationClass.ECONOMY}:
        return Party(DelegationClass(key))
    economy = db.session.get(Economy, key)
    return Party(DelegationClass.ECONOMY, economy) if economy else None


def parties_with_badges(forum: Forum) -> list[PartyCounts]:
    """Return every economy and class that has badges, in protocol order."""

    def count(*states: BadgeState) -> ColumnElement[int]:
        return func.sum(case((ForumBadge.state.in_(states), 1), else_=0))

    statement = (
        select(
            Economy,
            Registration.delegation_class,
            count(*DESK),
            count(BadgeState.WITH_OFFICER),
            count(BadgeState.HANDED_OUT),
            count(BadgeState.LOST),
        )
        .select_from(ForumBadge)
        .join(Registration, Registration.id == ForumBadge.registration_id)
        .outerjoin(Economy, Economy.code == Registration.economy_code)
        .where(Registration.forum_id == forum.id)
        .group_by(Economy.code, Registration.delegation_class)
        .order_by(nulls_last(Economy.rank), Registration.delegation_class)
    )
    return [
        PartyCounts(Party(delegation_class, economy), *numbers)
        for economy, delegation_class, *numbers in db.session.execute(statement)
    ]


def badges_of_party(forum: Forum, party: Party) -> list[ForumBadge]:
    """Return every badge of an economy or class with its delegate, in protocol order."""
    statement = (
        select(ForumBadge)
        .join(Registration, Registration.id == ForumBadge.registration_id)
        .where(Registration.forum_id == forum.id, party.owns())
        .options(contains_eager(ForumBadge.registration).joinedload(Registration.category))
        .execution_options(populate_existing=True)
    )
    return list(db.session.scalars(in_protocol_order(statement)))


def badges_at_desk(forum: Forum, party: Party) -> list[ForumBadge]:
    """Return the badges of a party that can be handed over: of confirmed delegates, and at the desk."""
    return [
        each
        for each in badges_of_party(forum, party)
        if each.state in DESK and each.registration.state is RegistrationState.CONFIRMED
    ]


def handovers_of(forum: Forum) -> list[tuple[BadgeHandover, int]]:
    """Return what was handed over and how many badges each, the latest first."""
    badges = select(func.count()).where(BadgeHandoverLine.handover_id == BadgeHandover.id).scalar_subquery()
    statement = (
        select(BadgeHandover, badges)
        .where(BadgeHandover.forum_id == forum.id)
        .options(joinedload(BadgeHandover.economy))
        .order_by(BadgeHandover.id.desc())
    )
    return [(handover, count) for handover, count in db.session.execute(statement)]


def handover_of(forum: Forum, handover_id: int) -> Select[BadgeHandover]:
    """Select one handover of this forum with its badges and their delegates."""
    lines = selectinload(BadgeHandover.lines).joinedload(BadgeHandoverLine.badge).joinedload(ForumBadge.registration)
    return (
        select(BadgeHandover)
        .where(BadgeHandover.forum_id == forum.id, BadgeHandover.id == handover_id)
        .options(joinedload(BadgeHandover.economy), lines.joinedload(Registration.category))
    )


def handover_with(badge: ForumBadge) -> BadgeHandover | None:
    """Return the handover by which a badge last came to an officer and that was not undone."""
    statement = (
        select(BadgeHandover)
        .join(BadgeHandoverLine, BadgeHandoverLine.handover_id == BadgeHandover.id)
        .where(BadgeHandoverLine.badge_id == badge.id, BadgeHandover.undone_at.is_(None))
        .order_by(BadgeHandover.id.desc())
        .limit(1)
    )
    return db.session.scalar(statement)


def coordinators_of(party: Party) -> list[Account]:
    """Return who coordinates an economy now; nobody for a class."""
    if party.economy is None:
        return []
    statement = (
        select(Account)
        .join(RoleGrant, RoleGrant.account_id == Account.id)
        .where(
            RoleGrant.role == Role.ECONOMY_COORDINATOR,
            RoleGrant.scope_kind == "economy",
            RoleGrant.scope_id == party.economy.rank,
            RoleGrant.ended_at.is_(None),
        )
        .order_by(Account.family_name, Account.id)
    )
    return list(db.session.scalars(statement))
