"""The vote of the audience: one ballot a badge, changed until it closes, and nobody can read whose it is."""

from dataclasses import replace

import pytest
from sqlalchemy import select

from gtn_events.accounts.domain import throttle
from gtn_events.accounts.errors import TooManyAttempts
from gtn_events.competition.domain.live import undo_live
from gtn_events.competition.domain.voting import badge_for, cast_ballot, chosen_by, entries_to_choose
from gtn_events.competition.enums import LiveAct
from gtn_events.competition.errors import LiveRefused, VoteRefused
from gtn_events.competition.models import Ballot
from gtn_events.competition.queries.live import ballot_count, votes_by_entry
from gtn_events.core.badges import Badge
from gtn_events.core.db import db
from gtn_events.core.integrity import differences
from tests.competition.live.finals import DAY, SECRET, Final, hall, make_voted_final
from tests.competition.results_rounds import compute

pytestmark = pytest.mark.usefixtures("database")
ONE, TWO = Badge("test", 1), Badge("test", 2)


def open_vote(**rule: object) -> Final:
    with hall():
        final = make_voted_final(**rule)  # type: ignore[arg-type]  # fields of the rule
    final.act(LiveAct.START, LiveAct.OPEN_VOTE)
    return final


def cast(final: Final, badge: Badge, *entries: int) -> None:
    cast_ballot(final.live, badge, [final.entry(each) for each in entries], secret_key=SECRET)
    db.session.commit()


def test_badge_has_one_ballot_and_may_change_it() -> None:
    final = open_vote()
    cast(final, ONE, 0)
    cast(final, TWO, 0)
    cast(final, ONE, 2)
    assert votes_by_entry(final.live) == {final.entry(0): 1, final.entry(2): 1}
    assert ballot_count(final.live) == 2
    assert chosen_by(final.live, ONE, secret_key=SECRET) == [final.entry(2)]


def test_ballot_names_neither_badge_nor_moment_and_differs_from_final_to_final() -> None:
    final = open_vote()
    cast(final, ONE, 0)
    first = db.session.scalars(select(Ballot)).one()
    assert set(Ballot.__table__.columns.keys()) == {"final_id", "voter", "choices"}
    voter, key = first.voter, final.live.ballot_key
    final.live.ballot_key = "another"
    assert chosen_by(final.live, ONE, secret_key=SECRET) == []
    final.live.ballot_key = key
    assert chosen_by(final.live, ONE, secret_key="another") == []
    assert len(voter) == 64


def test_nobody_can_tell_whose_ballot_is_whose_after_the_freeze() -> None:
    final = open_vote()
    cast(final, ONE, 1)
    final.act(LiveAct.FINISH, LiveAct.CLOSE_VOTE)
    final.pitch_all()
    final.act(LiveAct.FREEZE)
    assert (final.live.ballot_key, final.live.ballots) == ("", 1)
    assert chosen_by(final.live, ONE, secret_key=SECRET) == []
    assert final.live.votes == {each.reference: int(each.id == final.entry(1)) for each in final.panel.entries}


@pytest.mark.parametrize(
    ("choices", "says"), [((), "Choose an entry"), ((0, 1, 2), "at most 2"), ((0, 99), "cannot be chosen")]
)
def test_ballot_that_breaks_the_rule_is_refused(choices: tuple[int, ...], says: str) -> None:
    final = open_vote(votes_per_badge=2)
    ids = [final.entry(each) if each < 3 else 10_000 for each in choices]
    with pytest.raises(VoteRefused, match=says):
        cast_ballot(final.live, ONE, ids, secret_key=SECRET)


def test_same_entry_twice_counts_once() -> None:
    final = open_vote(votes_per_badge=2)
    cast(final, ONE, 1, 1)
    assert votes_by_entry(final.live) == {final.entry(1): 1}


def test_vote_is_taken_only_while_it_is_open() -> None:
    with hall():
        final = make_voted_final()
    with pytest.raises(VoteRefused, match="not open"):
        cast(final, ONE, 0)
    with pytest.raises(LiveRefused, match="Nobody has pitched"):
        final.act(LiveAct.OPEN_VOTE)
    db.session.rollback()
    final.act(LiveAct.START, LiveAct.OPEN_VOTE, LiveAct.CLOSE_VOTE)
    with pytest.raises(VoteRefused, match="closed"):
        cast(final, ONE, 0)
    undo_live(final.live, seen=final.live.lock_version, actor=final.organiser, now=DAY)
    cast(final, ONE, 0)
    assert ballot_count(final.live) == 1


def test_ballots_do_not_stop_the_controllers() -> None:
    final = open_vote()
    seen = final.live.lock_version
    cast(final, ONE, 0)
    assert final.live.lock_version == seen


def test_nobody_votes_for_their_own_entry_nor_for_one_that_did_not_pitch() -> None:
    final = open_vote()
    own = Badge("test", 7, final.panel.entries[1].account_id)
    final.act(LiveAct.FINISH, LiveAct.START, LiveAct.FINISH, LiveAct.SKIP)
    assert [slot.entry_id for slot in entries_to_choose(final.live, own)] == [final.entry(0)]
    with pytest.raises(VoteRefused, match="cannot be chosen"):
        cast_ballot(final.live, own, [final.entry(1)], secret_key=SECRET)


def test_wrong_codes_are_slowed_down_and_right_ones_are_not(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(throttle, "BADGE_CLIENT", replace(throttle.BADGE_CLIENT, count=20))
    final = open_vote()
    with hall():
        for _ in range(30):
            assert badge_for(final.live, "badge 1", client="10.0.0.1", now=DAY) == ONE
        for _ in range(20):
            with pytest.raises(VoteRefused, match="No valid badge"):
                badge_for(final.live, "guessed", client="10.0.0.1", now=DAY)
        with pytest.raises(TooManyAttempts):
            badge_for(final.live, "badge 1", client="10.0.0.1", now=DAY)
        assert badge_for(final.live, "badge 1", client="10.0.0.2", now=DAY) == ONE


def test_vote_that_counts_for_nothing_leaves_the_ranking_to_the_jury() -> None:
    final = open_vote(weight=0)
    cast(final, ONE, 2)
    final.score_all()
    final.act(LiveAct.FINISH, LiveAct.CLOSE_VOTE)
    final.pitch_all()
    final.act(LiveAct.FREEZE)
    version = compute(final.panel)
    assert "audience" not in version.facts
    assert final.live.votes[final.panel.entries[2].reference] == 1


def test_final_without_a_held_vote_can_be_frozen() -> None:
    with hall():
        final = make_voted_final()
    final.pitch_all()
    final.act(LiveAct.CLOSE_VOTE, LiveAct.FREEZE)
    assert (final.live.ballots, set(final.live.votes.values())) == (0, {0})


def test_recount_finds_votes_that_are_not_those_of_the_ballots() -> None:
    final = open_vote(votes_per_badge=2)
    cast(final, ONE, 0, 1)
    final.act(LiveAct.FINISH, LiveAct.CLOSE_VOTE)
    final.pitch_all()
    final.act(LiveAct.FREEZE)
    assert list(differences()) == []
    named = [each.reference for each in final.panel.entries[:2]]
    db.session.scalars(select(Ballot)).one().choices = [final.entry(1), final.entry(1)]
    db.session.commit()
    assert list(differences()) == [
        *(("ballots", f"Final: {each} was frozen with 1 votes that are not those of the ballots.") for each in named),
        ("ballots", "Final has ballots that its rule does not allow."),
    ]
