"""A market as JSON: what a run keeps, and what is published so that anybody can run it again."""

from collections.abc import Mapping, Sequence
from typing import Any

from .market import Applicant, Host, Market, Reserve

Json = Mapping[str, Any]  # Any: what a file holds


def market_to_json(market: Market, hosts: Sequence[str]) -> dict[str, Any]:
    """Return the market with applicants by their key and hosts by the key given here, without the seed.

    Args:
        hosts: a key for each host, in the market's order.
    """
    names = [applicant.key for applicant in market.applicants]
    return {
        "applicants": [
            {
                "key": applicant.key,
                "economy": applicant.economy,
                "sector": applicant.sector,
                "traits": sorted(applicant.traits),
                "wishes": [hosts[number] for number in applicant.wishes],
            }
            for applicant in market.applicants
        ],
        "hosts": [
            {
                "key": key,
                "economy": host.economy,
                "places": host.places,
                "economy_cap": host.economy_cap,
                "sector_cap": host.sector_cap,
                "reserves": [{"trait": each.trait, "places": each.places} for each in host.reserves],
                "ranking": [[names[who] for who in tier] for tier in host.ranking],
            }
            for key, host in zip(hosts, market.hosts, strict=True)
        ],
        "blocked": sorted([names[who], hosts[where]] for who, where in market.blocked),
        "kept": {names[who]: hosts[where] for who, where in sorted(market.kept.items())},
    }


def needed_of(stored: Json, got: Mapping[str, str], *, hosts_rank: bool) -> dict[str, Any]:
    """Return as much of a market as it takes to make the same match again, and to count the same blocking pairs.

    Where hosts rank, nobody asks a host below the one they got: of each applicant that leaves the wishes down to it
    (none where the place was settled before), of each host those who asked it, and the blocks between these. A
    trait stands in it where places are reserved for it, sectors where a host has a limit for them.

    Args:
        stored: what ``market_to_json`` returned.
        got: the host of each applicant who has one.
        hosts_rank: False where every wish weighs.
    """
    reserved = {rule["trait"] for host in stored["hosts"] for rule in host["reserves"]}
    by_sector = any(host["sector_cap"] is not None for host in stored["hosts"])
    kept = stored["kept"]
    wishes = {each["key"]: each["wishes"] for each in stored["applicants"] if each["key"] not in kept}
    asked: dict[str, Sequence[str]] = {key: [] for key in kept}
    asked |= {key: _down_to(those, got.get(key)) if hosts_rank else those for key, those in wishes.items()}
    return {
        "applicants": [
            each
            | {"wishes": asked[each["key"]], "traits": [trait for trait in each["traits"] if trait in reserved]}
            | ({} if by_sector else {"sector": ""})
            for each in stored["applicants"]
        ],
        "hosts": [
            host | {"ranking": [[who for who in tier if host["key"] in asked[who]] for tier in host["ranking"]]}
            for host in stored["hosts"]
        ],
        "blocked": [[who, host] for who, host in stored["blocked"] if host in asked[who]],
        "kept": kept,
    }


def market_from_json(stored: Json, *, seed: str) -> Market:
    """Return the market that ``market_to_json`` wrote.

    Raises:
        KeyError: it names an applicant or a host that it does not hold.
        TypeError, ValueError: it is not of that form.
    """
    who = {each["key"]: number for number, each in enumerate(stored["applicants"])}
    where = {each["key"]: number for number, each in enumerate(stored["hosts"])}
    return Market(
        applicants=tuple(
            Applicant(
                key=each["key"],
                wishes=tuple(where[key] for key in each["wishes"]),
                economy=each["economy"],
                sector=each["sector"],
                traits=frozenset(each["traits"]),
            )
            for each in stored["applicants"]
        ),
        hosts=tuple(
            Host(
                places=each["places"],
                ranking=tuple(tuple(who[key] for key in tier) for tier in each["ranking"]),
                economy=each["economy"],
                economy_cap=each["economy_cap"],
                sector_cap=each["sector_cap"],
                reserves=tuple(Reserve(rule["trait"], rule["places"]) for rule in each["reserves"]),
            )
            for each in stored["hosts"]
        ),
        seed=seed,
        blocked=frozenset((who[one], where[other]) for one, other in stored["blocked"]),
        kept={who[one]: where[other] for one, other in stored["kept"].items()},
    )


def _down_to(wishes: Sequence[str], got: str | None) -> Sequence[str]:
    return wishes if got is None else wishes[: wishes.index(got) + 1]
