"""Mails to the coordinators of two economies that exchange places."""

from datetime import datetime

from gtn_events.accounts.queries.coordinators import coordinators_of
from gtn_events.core.outbox import Recipient, enqueue_mail

from .enums import SwapState
from .models import AllotmentSwap
from .queries.allotments import holder_names

TEMPLATES = {
    SwapState.PROPOSED: "forum/swap_proposed",
    SwapState.ACCEPTED: "forum/swap_accepted",
    SwapState.DECLINED: "forum/swap_declined",
    SwapState.WITHDRAWN: "forum/swap_withdrawn",
    SwapState.ENDED: "forum/swap_ended",
}


def tell_of_swap(swap: AllotmentSwap, *, now: datetime) -> None:
    """Tell whoever has not acted how a swap stands now: the other side, or both where it ended by itself.

    A holder without coordinators (a delegation class) is told by the organiser.
    """
    told = {
        SwapState.PROPOSED: (swap.taker,),
        SwapState.WITHDRAWN: (swap.taker,),
        SwapState.ACCEPTED: (swap.giver,),
        SwapState.DECLINED: (swap.giver,),
        SwapState.ENDED: (swap.giver, swap.taker),
    }[swap.state]
    names = holder_names()
    for holder, coordinators in coordinators_of(told).items():
        for each in coordinators:
            enqueue_mail(
                f"{swap_mails(swap.id)}{swap.state}:{each.id}",
                TEMPLATES[swap.state],
                to=Recipient(each.email, each.display_name, each.language, each.time_zone),
                context={
                    "swap": swap,
                    "forum": swap.forum,
                    "holder": holder,
                    "giver": names[swap.giver],
                    "taker": names[swap.taker],
                },
                now=now,
                scope=swap.scope,
                hold=swap.forum.hold_mail,
            )


def swap_mails(swap_id: int) -> str:
    """Return how the keys of a swap's mails begin."""
    return f"swap:{swap_id}:"
