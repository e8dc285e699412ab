"""One act on many registrations: what it would do, and doing it; a refusal of one never stops the others."""

from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from functools import cache, partial

from flask_babel import gettext as _

from gtn_events.accounts.models import Account
from gtn_events.accounts.queries.coordinators import coordinators_of
from gtn_events.core.bulk import Effect, act_on_each
from gtn_events.core.seats import SeatPool

from ..enums import RegistrationState as State
from ..errors import ReasonMissing
from ..models import Allotment, Registration
from ..queries.substitutions import promised_in
from ..queries.waiting import allotment_for, somebody_waits, somebody_waits_for_the_forum
from .economy_stage import waits_for_economy
from .ending import would_end
from .registrations import admit_registration, approve_registration, confirm_registration, reject_registration
from .transitions import TRANSITIONS, Action, Party
from .waiting_list import offer_place

BULK_ACTIONS = (Action.APPROVE, Action.ADMIT, Action.CONFIRM, Action.OFFER, Action.REJECT)


class _FreeSeats:
    """The free seats of every pool as they go down one by one, without taking any."""

    def __init__(self) -> None:
        self._free: dict[int, int] = {}
        self._waits: dict[tuple[int, str | None], bool] = {}
        self._kept: dict[tuple[int, str], Allotment | None] = {}

    def take(self, registration: Registration, *, in_turn: bool) -> bool:
        """Say whether the next person gets a seat; ``in_turn`` respects who waits already."""
        category = registration.category
        if in_turn and self._asked((category.id, ""), partial(somebody_waits_for_the_forum, category)):
            return False
        for holder, pools in self._places(registration):
            if in_turn and self._asked((category.id, holder), partial(somebody_waits, category, holder)):
                continue
            if all(self._free.setdefault(pool.id, pool.free) > 0 for pool in pools):
                for pool in pools:
                    self._free[pool.id] -= 1
                return True
            # Whoever gets none waits, and those after do not pass by.
            self._waits[(category.id, holder)] = True
        return False

    def _places(self, registration: Registration) -> Iterator[tuple[str | None, list[SeatPool]]]:
        category, holder = registration.category, registration.holder
        if (category.id, holder) not in self._kept:
            self._kept[(category.id, holder)] = allotment_for(category, holder)
        kept = self._kept[(category.id, holder)]
        if kept is not None:
            yield holder, [*category.pools, kept.pool]
        yield None, [*category.pools, category.common_pool] if category.common_pool else category.pools

    def _asked(self, key: tuple[int, str | None], ask: Callable[[], bool]) -> bool:
        if key not in self._waits:
            self._waits[key] = ask()
        return self._waits[key]


def seated_among(registrations: Iterable[Registration]) -> int:
    """Return how many would have a place if all of them were confirmed now, in this order; nothing is changed."""
    seats = _FreeSeats()
    return sum(seats.take(each, in_turn=True) for each in registrations)


def effect_of(action: Action, registrations: Iterable[Registration], *, now: datetime) -> Effect[State]:
    """Return what an act would do as things stand, in the order of the registrations; nothing is changed."""
    effect: Effect[State] = Effect()
    seats = _FreeSeats()
    answering = cache(lambda code: bool(coordinators_of([code])))
    promised = cache(promised_in)
    for registration in registrations:
        row = TRANSITIONS.get((registration.state, _fitting(action, registration)))
        if row is None or Party.ORGANISER not in row.parties:
            effect.refuse(registration.delegate_name, f"is {registration.state.label.lower()}")
        elif (
            action is not Action.REJECT and waits_for_economy(registration, now=now) and answering(registration.holder)
        ):
            effect.refuse(registration.delegate_name, _("waits for the economy's answer"))
        elif action is Action.OFFER:
            if seats.take(registration, in_turn=False):
                effect.outcomes[State.OFFERED] += 1
            else:
                effect.refuse(registration.delegate_name, f"no place is free for {registration.category.label}")
        elif action in (Action.CONFIRM, Action.ADMIT) and registration.id in promised(registration.forum_id):
            place = promised(registration.forum_id)[registration.id]
            effect.outcomes[State.CONFIRMED if place.holds_seat else State.WAITLISTED] += 1
        elif action in (Action.CONFIRM, Action.ADMIT):
            seated = seats.take(registration, in_turn=True)
            effect.outcomes[State.CONFIRMED if seated else State.WAITLISTED] += 1
        else:
            effect.outcomes.update(row.outcomes)
    return effect


def ended_by(action: Action, registrations: Iterable[Registration]) -> list[str]:
    """Return in sentences what would end with the registrations that an act ends; nothing is changed."""
    if action is not Action.REJECT:
        return []
    return would_end([each.id for each in registrations if (each.state, action) in TRANSITIONS])


def act_on_many(
    action: Action, registrations: Iterable[Registration], *, actor: Account, now: datetime, reason: str | None = None
) -> Effect[State]:
    """Do one act to each registration, each in a savepoint of its own.

    Returns:
        What happened; who was refused stays as before and is named with the reason.

    Raises:
        ReasonMissing: rejecting needs a reason, and nothing was done.

    Flushes; the caller commits.
    """
    if action is Action.REJECT and not (reason or "").strip():
        raise ReasonMissing("Give a reason: the delegates will read it.", field="reason")
    return act_on_each(
        registrations,
        lambda registration: act_on_one(action, registration, actor=actor, now=now, reason=reason),
        name=lambda registration: registration.delegate_name,
    )


def act_on_one(
    action: Action, registration: Registration, *, actor: Account, now: datetime, reason: str | None
) -> State:
    """Do one of ``BULK_ACTIONS`` and return the new state; admitting confirms who is approved already.

    Raises:
        TransitionRefused: the state does not allow it.
        ReasonMissing: rejecting needs a reason.

    Flushes; the caller commits.
    """
    match _fitting(action, registration):
        case Action.APPROVE:
            return approve_registration(registration, actor=actor, now=now)
        case Action.ADMIT:
            return admit_registration(registration, actor=actor, now=now)
        case Action.CONFIRM:
            return confirm_registration(registration, actor=actor, now=now)
        case Action.OFFER:
            return offer_place(registration, actor=actor, now=now)
        case Action.REJECT:
            return reject_registration(registration, actor=actor, now=now, reason=reason or "")
        case _:
            raise ValueError(f"{action} is no act for many")


def _fitting(action: Action, registration: Registration) -> Action:
    """Return CONFIRM for admitting an approved person: what an organiser means by it is the same."""
    if action is Action.ADMIT and registration.state is State.APPROVED:
        return Action.CONFIRM
    return action
