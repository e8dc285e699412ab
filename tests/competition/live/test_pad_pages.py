"""The jury's pad: it follows the stage, takes what a scorecard takes, and shows nothing to a judge with a conflict."""

import pytest
from flask.testing import FlaskClient

from gtn_events.competition.domain.conflicts import name_conflict
from gtn_events.competition.domain.given import Given
from gtn_events.competition.domain.scorecards import save_draft
from gtn_events.competition.enums import AssignmentState, LiveAct
from gtn_events.core import clock
from gtn_events.core.db import db
from tests.competition.live.finals import DAY, Final, make_final
from tests.factories import make_account, sign_in

POINTS = {"score_impact": "4", "score_market": "3"}


@pytest.fixture(autouse=True)
def on_the_day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: DAY)


def pad(final: Final, page: str = "") -> str:
    return f"/competitions/{final.panel.competition.slug}/judge/rounds/1/live{page}"


def test_pad_follows_whoever_is_on_stage(client: FlaskClient, database: None) -> None:
    final = make_final()
    sign_in(client, final.panel.account())
    assert "Nobody is on stage for you" in client.get(pad(final)).text
    assert client.get(pad(final, "/now")).json == {"entry": "", "title": "", "open": True}
    final.act(LiveAct.START)
    page = client.get(pad(final)).text
    assert f'name="entry" value="{final.panel.entries[0].reference}"' in page
    assert client.get(pad(final, "/now")).json == {
        "entry": final.panel.entries[0].reference,
        "title": "Boards from rice husk",
        "open": True,
    }


def test_pad_saves_and_submits_for_the_entry_that_it_showed(client: FlaskClient, database: None) -> None:
    final = make_final()
    sign_in(client, final.panel.account())
    final.act(LiveAct.START)
    shown = {"entry": final.panel.entries[0].reference, "seen": "0"}
    client.post(pad(final), data={**shown, "score_impact": "4", "act": "save"})
    assert final.panel.seat().state is AssignmentState.STARTED
    # The stage has moved on while the judge still thought.
    final.act(LiveAct.FINISH, LiveAct.START)
    answer = client.post(pad(final), data={**shown, **POINTS, "act": "submit"}, follow_redirects=True)
    assert "Submitted: Boards from rice husk, 72.0 of 100." in answer.text
    assert f'name="entry" value="{final.panel.entries[1].reference}"' in answer.text


def test_incomplete_scorecard_comes_back_as_it_was_chosen(client: FlaskClient, database: None) -> None:
    final = make_final()
    sign_in(client, final.panel.account())
    final.act(LiveAct.START)
    sent = {"entry": final.panel.entries[0].reference, "score_impact": "5", "act": "submit"}
    answer = client.post(pad(final), data=sent)
    assert (answer.status_code, "Market is not scored yet." in answer.text) == (422, True)
    assert 'name="score_impact" value="5" checked' in answer.text


def test_pad_leads_back_to_an_earlier_entry(client: FlaskClient, database: None) -> None:
    final = make_final()
    sign_in(client, final.panel.account())
    final.act(LiveAct.START, LiveAct.FINISH, LiveAct.START)
    page = client.get(f"{pad(final)}?entry={final.panel.entries[0].reference}").text
    assert f'name="entry" value="{final.panel.entries[0].reference}"' in page
    assert "On stage now: Boards from rice husk 1" in page


def test_pad_keeps_the_texts_of_a_draft(client: FlaskClient, database: None) -> None:
    final = make_final()
    account, seat = final.panel.account(), final.panel.seat()
    save_draft(seat, Given({"impact": 2}, to_entrant="Well told."), seen=0, actor=account, now=DAY)
    db.session.commit()
    sign_in(client, account)
    final.act(LiveAct.START)
    assert 'name="to_entrant" value="Well told."' in client.get(pad(final)).text


def test_judge_with_a_conflict_sees_nothing_of_the_entry(client: FlaskClient, database: None) -> None:
    final = make_final()
    entry = final.panel.entries[0]
    name_conflict(final.panel.judges[0], entry, reason="Cousin", actor=final.organiser, now=DAY)
    db.session.commit()
    sign_in(client, final.panel.account())
    final.act(LiveAct.START)
    page = client.get(pad(final)).text
    assert "Nobody is on stage for you" in page
    assert (entry.reference in page, ">Boards from rice husk<" in page) == (False, False)
    assert client.get(pad(final, "/now")).json == {"entry": "", "title": "", "open": True}
    assert client.get(f"{pad(final)}?entry={entry.reference}").status_code == 404
    assert client.post(pad(final), data={"entry": entry.reference, **POINTS}).status_code == 404


def test_blind_round_calls_entries_by_their_number(client: FlaskClient, database: None) -> None:
    final = make_final(blind=["title", "organisation", "economy"])
    sign_in(client, final.panel.account())
    final.act(LiveAct.START)
    page = client.get(pad(final)).text
    assert ("Boards from rice husk" in page, "Andes Cold Chain" in page) == (False, False)
    assert client.get(pad(final, "/now")).json["title"] == final.panel.entries[0].reference


def test_late_scorecard_is_refused_after_the_freeze(client: FlaskClient, database: None) -> None:
    final = make_final()
    sign_in(client, final.panel.account())
    final.pitch_all()
    final.act(LiveAct.FREEZE)
    answer = client.post(pad(final), data={"entry": final.panel.entries[0].reference, **POINTS})
    assert (answer.status_code, "takes no scores now" in answer.text) == (422, True)
    assert "Scores are closed" in client.get(pad(final)).text


def test_declaration_is_signed_before_the_pad_opens(client: FlaskClient, database: None) -> None:
    final = make_final(signed=False)
    sign_in(client, final.panel.account())
    assert client.get(pad(final)).location.endswith("/judge/rounds/1/declaration")


def test_pad_is_for_the_judges_of_the_round_only(client: FlaskClient, database: None) -> None:
    final = make_final(judges=1)
    assert client.get(pad(final)).status_code == 302
    sign_in(client, make_account("stranger@firm.example"))
    for page in ("", "/now"):
        assert client.get(pad(final, page)).status_code == 403
    assert client.post(pad(final), data=POINTS).status_code == 403
