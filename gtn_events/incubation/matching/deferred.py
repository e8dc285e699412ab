"""Deferred acceptance, applicants proposing (Gale and Shapley 1962; Hatfield and Milgrom 2005 for choice functions)."""

from bisect import insort
from dataclasses import dataclass

from .choice import choose
from .market import Market


@dataclass(frozen=True)
class Matching:
    """Each applicant's host, or None without one; settled places are among them."""

    host_of: tuple[int | None, ...]

    def guests(self, host: int) -> tuple[int, ...]:
        """Return the applicants matched with a host."""
        return tuple(applicant for applicant, where in enumerate(self.host_of) if where == host)


def match(market: Market) -> Matching:
    """Return the matching: the best stable one for every applicant, if every host is ``guaranteed``.

    Then no applicant gains by ordering wishes otherwise than they are.
    """
    proposals = [
        iter([] if who in market.kept else [host for host in applicant.wishes if market.possible(who, host)])
        for who, applicant in enumerate(market.applicants)
    ]
    host_of: list[int | None] = [market.kept.get(who) for who in range(len(market.applicants))]
    held: list[list[tuple[int, int]]] = [[] for _ in market.hosts]
    free = [who for who in reversed(range(len(market.applicants))) if who not in market.kept]
    while free:
        applicant = free.pop()
        host = next(proposals[applicant], None)
        if host is None:
            continue
        insort(held[host], (market.ranks[host][applicant], applicant))
        host_of[applicant] = host
        for refused in _refused(market, host, held[host]):
            host_of[refused] = None
            free.append(refused)
    return Matching(tuple(host_of))


def _refused(market: Market, host: int, held: list[tuple[int, int]]) -> list[int]:
    """Take those whom the host does not keep out of ``held``, and return them."""
    if market.hosts[host].plain:
        room = max(market.hosts[host].places - len(market.seated[host]), 0)
        return [held.pop()[1]] if len(held) > room else []
    kept = set(choose(market, host, [applicant for _, applicant in held]))
    refused = [applicant for _, applicant in held if applicant not in kept]
    held[:] = [(rank, applicant) for rank, applicant in held if applicant in kept]
    return refused
