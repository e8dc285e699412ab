"""Runs of the match and the offers that follow, on rows of the database."""

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import select

from gtn_events.accounts.enums import Role
from gtn_events.accounts.models import Account
from gtn_events.core.db import db
from gtn_events.core.outbox import OutboxMail
from gtn_events.incubation.domain.application_transitions import Party
from gtn_events.incubation.domain.applications import refuse_application, withdraw_application
from gtn_events.incubation.domain.match_runs import hosts_without_ranking, keep_run, match_gaps
from gtn_events.incubation.domain.offers import (
    accept_offer,
    decline_offer,
    give_place,
    lapse_offer,
    publish_run,
    remind,
    take_back_offer,
)
from gtn_events.incubation.enums import ApplicationState, BlockSource, MatchingMethod, OfferState, RunState
from gtn_events.incubation.errors import (
    ApplicationRefused,
    MatchRefused,
    OfferRefused,
    PlaceTaken,
    ReasonMissing,
    TransitionRefused,
)
from gtn_events.incubation.matching import Reason, match
from gtn_events.incubation.matching.published import market_from_json
from gtn_events.incubation.models import Application, Block, Call, HostRank, Intake, MatchOutcome, MatchRun, Offer
from gtn_events.incubation.queries.market import market_of
from tests.factories import grant_role, make_account
from tests.incubation.factories import make_application, make_call, make_host, make_intake

NOW = datetime(2027, 6, 14, 3, 0, tzinfo=UTC)


@pytest.fixture
def actor(database: None) -> Account:
    return make_account("organiser@gtn.example")


@pytest.fixture
def call(actor: Account) -> Call:
    return make_call()


def intake_of(call: Call, name: str, economy: str = "THA", places: int = 1, **values: object) -> Intake:
    return make_intake(call, make_host(name, economy), places, **values)


def applicant(call: Call, name: str, wishes: list[Intake], economy: str = "PE", **values: object) -> Application:
    account = make_account(f"{name}@firm.example", economy_code=economy)
    return make_application(call, account, wishes, title=name, **values)


def rank(intake: Intake, *tiers: list[Application]) -> None:
    for tier, alike in enumerate(tiers, start=1):
        for each in alike:
            db.session.add(HostRank(intake=intake, application=each, tier=tier))
    intake.ranking_sent_at = NOW - timedelta(days=1)
    db.session.commit()


def run_of(call: Call, actor: Account) -> MatchRun:
    rows = market_of(call)
    run = keep_run(call, rows, match(rows.market), actor=actor, now=NOW)
    db.session.commit()
    return run


def hosts_of(run: MatchRun) -> dict[str, str | None]:
    outcomes = db.session.scalars(select(MatchOutcome).where(MatchOutcome.run_id == run.id))
    return {each.application.title: each.intake.host.name if each.intake else None for each in outcomes}


@pytest.fixture
def two_and_one(call: Call) -> tuple[Intake, Application, Application]:
    """One place that two applicants want; the host prefers Rosa."""
    intake = intake_of(call, "Korat")
    rosa, minh = applicant(call, "Rosa", [intake]), applicant(call, "Minh", [intake], "VN")
    rank(intake, [rosa], [minh])
    return intake, rosa, minh


def mails() -> list[tuple[str, str]]:
    statement = select(OutboxMail.template, OutboxMail.to_address).order_by(OutboxMail.id)
    return [(template, address) for template, address in db.session.execute(statement)]


def offer_to(application: Application) -> Offer:
    return db.session.scalars(
        select(Offer).where(Offer.application_id == application.id).order_by(Offer.id.desc())
    ).first() or pytest.fail("no offer")


def test_a_run_keeps_what_it_gave_and_why_not_more(call: Call, actor: Account) -> None:
    korat, lima = intake_of(call, "Korat"), intake_of(call, "Lima Incuba", "PE")
    cebu = intake_of(call, "Cebu", "PHL", places=2)
    rosa = applicant(call, "Rosa", [lima, korat, cebu])
    minh = applicant(call, "Minh", [korat], "VN")
    rank(korat, [minh], [rosa])
    rank(lima, [rosa])
    rank(cebu, [rosa])
    run = run_of(call, actor)
    assert hosts_of(run) == {"Rosa": "Cebu", "Minh": "Korat"}
    outcome = db.session.scalars(select(MatchOutcome).where(MatchOutcome.application_id == rosa.id)).one()
    assert (outcome.choice, outcome.rank) == (3, 1)
    assert outcome.higher == [
        {"intake": lima.id, "reason": Reason.OWN_ECONOMY, "rank": 1},
        {"intake": korat.id, "reason": Reason.RANKED_HIGHER, "rank": 2},
    ]
    assert run.figures == {
        "applicants": 2, "places": 4, "hosts": 3, "matched": 2, "first_choice": 1,
        "blocking_pairs": 0, "own_economy": 0, "guaranteed": True,
    }  # fmt: skip


