"""A live final as it runs: rule, running order, stage, freeze and reveal, with what may not be done when."""

from datetime import timedelta
from decimal import Decimal

import pytest
from flask import Flask
from sqlalchemy import select

from gtn_events.competition.domain.live import act_live, acts_now, stage_of, undo_live
from gtn_events.competition.domain.live_order import arrange_order, draw_order, moved
from gtn_events.competition.domain.live_reveal import places_to_reveal, revealed_places
from gtn_events.competition.domain.live_rule import LiveRule, drop_live_final, rule_of, set_live_rule
from gtn_events.competition.domain.ranking import check_ranking
from gtn_events.competition.domain.rounds import delete_round, take_entries
from gtn_events.competition.domain.voting import cast_ballot
from gtn_events.competition.enums import (
    EntryState,
    LiveAct,
    LivePhase,
    Method,
    RevealOrder,
    RoundState,
    SlotState,
    VoteState,
)
from gtn_events.competition.errors import LiveRefused, ResultRefused, ScoringClosed
from gtn_events.competition.models import CompetitionCategory, LiveFinal, LiveSlot
from gtn_events.competition.results.lot import keeps_promise, lot
from gtn_events.core.badges import Badge
from gtn_events.core.db import db
from gtn_events.core.errors import Stale
from gtn_events.core.journal import JournalEntry
from tests.competition.factories import make_competition, make_entry, make_round
from tests.competition.live.finals import DAY, EVENT, SECRET, Final, hall, make_final, make_voted_final
from tests.competition.panels import submit
from tests.competition.results_rounds import compute
from tests.factories import make_account

pytestmark = pytest.mark.usefixtures("database")


def references(final: Final) -> list[str]:
    return [slot.entry.reference for slot in final.slots]


def places(final: LiveFinal) -> list[tuple[str, int, str]]:
    return [(label, place, row.entry.reference[-4:]) for label, place, row in revealed_places(final)]


def test_round_becomes_a_live_final_with_its_entries_in_the_running_order() -> None:
    final = make_final(rule={"pitch_minutes": 4, "question_minutes": 3})
    assert [each.entry_id for each in final.slots] == [each.id for each in final.panel.entries]
    assert (rule_of(final.live).pitch_minutes, final.live.vote) == (4, VoteState.OFF)
    entry = db.session.scalars(select(JournalEntry).where(JournalEntry.action == "live final planned")).one()
    assert entry.changes["pitch_minutes"] == [None, 4]


@pytest.mark.parametrize(
    ("rule", "field"),
    [
        ({"pitch_minutes": 0}, "pitch_minutes"),
        ({"question_minutes": 61}, "question_minutes"),
        ({"audience": True, "badge_event": EVENT, "audience_weight": 51}, "audience_weight"),
        ({"audience": True, "badge_event": EVENT, "votes_per_badge": 4}, "votes_per_badge"),
        ({"audience": True, "badge_event": "forum:0"}, "badge_event"),
    ],
)
def test_rule_that_cannot_be_is_refused_at_its_field(rule: dict[str, object], field: str) -> None:
    final = make_final()
    with hall(), pytest.raises(LiveRefused) as refused:
        set_live_rule(final.panel.round, LiveRule(**rule), actor=final.organiser, now=DAY)  # type: ignore[arg-type]  # from the table above
    assert refused.value.field == field


def test_audience_counts_for_nothing_beside_z_scores() -> None:
    final = make_final(method=Method.Z_SCORE)
    rule = LiveRule(audience=True, audience_weight=10, badge_event=EVENT)
    with hall(), pytest.raises(LiveRefused, match="cannot be combined"):
        set_live_rule(final.panel.round, rule, actor=final.organiser, now=DAY)


def test_rule_stays_from_the_first_pitch_on() -> None:
    final = make_final()
    final.act(LiveAct.START)
    with pytest.raises(LiveRefused, match="It stays"):
        set_live_rule(final.panel.round, LiveRule(pitch_minutes=9), actor=final.organiser, now=DAY)
    with pytest.raises(LiveRefused, match="It stays"):
        drop_live_final(final.panel.round, actor=final.organiser, now=DAY)


def test_first_pitch_needs_an_open_round() -> None:
    final = make_final(state=RoundState.PLANNED)
    with pytest.raises(LiveRefused, match="is not open"):
        final.act(LiveAct.START)


def test_entries_that_come_into_the_round_come_into_the_running_order() -> None:
    competition = make_competition()
    round_ = make_round(competition)
    organiser = make_account("organiser@gtn.example")
    live = set_live_rule(round_, LiveRule(), actor=organiser, now=DAY)
    entry = make_entry(competition, make_account("late@firm.example"))
    take_entries(round_, actor=organiser, now=DAY)
    assert db.session.scalars(select(LiveSlot.entry_id).where(LiveSlot.final_id == live.id)).all() == [entry.id]


