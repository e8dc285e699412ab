"""The exchanges of places that one economy gives or takes in."""

from dataclasses import dataclass

from sqlalchemy import Select

from gtn_events.core.db import db
from gtn_events.forum.enums import SwapState
from gtn_events.forum.models import AllotmentSwap
from gtn_events.forum.queries.allotments import swaps_of

from ..models import Delegation


@dataclass(frozen=True)
class Exchanges:
    """What waits for this economy's answer, what it waits for, and what is over; the newest first."""

    to_answer: list[AllotmentSwap]
    asked: list[AllotmentSwap]
    over: list[AllotmentSwap]


def exchanges_of(delegation: Delegation) -> Exchanges:
    """Return the exchanges of an economy at a forum."""
    found = list(db.session.scalars(swaps_of(delegation.forum, delegation.code)))
    proposed = [each for each in found if each.state is SwapState.PROPOSED]
    return Exchanges(
        [each for each in proposed if each.taker == delegation.code],
        [each for each in proposed if each.giver == delegation.code],
        [each for each in found if each.state is not SwapState.PROPOSED],
    )


def exchange_proposed_to(delegation: Delegation, swap_id: int) -> Select[AllotmentSwap]:
    """Select one exchange that this economy is asked for."""
    return swaps_of(delegation.forum).where(AllotmentSwap.id == swap_id, AllotmentSwap.taker == delegation.code)


def exchange_proposed_by(delegation: Delegation, swap_id: int) -> Select[AllotmentSwap]:
    """Select one exchange that this economy asked for."""
    return swaps_of(delegation.forum).where(AllotmentSwap.id == swap_id, AllotmentSwap.giver == delegation.code)
