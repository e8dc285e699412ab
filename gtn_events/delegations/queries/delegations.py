"""All delegations to a forum, a line for each economy: who coordinates, what is kept, taken and owed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import BindParameter, ColumnElement, bindparam, case, exists, func, nulls_last, select
from werkzeug.datastructures import MultiDict

from gtn_events.accounts.enums import Role
from gtn_events.accounts.models import Account, RoleGrant
from gtn_events.accounts.queries.coordinators import coordinators_of
from gtn_events.core.db import db
from gtn_events.core.economies import Economy
from gtn_events.core.listing import Column, Listing
from gtn_events.core.seats import SeatPool
from gtn_events.forum.enums import SEATED_STATES, ApprovalStage
from gtn_events.forum.enums import RegistrationState as State
from gtn_events.forum.models import Allotment, Forum, Registration

from ..enums import NominationState
from ..models import Nomination

_FORUM: BindParameter[int] = bindparam("forum_id")
_IS_PENDING = (Registration.state == State.PENDING) & (Registration.stage == ApprovalStage.ECONOMY)
_KEPT = (
    select(
        Allotment.holder,
        func.sum(SeatPool.capacity).label("kept"),
        func.sum(SeatPool.capacity - SeatPool.taken).label("free"),
    )
    .join(SeatPool, SeatPool.id == Allotment.pool_id)
    .where(Allotment.forum_id == _FORUM)
    .group_by(Allotment.holder)
    .subquery()
)
_PEOPLE = (
    select(
        Registration.economy_code,
        func.sum(case((Registration.state.in_(sorted(SEATED_STATES)), 1), else_=0)).label("seated"),
        func.sum(case((Registration.state == State.WAITLISTED, 1), else_=0)).label("waiting"),
        func.sum(case((_IS_PENDING, 1), else_=0)).label("pending"),
        func.min(case((_IS_PENDING, Registration.answer_due_at))).label("due_at"),
    )
    .where(Registration.forum_id == _FORUM)
    .group_by(Registration.economy_code)
    .subquery()
)
_NOMINATED = (
    select(Nomination.economy_code, func.count().label("nominated"))
    .where(Nomination.forum_id == _FORUM)
    .group_by(Nomination.economy_code)
    .subquery()
)
_VACANT = ~exists().where(
    RoleGrant.role == Role.ECONOMY_COORDINATOR,
    RoleGrant.scope_kind == "economy",
    RoleGrant.scope_id == Economy.rank,
    RoleGrant.ended_at.is_(None),
)
_NUMBERS = (
    *(func.coalesce(column, 0) for column in (_KEPT.c.kept, _KEPT.c.free)),
    *(func.coalesce(column, 0) for column in (_PEOPLE.c.seated, _PEOPLE.c.waiting, _PEOPLE.c.pending)),
)
_LINES = (
    select(Economy, *_NUMBERS, _PEOPLE.c.due_at)
    .outerjoin(_KEPT, _KEPT.c.holder == Economy.code)
    .outerjoin(_PEOPLE, _PEOPLE.c.economy_code == Economy.code)
    .outerjoin(_NOMINATED, _NOMINATED.c.economy_code == Economy.code)
)
_SHOWN: Mapping[str, ColumnElement[bool]] = {
    "pending": _PEOPLE.c.pending > 0,
    "waiting": _PEOPLE.c.waiting > 0,
    "free": _KEPT.c.free > 0,
    "nominated": _NOMINATED.c.nominated > 0,
    "vacant": _VACANT,
}
SORTS: Mapping[str, Column] = {
    "protocol": Economy.rank,
    "kept": _NUMBERS[0],
    "free": _NUMBERS[1],
    "seated": _NUMBERS[2],
    "waiting": _NUMBERS[3],
    "pending": _NUMBERS[4],
    "due": _PEOPLE.c.due_at,
    "nominated": func.coalesce(_NOMINATED.c.nominated, 0),
}


@dataclass(frozen=True, kw_only=True)
class Line:
    """One economy: ``free`` of the ``kept`` places are unused; ``seated`` people have a place wherever it is from.

    ``pending`` people wait for the economy's answer, the first of them until ``due_at``.
    """

    economy: Economy
    kept: int
    free: int
    seated: int
    waiting: int
    pending: int
    due_at: datetime | None
    nominations: Mapping[NominationState, int]
    coordinators: Sequence[Account]


def read_listing(path: str, args: "MultiDict[str, str]") -> Listing:
    """Return what the address asks of the table."""
    return Listing.read(path, args, sorts=SORTS, default_sort="protocol", filters={"show": list(_SHOWN)})


def lines_of(forum: Forum, listing: Listing) -> list[Line]:
    """Return the economies that the listing matches, as it orders them; three queries whatever their number."""
    column = listing.sorts[listing.sort]
    order = nulls_last(column.desc() if listing.descending else column)
    narrowed = [_SHOWN[each] for each in listing.chosen("show")]
    statement = _LINES.where(listing.searched(Economy.short_name), *narrowed)
    rows = db.session.execute(statement.order_by(order, Economy.rank), {"forum_id": forum.id}).all()
    nominations = nominations_by_state(forum)
    coordinators = coordinators_of([row[0].code for row in rows])
    return [
        Line(
            economy=economy,
            kept=kept,
            free=free,
            seated=seated,
            waiting=waiting,
            pending=pending,
            due_at=due_at,
            nominations=nominations.get(economy.code, {}),
            coordinators=coordinators.get(economy.code, []),
        )
        for economy, kept, free, seated, waiting, pending, due_at in rows
    ]


def nominations_by_state(forum: Forum) -> Mapping[str, Mapping[NominationState, int]]:
    """Return how many nominations of each economy are in each state, in the order of the states."""
    statement = (
        select(Nomination.economy_code, Nomination.state, func.count())
        .where(Nomination.forum_id == forum.id)
        .group_by(Nomination.economy_code, Nomination.state)
    )
    found: dict[str, dict[NominationState, int]] = {}
    for code, state, count in db.session.execute(statement):
        found.setdefault(code, {})[state] = count
    return {
        code: {state: counts[state] for state in NominationState if state in counts} for code, counts in found.items()
    }
