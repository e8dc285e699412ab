"""What the hall sees and does: the screen and its short answers, the speakers' clock, and the ballot on a phone."""

from datetime import timedelta

import pytest
from flask.testing import FlaskClient
from sqlalchemy import func, select

from gtn_events.competition.enums import CompetitionState, LiveAct
from gtn_events.competition.models import Ballot
from gtn_events.competition.queries.live import votes_by_entry
from gtn_events.core import clock
from gtn_events.core.db import db
from tests.competition.live.finals import DAY, Final, hall, make_final, make_voted_final
from tests.competition.results_rounds import compute
from tests.queries import count_queries


@pytest.fixture(autouse=True)
def on_the_day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: DAY + timedelta(seconds=40))


def place(final: Final, page: str = "live/1/screen") -> str:
    return f"/competitions/{final.panel.competition.slug}/{page}"


def test_screen_shows_who_pitches_how_long_and_who_comes_next(client: FlaskClient, database: None) -> None:
    final = make_final()
    assert "We begin soon with" in client.get(place(final)).text
    final.act(LiveAct.START)
    page = client.get(place(final)).text
    assert "Boards from rice husk</h1>" in page
    assert 'data-total="300000" data-used="0"' in page
    assert ">4:20</p>" in page
    assert "<strong>Boards from rice husk 1</strong>" in page
    assert "4:20" in client.get(place(final, "live/1/speaker")).text


def test_state_is_told_again_only_when_something_has_changed(client: FlaskClient, database: None) -> None:
    final = make_final()
    first = client.get(place(final, "live/1/state"))
    same = client.get(place(final, "live/1/state"), headers={"If-None-Match": first.headers["ETag"]})
    assert (first.status_code, same.status_code, same.data) == (200, 304, b"")
    assert same.headers["X-Server-Time"] == str(round((DAY + timedelta(seconds=40)).timestamp() * 1000))
    final.act(LiveAct.START)
    changed = client.get(place(final, "live/1/state"), headers={"If-None-Match": first.headers["ETag"]})
    assert changed.status_code == 200
    assert "data-clock" in changed.text


def test_state_costs_the_same_however_many_pitch(client: FlaskClient, database: None) -> None:
    small, large = make_final(entries=2), make_final(entries=9, competition={"slug": "large", "reference_prefix": "LG"})
    counts = []
    for final in (small, large):
        db.session.commit()
        with count_queries() as asked:
            client.get(place(final, "live/1/state"))
        counts.append(len(asked))
    assert counts[0] == counts[1] <= 6


def test_screen_counts_ballots_and_never_says_for_whom(client: FlaskClient, database: None) -> None:
    with hall():
        final = make_voted_final()
        final.act(LiveAct.START, LiveAct.OPEN_VOTE)
        vote(client, final, "badge 1", 1)
    page = client.get(place(final, "live/1/state")).text
    assert "<strong>1</strong> ballot is in" in page
    assert "/vote/1" in page
    assert "<svg role=" in page


def test_places_stand_on_the_screen_only_when_they_are_revealed(client: FlaskClient, database: None) -> None:
    final = make_final()
    final.score_all()
    final.pitch_all()
    final.act(LiveAct.FREEZE)
    compute(final.panel)
    assert "Boards" not in client.get(place(final)).text
    final.act(LiveAct.REVEAL)
    page = client.get(place(final)).text
    assert ('<p class="hall-place">3</p>' in page, "Boards from rice husk 2" in page) == (True, True)
    assert "Boards from rice husk 1" not in page


def test_hall_of_a_draft_or_of_no_final_does_not_exist(client: FlaskClient, database: None) -> None:
    final = make_final()
    for page in ("live/9/screen", "live/9/state", "live/9/speaker", "vote/9", "vote/1"):
        assert client.get(place(final, page)).status_code == 404
    final.panel.competition.state = CompetitionState.DRAFT
    db.session.commit()
    assert client.get(place(final)).status_code == 404


def vote(client: FlaskClient, final: Final, badge: str, *entries: int) -> str:
    """Type a code, choose, and return the page that answers."""
    client.post(place(final, "vote/1/badge"), data={"code": badge})
    chosen = {"choices": [str(final.entry(each)) for each in entries]}
    return client.post(place(final, "vote/1"), data=chosen, follow_redirects=True).text


def test_person_votes_by_badge_and_changes_the_ballot(client: FlaskClient, database: None) -> None:
    with hall():
        final = make_voted_final()
        final.act(LiveAct.START, LiveAct.OPEN_VOTE)
        assert "Code of your badge" in client.get(place(final, "vote/1")).text
        assert "Your ballot is in:</strong>" not in client.get(place(final, "vote/1")).text
        page = vote(client, final, "badge 1", 0)
        assert "Your ballot is in. You can change it until the vote closes." in page
        assert "Change my ballot" in page
        vote(client, final, "badge 1", 2)
    assert votes_by_entry(final.live) == {final.entry(2): 1}


def test_several_people_vote_on_one_phone(client: FlaskClient, database: None) -> None:
    with hall():
        final = make_voted_final()
        final.act(LiveAct.START, LiveAct.OPEN_VOTE)
        vote(client, final, "badge 1", 0)
        client.post(place(final, "vote/1/badge"), data={"forget": "yes"})
        assert "Code of your badge" in client.get(place(final, "vote/1")).text
        vote(client, final, "badge 2", 0)
    assert votes_by_entry(final.live) == {final.entry(0): 2}


def test_who_has_no_valid_badge_casts_nothing(client: FlaskClient, database: None) -> None:
    with hall():
        final = make_voted_final()
        final.act(LiveAct.START, LiveAct.OPEN_VOTE)
        refused = client.post(place(final, "vote/1/badge"), data={"code": "stolen"})
        assert (refused.status_code, "No valid badge has this code" in refused.text) == (422, True)
        client.post(place(final, "vote/1"), data={"choices": str(final.entry(0))})
    assert db.session.scalar(select(func.count()).select_from(Ballot)) == 0


@pytest.mark.parametrize("choices", [[], ["1", "2", "3"], ["99999"], ["x"], ["9" * 30], ["٣"]])
def test_ballot_that_is_no_ballot_comes_back(client: FlaskClient, database: None, choices: list[str]) -> None:
    with hall():
        final = make_voted_final(votes_per_badge=2)
        final.act(LiveAct.START, LiveAct.OPEN_VOTE)
        client.post(place(final, "vote/1/badge"), data={"code": "badge 1"})
        answer = client.post(place(final, "vote/1"), data={"choices": choices})
    assert answer.status_code == 422
    assert db.session.scalar(select(func.count()).select_from(Ballot)) == 0


def test_closed_vote_takes_nothing_and_says_so(client: FlaskClient, database: None) -> None:
    with hall():
        final = make_voted_final()
        final.act(LiveAct.START, LiveAct.OPEN_VOTE)
        vote(client, final, "badge 1", 1)
        final.act(LiveAct.CLOSE_VOTE)
        assert "The vote is closed" in vote(client, final, "badge 1", 0)
    assert votes_by_entry(final.live) == {final.entry(1): 1}


def test_own_entry_is_not_offered_to_its_entrant(client: FlaskClient, database: None) -> None:
    with hall():
        final = make_voted_final()
    with hall({"badge 7": final.panel.entries[0].account_id}):
        final.act(LiveAct.START, LiveAct.OPEN_VOTE)
        client.post(place(final, "vote/1/badge"), data={"code": "badge 7"})
        page = client.get(place(final, "vote/1")).text
    assert f'value="{final.entry(0)}"' not in page
    assert f'value="{final.entry(1)}"' in page
