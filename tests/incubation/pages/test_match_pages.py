"""The pages of the match and its offers: the organiser's, the applicant's, the host's, everybody's."""

import json
import re
from datetime import UTC, datetime, timedelta

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from gtn_events.accounts.enums import Role
from gtn_events.accounts.models import Account
from gtn_events.core import clock
from gtn_events.core.db import db
from gtn_events.core.economies import Economy
from gtn_events.core.jobs import Job, run_due_jobs
from gtn_events.core.outbox import OutboxMail
from gtn_events.incubation.domain.application_transitions import Party
from gtn_events.incubation.domain.applications import withdraw_application
from gtn_events.incubation.domain.match_file import verify_match
from gtn_events.incubation.domain.offers import accept_offer, decline_offer, publish_run
from gtn_events.incubation.enums import (
    ApplicationState,
    BlockSource,
    MatchingMethod,
    OfferState,
    PlacementState,
    RunState,
)
from gtn_events.incubation.models import Application, Block, Call, HostRank, Intake, MatchRun, Offer, Placement
from tests.accounts.pages import words
from tests.factories import grant_role, make_account, sign_in
from tests.incubation.factories import make_application, make_call, make_host, make_intake

NOW = datetime(2027, 6, 14, 3, 0, tzinfo=UTC)
CALL = "/co-incubation/co-incubation-2027"
MANAGE = f"{CALL}/manage"
HOMES = {"Rosa": "PE", "Minh": "VN", "Dewi": "INA", "Ines": "CHL"}


