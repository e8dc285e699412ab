"""Where a person stands in the protocol order of the delegation: function, rank, and one head."""

from datetime import datetime
from enum import StrEnum

from flask_babel import gettext as _
from sqlalchemy import nulls_last, select

from gtn_events.accounts.models import Account
from gtn_events.core.db import db
from gtn_events.core.journal import record
from gtn_events.forum.domain.locking import lock_forum
from gtn_events.forum.enums import ACTIVE_STATES, DelegationFunction
from gtn_events.forum.models import Registration

from ..errors import OrderRefused


class Direction(StrEnum):
    """Where a person moves among those of the same function."""

    UP = "up"
    DOWN = "down"


def place_person(
    registration: Registration, function: DelegationFunction, rank: int | None, *, actor: Account, now: datetime
) -> Registration | None:
    """Give a person of a delegation a function and a rank.

    A delegation has one head: whoever was it becomes alternate head, and is returned.

    Flushes; the caller commits.
    """
    lock_forum(registration.forum)
    before = head_of(registration) if function is DelegationFunction.HEAD else None
    if before is not None:
        _write(before, DelegationFunction.ALTERNATE, before.delegation_rank, actor=actor, now=now)
    _write(registration, function, rank, actor=actor, now=now)
    return before


def move_person(registration: Registration, direction: Direction, *, actor: Account, now: datetime) -> bool:
    """Let a person change places with the neighbour of the same function, and say whether there was one.

    Everybody of that function has a rank afterwards. Flushes; the caller commits.
    """
    lock_forum(registration.forum)
    order = _same_function(registration)
    here = order.index(registration)
    there = here + (1 if direction is Direction.DOWN else -1)
    if not 0 <= there < len(order):
        return False
    order[here], order[there] = order[there], order[here]
    _number(order, actor=actor, now=now)
    return True


def move_beside(
    registration: Registration, neighbour: Registration, *, after: bool, actor: Account, now: datetime
) -> None:
    """Let a person stand just before, or just after, another of the same function.

    Everybody of that function has a rank afterwards.

    Raises:
        OrderRefused: they have not the same function, or are one and the same person.

    Flushes; the caller commits.
    """
    lock_forum(registration.forum)
    order = _same_function(registration)
    order.remove(registration)
    if neighbour not in order:
        raise OrderRefused(
            _(
                "%(name)s can change places only with others of the same function: %(function)s.",
                name=registration.delegate_name,
                function=registration.delegation_function.label,
            )
        )
    order.insert(order.index(neighbour) + after, registration)
    _number(order, actor=actor, now=now)


def head_of(registration: Registration) -> Registration | None:
    """Return the present head of a person's delegation, if that is somebody else; the forum is locked."""
    statement = select(Registration).where(
        Registration.forum_id == registration.forum_id,
        Registration.economy_code == registration.economy_code,
        Registration.delegation_function == DelegationFunction.HEAD,
        Registration.state.in_(sorted(ACTIVE_STATES)),
        Registration.id != registration.id,
    )
    found: Registration | None = db.session.scalar(statement.order_by(Registration.id).limit(1))
    return found


def _same_function(registration: Registration) -> list[Registration]:
    statement = select(Registration).where(
        Registration.forum_id == registration.forum_id,
        Registration.economy_code == registration.economy_code,
        Registration.delegation_function == registration.delegation_function,
    )
    order = (nulls_last(Registration.delegation_rank), Registration.sort_name, Registration.id)
    return list(db.session.scalars(statement.order_by(*order)))


def _number(order: list[Registration], *, actor: Account, now: datetime) -> None:
    for rank, each in enumerate(order, start=1):
        _write(each, each.delegation_function, rank, actor=actor, now=now)


def _write(
    registration: Registration, function: DelegationFunction, rank: int | None, *, actor: Account, now: datetime
) -> None:
    changes = {}
    if registration.delegation_function is not function:
        changes["function"] = (registration.delegation_function.value, function.value)
    if registration.delegation_rank != rank:
        changes["rank"] = (registration.delegation_rank, rank)  # type: ignore[assignment]  # a number beside words
    if not changes:
        return
    registration.delegation_function, registration.delegation_rank = function, rank
    db.session.flush()
    record(
        "place in the delegation changed",
        registration,
        actor=actor,
        now=now,
        scope=registration.scope,
        changes=changes,
    )
