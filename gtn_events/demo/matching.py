"""A call of the demonstration that is matched and published twice, with offers in each state."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta

from gtn_events.accounts.models import Account
from gtn_events.incubation.domain.application_blocks import decide_block, name_block
from gtn_events.incubation.domain.host_ranking import keep_order, ranking_of, refuse_to_take, send_ranking
from gtn_events.incubation.domain.match_runs import keep_run
from gtn_events.incubation.domain.offers import (
    accept_offer,
    decline_offer,
    lapse_offer,
    publish_run,
    remind,
    take_back_offer,
)
from gtn_events.incubation.domain.weak_order import WeakOrder
from gtn_events.incubation.enums import BlockSource
from gtn_events.incubation.matching import match
from gtn_events.incubation.models import Application, Call, Intake, Offer
from gtn_events.incubation.queries.blocks import blocks_about
from gtn_events.incubation.queries.host_desk import desk_of
from gtn_events.incubation.queries.market import market_of
from gtn_events.incubation.queries.offers import latest_offer

from .applications import PROJECTS, Project, apply_and_admit

FOOD, WATER, CIRCULAR, ENERGY = ("food_and_cold_chains", "water", "circular_production", "clean_energy")
FIRST = ("first-stay",)
Row = tuple[str, str, str, str, tuple[str, ...], tuple[str, ...]]
FIRMS: tuple[Row, ...] = (
    ("mex1", "Fruit dried after sunset", "Secado Oaxaca", FOOD, ("kyushu", "korat"), (*FIRST, "micro")),
    ("ina3", "A well that tells when it is empty", "Rinjani Water Works", WATER, ("kyushu", "lima"), ()),
    ("vn1", "Membranes from rice straw", "Sông Hồng Membranes", WATER, ("kyushu",), ("women-led",)),
    ("pe", "Cold rooms without a grid", "Andina Cold Store", FOOD, ("kyushu", "korat", "maker", "cebu"), FIRST),
    ("phl1", "Dryers that fishers mend", "Bayani Solar Dryers", FOOD, ("korat", "kyushu"), ("women-led",)),
    ("ct1", "Water for ten houses", "Clearwash", WATER, ("korat", "maker"), ("women-led",)),
    ("mas2", "Compost that keeps a store cool", "Meranti Compost", FOOD, ("korat", "cebu"), ()),
    ("rus3", "Heat from a river", "Amur Heat Pumps", ENERGY, ("atacama", "kyushu"), ("women-led",)),
    ("rus1", "Houses that are taken apart", "Taiga Module", CIRCULAR, ("johor", "kyushu"), ("women-led",)),
    ("jpn2", "A store on wheels", "Mirai Cold Storage", ENERGY, ("cebu", "atacama"), ()),
    ("jpn1", "Filters that are washed, not thrown away", "Kitakaze Filters", WATER, ("lima", "maker"), ("women-led",)),
    ("ina2", "Trays of sago fibre", "Sagu Biomaterials", CIRCULAR, ("johor", "maker"), ()),
    ("tha2", "Ice for a village market", "Lamphun Cold Chain", FOOD, ("cebu", "kyushu"), ("women-led",)),
    ("vn2", "Boxes pressed from husk", "Hà Giang Husk Boards", CIRCULAR, ("johor", "maker"), ("women-led",)),
    ("ct2", "A town that repairs", "Formosa Repair Guild", CIRCULAR, ("maker",), ()),
    ("mex2", "Walls of cactus fibre", "Nopal Aislantes", ENERGY, ("atacama", "maker"), ("women-led",)),
    ("phl3", "Coir instead of foam", "Visayas Coir Boards", CIRCULAR, ("maker",), ("women-led",)),
)
# Each host's tiers; two in one are equal, and the lottery decides.
ORDERS = {
    "kyushu": ("mex1", "ina3", "vn1", "pe", "phl1", "rus3", "rus1", "tha2"),
    "korat": ("phl1", "ct1", "mas2", "pe", "mex1"),
    "maker": ("ct2 phl3", "ct1", "jpn1", "ina2", "pe", "vn2", "mex2"),
    "cebu": ("tha2", "jpn2", "mas2"),
    "atacama": ("rus3", "mex2", "jpn2"),
    "lima": ("jpn1", "ina3"),
    "johor": ("ina2", "vn2", "rus1"),
}
STAY_AWAY = {"ina3", "mas2", "jpn2"}
SAME_MAIL = "They only have their mail with the same provider."
ORDER_CAME = "A large order came in; nobody of us can leave before spring."
ROOM_CLOSED = "The centre lost its room for this stay to a storm and cannot take you in."


def match_and_offer(call: Call, people: Mapping[str, Account], staff: Mapping[str, Account], *, now: datetime) -> None:
    """Apply, rank, match and publish; most accept, some give back, and the open market is matched again. Flushes."""
    organiser = staff["organiser"]
    applicants = {**people, "pe": staff["delegate"]}
    applications = apply_and_admit(call, applicants, organiser, projects=list(map(_project, FIRMS)))
    by_key = {each[0]: application for each, application in zip(FIRMS, applications, strict=True)}
    for block in blocks_about(by_key["pe"]):
        decide_block(block, confirm=False, reason=SAME_MAIL, actor=organiser, now=call.closes_at + timedelta(days=1))
    for intake in call.intakes:
        _rank(intake, by_key, staff["host"])
    published = now - timedelta(days=13)
    offers = _publish(call, organiser, now=published)
    _answer(offers, by_key, organiser, now=published)
    again = now - timedelta(days=2)
    _publish(call, organiser, now=again)
    accepted = _offer(by_key["vn1"])
    accept_offer(accepted, actor=by_key["vn1"].account, now=again + timedelta(hours=20))
    remind(_offer(by_key["jpn2"]), now=now - timedelta(hours=3))


def _project(row: Row) -> Project:
    key, title, firm, sector, wishes, traits = row
    like = PROJECTS[len(title) % len(PROJECTS)]
    return replace(
        like,
        key=key,
        title=title,
        firm=firm,
        sector=sector,
        wishes=wishes,
        traits=traits,
        known=(),
        weeks=8 + len(title) % 5,
        seen_by_others=False,
        summary=f"{title}: tried with users at home, to be tried in another climate.",
    )


def _rank(intake: Intake, by_key: Mapping[str, Application], manager: Account) -> None:
    now = intake.call.ranking_until - timedelta(days=2)
    order = ORDERS.get(intake.host.slug.partition("-")[0])
    if order is None:
        return
    tiers = tuple(tuple(by_key[key].id for key in tier.split()) for tier in order)
    keep_order(intake, WeakOrder(tiers), desk_of(intake, manager.id), actor=manager, now=now)
    for row in ranking_of(desk_of(intake, manager.id)).to_place:
        reason = "We have no cold room that is free in these months."
        refuse_to_take(intake, row.application, reason=reason, actor=manager, now=now)
    send_ranking(intake, ranking_of(desk_of(intake, manager.id)), actor=manager, now=now)


def _publish(call: Call, organiser: Account, *, now: datetime) -> list[Offer]:
    rows = market_of(call)
    run = keep_run(call, rows, match(rows.market), actor=organiser, now=now - timedelta(hours=2))
    return publish_run(run, actor=organiser, now=now)


def _answer(offers: list[Offer], by_key: Mapping[str, Application], organiser: Account, *, now: datetime) -> None:
    away = {by_key[key].id for key in STAY_AWAY}
    for number, offer in enumerate(offers):
        if offer.application_id not in away:
            accept_offer(offer, actor=offer.application.account, now=now + timedelta(hours=9 * number + 4))
    declined, silent, lost = (_offer(by_key[key]) for key in ("ina3", "mas2", "jpn2"))
    decline_offer(declined, actor=declined.application.account, now=now + timedelta(days=2), reason=ORDER_CAME)
    take_back_offer(lost, actor=organiser, now=now + timedelta(days=6), reason=ROOM_CLOSED)
    name_block(
        lost.application,
        lost.intake,
        BlockSource.ORGANISER,
        reason="No room for this stay.",
        actor=organiser,
        now=now + timedelta(days=6),
    )
    remind(silent, now=silent.accept_by - timedelta(days=2))
    lapse_offer(silent, now=silent.accept_by + timedelta(minutes=4))


def _offer(application: Application) -> Offer:
    offer = latest_offer(application)
    if offer is None:
        raise LookupError(f"the match of the demonstration gives {application.title} nothing")
    return offer
