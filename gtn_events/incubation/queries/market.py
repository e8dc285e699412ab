"""All rows that a match depends on, in a handful of questions."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from gtn_events.core.db import db

from ..enums import ApplicationState, BlockState, MatchingMethod, OfferState
from ..fitness import fit_of
from ..matching import Applicant, Host, Market, Reserve
from ..models import Application, Block, Call, HostRank, Intake, Offer, Wish


@dataclass(frozen=True)
class MarketRows:
    """A market, the ids of the rows behind its numbers, and what a published match calls the hosts.

    ``fit`` says how well each wish fits, 0 to 100, by the numbers of applicant and host; it is made only
    where hosts do not rank.
    """

    market: Market
    applications: Sequence[int]
    intakes: Sequence[int]
    host_keys: Sequence[str]
    fit: Mapping[tuple[int, int], int]


def market_of(call: Call) -> MarketRows:
    """Return the market of a call as it stands now.

    Its applicants are the admitted applications, its hosts the places that were not taken back. Who
    holds a place keeps it, and who gave one back is out of it: only the open market is matched.
    """
    applications = _applications(call)
    intakes = _intakes(call)
    who = {each.id: number for number, each in enumerate(applications)}
    where = {each.id: number for number, each in enumerate(intakes)}
    wishes, kept, gone = _wishes(call), _held(call), _given_back(call)
    ranking = _rankings(call, who) if call.method is MatchingMethod.STABLE else {}
    market = Market(
        applicants=tuple(
            Applicant(
                key=each.lottery_key,
                wishes=() if each.id in gone else tuple(where[at] for at in wishes[each.id] if at in where),
                economy=each.economy_code,
                sector=each.sector,
                traits=frozenset(each.traits),
            )
            for each in applications
        ),
        hosts=tuple(_host(each, ranking.get(each.id, ())) for each in intakes),
        seed=call.lottery_seed,
        blocked=frozenset((who[one], where[at]) for one, at in _blocks(call) if one in who and at in where),
        kept={who[one]: where[at] for one, at in kept.items() if one in who and at in where},
    )
    fits = call.method is MatchingMethod.FIT
    return MarketRows(
        market=market,
        applications=[each.id for each in applications],
        intakes=[each.id for each in intakes],
        host_keys=[each.host.slug for each in intakes],
        fit=_fit(market, applications, intakes) if fits else {},
    )


def _fit(market: Market, applications: Sequence[Application], intakes: Sequence[Intake]) -> dict[tuple[int, int], int]:
    return {
        (who, where): fit_of(applications[who], intakes[where])
        for who, applicant in enumerate(market.applicants)
        for where in applicant.wishes
    }


def _applications(call: Call) -> list[Application]:
    statement = select(Application).where(
        Application.call_id == call.id, Application.state == ApplicationState.ADMITTED
    )
    # Not in an order of the database: another one must give the same market.
    return sorted(db.session.scalars(statement), key=lambda each: each.lottery_key)


def _intakes(call: Call) -> list[Intake]:
    statement = select(Intake).where(Intake.call_id == call.id, Intake.withdrawn_at.is_(None))
    return sorted(db.session.scalars(statement.options(joinedload(Intake.host))), key=lambda each: each.host.slug)


def _host(intake: Intake, ranking: tuple[tuple[int, ...], ...]) -> Host:
    return Host(
        places=intake.places,
        ranking=ranking,
        economy=intake.host.economy_code,
        economy_cap=intake.economy_cap,
        sector_cap=intake.sector_cap,
        reserves=tuple(Reserve(each["trait"], each["places"]) for each in intake.reserves),
    )


def _wishes(call: Call) -> dict[int, list[int]]:
    found: dict[int, list[int]] = defaultdict(list)
    statement = (
        select(Wish.application_id, Wish.intake_id)
        .join(Application, Application.id == Wish.application_id)
        .where(Application.call_id == call.id)
        .order_by(Wish.application_id, Wish.position)
    )
    for application_id, intake_id in db.session.execute(statement):
        found[application_id].append(intake_id)
    return found


def _rankings(call: Call, who: Mapping[int, int]) -> dict[int, tuple[tuple[int, ...], ...]]:
    """Return each host's tiers, by the id of its intake."""
    tiers: dict[int, dict[int, list[int]]] = defaultdict(lambda: defaultdict(list))
    statement = (
        select(HostRank.intake_id, HostRank.tier, HostRank.application_id)
        .join(Intake, Intake.id == HostRank.intake_id)
        .where(Intake.call_id == call.id, HostRank.tier.is_not(None))
    )
    for intake_id, tier, application_id in db.session.execute(statement):
        if tier is not None and application_id in who:
            tiers[intake_id][tier].append(who[application_id])
    return {
        intake_id: tuple(tuple(sorted(found[tier])) for tier in sorted(found)) for intake_id, found in tiers.items()
    }


def _blocks(call: Call) -> list[tuple[int, int]]:
    statement = (
        select(Block.application_id, Block.intake_id)
        .join(Intake, Intake.id == Block.intake_id)
        .where(Intake.call_id == call.id, Block.state != BlockState.DISMISSED)
    )
    return [(application_id, intake_id) for application_id, intake_id in db.session.execute(statement)]


def _held(call: Call) -> dict[int, int]:
    return dict(_offers(call, [state for state in OfferState if state.holds_a_place]))


def _given_back(call: Call) -> set[int]:
    """Return who declined a place or let it lapse; an offer that the organiser took back puts nobody out."""
    return {one for one, _ in _offers(call, [OfferState.DECLINED, OfferState.LAPSED])}


def _offers(call: Call, states: Sequence[OfferState]) -> list[tuple[int, int]]:
    statement = (
        select(Offer.application_id, Offer.intake_id)
        .join(Intake, Intake.id == Offer.intake_id)
        .where(Intake.call_id == call.id, Offer.state.in_(states))
    )
    return [(application_id, intake_id) for application_id, intake_id in db.session.execute(statement)]