def test_planned_round_is_taken_away_with_its_live_final() -> None:
    round_ = make_round(make_competition())
    organiser = make_account("organiser@gtn.example")
    set_live_rule(round_, LiveRule(), actor=organiser, now=DAY)
    delete_round(round_, actor=organiser, now=DAY)
    assert db.session.scalars(select(LiveFinal)).all() == []


def test_lot_draws_the_order_that_the_promised_seed_gives() -> None:
    final = make_final(entries=3)
    draw_order(final.live, seen=final.live.lock_version, actor=final.organiser, now=DAY)
    seed = final.live.order_seed
    assert keeps_promise(seed, final.live.order_commitment)
    assert references(final) == sorted(references(final), key=lambda each: lot(seed, each))
    assert final.live.order_drawn_at == DAY


def test_order_by_hand_moves_only_those_who_are_still_to_come() -> None:
    final = make_final(entries=3)
    final.act(LiveAct.START, LiveAct.FINISH)
    first, second, third = final.slots
    ids = moved(final.slots, third.id, "up")
    assert ids == [third.id, second.id]
    arrange_order(final.live, [*ids, first.id], seen=final.live.lock_version, actor=final.organiser, now=DAY)
    db.session.commit()
    assert [slot.id for slot in final.slots] == [first.id, third.id, second.id]
    with pytest.raises(LiveRefused, match="by hand only"):
        draw_order(final.live, seen=final.live.lock_version, actor=final.organiser, now=DAY)


def test_stage_goes_from_entry_to_entry_by_the_clock_of_the_server() -> None:
    final = make_final(entries=3, rule={"pitch_minutes": 5, "question_minutes": 2})
    final.act(LiveAct.START)
    final.act(LiveAct.PAUSE, now=DAY + timedelta(seconds=90))
    final.act(LiveAct.GO_ON, now=DAY + timedelta(seconds=400))
    assert stage_of(final.live).timer.left(DAY + timedelta(seconds=410)) == timedelta(seconds=200)
    final.act(LiveAct.QUESTIONS, now=DAY + timedelta(seconds=500))
    assert stage_of(final.live).timer.left(DAY + timedelta(seconds=530)) == timedelta(seconds=90)
    final.act(LiveAct.FINISH, LiveAct.SKIP, now=DAY + timedelta(seconds=600))
    assert [slot.state for slot in final.slots] == [SlotState.DONE, SlotState.ABSENT, SlotState.WAITING]
    assert acts_now(final.live, final.slots) == {LiveAct.START, LiveAct.SKIP}


def test_second_of_two_controllers_is_told_and_changes_nothing() -> None:
    final = make_final()
    seen = final.live.lock_version
    final.act(LiveAct.START)
    for act in (LiveAct.START, LiveAct.FINISH):
        with pytest.raises(Stale):
            act_live(final.live, act, seen=seen, actor=final.organiser, now=DAY)
        db.session.rollback()
    assert [slot.state for slot in final.slots] == [SlotState.ON_STAGE, SlotState.WAITING, SlotState.WAITING]


def test_every_act_moves_the_version_that_controllers_compare() -> None:
    final = make_final()
    for act in (LiveAct.SKIP, LiveAct.SKIP, LiveAct.START, LiveAct.PAUSE):
        before = final.live.lock_version
        final.act(act)
        assert final.live.lock_version == before + 1


def test_last_step_is_taken_back_once() -> None:
    final = make_final()
    final.act(LiveAct.START)
    final.act(LiveAct.FINISH, now=DAY + timedelta(seconds=30))
    undo_live(final.live, seen=final.live.lock_version, actor=final.organiser, now=DAY + timedelta(seconds=50))
    db.session.commit()
    assert (final.live.phase, final.slots[0].state) == (LivePhase.PITCH_PAUSED, SlotState.ON_STAGE)
    assert stage_of(final.live).timer.elapsed(DAY) == timedelta(seconds=30)
    with pytest.raises(LiveRefused, match="cannot be taken back"):
        undo_live(final.live, seen=final.live.lock_version, actor=final.organiser, now=DAY)


def test_every_step_stands_in_the_journal() -> None:
    final = make_final()
    final.act(LiveAct.START, LiveAct.QUESTIONS, LiveAct.FINISH)
    statement = select(JournalEntry).where(JournalEntry.action.startswith("live ")).order_by(JournalEntry.id)
    written = [(each.action, each.changes.get("entry")) for each in db.session.scalars(statement)][1:]
    first = [None, final.panel.entries[0].reference]
    assert written == [
        ("live pitch started", first),
        ("live questions started", first),
        ("live entry finished", first),
    ]


