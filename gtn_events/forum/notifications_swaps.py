"""Mails to the two sides that exchange places."""

from datetime import datetime

from gtn_events.accounts.enums import Role
from gtn_events.accounts.models import Account
from gtn_events.accounts.queries.coordinators import coordinators_of
from gtn_events.accounts.queries.staff import staff_grants
from gtn_events.core.links import site_url
from gtn_events.core.outbox import Recipient, enqueue_mail

from .enums import SwapState
from .models import AllotmentSwap
from .queries.allotments import DELEGATION_CLASSES, holder_names

TEMPLATES = {
    SwapState.PROPOSED: "forum/swap_proposed",
    SwapState.ACCEPTED: "forum/swap_accepted",
    SwapState.DECLINED: "forum/swap_declined",
    SwapState.WITHDRAWN: "forum/swap_withdrawn",
    SwapState.ENDED: "forum/swap_ended",
}


def tell_of_swap(swap: AllotmentSwap, *, now: datetime) -> None:
    """Tell whoever has not acted how a swap stands now: the other side, or both where it ended by itself.

    An economy is told by its coordinators, a delegation without an economy by the organisers, who answer for it.
    """
    told = {
        SwapState.PROPOSED: (swap.taker,),
        SwapState.WITHDRAWN: (swap.taker,),
        SwapState.ACCEPTED: (swap.giver,),
        SwapState.DECLINED: (swap.giver,),
        SwapState.ENDED: (swap.giver, swap.taker),
    }[swap.state]
    names, coordinators = holder_names(), coordinators_of(told)
    for holder in told:
        for each in _organisers(swap) if holder in DELEGATION_CLASSES else coordinators.get(holder, []):
            enqueue_mail(
                f"{swap_mails(swap.id)}{swap.state}:{each.id}",
                TEMPLATES[swap.state],
                to=Recipient(each.email, each.display_name, each.language, each.time_zone),
                context={
                    "swap": swap,
                    "forum": swap.forum,
                    "page": _page_of(swap, holder),
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


def _organisers(swap: AllotmentSwap) -> list[Account]:
    return [grant.account for grant in staff_grants(swap.scope, [Role.ORGANISER])]


def _page_of(swap: AllotmentSwap, holder: str) -> str:
    """Return the address where a holder's exchanges are answered."""
    if holder in DELEGATION_CLASSES:
        return site_url("forum_manage.exchange_list", forum=swap.forum)
    return site_url("delegations.exchanges", forum=swap.forum, economy=holder)
