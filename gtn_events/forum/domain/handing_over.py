"""The move of a place from one person to another: never free in between, so nobody who waits can get it."""

from datetime import datetime
from typing import Any

from sqlalchemy import select

from gtn_events.accounts.models import Account
from gtn_events.core.db import db

from ..enums import DelegationFunction, SubstitutionState
from ..enums import RegistrationState as State
from ..models import Registration, Substitution
from ..queries.substitutions import keeps_place
from .bookings import settle_bookings
from .ending import end_what_hangs_on
from .state_change import change_state
from .substitution_ending import end_substitution
from .transitions import Action, Party

_IN_ORDER = list(DelegationFunction)


def promised_place(registration: Registration, *, now: datetime) -> Substitution | None:
    """Return the arrangement by which a person comes to somebody's place; the forum is locked.

    One that can no longer be done (the other has no place any more, or is inside already) is ended.
    """
    statement = select(Substitution).where(
        Substitution.comes_id == registration.id, Substitution.state == SubstitutionState.ARRANGED
    )
    found: Substitution | None = db.session.scalar(statement)
    if found is None:
        return None
    db.session.refresh(found.leaves, with_for_update={"of": Registration, "key_share": True})
    if not fits(found.leaves, registration) or keeps_place(found.leaves):
        end_substitution(found, actor=None, now=now)
        return None
    return found


def fits(leaves: Registration, comes: Registration) -> bool:
    """Say whether a place of one person is one for the other: same forum, category and economy."""
    same = (leaves.forum_id, leaves.category_id, leaves.economy_code) == (
        comes.forum_id,
        comes.category_id,
        comes.economy_code,
    )
    return same and leaves.economy_code is not None and leaves.id != comes.id


def hand_over(substitution: Substitution, *, actor: Account | None, now: datetime) -> State:
    """Move the place: the seat with where it is from, or the place in line; function and rank go along.

    The first person's registration is cancelled with the reason of the substitution, and their side events
    end. Both get a mail. The forum is locked and both registrations are as they stand now.

    Returns:
        ``CONFIRMED`` where there was a seat, also one that was only offered; otherwise ``WAITLISTED``.

    Flushes; the caller commits.
    """
    leaves, comes = substitution.leaves, substitution.comes
    if comes is None:
        raise ValueError("nobody has come yet")
    seated, allotment = leaves.state.holds_seat, leaves.allotment
    substitution.state, substitution.ended_at = SubstitutionState.DONE, now
    leaves.allotment = None
    moved: dict[str, Any] = {"actor": actor, "now": now, "party": Party.COORDINATOR}
    moved["changes"] = {"place": (leaves.reference, comes.reference), **_pass_function_on(leaves, comes)}
    change_state(leaves, Action.REPLACE, State.CANCELLED, reason=substitution.reason, **moved)
    end_what_hangs_on(leaves, actor=actor, now=now)
    if not seated:
        priority, waits_since = leaves.priority, leaves.waitlisted_at
        change_state(comes, Action.TAKE_OVER, State.WAITLISTED, **moved)
        comes.priority, comes.waitlisted_at = priority, waits_since
        db.session.flush()
        return comes.state
    comes.allotment = allotment
    # Before the mail of the change is written: it says which side events have a place.
    bookings = settle_bookings(comes, now=now)
    return change_state(comes, Action.TAKE_OVER, State.CONFIRMED, told={"bookings": bookings}, **moved)


def _pass_function_on(leaves: Registration, comes: Registration) -> dict[str, tuple[str, str]]:
    """Give the function and rank to who comes, unless their own function stands before it."""
    passed, own = leaves.delegation_function, comes.delegation_function
    if _IN_ORDER.index(passed) > _IN_ORDER.index(own):
        return {}
    comes.delegation_function, comes.delegation_rank = passed, leaves.delegation_rank
    leaves.delegation_function, leaves.delegation_rank = DelegationFunction.DELEGATE, None
    return {"function": (own.value, passed.value)} if passed is not own else {}
