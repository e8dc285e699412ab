"""A host's desk: what it sees and what not, scores, tiers, talks; a block is as if nothing were there."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from gtn_events.accounts.enums import Role
from gtn_events.accounts.models import Account
from gtn_events.core import clock
from gtn_events.core.db import db
from gtn_events.core.permissions import Scope
from gtn_events.incubation.enums import ApplicationState, BlockSource, BlockState, InterviewState
from gtn_events.incubation.models import Application, Block, Call, HostRank, Intake, Interview, InterviewSlot, Review
from tests.factories import grant_role, make_account, sign_in
from tests.incubation.factories import MADE_AT, make_application, make_call, make_host, make_intake
from tests.queries import count_queries

NOW = datetime(2027, 6, 1, 9, 0, tzinfo=UTC)
DESK = "/co-incubation/hosts/korat-green-incubator/manage/calls/co-incubation-2027"
MY = "/co-incubation/co-incubation-2027/my"
FORM_TOKEN = re.compile(r'name="csrf_token" value="[^"]*"')
FULL = {"score_fit": "4", "score_plan": "5", "note": "Bring the drawings.", "seen": "0"}


@pytest.fixture(autouse=True)
def _moment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: NOW)


@pytest.fixture
def call(database: None) -> Call:
    return make_call()


@pytest.fixture
def korat(call: Call) -> Intake:
    return make_intake(call, make_host())


@pytest.fixture
def anong(client: FlaskClient, korat: Intake) -> Account:
    account = make_account("anong@korat.example", given_name="Anong", economy_code="THA", time_zone="Asia/Bangkok")
    grant_role(account, Role.HOST_MANAGER, korat.host.scope)
    sign_in(client, account)
    return account


@pytest.fixture
def sent(call: Call, korat: Intake) -> list[Application]:
    """Two that name the host among others, and one that lets others see it."""
    other = make_intake(call, make_host("Kyushu Reuse Works", "JPN"))
    rosa, itzel, elena = (make_account(f"{name}@{name}.example") for name in ("rosa", "itzel", "elena"))
    return [
        make_application(call, rosa, [other, korat], "Cold rooms"),
        make_application(call, itzel, [korat], "Dryers", economy_code="MEX"),
        make_application(call, elena, [other], "Heat pumps", economy_code="RUS", seen_by_others=True),
    ]


def page(client: FlaskClient, path: str = "/applications") -> str:
    answer = client.get(DESK + path)
    assert answer.status_code == 200, answer.status_code
    return answer.text


def titles(text: str, sent: list[Application]) -> list[str]:
    return [each.title for each in sent if each.title in text]


@pytest.mark.usefixtures("anong")
def test_a_host_sees_who_named_it_and_who_lets_others_see(client: FlaskClient, sent: list[Application]) -> None:
    text = page(client)
    assert titles(text, sent) == ["Cold rooms", "Dryers", "Heat pumps"]
    assert (text.count("· named you"), text.count("did not name you, lets you see it")) == (2, 1)


@pytest.mark.usefixtures("anong")
@pytest.mark.parametrize(
    "values",
    [
        {"state": ApplicationState.SUBMITTED},
        {"state": ApplicationState.INELIGIBLE},
        {"state": ApplicationState.WITHDRAWN},
        {"economy_code": "THA"},
    ],
)
def test_what_is_not_admitted_or_of_the_own_economy_is_not_seen(
    client: FlaskClient, sent: list[Application], values: dict[str, object]
) -> None:
    for name, value in values.items():
        setattr(sent[0], name, value)
    db.session.commit()
    assert titles(page(client), sent) == ["Dryers", "Heat pumps"]
    assert client.get(f"{DESK}/applications/{sent[0].reference}").status_code == 404


@pytest.mark.usefixtures("anong")
def test_of_those_open_to_others_a_host_sees_its_sectors_only(
    client: FlaskClient, sent: list[Application], korat: Intake
) -> None:
    korat.only_sectors = ["energy"]
    db.session.commit()
    assert titles(page(client), sent) == ["Cold rooms", "Dryers"]


@pytest.mark.usefixtures("anong")
def test_the_place_of_a_wish_is_told_nowhere(client: FlaskClient, sent: list[Application]) -> None:
    """Two orders of the same wishes give the same pages, to the letter."""

    def all_pages() -> list[str]:
        paths = ("/applications", f"/applications/{sent[0].reference}", "/ranking")
        return [FORM_TOKEN.sub("", page(client, path)) for path in paths]

    before = all_pages()
    for wish in sent[0].wishes:
        wish.position = 3 - wish.position
    db.session.commit()
    assert all_pages() == before
    assert "Kyushu" not in "".join(before)


@pytest.mark.usefixtures("anong")
def test_the_desk_costs_the_same_however_long(
    client: FlaskClient, call: Call, korat: Intake, sent: list[Application]
) -> None:
    with count_queries() as few:
        page(client)
    for number in range(10):
        make_application(call, make_account(f"p{number}@p{number}.example"), [korat], f"Project {number}")
    with count_queries() as many:
        page(client)
    assert len(many) == len(few)


def test_scores_are_weighed_and_the_note_is_ones_own(
    client: FlaskClient, anong: Account, korat: Intake, sent: list[Application]
) -> None:
    url = f"{DESK}/applications/{sent[0].reference}"
    assert client.post(url, data={"score_fit": "4", "seen": "0"}).status_code == 302
    review = db.session.scalars(select(Review)).one()
    assert (review.total, review.points) == (None, {"fit": 4})
    client.post(url, data=FULL | {"seen": str(review.lock_version)})
    db.session.refresh(review)
    assert str(review.total) in ("88.0000", "88.00")
    colleague = make_account("krit@korat.example", given_name="Krit", economy_code="THA")
    grant_role(colleague, Role.HOST_MANAGER, korat.host.scope)
    sign_in(client, colleague)
    text = client.get(url).text
    assert ("88.0" in text, "Bring the drawings." in text) == (True, False)


@pytest.mark.usefixtures("anong")
@pytest.mark.parametrize("points", [{"score_fit": "9"}, {"score_fit": "0"}])
def test_a_point_off_the_scale_is_refused_and_the_rest_is_kept(
    client: FlaskClient, sent: list[Application], points: dict[str, str]
) -> None:
    answer = client.post(f"{DESK}/applications/{sent[0].reference}", data=FULL | points)
    assert (answer.status_code, "Bring the drawings." in answer.text) == (409, True)
    assert db.session.scalar(select(Review)) is None


@pytest.mark.usefixtures("anong")
def test_another_window_is_not_saved_over(client: FlaskClient, sent: list[Application]) -> None:
    url = f"{DESK}/applications/{sent[0].reference}/draft"
    first = client.post(url, data=FULL)
    assert first.json is not None
    assert first.json["saved"] is True
    assert client.post(url, data=FULL | {"score_fit": "1"}).status_code == 409
    assert client.post(url, data=FULL | {"seen": str(first.json["seen"])}).status_code == 200


@pytest.mark.usefixtures("anong")
def test_after_the_deadline_nothing_is_scored_or_ranked(
    client: FlaskClient, call: Call, sent: list[Application]
) -> None:
    call.closes_at, call.ranking_until = NOW - timedelta(days=1), NOW
    db.session.commit()
    assert client.post(f"{DESK}/applications/{sent[0].reference}", data=FULL).status_code == 409
    client.post(f"{DESK}/ranking", data={"act": f"place:{sent[0].id}"})
    client.post(f"{DESK}/ranking/send")
    assert (db.session.scalar(select(Review)), db.session.scalar(select(HostRank))) == (None, None)


def tiers(korat: Intake) -> dict[str, int | None]:
    statement = select(HostRank).where(HostRank.intake_id == korat.id)
    return {rank.application.title: rank.tier for rank in db.session.scalars(statement)}


@pytest.mark.usefixtures("anong")
def test_tiers_by_buttons_without_scripts(client: FlaskClient, korat: Intake, sent: list[Application]) -> None:
    cold, dry, heat = (each.id for each in sent)
    for act in (f"place:{cold}", f"place:{dry}", f"place:{heat}", f"up:{heat}"):
        assert client.post(f"{DESK}/ranking", data={"act": act}).status_code == 302
    assert tiers(korat) == {"Cold rooms": 1, "Dryers": 2, "Heat pumps": 2}
    client.post(f"{DESK}/ranking", data={"act": f"out:{cold}"})
    assert tiers(korat) == {"Dryers": 1, "Heat pumps": 1}


@pytest.mark.usefixtures("anong")
def test_a_drop_sends_the_whole_order(client: FlaskClient, korat: Intake, sent: list[Application]) -> None:
    cold, dry, heat = (each.id for each in sent)
    fetch = {"X-Requested-With": "fetch"}
    dragged = {"act": "order", "order": [f"new:{dry}", f"1:{cold}", f"unplaced:{heat}"]}
    answer = client.post(f"{DESK}/ranking", data=dragged, headers=fetch)
    assert (answer.status_code, "<html" in answer.text) == (200, False)
    assert tiers(korat) == {"Cold rooms": 1, "Dryers": 2}
    stale = client.post(f"{DESK}/ranking", data={"act": "order", "order": [f"1:{cold}"]}, headers=fetch)
    assert "changed in another window" in stale.text
    assert tiers(korat) == {"Cold rooms": 1, "Dryers": 2}


@pytest.mark.usefixtures("anong")
@pytest.mark.parametrize("act", ["", "place:x", "place:99999", "up:1", "jump:1", "order", "back:99999"])
def test_garbage_places_nothing(client: FlaskClient, korat: Intake, sent: list[Application], act: str) -> None:
    assert client.post(f"{DESK}/ranking", data={"act": act, "order": ["x", "1:", ":1"]}).status_code in (302, 400, 404)
    assert tiers(korat) == {}


@pytest.mark.usefixtures("anong")
def test_a_ranking_is_sent_when_everybody_who_named_the_host_has_a_place(
    client: FlaskClient, korat: Intake, sent: list[Application]
) -> None:
    client.post(f"{DESK}/ranking", data={"act": f"place:{sent[0].id}"})
    client.post(f"{DESK}/ranking/send")
    assert korat.ranking_sent_at is None
    refuse = f"{DESK}/applications/{sent[1].reference}/refuse"
    client.post(refuse, data={"reason": " "})
    assert "Dryers" not in tiers(korat)
    client.post(refuse, data={"reason": "We have no drying hall."})
    assert tiers(korat) == {"Cold rooms": 1, "Dryers": None}
    client.post(f"{DESK}/ranking/send")
    assert korat.ranking_sent_at == NOW
    client.post(f"{DESK}/ranking", data={"act": f"back:{sent[1].id}"})
    assert tiers(korat) == {"Cold rooms": 1}


@pytest.mark.usefixtures("anong")
def test_times_are_typed_on_the_hosts_clock_and_picked_on_the_firms(
    client: FlaskClient, sent: list[Application]
) -> None:
    url = f"{DESK}/applications/{sent[0].reference}/interview"
    times = {"slot_1": "2027-06-03T09:00", "slot_2": "2027-06-04T09:00", "minutes": "30"}
    assert client.post(url, data=times | {"meeting_url": "http://meet.example"}).status_code == 422
    assert client.post(url, data=times).status_code == 302
    interview = db.session.scalars(select(Interview)).one()
    assert [slot.starts_at.hour for slot in interview.slots] == [2, 2]
    sign_in(client, sent[0].account)
    assert "Korat Green Incubator would like to talk with you" in client.get("/home").text
    text = client.get(f"{MY}/interviews/{interview.id}").text
    assert ("Wed 2 Jun 2027, 21:00" in text, "Thu 3 Jun 2027, 09:00" in text) == (True, True)
    client.post(f"{MY}/interviews/{interview.id}", data={"act": "pick", "slot": interview.slots[0].id})
    db.session.expire_all()
    assert interview.state is InterviewState.AGREED
    assert client.get(f"{MY}/interviews/{interview.id}.ics").mimetype == "text/calendar"
    sign_in(client, sent[1].account)
    assert client.get(f"{MY}/interviews/{interview.id}").status_code == 404
    assert client.post(f"{MY}/interviews/{interview.id}", data={"act": "decline"}).status_code == 404


def talk(intake: Intake, application: Application) -> Interview:
    interview = Interview(
        intake=intake,
        application=application,
        asked_at=MADE_AT,
        slots=[InterviewSlot(starts_at=NOW + timedelta(days=1))],
    )
    db.session.add(interview)
    db.session.commit()
    return interview


def everything_about(reference: str, interview_id: int) -> list[tuple[str, str]]:
    one = f"{DESK}/applications/{reference}"
    return [
        ("GET", one),
        ("POST", one),
        ("POST", f"{one}/draft"),
        ("POST", f"{one}/refuse"),
        ("POST", f"{one}/conflict"),
        ("GET", f"{one}/files/1"),
        ("GET", f"{one}/interview"),
        ("POST", f"{one}/interview"),
        ("POST", f"{one}/interview/{interview_id}/cancel"),
        ("POST", f"{one}/interview/{interview_id}/outcome"),
        ("GET", f"{one}/interview/{interview_id}.ics"),
    ]


def test_every_address_of_one_application_is_in_the_list_of_the_leak_test(app: Flask) -> None:
    rules = {
        (method, rule.endpoint)
        for rule in app.url_map.iter_rules()
        if rule.endpoint.startswith("incubation_host.") and "reference" in rule.arguments
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}
    }
    adapter = app.url_map.bind("localhost")
    assert {(m, adapter.match(url, method=m)[0]) for m, url in everything_about("X-1", 1)} == rules


@pytest.mark.usefixtures("anong")
@pytest.mark.parametrize("source", BlockSource)
@pytest.mark.parametrize("state", [BlockState.PROPOSED, BlockState.CONFIRMED])
def test_a_block_leaves_nothing_to_see_at_any_address(
    client: FlaskClient, korat: Intake, sent: list[Application], source: BlockSource, state: BlockState
) -> None:
    blocked = sent[0]
    interview = talk(korat, blocked)
    db.session.add(HostRank(intake=korat, application=blocked, tier=1))
    db.session.add(Block(application=blocked, intake=korat, source=source, state=state, noted_at=MADE_AT))
    db.session.commit()
    for path in ("/applications", "/ranking"):
        text = page(client, path)
        assert [word for word in ("Cold rooms", blocked.reference) if word in text] == [], path
    for method, url in everything_about(blocked.reference, interview.id):
        answer = client.open(url, method=method)
        assert (answer.status_code, "Cold rooms" in answer.text) == (404, False), url
    for act in (f"place:{blocked.id}", f"back:{blocked.id}"):
        client.post(f"{DESK}/ranking", data={"act": act})
    assert "Cold rooms" not in client.get("/home").text


@pytest.mark.usefixtures("anong")
def test_a_dismissed_block_hides_nothing(client: FlaskClient, korat: Intake, sent: list[Application]) -> None:
    values = {"source": BlockSource.ORGANISER, "state": BlockState.DISMISSED, "noted_at": MADE_AT}
    db.session.add(Block(application=sent[0], intake=korat, **values))
    db.session.commit()
    assert "Cold rooms" in page(client)


@pytest.mark.usefixtures("anong")
def test_a_host_gives_an_application_up_for_a_conflict(
    client: FlaskClient, korat: Intake, sent: list[Application]
) -> None:
    url = f"{DESK}/applications/{sent[0].reference}"
    client.post(f"{url}/conflict", data={"reason": ""})
    assert client.get(url).status_code == 200
    client.post(f"{url}/conflict", data={"reason": "My cousin owns it."})
    block = db.session.scalars(select(Block)).one()
    assert (block.source, block.state, client.get(url).status_code) == (
        BlockSource.HOST,
        BlockState.CONFIRMED,
        404,
    )


def test_nobody_else_sees_the_desk(
    app: Flask, client: FlaskClient, call: Call, korat: Intake, sent: list[Application]
) -> None:
    interview = talk(korat, sent[0])
    every = [
        ("GET", f"{DESK}/applications"),
        ("GET", f"{DESK}/ranking"),
        ("POST", f"{DESK}/ranking"),
        ("POST", f"{DESK}/ranking/send"),
        *everything_about(sent[0].reference, interview.id),
    ]
    other, organiser, coordinator = (make_account(f"{name}@gtn.example") for name in ("other", "organiser", "tha"))
    grant_role(other, Role.HOST_MANAGER, make_host("Elsewhere", "JPN").scope)
    grant_role(organiser, Role.ORGANISER, call.scope)
    grant_role(coordinator, Role.ECONOMY_COORDINATOR, korat.host.economy.scope)
    for account in (sent[0].account, other, organiser, coordinator):
        sign_in(client, account)
        for method, url in every:
            assert client.open(url, method=method).status_code == 403, (account.email, url)
    for method, url in every:
        assert app.test_client().open(url, method=method).status_code == 302, url


@pytest.mark.usefixtures("anong")
def test_another_hosts_talk_and_a_withdrawn_intake_are_not_there(
    client: FlaskClient, call: Call, korat: Intake, sent: list[Application]
) -> None:
    theirs = talk(sent[2].wishes[0].intake, sent[0])
    url = f"{DESK}/applications/{sent[0].reference}/interview/{theirs.id}"
    assert client.get(f"{url}.ics").status_code == 404
    assert client.post(f"{url}/cancel", data={"reason": "x"}).status_code == 404
    korat.withdrawn_at = NOW
    db.session.commit()
    assert client.get(f"{DESK}/applications").status_code == 404


def test_a_coordinator_sees_figures_of_the_own_economy_only(
    client: FlaskClient, korat: Intake, sent: list[Application]
) -> None:
    coordinator = make_account("somchai@gtn.example", economy_code="THA")
    grant_role(coordinator, Role.ECONOMY_COORDINATOR, korat.host.economy.scope)
    sign_in(client, coordinator)
    url = "/co-incubation/economy/{}/applications"
    text = client.get(url.format("THA")).text
    assert ("Korat Green Incubator" in text, titles(text, sent), "Kyushu" in text) == (True, [], False)
    assert client.get(url.format("MEX")).status_code == 403
    assert client.post(url.format("THA")).status_code == 405
    peru = make_account("luis@gtn.example")
    grant_role(peru, Role.ECONOMY_COORDINATOR, Scope("economy", sent[0].economy.rank))
    sign_in(client, peru)
    text = client.get(url.format("PE")).text
    assert (titles(text, sent), "Korat" in text) == (["Cold rooms"], False)


@pytest.mark.usefixtures("anong")
def test_home_says_what_waits_for_a_host(client: FlaskClient, sent: list[Application]) -> None:
    assert "2 applications wait for a place" in client.get("/home").text


def test_home_leads_a_host_to_its_desk_and_a_coordinator_to_the_economy(
    client: FlaskClient, anong: Account, korat: Intake
) -> None:
    assert f'href="{DESK}/applications"' in client.get("/home").text
    coordinator = make_account("somchai@gtn.example", economy_code="THA")
    grant_role(coordinator, Role.ECONOMY_COORDINATOR, korat.host.economy.scope)
    sign_in(client, coordinator)
    text = client.get("/home").text
    assert ('href="/co-incubation/economy/THA/applications"' in text, DESK in text) == (True, False)
