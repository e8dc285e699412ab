"""What is checked after every match: pairs that would rather have one another, and why each wish was not met."""

from dataclasses import dataclass
from enum import StrEnum

from .choice import choose
from .deferred import Matching
from .market import Market


class Reason(StrEnum):
    """Why an applicant is not at a host that they wished for more.

    ``BETTER_FIT`` is said where hosts do not rank; ``BLOCKING`` says that the host would take them
    now: a fault, or a host that is not ``guaranteed``.
    """

    OWN_ECONOMY = "own_economy"
    BLOCKED = "blocked"
    NOT_RANKED = "not_ranked"
    ECONOMY_CAP = "economy_cap"
    SECTOR_CAP = "sector_cap"
    RESERVED = "reserved"
    LOTTERY = "lottery"
    RANKED_HIGHER = "ranked_higher"
    NO_PLACES = "no_places"
    BETTER_FIT = "better_fit"
    BLOCKING = "blocking"


@dataclass(frozen=True)
class Refusal:
    """One wish that was not met, and why."""

    applicant: int
    host: int
    reason: Reason


def blocking_pairs(market: Market, matching: Matching) -> list[tuple[int, int]]:
    """Return the applicants and hosts who would rather have one another; settled places are out of it."""
    return [(each.applicant, each.host) for each in refusals(market, matching) if each.reason is Reason.BLOCKING]


def refusals(market: Market, matching: Matching) -> list[Refusal]:
    """Return the reason for each wish of each applicant that stands above what they got."""
    guests: list[list[int]] = [[] for _ in market.hosts]
    for applicant, host in enumerate(matching.host_of):
        if host is not None:
            guests[host].append(applicant)
    return [
        Refusal(applicant, host, _reason(market, applicant, host, guests[host]))
        for applicant, got in enumerate(matching.host_of)
        if applicant not in market.kept
        for host in _above(market.applicants[applicant].wishes, got)
    ]


def _above(wishes: tuple[int, ...], got: int | None) -> tuple[int, ...]:
    return wishes if got is None else wishes[: wishes.index(got)]


def _reason(market: Market, applicant: int, host: int, guests: list[int]) -> Reason:
    economy, rules = market.applicants[applicant].economy, market.hosts[host]
    if economy and economy == rules.economy:
        return Reason.OWN_ECONOMY
    if (applicant, host) in market.blocked:
        return Reason.BLOCKED
    if applicant not in market.ranks[host]:
        return Reason.NOT_RANKED
    movable = [who for who in guests if who not in market.kept]
    if applicant in _chosen(market, host, [*movable, applicant]):
        return Reason.BLOCKING
    return _lost(market, applicant, host, guests, movable)


def _chosen(market: Market, host: int, offers: list[int]) -> list[int]:
    if not market.hosts[host].plain:
        return choose(market, host, offers)
    room = max(market.hosts[host].places - len(market.seated[host]), 0)
    return sorted(offers, key=market.ranks[host].__getitem__)[:room]


def _lost(market: Market, applicant: int, host: int, guests: list[int], movable: list[int]) -> Reason:
    """Return why an acceptable applicant was not taken."""
    rules, own = market.hosts[host], market.applicants[applicant]
    alike = sum(market.applicants[who].economy == own.economy for who in guests)
    if rules.economy_cap is not None and alike >= rules.economy_cap:
        return Reason.ECONOMY_CAP
    alike = sum(market.applicants[who].sector == own.sector for who in guests)
    if rules.sector_cap is not None and alike >= rules.sector_cap:
        return Reason.SECTOR_CAP
    if not movable:
        return Reason.NO_PLACES
    ranks, size = market.ranks[host], len(market.applicants)
    last = max(movable, key=ranks.__getitem__)
    if ranks[last] > ranks[applicant]:
        return Reason.RESERVED
    return Reason.LOTTERY if ranks[last] // size == ranks[applicant] // size else Reason.RANKED_HIGHER
