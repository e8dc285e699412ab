"""A published instance of 100 residents and 50 hospitals, and known answers of small ones."""

import json
from pathlib import Path

from gtn_events.incubation.matching import Applicant, Host, Market, blocking_pairs, match


def market_of(wishes: dict[int, list[int]], rankings: dict[int, list[int]], *, places: int) -> Market:
    """Return the market in which nobody is ranked alike; both sides are numbered from 0."""
    return Market(
        applicants=tuple(Applicant(str(who), tuple(wishes[who])) for who in sorted(wishes)),
        hosts=tuple(Host(places, tuple((who,) for who in rankings[host])) for host in sorted(rankings)),
        seed="not needed",
    )


def test_readme_example_of_matching_library() -> None:
    # daffidwilde/matching, its README: residents A, S, D, J, L; hospitals M, C, G of two places each.
    found = match(
        market_of(
            {0: [1], 1: [1, 0], 2: [1, 0, 2], 3: [1, 2, 0], 4: [0, 1, 2]},
            {0: [2, 4, 1, 3], 1: [2, 0, 1, 4, 3], 2: [2, 3, 4]},
            places=2,
        )
    )

    assert found.host_of == (1, 0, 1, 2, 0)


def test_issue_159_is_solved_although_some_lists_are_not_mutual(shared_data: Path) -> None:
    data = json.loads((shared_data / "matching" / "matchingpkg-issue_159.json").read_text("utf-8"))
    wishes = {int(who): list(hosts) for who, hosts in data["residents"].items()}
    rankings = {int(host): list(residents) for host, residents in data["hospitals"].items()}
    market = market_of(wishes, rankings, places=1)

    found = match(market)

    assert blocking_pairs(market, found) == []
    # By the theorem of rural hospitals, hospitals proposing must seat the same residents at as many places.
    turned = market_of(rankings, wishes, places=1)
    hospital_of = {
        resident: hospital for hospital, resident in enumerate(match(turned).host_of) if resident is not None
    }
    assert {who for who, host in enumerate(found.host_of) if host is not None} == set(hospital_of)
    assert {host for host in found.host_of if host is not None} == set(hospital_of.values())
    for who, hospital in hospital_of.items():
        assert wishes[who].index(found.host_of[who]) <= wishes[who].index(hospital)
