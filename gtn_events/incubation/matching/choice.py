"""Whom a host takes of those who apply, by its places, ranking, caps and reserves."""

from collections import Counter
from collections.abc import Iterable

from .market import Market


def choose(market: Market, host: int, offers: Iterable[int]) -> list[int]:
    """Return the applicants a host takes, best rank first; those whose place is settled stay beside them.

    Reserved places are given first, each to the best with the trait, in the order of the
    reserves; then all places that are left, by rank. Caps hold throughout.
    """
    rules, seated = market.hosts[host], market.seated[host]
    waiting = sorted(offers, key=market.ranks[host].__getitem__)
    economies = Counter(market.applicants[who].economy for who in seated)
    sectors = Counter(market.applicants[who].sector for who in seated)
    free = rules.places - len(seated)
    taken: set[int] = set()

    def take(who: int) -> bool:
        applicant = market.applicants[who]
        full = len(taken) >= free
        capped = rules.economy_cap is not None and economies[applicant.economy] >= rules.economy_cap
        crowded = rules.sector_cap is not None and sectors[applicant.sector] >= rules.sector_cap
        if who in taken or full or capped or crowded:
            return False
        taken.add(who)
        economies[applicant.economy] += 1
        sectors[applicant.sector] += 1
        return True

    for reserve in rules.reserves:
        left = reserve.places - sum(reserve.trait in market.applicants[who].traits for who in (*seated, *taken))
        for who in waiting:
            if left > 0 and reserve.trait in market.applicants[who].traits and take(who):
                left -= 1
    for who in waiting:
        take(who)
    return [who for who in waiting if who in taken]
