"""The organiser's pages of a live final, by plain forms: rule, order, stage, freeze and reveal, and who may do what."""

import re
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from gtn_events.accounts.enums import Role
from gtn_events.accounts.models import Account
from gtn_events.competition.enums import LiveAct, LivePhase, RoundState, SlotState, VoteState
from gtn_events.competition.models import LiveFinal
from gtn_events.core import clock
from gtn_events.core.db import db
from gtn_events.core.jobs import run_due_jobs
from tests.competition.factories import make_competition
from tests.competition.live.finals import DAY, EVENT, Final, hall, make_final, make_voted_final
from tests.competition.results_rounds import compute
from tests.factories import grant_role, make_account, sign_in

RULE = {
    "pitch_minutes": "4",
    "question_minutes": "3",
    "audience": "y",
    "badge_event": EVENT,
    "votes_per_badge": "2",
    "audience_weight": "30",
    "audience_points": "ranks",
    "reveal_order": "last-first",
    "reveal_places": "2",
}


@pytest.fixture(autouse=True)
def on_the_day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: DAY)


def desk(client: FlaskClient, final: Final, role: Role = Role.ORGANISER) -> FlaskClient:
    grant_role(final.organiser, role, final.panel.competition.scope)
    sign_in(client, final.organiser)
    return client


def base(final: Final) -> str:
    return f"/competitions/{final.panel.competition.slug}/manage/rounds/{final.panel.round.number}/live"


def seen(client: FlaskClient, final: Final) -> str:
    found = re.search(r'name="seen" value="(\d+)"', client.get(base(final)).text)
    assert found is not None
    return found[1]


def press(client: FlaskClient, final: Final, act: str, *, page: str = "stage", **more: str) -> Any:  # Any: a response
    return client.post(f"{base(final)}/{page}", data={"act": act, "seen": seen(client, final), **more})


def now(final: Final) -> LiveFinal:
    db.session.expire_all()
    return final.live


def test_round_becomes_a_live_final_by_its_form_and_the_rule_is_public(client: FlaskClient, database: None) -> None:
    with hall():
        final = make_final()
        page = desk(client, final).get(f"{base(final)}/rule").text
        assert "The hall" in page
        answer = client.post(f"{base(final)}/rule", data=RULE)
    assert (answer.status_code, answer.location) == (302, base(final))
    assert (now(final).vote, final.live.audience_weight, final.live.reveal_places) == (VoteState.BEFORE, 30, 2)
    public = client.get(f"/competitions/{final.panel.competition.slug}/").text
    assert "The audience decides 30 % of the total, the jury 70 %." in public
    assert final.live.order_commitment in public
    assert final.live.order_seed not in public


def test_rule_that_is_refused_comes_back_as_it_was_typed(client: FlaskClient, database: None) -> None:
    final = make_final()
    answer = desk(client, final).post(f"{base(final)}/rule", data=RULE | {"badge_event": "", "pitch_minutes": "7"})
    assert answer.status_code == 422
    assert "Choose whose badges vote." in answer.text
    assert 'value="7"' in answer.text


def test_round_without_a_live_final_leads_to_its_rule(client: FlaskClient, database: None) -> None:
    final = make_final()
    desk(client, final).post(f"{base(final)}/drop")
    assert client.get(base(final)).location == f"{base(final)}/rule"
    assert client.get(f"{base(final)}/version").status_code == 404


def test_whole_final_is_run_by_plain_forms(client: FlaskClient, database: None) -> None:
    with hall():
        final = make_voted_final(entries=2)
        desk(client, final)
        final.score_all()
        first, second = final.slots
        assert press(client, final, "", page="order", move=f"up:{second.id}").status_code == 302
        assert [slot.id for slot in final.slots] == [second.id, first.id]
        for act in ("start", "pause", "go-on", "questions", "finish", "open-vote", "start", "finish", "close-vote"):
            press(client, final, act)
        assert {slot.state for slot in final.slots} == {SlotState.DONE}
        assert "Freeze scores and votes" in client.get(base(final)).text
        client.post(f"{base(final)}/freeze", data={"seen": seen(client, final)})
    assert (now(final).phase, final.panel.round.state) == (LivePhase.FROZEN, RoundState.SCORED)
    assert "The ranking is being computed" in client.get(base(final)).text
    run_due_jobs(DAY)
    assert "Show the next place" in client.get(base(final)).text
    press(client, final, "reveal", page="reveal")
    press(client, final, "reveal", page="reveal")
    assert now(final).phase is LivePhase.REVEALED
    press(client, final, "undo", page="reveal")
    assert now(final).revealed == 1


