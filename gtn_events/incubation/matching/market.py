"""Who wants to go where: applicants with their wishes, hosts with their places and rankings."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from .lottery import draw


@dataclass(frozen=True)
class Applicant:
    """An SME that applies.

    Args:
        key: the reference of the application, by which the lottery draws.
        wishes: the numbers of hosts, the most wished first.
        traits: what places can be reserved for, such as ``women_led``.
    """

    key: str
    wishes: tuple[int, ...]
    economy: str = ""
    sector: str = ""
    traits: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Reserve:
    """Places kept for applicants with a trait; what they leave free is open to all."""

    trait: str
    places: int


@dataclass(frozen=True)
class Host:
    """An incubator that takes in.

    Args:
        ranking: the numbers of applicants in tiers, the best tier first; within a tier the
            lottery decides. Who stands in none is not acceptable.
        economy_cap: how many from one home economy at the most, and ``sector_cap`` from one sector.
    """

    places: int
    ranking: tuple[tuple[int, ...], ...]
    economy: str = ""
    economy_cap: int | None = None
    sector_cap: int | None = None
    reserves: tuple[Reserve, ...] = ()

    @property
    def plain(self) -> bool:
        """Whether places and ranking are all there is to it."""
        return self.economy_cap is None and self.sector_cap is None and not self.reserves

    @property
    def guaranteed(self) -> bool:
        """Whether a stable result and honest wishes are guaranteed with this host.

        They are where a host never takes someone because somebody else applied (its choice is
        path independent): with one kind of cap, or with one reserve, but not with several of these
        at once. Then the match is made all the same, and its blocking pairs are counted.
        """
        rules = (self.economy_cap is not None) + (self.sector_cap is not None) + len(self.reserves)
        return rules <= 1


@dataclass(frozen=True, eq=False)
class Market:
    """All that a match depends on.

    Args:
        blocked: declared blocks, as pairs of applicant and host.
        seed: the lottery's, whose commitment was published.
        kept: applicants whose place is settled, with their host; they move no more.
    """

    applicants: tuple[Applicant, ...]
    hosts: tuple[Host, ...]
    seed: str
    blocked: frozenset[tuple[int, int]] = frozenset()
    kept: Mapping[int, int] = field(default_factory=dict)

    @cached_property
    def lots(self) -> tuple[int, ...]:
        """Each applicant's lottery number, 0 is best."""
        return draw(self.seed, [applicant.key for applicant in self.applicants])

    @cached_property
    def ranks(self) -> tuple[dict[int, int], ...]:
        """For each host the rank of each applicant it accepts, tiers in order and ties drawn; the lowest is best."""
        lots, size = self.lots, len(self.applicants)
        return tuple(
            {who: tier * size + lots[who] for tier, alike in enumerate(host.ranking) for who in alike}
            for host in self.hosts
        )

    @cached_property
    def places_in_order(self) -> tuple[dict[int, int], ...]:
        """For each host the place of each applicant in its order, ties drawn; the first has 1."""
        return tuple(
            {who: place for place, who in enumerate(sorted(ranks, key=ranks.__getitem__), start=1)}
            for ranks in self.ranks
        )

    @cached_property
    def seated(self) -> tuple[tuple[int, ...], ...]:
        """For each host the applicants whose place there is settled."""
        by_host: list[list[int]] = [[] for _ in self.hosts]
        for applicant, host in sorted(self.kept.items()):
            by_host[host].append(applicant)
        return tuple(map(tuple, by_host))

    def possible(self, applicant: int, host: int) -> bool:
        """Say whether the two could be matched at all."""
        home = self.applicants[applicant].economy
        own = bool(home) and home == self.hosts[host].economy
        return applicant in self.ranks[host] and not own and (applicant, host) not in self.blocked