def test_a_kept_market_gives_the_same_match_again(call: Call, actor: Account) -> None:
    intakes = [intake_of(call, name, places=2, economy_cap=1) for name in ("Korat", "Cebu")]
    everybody = [applicant(call, f"F{number}", intakes, ("VN", "PE", "INA")[number % 3]) for number in range(7)]
    for intake in intakes:
        rank(intake, everybody)
    run = run_of(call, actor)
    again = match(market_from_json(run.market, seed=call.lottery_seed))
    kept = market_of(call)
    assert again == match(kept.market)
    assert run.figures["blocking_pairs"] == 0


def test_blocked_withdrawn_and_not_admitted_are_out_of_the_market(call: Call, actor: Account) -> None:
    korat = intake_of(call, "Korat", places=4)
    gone = intake_of(call, "Cebu", withdrawn_at=NOW)
    rosa, minh = applicant(call, "Rosa", [gone, korat]), applicant(call, "Minh", [korat], "VN")
    sent = applicant(call, "Sent", [korat], "CHL", state=ApplicationState.SUBMITTED)
    rank(korat, [rosa, minh, sent])
    db.session.add(Block(application=minh, intake=korat, source=BlockSource.HOST, noted_at=NOW))
    db.session.commit()
    run = run_of(call, actor)
    assert hosts_of(run) == {"Rosa": "Korat", "Minh": None}


def test_a_host_without_a_ranking_is_named(call: Call, actor: Account) -> None:
    korat = intake_of(call, "Korat")
    applicant(call, "Rosa", [korat])
    assert [each.host.name for each in hosts_without_ranking(call)] == ["Korat"]
    call.method = MatchingMethod.FIT
    assert hosts_without_ranking(call) == []


def test_a_match_waits_for_the_close_and_for_something_to_match(call: Call, actor: Account) -> None:
    assert len(match_gaps(call, now=call.closes_at - timedelta(minutes=1))) == 3
    applicant(call, "Rosa", [intake_of(call, "Korat")])
    assert match_gaps(call, now=NOW) == []


def test_publishing_makes_an_offer_for_each_place_and_tells_everybody_in_the_match(
    call: Call, actor: Account, two_and_one: tuple[Intake, Application, Application]
) -> None:
    intake, rosa, _ = two_and_one
    grant_role(make_account("korat@host.example"), Role.HOST_MANAGER, intake.host.scope)
    run = run_of(call, actor)
    publish_run(run, actor=actor, now=NOW)
    offer = offer_to(rosa)
    assert (run.state, offer.state) == (RunState.PUBLISHED, OfferState.OFFERED)
    # Ten days later, at the end of the day in Ho Chi Minh City.
    assert offer.accept_by.astimezone(call.zone).isoformat() == "2027-06-24T23:59:59+07:00"
    assert mails() == [
        ("incubation/offer_made", "Rosa@firm.example"),
        ("incubation/match_host", "korat@host.example"),
        ("incubation/match_no_place", "Minh@firm.example"),
    ]
    with pytest.raises(MatchRefused, match="published already"):
        publish_run(run, actor=actor, now=NOW)


def test_who_waits_is_told_once_and_a_host_of_each_answer(
    call: Call, actor: Account, two_and_one: tuple[Intake, Application, Application]
) -> None:
    intake, rosa, _ = two_and_one
    dewi = applicant(call, "Dewi", [intake], "INA")
    db.session.add(HostRank(intake=intake, application=dewi, tier=3))
    grant_role(make_account("korat@host.example"), Role.HOST_MANAGER, intake.host.scope)
    publish_run(run_of(call, actor), actor=actor, now=NOW)
    told = len(mails())
    decline_offer(offer_to(rosa), actor=rosa.account, now=NOW)
    publish_run(run_of(call, actor), actor=actor, now=NOW)
    assert mails()[told:] == [
        ("incubation/offer_declined", "Rosa@firm.example"),
        ("incubation/offer_answered_host", "korat@host.example"),
        ("incubation/offer_made", "Minh@firm.example"),
        ("incubation/match_host", "korat@host.example"),
    ]


def test_an_application_that_holds_a_place_is_neither_withdrawn_nor_refused(
    call: Call, actor: Account, two_and_one: tuple[Intake, Application, Application]
) -> None:
    _, rosa, _ = two_and_one
    publish_run(run_of(call, actor), actor=actor, now=NOW)
    with pytest.raises(ApplicationRefused, match="holds a place"):
        withdraw_application(rosa, party=Party.APPLICANT, actor=rosa.account, now=NOW)
    with pytest.raises(ApplicationRefused, match="holds a place"):
        refuse_application(rosa, actor=actor, now=NOW, reason="Not small.")
    decline_offer(offer_to(rosa), actor=rosa.account, now=NOW)
    assert withdraw_application(rosa, party=Party.APPLICANT, actor=rosa.account, now=NOW) is ApplicationState.WITHDRAWN


