"""Badges: the list of who has one, who lacks one, and what stands on them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, exists, func, not_, or_, select, true
from sqlalchemy.orm import joinedload
from werkzeug.datastructures import MultiDict

from gtn_events.accounts.models import Account
from gtn_events.core.db import db
from gtn_events.core.economies import DelegationClass
from gtn_events.core.listing import Listing

from ..enums import BadgeState, RegistrationState
from ..models import BadgeDesign, Forum, ForumBadge, Registration
from .registrations import BATCH, ListNames, RowSelect, in_protocol_order, narrowed

NOT_PRINTED = "not-printed"
PAGE_SIZE = 50


@dataclass(frozen=True, slots=True)
class BadgeRow:
    """One delegate in the list of badges; ``badge`` is None before the first print."""

    id: int
    reference: str
    given_name: str
    family_name: str
    own_script_name: str
    own_script_language: str
    category_id: int
    economy_code: str | None
    delegation_class: DelegationClass
    state: RegistrationState
    badge: BadgeState | None
    badge_at: datetime | None
    copies: int | None

    @property
    def name(self) -> str:
        """Given name and FAMILY NAME."""
        return f"{self.given_name} {self.family_name.upper()}".strip()


_COLUMNS = (
    Registration.id,
    Registration.reference,
    Registration.given_name,
    Registration.family_name,
    Registration.own_script_name,
    Registration.own_script_language,
    Registration.category_id,
    Registration.economy_code,
    Registration.delegation_class,
    Registration.state,
    ForumBadge.state.label("badge_state"),
    ForumBadge.state_at,
    ForumBadge.copies,
)


def read_badge_listing(path: str, args: "MultiDict[str, str]", names: ListNames) -> Listing:
    """Return what the address asks of the list of badges."""
    return Listing.read(
        path,
        args,
        sorts={"name": Registration.sort_name},
        default_sort="name",
        filters={
            "badge": [NOT_PRINTED, *(state.value for state in BadgeState)],
            "category": [str(each) for each in names.categories],
            "economy": [code for code, _ in names.represented],
        },
        size=PAGE_SIZE,
    )


def badge_rows(forum: Forum, listing: Listing) -> RowSelect:
    """Select the columns of ``BadgeRow`` for whom a listing matches, not ordered."""
    return (
        select(*_COLUMNS)
        .outerjoin(ForumBadge, ForumBadge.registration_id == Registration.id)
        .where(*_narrowed(forum, listing), _in_badge_state(listing))
    )


def badge_counts(forum: Forum, listing: Listing) -> dict[str, int]:
    """Return how many badges are in each state under the other filters; empty states are left out."""
    statement = (
        select(ForumBadge.state, func.count())
        .select_from(Registration)
        .outerjoin(ForumBadge, ForumBadge.registration_id == Registration.id)
        .where(*_narrowed(forum, listing))
        .group_by(ForumBadge.state)
    )
    found: Mapping[Any, int] = dict(db.session.execute(statement).all())  # Any: a state or None
    keys = [(NOT_PRINTED, None), *((state.value, state) for state in BadgeState)]
    return {key: found[state] for key, state in keys if state in found}


def ids_of_badges(forum: Forum, listing: Listing) -> list[int]:
    """Return the ids of the registrations that a listing of badges matches."""
    statement = (
        select(Registration.id)
        .outerjoin(ForumBadge, ForumBadge.registration_id == Registration.id)
        .where(*_narrowed(forum, listing), _in_badge_state(listing))
    )
    return list(db.session.scalars(statement))


def badges_among(forum: Forum, ids: Iterable[int]) -> list[BadgeRow]:
    """Return this forum's registrations among the ids in protocol order, some hundred at a time."""
    wanted = sorted(set(ids))
    found: list[BadgeRow] = []
    for start in range(0, len(wanted), BATCH):
        part = and_(Registration.forum_id == forum.id, Registration.id.in_(wanted[start : start + BATCH]))
        rows = select(*_COLUMNS).outerjoin(ForumBadge, ForumBadge.registration_id == Registration.id).where(part)
        found += (BadgeRow(*row) for row in db.session.execute(in_protocol_order(rows)))
    return found


def badge_person(forum: Forum, registration_id: int) -> Select[Registration]:
    """Select one registration of this forum that has a badge or may have one."""
    return (
        select(Registration)
        .outerjoin(ForumBadge, ForumBadge.registration_id == Registration.id)
        .where(Registration.forum_id == forum.id, Registration.id == registration_id, _may_have_one())
        .options(joinedload(Registration.economy), joinedload(Registration.category))
    )


def badge_of(registration: Registration) -> ForumBadge | None:
    """Return the badge of a registration, None before its first print."""
    return db.session.scalar(select(ForumBadge).where(ForumBadge.registration_id == registration.id))


def design_of(forum: Forum) -> BadgeDesign | None:
    """Return what was set for the badges of a forum, as it stands now; None while nobody has set anything."""
    statement = select(BadgeDesign).where(BadgeDesign.forum_id == forum.id)
    return db.session.scalar(statement, execution_options={"populate_existing": True})


def back_text_of(forum: Forum) -> str:
    """Return the text of the back of every badge, empty when the organiser wrote none."""
    design = design_of(forum)
    return design.back_text if design else ""


def _narrowed(forum: Forum, listing: Listing) -> list[ColumnElement[bool]]:
    return [*narrowed(forum, listing), _may_have_one()]


def _may_have_one() -> ColumnElement[bool]:
    """Return the condition that a badge is there, or a confirmed delegate should have one."""
    erased = exists().where(Account.id == Registration.account_id, Account.erased_at.is_not(None))
    confirmed = and_(Registration.state == RegistrationState.CONFIRMED, not_(erased))
    return or_(confirmed, ForumBadge.id.is_not(None))


def _in_badge_state(listing: Listing) -> ColumnElement[bool]:
    chosen = listing.chosen("badge")
    states = [BadgeState(each) for each in chosen if each != NOT_PRINTED]
    conditions: list[ColumnElement[bool]] = [ForumBadge.state.in_(states)] if states else []
    if NOT_PRINTED in chosen:
        conditions.append(ForumBadge.id.is_(None))
    return or_(*conditions) if conditions else true()