@pytest.fixture(autouse=True)
def summer(spring: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """The moment of these tests: hosts have ranked."""
    monkeypatch.setattr(clock, "now", lambda: NOW)


@pytest.fixture
def korat(call: Call) -> Intake:
    """Two places; Kyushu has one, and four firms want both in this order."""
    kyushu = make_intake(call, make_host("Kyushu", "JPN", time_zone="Asia/Tokyo", city="Fukuoka"), 1)
    korat = make_intake(call, make_host("Korat"), 2, gives="A desk and a cold room", mentor="The head of programme")
    for place, (name, economy) in enumerate(HOMES.items(), start=1):
        firm = make_account(f"{name.lower()}@firm.example", family_name=name, economy_code=economy)
        application = make_application(call, firm, [kyushu, korat], title=f"Plan of {name}")
        db.session.add_all(HostRank(intake=each, application=application, tier=place) for each in (kyushu, korat))
    kyushu.ranking_sent_at = korat.ranking_sent_at = NOW
    db.session.commit()
    return korat


def application_of(name: str) -> Application:
    return db.session.scalars(select(Application).where(Application.title == f"Plan of {name}")).one()


def offer_of(name: str) -> Offer:
    statement = select(Offer).join(Application, Application.id == Offer.application_id)
    return db.session.scalars(
        statement.where(Application.title == f"Plan of {name}").order_by(Offer.id.desc())
    ).first() or pytest.fail("no offer")


def make_run(desk: FlaskClient) -> MatchRun:
    """Press the button and let a worker do it."""
    assert desk.post(f"{MANAGE}/match").status_code == 302
    run_due_jobs(NOW)
    return db.session.scalars(select(MatchRun).order_by(MatchRun.number.desc())).first() or pytest.fail("no run")


@pytest.fixture
def published(desk: FlaskClient, organiser: Account, korat: Intake) -> MatchRun:
    """Rosa at Kyushu, Minh and Dewi at Korat, Ines without a place."""
    run = make_run(desk)
    publish_run(run, actor=organiser, now=NOW)
    db.session.commit()
    return run


def sign_in_as(client: FlaskClient, name: str) -> None:
    sign_in(client, application_of(name).account)


def test_what_is_missing_stands_on_the_page_and_stops_nothing_but_an_open_call(
    desk: FlaskClient, call: Call, korat: Intake
) -> None:
    korat.ranking_sent_at = None
    late = make_application(call, make_account("li@firm.example"), [korat], state=ApplicationState.SUBMITTED)
    db.session.add(Block(application=late, intake=korat, source=BlockSource.HOST, noted_at=NOW))
    db.session.commit()
    page = words(desk.get(f"{MANAGE}/match").text)
    for told in (
        "1 application is not decided",
        "1 conflict waits for a decision",
        "1 host has not sent its ranking",
        "The time to rank is over",
        "No run was made yet",
    ):
        assert told in page
    call.closes_at = call.ranking_until = NOW + timedelta(days=1)
    db.session.commit()
    page = words(desk.get(f"{MANAGE}/match").text)
    assert "Applications can still be sent." in page
    assert "Make a run" not in page
    desk.post(f"{MANAGE}/match")
    assert db.session.scalars(select(Job)).all() == []


def test_a_run_is_made_by_a_worker_and_shows_both_ranks_reasons_and_flows(desk: FlaskClient, korat: Intake) -> None:
    run = make_run(desk)
    assert db.session.scalars(select(OutboxMail)).all() == []
    page = words(desk.get(f"{MANAGE}/match/{run.number}").text)
    for told in (
        "Stable matching, applicants proposing.",
        "Kyushu: Filled above, 2nd there",
        "Plan of Ines",
        "Korat: Filled above, 4th there",
        "3 placements between the economies; the most from",
        "2nd and 3rd",
    ):
        assert told in page, told
    # Who got no place stands last, on either database.
    assert page.index("Plan of Rosa") < page.index("Plan of Ines")
    without = words(desk.get(f"{MANAGE}/match/{run.number}?show=without").text)
    assert ("Plan of Ines" in without, "Plan of Rosa" in without) == (True, False)


def test_a_second_press_waits_for_the_first_job(desk: FlaskClient, korat: Intake) -> None:
    first, second = (desk.post(f"{MANAGE}/match").location for _time in range(2))
    assert first == second


def test_where_hosts_do_not_rank_the_page_says_that_it_is_no_stable_matching(
    desk: FlaskClient, client: FlaskClient, call: Call, organiser: Account, korat: Intake
) -> None:
    call.method = MatchingMethod.FIT
    db.session.commit()
    run = make_run(desk)
    assert "This is not a stable matching." in words(desk.get(f"{MANAGE}/match/{run.number}").text)
    publish_run(run, actor=organiser, now=NOW)
    db.session.commit()
    assert "This is not a stable matching" in words(client.get(f"{CALL}/result").text)


def test_two_runs_are_compared_page_by_page(desk: FlaskClient, korat: Intake) -> None:
    make_run(desk)
    korat.places = 1
    db.session.commit()
    run = make_run(desk)
    page = words(desk.get(f"{MANAGE}/match/{run.number}/changes").text)
    assert ("Plan of Dewi" in page, "Plan of Rosa" in page, "No place" in page) == (True, False, True)
    assert "This is the first run" in words(desk.get(f"{MANAGE}/match/1/changes").text)
    assert desk.get(f"{MANAGE}/match/9").status_code == 404


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_a_run_is_exported(desk: FlaskClient, korat: Intake, kind: str) -> None:
    make_run(desk)
    reply = desk.post(f"{MANAGE}/match/1/export", data={"as": kind})
    assert f"match-1.{kind}" in reply.headers["Content-Disposition"]
    if kind == "csv":
        assert "Kyushu: Filled above, 4th there; Korat: Filled above, 4th there" in reply.text


def test_publishing_asks_first_and_names_every_mail(desk: FlaskClient, call: Call, korat: Intake) -> None:
    grant_role(make_account("korat@host.example"), Role.HOST_MANAGER, korat.host.scope)
    run = make_run(desk)
    page = words(desk.get(f"{MANAGE}/match/{run.number}/publish").text)
    for told in ("3 offers", "rosa@firm.example", "1 firm without a place", "korat@host.example", call.lottery_seed):
        assert told in page, told
    assert run.state is RunState.PREVIEW
    assert desk.post(f"{MANAGE}/match/{run.number}/publish").location == f"{MANAGE}/offers"
    assert len(db.session.scalars(select(OutboxMail)).all()) == 5
    assert "was published already" in words(desk.get(f"{MANAGE}/match/{run.number}/publish").text)
    assert desk.post(f"{MANAGE}/match/{run.number}/publish", follow_redirects=True).text.count("published already")
    assert len(db.session.scalars(select(Offer)).all()) == 3


def test_everybody_sees_the_result_and_can_check_it(client: FlaskClient, call: Call, published: MatchRun) -> None:
    page = client.get(f"{CALL}/result").text
    assert (call.lottery_seed in page, "firm.example" in page, "Plan of" in page) == (True, False, False)
    file = client.get(f"{CALL}/result/{published.number}.json")
    assert json.loads(file.data)["seed"] == call.lottery_seed
    assert all(check.holds for check in verify_match(file.data, promised=call.lottery_commitment))
    assert f"{CALL}/result" in client.get(f"{CALL}/").text


def test_before_it_is_published_nothing_of_a_match_is_public(
    desk: FlaskClient, client: FlaskClient, call: Call, korat: Intake
) -> None:
    run = make_run(desk)
    page = client.get(f"{CALL}/result")
    assert ("not published yet" in page.text, call.lottery_seed in page.text) == (True, False)
    assert client.get(f"{CALL}/result/{run.number}.json").status_code == 404
    assert f"{CALL}/result" not in client.get(f"{CALL}/").text
    sign_in_as(client, "Rosa")
    page = words(client.get(f"{CALL}/my/offer").text)
    assert ("The match is not published yet" in page, "Accept the place" in page) == (True, False)


def test_an_applicant_reads_the_offer_the_reasons_and_both_times(client: FlaskClient, published: MatchRun) -> None:
    sign_in_as(client, "Minh")
    page = words(client.get(f"{CALL}/my/offer").text)
    for told in (
        "Korat offers you a place",
        "your 2nd choice of 2 · you are 2nd in its order, and it has 2 places",
        "Its place went to an applicant that it ranks higher: its 1st. You were its 2nd.",
        "This is the highest of your choices that could take you.",
        "yours in orange",
        "A desk and a cold room",
    ):
        assert told in page, told
    assert "Korat offers you a place" in words(client.get("/home").text)
    assert "Korat offers you a place" in words(client.get(f"{CALL}/my/").text)


def test_who_got_nothing_reads_why_and_its_place_on_each_list(client: FlaskClient, published: MatchRun) -> None:
    sign_in_as(client, "Ines")
    page = words(client.get(f"{CALL}/my/offer").text)
    assert "No place was found for you yet" in page
    assert "Its 2 places went to applicants that it ranks higher: its 2nd and 3rd. You were its 4th." in page
    assert page.count("Waiting list: nobody stands before you.") == 2
    assert client.get(f"{CALL}/my/offer/accept").status_code == 404
    assert client.post(f"{CALL}/my/offer/decline").status_code == 404


def test_who_withdrew_is_not_told_of_waiting_lists(client: FlaskClient, published: MatchRun) -> None:
    ines = application_of("Ines")
    withdraw_application(ines, party=Party.APPLICANT, actor=ines.account, now=NOW)
    db.session.commit()
    sign_in_as(client, "Ines")
    page = words(client.get(f"{CALL}/my/offer").text)
    assert ("takes no part" in page, "Waiting list" in page) == (True, False)


def test_accepting_asks_first_and_tells_what_comes_next(client: FlaskClient, published: MatchRun) -> None:
    sign_in_as(client, "Minh")
    assert "Accept the place at Korat?" in words(client.get(f"{CALL}/my/offer/accept").text)
    assert offer_of("Minh").state is OfferState.OFFERED
    assert client.post(f"{CALL}/my/offer/accept").location == f"{CALL}/my/offer"
    assert offer_of("Minh").state is OfferState.ACCEPTED
    page = words(client.get(f"{CALL}/my/offer").text)
    assert ("You have a place at Korat" in page, "Accept the place" in page) == (True, False)
    assert "Withdraw" not in words(client.get(f"{CALL}/my/").text)
    # A second press of the same button.
    assert "cannot be accepted now" in words(client.post(f"{CALL}/my/offer/accept", follow_redirects=True).text)


def test_a_place_that_was_accepted_is_given_back_with_a_reason_only(client: FlaskClient, published: MatchRun) -> None:
    sign_in_as(client, "Minh")
    client.post(f"{CALL}/my/offer/accept")
    reply = client.post(f"{CALL}/my/offer/decline", data={"reason": " "})
    assert (reply.status_code, "Give a reason: the others read it." in words(reply.text)) == (422, True)
    assert client.post(f"{CALL}/my/offer/decline", data={"reason": "Our founder is ill."}).status_code == 302
    assert offer_of("Minh").state is OfferState.DECLINED
    page = words(client.get(f"{CALL}/my/offer").text)
    assert ("You gave back the place at Korat" in page, "Waiting list" in page) == (True, False)


def test_an_offer_whose_time_is_over_has_no_buttons(client: FlaskClient, published: MatchRun) -> None:
    sign_in_as(client, "Minh")
    offer_of("Minh").accept_by = NOW - timedelta(minutes=1)
    db.session.commit()
    page = words(client.get(f"{CALL}/my/offer").text)
    assert ("is over" in page, "Decline…" in page) == (True, False)
    assert client.get(f"{CALL}/my/offer/accept").status_code == 302
    client.post(f"{CALL}/my/offer/accept")
    assert offer_of("Minh").state is OfferState.OFFERED


def test_offers_are_reminded_once_taken_back_with_a_reason_and_exported(desk: FlaskClient, published: MatchRun) -> None:
    page = words(desk.get(f"{MANAGE}/offers").text)
    assert ("Remind 3" in page, "Take back…" in page, "Match the open market" in page) == (True, True, False)
    desk.post(f"{MANAGE}/offers/remind", data={"offer": offer_of("Rosa").id})
    assert "2 reminders are sent." in words(desk.post(f"{MANAGE}/offers/remind", follow_redirects=True).text)
    assert "0 reminders" in words(desk.post(f"{MANAGE}/offers/remind", follow_redirects=True).text)
    back = f"{MANAGE}/offers/{offer_of('Dewi').id}/take-back"
    assert desk.post(back, data={"reason": ""}).status_code == 422
    assert desk.post(back, data={"reason": "The laboratory burnt down."}).status_code == 302
    assert "“The laboratory burnt down.”" in words(desk.get(f"{MANAGE}/offers?state=withdrawn").text)
    assert "Taken back by the organiser" in desk.post(f"{MANAGE}/offers/export").text


def test_after_a_decline_the_open_market_is_matched_again(desk: FlaskClient, published: MatchRun) -> None:
    decline_offer(offer_of("Rosa"), actor=application_of("Rosa").account, now=NOW)
    accept_offer(offer_of("Minh"), actor=application_of("Minh").account, now=NOW)
    db.session.commit()
    page = words(desk.get(f"{MANAGE}/offers").text)
    assert "1 place is free. Matching the open market again" in page
    run = make_run(desk)
    assert "is a preview: nobody was told of it yet" in words(desk.get(f"{MANAGE}/offers").text)
    assert "Kept its place" in words(desk.get(f"{MANAGE}/match/{run.number}").text)
    desk.post(f"{MANAGE}/match/{run.number}/publish")
    assert (offer_of("Ines").intake.host.name, offer_of("Minh").state) == ("Kyushu", OfferState.ACCEPTED)


def test_a_place_is_given_by_hand_with_a_reason_and_within_the_rules(
    desk: FlaskClient, client: FlaskClient, call: Call, published: MatchRun, korat: Intake
) -> None:
    decline_offer(offer_of("Dewi"), actor=application_of("Dewi").account, now=NOW)
    db.session.commit()
    ines = application_of("Ines")
    form = {"application": ines.id, "intake": korat.id, "reason": "The host asked for it."}
    give = f"{MANAGE}/offers/give"
    assert "selected" in desk.get(f"{give}?application={ines.id}&intake={korat.id}").text
    for wrong in ({"reason": ""}, {"application": 0}, {"intake": 999_999}, {"application": "x"}):
        assert desk.post(give, data=form | wrong).status_code == 422
    korat.economy_cap = 1
    make_application(call, make_account("bo@firm.example", economy_code="VN"), [korat], title="Plan of Bo")
    db.session.commit()
    refused = desk.post(give, data=form | {"application": application_of("Bo").id})
    assert (refused.status_code, "at most 1 from one economy" in words(refused.text)) == (422, True)
    assert desk.post(give, data=form).location == f"{MANAGE}/offers"
    assert (offer_of("Ines").state, offer_of("Ines").run_id) == (OfferState.OFFERED, None)
    sign_in_as(client, "Ines")
    assert "gave this place by hand" in words(client.get(f"{CALL}/my/offer").text)


def test_a_host_sees_its_firms_their_answers_and_who_waits(
    client: FlaskClient, published: MatchRun, korat: Intake
) -> None:
    manager = make_account("korat@host.example")
    grant_role(manager, Role.HOST_MANAGER, korat.host.scope)
    accept_offer(offer_of("Minh"), actor=application_of("Minh").account, now=NOW)
    db.session.commit()
    sign_in(client, manager)
    page = words(client.get(f"/co-incubation/hosts/korat/manage/calls/{korat.call.slug}/result").text)
    for told in (
        "Plan of Minh",
        "Accepted",
        "minh@firm.example",
        "Plan of Dewi",
        "of your own order: 2nd and 3rd",
        "Plan of Ines",
    ):
        assert told in page, told
    # Who has not accepted is not written to, and what went elsewhere is not shown.
    assert ("dewi@firm.example" in page, "Plan of Rosa" in page) == (False, False)
    assert client.get(f"/co-incubation/hosts/kyushu/manage/calls/{korat.call.slug}/result").status_code == 403


def test_nobody_else_reaches_a_match_or_another_persons_offer(
    client: FlaskClient, desk: FlaskClient, published: MatchRun
) -> None:
    other = make_call("other-call", reference_prefix="OTH")
    offer = offer_of("Minh")
    manage = "/co-incubation/other-call/manage"
    organiser = db.session.scalars(select(Account).where(Account.email == "organiser@gtn.example")).one()
    grant_role(organiser, Role.ORGANISER, other.scope)
    for path in (f"{manage}/match/1", f"{manage}/match/1/publish", f"{manage}/offers/{offer.id}/take-back"):
        assert desk.get(path).status_code == 404
    assert desk.post(f"{manage}/offers/remind", data={"offer": offer.id}).status_code == 404
    sign_in_as(client, "Rosa")
    pages = re.findall(r"Plan of \w+", client.get(f"{CALL}/my/offer").text)
    assert set(pages) <= {"Plan of Rosa"}
    for path in ("match", "match/1", "match/1/publish", "offers", "offers/give", f"offers/{offer.id}/take-back"):
        assert client.get(f"{MANAGE}/{path}").status_code == 403
    for path in ("match", "match/1/publish", "match/1/export", "offers/remind", "offers/export", "offers/give"):
        assert client.post(f"{MANAGE}/{path}").status_code == 403
    sign_in(client, make_account("stranger@firm.example"))
    for path in ("offer", "offer/accept", "offer/decline"):
        assert client.get(f"{CALL}/my/{path}").status_code == 404


def test_a_coordinator_sees_the_offers_to_the_own_firms_only(client: FlaskClient, published: MatchRun) -> None:
    accept_offer(offer_of("Rosa"), actor=application_of("Rosa").account, now=NOW)
    decline_offer(offer_of("Minh"), actor=application_of("Minh").account, now=NOW, reason="A secret of Minh.")
    db.session.commit()
    shown = {}
    for code in ("PE", "VN", "CHL"):
        coordinator = make_account(f"{code.lower()}@ministry.example")
        grant_role(coordinator, Role.ECONOMY_COORDINATOR, db.session.get_one(Economy, code).scope)
        sign_in(client, coordinator)
        page = words(client.get(f"/co-incubation/economy/{code}/applications").text)
        shown[code] = tuple(word in page for word in ("Kyushu", "Korat", "Agreement in preparation", "secret"))
    assert shown == {
        "PE": (True, False, True, False),
        "VN": (False, True, False, False),
        "CHL": (False, False, False, False),
    }


def test_the_page_of_an_application_has_its_offers(desk: FlaskClient, published: MatchRun) -> None:
    decline_offer(offer_of("Minh"), actor=application_of("Minh").account, now=NOW, reason="We cannot come.")
    accept_offer(offer_of("Rosa"), actor=application_of("Rosa").account, now=NOW)
    db.session.commit()
    pages = {
        name: words(desk.get(f"{MANAGE}/applications/{application_of(name).reference}").text)
        for name in ("Rosa", "Minh", "Ines")
    }
    assert "Kyushu Accepted by the match" in pages["Rosa"]
    assert "Its placement: agreement in preparation" in pages["Rosa"]
    assert ("“We cannot come.”" in pages["Minh"], "Its placement" in pages["Minh"]) == (True, False)
    assert "Places offered" not in pages["Ines"]


def test_my_application_leads_to_the_placement_and_its_figures(client: FlaskClient, published: MatchRun) -> None:
    sign_in_as(client, "Rosa")
    assert "/placements/" not in client.get(f"{CALL}/my/").text
    client.post(f"{CALL}/my/offer/accept")
    placement = db.session.scalars(select(Placement)).one()
    url = f'href="{CALL}/placements/{placement.id}/'
    page = client.get(f"{CALL}/my/").text
    assert (f'{url}"' in page, f'{url}figures"' in page) == (True, False)
    placement.state, placement.started_on = PlacementState.RUNNING, NOW.date()
    db.session.commit()
    assert f'{url}figures"' in client.get(f"{CALL}/my/").text