def test_running_order_is_drawn_and_its_seed_is_told(client: FlaskClient, database: None) -> None:
    final = make_final()
    desk(client, final).post(f"{base(final)}/order", data={"draw": "yes", "seen": seen(client, final)})
    assert final.live.order_seed in client.get(base(final)).text


def test_control_that_was_overtaken_says_so_and_changes_nothing(client: FlaskClient, database: None) -> None:
    final = make_final()
    old = seen(desk(client, final), final)
    press(client, final, "start")
    answer = client.post(f"{base(final)}/stage", data={"act": "finish", "seen": old}, follow_redirects=True)
    assert "Somebody else was quicker" in answer.text
    assert now(final).phase is LivePhase.PITCH
    assert client.get(f"{base(final)}/version").json == {"version": int(old) + 1, "ballots": 0, "ranked": False}


def test_control_takes_a_step_back(client: FlaskClient, database: None) -> None:
    final = make_final()
    desk(client, final)
    press(client, final, "skip")
    press(client, final, "undo")
    assert {slot.state for slot in final.slots} == {SlotState.WAITING}


def test_unknown_act_and_unknown_round_do_not_exist(client: FlaskClient, database: None) -> None:
    final = make_final()
    desk(client, final)
    assert press(client, final, "freeze").status_code == 404
    assert press(client, final, "dance").status_code == 404
    for page in ("", "/rule", "/version", "/freeze"):
        assert client.get(base(final).replace("/rounds/1/", "/rounds/9/") + page).status_code == 404


def test_helper_runs_the_stage_but_neither_freezes_nor_sees_who_won(client: FlaskClient, database: None) -> None:
    final = make_final(entries=2)
    desk(client, final, Role.HELPER)
    final.score_all()
    for act in ("start", "finish", "start", "finish"):
        assert press(client, final, act).status_code == 302
    page = client.get(base(final)).text
    assert "Whoever decides the results freezes the final." in page
    assert client.get(f"{base(final)}/freeze").status_code == 403
    final.act(LiveAct.FREEZE)
    compute(final.panel)
    assert "Next: place" not in client.get(base(final)).text
    assert client.post(f"{base(final)}/reveal", data={"act": "reveal", "seen": "1"}).status_code == 403
    assert press(client, final, "undo").status_code == 403


@pytest.mark.parametrize("who", ["nobody", "delegate", "judge", "integrity officer", "organiser elsewhere"])
def test_strangers_reach_no_page_of_the_control(client: FlaskClient, database: None, who: str) -> None:
    final = make_final()
    person: Account = make_account("stranger@firm.example")
    if who == "judge":
        person = final.panel.account()
    elif who == "integrity officer":
        grant_role(person, Role.INTEGRITY_OFFICER, final.panel.competition.scope)
    elif who == "organiser elsewhere":
        grant_role(person, Role.ORGANISER, make_competition("other", reference_prefix="OTH").scope)
    if who != "nobody":
        sign_in(client, person)
    expected = 302 if who == "nobody" else 403
    for page in ("", "/version", "/rule", "/freeze"):
        answer = client.get(base(final) + page)
        assert (answer.status_code, "Boards" in answer.text) == (expected, False)
    for page in ("/rule", "/drop", "/order", "/stage", "/freeze", "/reveal"):
        assert client.post(base(final) + page, data={"act": "start", "seen": "1"}).status_code == expected
    assert db.session.scalars(select(LiveFinal)).one().phase is LivePhase.WAITING
