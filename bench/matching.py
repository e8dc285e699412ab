"""CPU of matching SMEs and hosts: ``python bench/matching.py``.

10,000 applicants of 20 economies, 300 hosts, lists of 8; places for four fifths of the applicants; hosts rank
in tiers of five. From lists to matching, lottery and rank tables among it; the check of blocking pairs apart.
CPU is user + system time of this process, the median of five runs.
"""

import random
import statistics
import time
from collections.abc import Callable
from dataclasses import replace
from typing import TypeVar

from gtn_events.incubation.matching import Applicant, Host, Market, Reserve, blocking_pairs, match

APPLICANTS, HOSTS, WISHES, TIER = 10_000, 300, 8, 5
ECONOMIES = [f"E{number}" for number in range(20)]
SECTORS = ["energy", "water", "waste", "transport", "buildings"]
TARGET = 0.2
TIMES = 5

Result = TypeVar("Result")


def main() -> None:
    market = make_market()
    capped = replace(market, hosts=tuple(replace(host, economy_cap=3) for host in market.hosts))
    women = (Reserve("women_led", 5),)
    reserved = replace(market, hosts=tuple(replace(host, reserves=women) for host in market.hosts))
    for what, each, target in (
        ("places and rankings", market, TARGET),
        ("at most 3 of an economy", capped, None),
        ("5 places reserved", reserved, None),
    ):
        # A market keeps its rank tables; each run gets one that has none yet.
        found = measured(f"match, {what}", lambda each=each: match(replace(each)), target=target)
        pairs = measured("    blocking pairs", lambda each=each, found=found: blocking_pairs(each, found))
        matched = [(who, host) for who, host in enumerate(found.host_of) if host is not None]
        own = sum(each.applicants[who].economy == each.hosts[host].economy for who, host in matched)
        print(f"    {len(matched):,} matched, {len(pairs)} blocking pairs, {own} at their own economy")


def make_market() -> Market:
    """Return the market that is measured, the same at every run."""
    draw = random.Random(2013)
    applicants = tuple(
        Applicant(
            key=f"A-{number}",
            wishes=tuple(draw.sample(range(HOSTS), WISHES)),
            economy=draw.choice(ECONOMIES),
            sector=draw.choice(SECTORS),
            traits=frozenset({"women_led"} if draw.random() < 0.3 else ()),
        )
        for number in range(APPLICANTS)
    )
    wanted: list[list[int]] = [[] for _ in range(HOSTS)]
    for number, applicant in enumerate(applicants):
        for host in applicant.wishes:
            wanted[host].append(number)
    for names in wanted:
        draw.shuffle(names)
    places = APPLICANTS * 4 // 5 // HOSTS
    hosts = tuple(
        Host(places, tuple(tuple(names[at : at + TIER]) for at in range(0, len(names), TIER)), draw.choice(ECONOMIES))
        for names in wanted
    )
    return Market(applicants, hosts, seed="Bali 2013")


def measured(what: str, work: Callable[[], Result], *, target: float | None = None) -> Result:
    """Do it some times, print the CPU seconds, and return what came of it."""
    seconds = []
    for _ in range(TIMES):
        before = time.process_time()
        result = work()
        seconds.append(time.process_time() - before)
    took = statistics.median(seconds)
    goal = "" if target is None else f"  (target {target:g} s: {'met' if took <= target else 'MISSED'})"
    print(f"{what:40} {took:6.3f} s{goal}", flush=True)
    return result


if __name__ == "__main__":
    main()
