"""Small markets of every kind, and what is stable in them, found by trying everything."""

from collections import Counter
from collections.abc import Iterator
from itertools import combinations, product

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

from gtn_events.incubation.matching import Applicant, Host, Market, Reserve

ECONOMIES, SECTORS, TRAIT = ("PE", "VN"), ("energy", "water"), "women_led"
# A busy machine is no reason to fail.
STEADY = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
HostOf = tuple[int | None, ...]


@st.composite
def markets(draw: st.DrawFn, *, guaranteed: bool = True) -> Market:
    """Return a market of up to four applicants and three hosts.

    Args:
        guaranteed: each host has one kind of rule beside places and ranking at the most.
    """
    applicants, hosts = draw(st.integers(1, 4)), draw(st.integers(1, 3))
    everybody = st.permutations(range(applicants))
    return Market(
        applicants=tuple(
            Applicant(
                key=f"A-{number}",
                wishes=tuple(draw(st.permutations(range(hosts)))[: draw(st.integers(0, hosts))]),
                economy=draw(st.sampled_from(ECONOMIES)),
                sector=draw(st.sampled_from(SECTORS)),
                traits=draw(st.sampled_from((frozenset(), frozenset({TRAIT})))),
            )
            for number in range(applicants)
        ),
        hosts=tuple(_host(draw, everybody, guaranteed=guaranteed) for _ in range(hosts)),
        seed=draw(st.sampled_from(("one", "two", "three"))),
        blocked=draw(st.frozensets(st.tuples(st.integers(0, applicants - 1), st.integers(0, hosts - 1)), max_size=2)),
    )


def _host(draw: st.DrawFn, everybody: st.SearchStrategy[list[int]], *, guaranteed: bool) -> Host:
    order = draw(everybody)
    cut = draw(st.integers(0, len(order)))
    last = draw(st.integers(cut, len(order)))
    rules: dict[str, object] = {
        "economy_cap": draw(st.integers(0, 2)),
        "sector_cap": draw(st.integers(0, 2)),
        "reserves": (Reserve(TRAIT, draw(st.integers(0, 2))),),
    }
    chosen = draw(st.sets(st.sampled_from(sorted(rules)), max_size=1 if guaranteed else 3))
    return Host(
        places=draw(st.integers(0, 3)),
        ranking=(tuple(order[:cut]), tuple(order[cut:last])),
        economy=draw(st.sampled_from((*ECONOMIES, "CHL"))),
        **{name: rules[name] for name in chosen},  # type: ignore[arg-type]  # each name has its own type
    )


def best_choice(market: Market, host: int, offers: set[int]) -> set[int]:
    """Return whom the host takes, found by trying every set: reserves filled as far as can be, then the best ranks."""
    rules, ranks = market.hosts[host], market.ranks[host]

    def within(chosen: tuple[int, ...]) -> bool:
        economies = Counter(market.applicants[who].economy for who in chosen)
        sectors = Counter(market.applicants[who].sector for who in chosen)
        return (rules.economy_cap is None or max(economies.values(), default=0) <= rules.economy_cap) and (
            rules.sector_cap is None or max(sectors.values(), default=0) <= rules.sector_cap
        )

    def worth(chosen: tuple[int, ...]) -> tuple[object, ...]:
        filled = tuple(
            min(reserve.places, sum(reserve.trait in market.applicants[who].traits for who in chosen))
            for reserve in rules.reserves
        )
        # A shorter list is worth less than one that goes on: missing ranks count as the worst.
        in_order = sorted(ranks[who] for who in chosen) + [10**6] * (rules.places - len(chosen))
        return (*filled, *(-rank for rank in in_order))

    sizes = range(min(rules.places, len(offers)) + 1)
    allowed = [chosen for size in sizes for chosen in combinations(sorted(offers), size) if within(chosen)]
    return set(max(allowed, key=worth))


def stable_matchings(market: Market) -> Iterator[HostOf]:
    """Yield each matching that no applicant, host or pair of them would leave."""
    choices = [
        [None, *(host for host in applicant.wishes if market.possible(who, host))]
        for who, applicant in enumerate(market.applicants)
    ]
    for host_of in product(*choices):
        if is_stable(market, host_of):
            yield host_of


def is_stable(market: Market, host_of: HostOf) -> bool:
    """Say whether each host would choose its guests, and no applicant could be chosen by a host wished for more."""
    guests = [{who for who, where in enumerate(host_of) if where == host} for host in range(len(market.hosts))]
    if any(best_choice(market, host, guests[host]) != guests[host] for host in range(len(market.hosts))):
        return False
    return not any(
        who in best_choice(market, host, guests[host] | {who})
        for who, applicant in enumerate(market.applicants)
        for host in applicant.wishes[: place_of(applicant, host_of[who])]
        if market.possible(who, host)
    )


def place_of(applicant: Applicant, host: int | None) -> int:
    """Return the place of a host among the wishes, 0 for the best; without a host, one past the last."""
    return len(applicant.wishes) if host is None else applicant.wishes.index(host)