def test_a_run_that_is_not_of_today_is_not_published(
    call: Call, actor: Account, two_and_one: tuple[Intake, Application, Application]
) -> None:
    intake, _, _ = two_and_one
    first = run_of(call, actor)
    second = run_of(call, actor)
    with pytest.raises(MatchRefused, match="Run 2 is newer"):
        publish_run(first, actor=actor, now=NOW)
    intake.places = 2
    db.session.commit()
    with pytest.raises(MatchRefused, match="have changed since"):
        publish_run(second, actor=actor, now=NOW)


def test_after_a_decline_only_the_open_market_is_matched(call: Call, actor: Account) -> None:
    korat, cebu = intake_of(call, "Korat"), intake_of(call, "Cebu", "PHL")
    rosa, minh = applicant(call, "Rosa", [korat]), applicant(call, "Minh", [korat, cebu], "VN")
    dewi = applicant(call, "Dewi", [korat, cebu], "INA")
    rank(korat, [rosa], [minh], [dewi])
    rank(cebu, [minh], [dewi])
    publish_run(run_of(call, actor), actor=actor, now=NOW)
    decline_offer(offer_to(rosa), actor=rosa.account, now=NOW + timedelta(days=1))
    db.session.commit()
    again = run_of(call, actor)
    assert again.open_market
    # Minh keeps Cebu although Korat is free now: who has a place is not moved. Dewi gets it.
    assert hosts_of(again) == {"Minh": "Cebu", "Dewi": "Korat"}
    offers = publish_run(again, actor=actor, now=NOW + timedelta(days=2))
    assert [each.application.title for each in offers] == ["Dewi"]


def test_an_offer_is_answered_once_and_in_time(
    call: Call, actor: Account, two_and_one: tuple[Intake, Application, Application]
) -> None:
    _, rosa, _ = two_and_one
    publish_run(run_of(call, actor), actor=actor, now=NOW)
    offer = offer_to(rosa)
    with pytest.raises(OfferRefused, match="is over"):
        accept_offer(offer, actor=rosa.account, now=offer.accept_by + timedelta(seconds=1))
    accept_offer(offer, actor=rosa.account, now=offer.accept_by)
    with pytest.raises(TransitionRefused):
        accept_offer(offer, actor=rosa.account, now=NOW)
    with pytest.raises(ReasonMissing):
        decline_offer(offer, actor=rosa.account, now=NOW)
    decline_offer(offer, actor=rosa.account, now=NOW, reason="Our founder is ill.")
    assert offer.state is OfferState.DECLINED


def test_an_offer_lapses_after_its_time_and_is_reminded_once(
    call: Call, actor: Account, two_and_one: tuple[Intake, Application, Application]
) -> None:
    _, rosa, _ = two_and_one
    publish_run(run_of(call, actor), actor=actor, now=NOW)
    offer = offer_to(rosa)
    assert [remind(offer, now=NOW), remind(offer, now=NOW)] == [True, False]
    assert not lapse_offer(offer, now=offer.accept_by)
    assert lapse_offer(offer, now=offer.accept_by + timedelta(seconds=1))
    assert not lapse_offer(offer, now=offer.accept_by + timedelta(days=1))
    templates = [template for template, address in mails() if address == rosa.account.email]
    assert templates == [f"incubation/offer_{each}" for each in ("made", "reminder", "lapsed")]


def test_a_place_given_by_hand_keeps_every_rule(
    call: Call, actor: Account, two_and_one: tuple[Intake, Application, Application]
) -> None:
    intake, rosa, minh = two_and_one
    give_place(rosa, intake, actor=actor, now=NOW)
    with pytest.raises(OfferRefused, match="holds a place already"):
        give_place(rosa, intake_of(call, "Cebu", "PHL"), actor=actor, now=NOW)
    with pytest.raises(PlaceTaken):
        give_place(minh, intake, actor=actor, now=NOW)
    with pytest.raises(OfferRefused, match="another economy"):
        give_place(minh, intake_of(call, "Hanoi", "VN"), actor=actor, now=NOW)
    take_back_offer(offer_to(rosa), actor=actor, now=NOW, reason="The laboratory burnt down.")
    assert give_place(minh, intake, actor=actor, now=NOW).state is OfferState.OFFERED


def test_a_cap_holds_for_places_given_by_hand(call: Call, actor: Account) -> None:
    intake = intake_of(call, "Korat", places=3, economy_cap=1)
    give_place(applicant(call, "Rosa", [intake]), intake, actor=actor, now=NOW)
    with pytest.raises(OfferRefused, match="at most 1 from one economy"):
        give_place(applicant(call, "Ines", [intake]), intake, actor=actor, now=NOW)


def test_stays_that_are_too_short_and_other_fields_fit_less(call: Call, actor: Account) -> None:
    call.method = MatchingMethod.FIT
    good = intake_of(call, "Korat", only_sectors=["food"])
    late = intake_of(
        call, "Cebu", "PHL", only_sectors=["energy"], stay_from=date(2027, 12, 6), stay_until=date(2027, 12, 20)
    )
    applicant(call, "Rosa", [late, good])
    rows = market_of(call)
    assert [rows.fit[0, rows.host_keys.index(key)] for key in ("korat", "cebu")] == [100, 52]
