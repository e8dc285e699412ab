"""The table of a live final: whatever is pressed in whatever order, the stage stays one that can be."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gtn_events.competition.domain.live_machine import (
    TABLE,
    Lengths,
    Stage,
    Timer,
    after,
    possible_acts,
    step_of,
    undone,
)
from gtn_events.competition.enums import LiveAct, LivePhase, VoteState
from gtn_events.competition.errors import LiveRefused

NOON = datetime(2013, 6, 6, 5, 0, tzinfo=UTC)
LENGTHS = Lengths(timedelta(minutes=5), timedelta(minutes=4))
PRESSES = st.lists(st.tuples(st.sampled_from(LiveAct), st.integers(0, 900)), max_size=60)
WHOLE = (
    *(LiveAct.START, LiveAct.PAUSE, LiveAct.GO_ON, LiveAct.QUESTIONS, LiveAct.FINISH),
    *(LiveAct.OPEN_VOTE, LiveAct.START, LiveAct.FINISH, LiveAct.CLOSE_VOTE),
    *(LiveAct.FREEZE, LiveAct.REVEAL, LiveAct.REVEAL),
)
VOTES = st.sampled_from([VoteState.OFF, VoteState.BEFORE])


@given(PRESSES, VOTES)
def test_any_presses_lead_only_along_the_table(presses: list[tuple[LiveAct, int]], vote: VoteState) -> None:
    stage, now, frozen = Stage(vote=vote), NOON, False
    for act, seconds in presses:
        now += timedelta(seconds=seconds)
        if act not in possible_acts(stage):
            with pytest.raises(LiveRefused):
                after(act, stage, LENGTHS, now=now)
            continue
        step, before = step_of(act, stage), stage
        stage = after(act, stage, LENGTHS, now=now)
        assert step is not None
        assert stage.phase is (step.phase or before.phase)
        assert stage.phase.runs is (stage.timer.since is not None)
        assert stage.phase.on_stage is (stage.timer.total > timedelta())
        assert not (stage.phase.is_frozen and stage.vote in (VoteState.BEFORE, VoteState.OPEN))
        assert (stage.vote is VoteState.OFF) == (vote is VoteState.OFF)
        assert not frozen or stage.phase.is_frozen
        frozen = stage.phase.is_frozen
        if step.can_be_undone:
            back = undone(stage, Stage(before.phase, before.vote, before.timer.paused(now)))
            assert back.vote is before.vote
            assert back.phase.runs is (back.timer.since is not None)
            assert back.timer.elapsed(now) == before.timer.elapsed(now)


@given(PRESSES)
def test_pauses_add_nothing_to_the_time_on_stage(presses: list[tuple[LiveAct, int]]) -> None:
    stage, now, ran = after(LiveAct.START, Stage(), LENGTHS, now=NOON), NOON, 0
    for act, seconds in presses:
        now += timedelta(seconds=seconds)
        ran += seconds if stage.phase.runs else 0
        if act in (LiveAct.PAUSE, LiveAct.GO_ON) and act in possible_acts(stage):
            stage = after(act, stage, LENGTHS, now=now)
    assert stage.timer.elapsed(now) == timedelta(seconds=ran)
    assert stage.timer.left(now) == LENGTHS.pitch - timedelta(seconds=ran)


def test_whole_final_goes_through_its_phases() -> None:
    stage, phases = Stage(vote=VoteState.BEFORE), []
    for act in WHOLE:
        stage = after(act, stage, LENGTHS, now=NOON)
        phases.append(stage.phase.value)
    assert phases == [
        *("pitch", "pitch-paused", "pitch", "questions", "waiting"),
        *("waiting", "pitch", "waiting", "waiting"),
        *("frozen", "revealing", "revealing"),
    ]
    assert stage.vote is VoteState.CLOSED


def test_open_vote_keeps_the_final_from_freezing() -> None:
    stage = Stage(vote=VoteState.OPEN)
    assert LiveAct.FREEZE not in possible_acts(stage)
    assert LiveAct.FREEZE not in possible_acts(Stage(vote=VoteState.BEFORE))
    assert LiveAct.FREEZE in possible_acts(Stage(vote=VoteState.OFF))


def test_taking_a_finish_back_leaves_the_clock_standing_where_it_was() -> None:
    pitching = after(LiveAct.START, Stage(), LENGTHS, now=NOON)
    later = NOON + timedelta(seconds=70)
    done = after(LiveAct.FINISH, pitching, LENGTHS, now=later)
    back = undone(done, Stage(pitching.phase, pitching.vote, pitching.timer.paused(later)))
    assert back.phase is LivePhase.PITCH_PAUSED
    assert back.timer == Timer(LENGTHS.pitch, timedelta(seconds=70))


def test_closing_the_vote_can_be_taken_back_while_somebody_pitches_on() -> None:
    pitching = Stage(LivePhase.PITCH, VoteState.OPEN, Timer(LENGTHS.pitch, since=NOON))
    closed = after(LiveAct.CLOSE_VOTE, pitching, LENGTHS, now=NOON)
    assert undone(closed, pitching) == pitching


def test_every_act_stands_in_the_table_and_nothing_leads_back_from_the_freeze() -> None:
    assert set(TABLE) == set(LiveAct)
    for steps in TABLE.values():
        for step in steps:
            for phase in step.phases:
                assert not phase.is_frozen or (step.phase or phase).is_frozen