def test_withdrawn_entry_has_left_the_running_order() -> None:
    final = make_final()
    final.panel.entries[0].state = EntryState.WITHDRAWN
    db.session.commit()
    final.act(LiveAct.START)
    assert final.slots[0].entry_id == final.entry(1)


def test_freeze_closes_the_round_for_every_judge() -> None:
    final = make_final()
    with pytest.raises(LiveRefused, match="Not everybody has pitched"):
        final.act(LiveAct.FREEZE)
    db.session.rollback()
    final.pitch_all()
    final.act(LiveAct.FREEZE)
    assert (final.live.phase, final.panel.round.state) == (LivePhase.FROZEN, RoundState.SCORED)
    with pytest.raises(ScoringClosed):
        submit(final.panel.seat(), now=DAY)


def test_frozen_final_cannot_be_taken_back() -> None:
    final = make_final()
    final.pitch_all()
    final.act(LiveAct.FREEZE)
    with pytest.raises(LiveRefused, match="cannot be taken back"):
        undo_live(final.live, seen=final.live.lock_version, actor=final.organiser, now=DAY)
    with pytest.raises(LiveRefused, match="frozen"):
        arrange_order(final.live, [], seen=final.live.lock_version, actor=final.organiser, now=DAY)


def test_places_are_revealed_from_the_last_one_up_by_one_fixed_ranking(app: Flask) -> None:
    final = make_final()
    final.score_all()
    final.pitch_all()
    final.act(LiveAct.FREEZE)
    with pytest.raises(LiveRefused, match="being computed"):
        final.act(LiveAct.REVEAL)
    db.session.rollback()
    compute(final.panel)
    final.act(LiveAct.REVEAL)
    assert places(final.live) == [("", 3, "0003")]
    compute(final.panel, reason="A second look")
    final.act(LiveAct.REVEAL, LiveAct.REVEAL)
    assert (final.live.phase, final.live.result.number if final.live.result else 0) == (LivePhase.REVEALED, 1)
    assert places(final.live) == [("", 3, "0003"), ("", 2, "0002"), ("", 1, "0001")]
    with pytest.raises(LiveRefused):
        final.act(LiveAct.REVEAL)
    db.session.rollback()
    undo_live(final.live, seen=final.live.lock_version, actor=final.organiser, now=DAY)
    assert (final.live.phase, final.live.revealed) == (LivePhase.REVEALING, 2)


def test_places_can_be_revealed_category_by_category() -> None:
    final = make_final(rule={"reveal_order": RevealOrder.BY_CATEGORY})
    water = CompetitionCategory(key="water", label="Water", position=9)
    final.panel.competition.categories.append(water)
    final.panel.entries[1].entry_categories[0].category = water
    db.session.commit()
    final.score_all()
    final.pitch_all()
    final.act(LiveAct.FREEZE)
    compute(final.panel)
    final.act(LiveAct.REVEAL, LiveAct.REVEAL, LiveAct.REVEAL)
    assert places(final.live) == [("Clean energy", 2, "0003"), ("Clean energy", 1, "0001"), ("Water", 1, "0002")]
    assert len(places_to_reveal(final.live)) == 3


def test_votes_of_the_audience_turn_the_jurys_order_by_the_published_weight() -> None:
    with hall():
        final = make_voted_final(weight=50)
        final.score_all()
        final.pitch_all()
        final.act(LiveAct.OPEN_VOTE)
        for number in range(4):
            cast_ballot(final.live, Badge("test", number), [final.entry(1)], secret_key=SECRET)
        final.act(LiveAct.CLOSE_VOTE)
    with pytest.raises(ResultRefused, match="Close it first"):
        check_ranking(final.panel.round, reason="")
    final.act(LiveAct.FREEZE)
    version = compute(final.panel)
    assert [(row.entry.reference[-4:], row.total) for row in version.rows] == [
        ("0002", Decimal("88.00")),
        ("0001", Decimal("47.00")),
        ("0003", Decimal("25.00")),
    ]
    assert version.facts["audience"]["votes"] == {row.entry.reference: 4 * (row.rank == 1) for row in version.rows}


def test_round_closed_beside_the_stage_is_not_ranked_before_the_votes_are_frozen() -> None:
    with hall():
        final = make_voted_final()
        final.act(LiveAct.START)
    final.panel.round.state = RoundState.SCORED
    db.session.commit()
    with pytest.raises(ResultRefused, match="Freeze the live final first"):
        check_ranking(final.panel.round, reason="")
