"""Acts on the schedule: whatever was done, undo brings back exactly what was, and nobody undoes another's work."""

from datetime import timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from gtn_events.accounts.models import Account
from gtn_events.core.db import db
from gtn_events.core.errors import Stale
from gtn_events.core.journal import JournalEntry
from gtn_events.forum.domain.programme import remove_room
from gtn_events.forum.domain.programme_sessions import remove_session
from gtn_events.forum.domain.schedule import put_session, redo_act, undo_act, unschedule_session
from gtn_events.forum.enums import ActState, ScheduleAct
from gtn_events.forum.errors import ProgrammeRefused
from gtn_events.forum.models import Forum, ForumSession, ProgrammeAct, Room, Slot
from gtn_events.forum.queries.programme_acts import newest_acts, to_redo, to_undo
from gtn_events.forum.schedule_place import Place, token_of
from tests.factories import MADE_AT, make_account, make_forum

from .sample import FIRST, make_programme

Standing = dict[str, tuple[Place | None, str]]
ANYTIME = settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
places = st.none() | st.tuples(st.integers(0, 4), st.sampled_from([15, 30, 90]), st.sampled_from([None, 0, 1]))
acts = st.tuples(st.integers(0, 4), places)
steps = st.tuples(st.integers(0, 1), acts | st.sampled_from(["undo", "redo"]))


@pytest.fixture
def forum(database: object) -> Forum:  # tables
    """A forum with a small programme."""
    return make_programme()


@pytest.fixture
def people(forum: Forum) -> list[Account]:
    """Two organisers."""
    return [make_account(f"{name}@gtn.example", given_name=name.title()) for name in ("rosa", "hana")]


def sessions(forum: Forum) -> list[ForumSession]:
    return list(db.session.scalars(select(ForumSession).where(ForumSession.forum_id == forum.id).order_by("id")))


def rooms(forum: Forum) -> list[Room]:
    return list(db.session.scalars(select(Room).where(Room.forum_id == forum.id).order_by("id")))


def place_of(session: ForumSession) -> Place | None:
    slot = session.slot
    return Place(slot.starts_at, slot.minutes, slot.room_id) if slot else None


def standing(forum: Forum) -> Standing:
    """Where every session is, with the guid that calendars know."""
    db.session.expire_all()
    return {each.title: (place_of(each), each.slot.guid if each.slot else "") for each in sessions(forum)}


def act(forum: Forum, actor: Account, wanted: Any) -> ProgrammeAct | None:  # Any: what ``acts`` draws
    number, given_place = wanted
    session = sessions(forum)[number]
    seen = token_of(place_of(session))
    if given_place is None:
        return unschedule_session(forum, session, seen=seen, actor=actor, now=MADE_AT)
    start, minutes, room = given_place
    room_id = None if room is None else rooms(forum)[room].id
    place = Place(FIRST + timedelta(minutes=30 * start), minutes, room_id)
    return put_session(forum, session, place, seen=seen, actor=actor, now=MADE_AT)


@ANYTIME
@given(wanted=st.lists(acts, max_size=12))
def test_undo_after_any_acts_goes_back_step_by_step_and_redo_comes_again(
    forum: Forum, people: list[Account], wanted: list[Any]
) -> None:
    actor = people[0]
    seen = [standing(forum)]
    for each in wanted:
        if act(forum, actor, each) is not None:
            seen.append(standing(forum))
    guids = {title: guid for title, (_place, guid) in seen[0].items()}
    for before in reversed(seen[:-1]):
        found = to_undo(forum, actor)
        assert found is not None
        undo_act(forum, found, actor=actor, now=MADE_AT)
        assert standing(forum) == before
    assert to_undo(forum, actor) is None
    for after in seen[1:]:
        found = to_redo(forum, actor)
        assert found is not None
        redo_act(forum, found, actor=actor, now=MADE_AT)
        assert standing(forum) == after
        assert {guid for _place, guid in after.values()} - {""} <= set(guids.values())
    assert to_redo(forum, actor) is None
    db.session.rollback()


@ANYTIME
@given(wanted=st.lists(steps, max_size=16))
def test_undo_changes_one_session_and_only_where_ones_own_act_left_it(
    forum: Forum, people: list[Account], wanted: list[Any]
) -> None:
    for who, what in wanted:
        actor, before = people[who], standing(forum)
        found = None
        if what == "undo":
            found = to_undo(forum, actor)
            if found is not None:
                undo_act(forum, found, actor=actor, now=MADE_AT)
                assert (before[found.session.title][0], place_of(found.session)) == (found.after, found.before)
        elif what == "redo":
            found = to_redo(forum, actor)
            if found is not None:
                redo_act(forum, found, actor=actor, now=MADE_AT)
                assert (before[found.session.title][0], place_of(found.session)) == (found.before, found.after)
        else:
            found = act(forum, actor, what)
        changed = {title for title, place in standing(forum).items() if place != before[title]}
        assert changed == ({found.session.title} if found is not None else set())
    db.session.rollback()


def test_kinds_of_acts_and_what_the_journal_says(forum: Forum, people: list[Account]) -> None:
    for each in ((1, (6, 90, 1)), (1, (6, 30, 1)), (1, None), (1, (6, 30, 0))):
        act(forum, people[0], each)
    kinds = [each.kind for each in reversed(newest_acts(forum, limit=9))]
    assert kinds == [ScheduleAct.MOVE, ScheduleAct.RESIZE, ScheduleAct.UNSCHEDULE, ScheduleAct.PLACE]
    journal = db.session.scalars(select(JournalEntry.action).order_by(JournalEntry.id.desc()).limit(4)).all()
    assert journal == ["session placed", "session unscheduled", "session resized", "session moved"]


def test_act_on_a_session_that_somebody_moved_meanwhile_is_refused_and_says_who(
    forum: Forum, people: list[Account]
) -> None:
    session = sessions(forum)[1]
    seen = token_of(place_of(session))
    act(forum, people[0], (1, (8, 30, 1)))
    before = standing(forum)
    with pytest.raises(Stale, match="Rosa HUAMÁN changed the place of Cold chains off the grid since you looked"):
        put_session(forum, session, Place(FIRST, 30, None), seen=seen, actor=people[1], now=MADE_AT)
    with pytest.raises(Stale):
        unschedule_session(forum, session, seen="garbage", actor=people[1], now=MADE_AT)
    assert standing(forum) == before


def test_undo_of_what_somebody_changed_since_is_refused_and_earlier_acts_stay_undoable(
    forum: Forum, people: list[Account]
) -> None:
    earlier, mine = act(forum, people[0], (0, (1, 30, 0))), act(forum, people[0], (1, (8, 30, 1)))
    act(forum, people[1], (1, (9, 30, 1)))
    assert mine is not None
    before = standing(forum)
    with pytest.raises(Stale, match="Hana HUAMÁN changed the place"):
        undo_act(forum, mine, actor=people[0], now=MADE_AT)
    with pytest.raises(ProgrammeRefused):
        undo_act(forum, mine, actor=people[1], now=MADE_AT)
    assert (standing(forum), to_undo(forum, people[0])) == (before, earlier)


def test_new_act_leaves_undone_ones_behind(forum: Forum, people: list[Account]) -> None:
    first = act(forum, people[0], (1, (8, 30, 1)))
    assert first is not None
    undo_act(forum, first, actor=people[0], now=MADE_AT)
    with pytest.raises(Stale):
        undo_act(forum, first, actor=people[0], now=MADE_AT)
    act(forum, people[0], (0, (1, 30, 0)))
    assert (to_redo(forum, people[0]), first.state) == (None, ActState.LEFT)
    with pytest.raises(Stale):
        redo_act(forum, first, actor=people[0], now=MADE_AT)


def test_acts_go_with_their_session_and_with_their_room(forum: Forum, people: list[Account]) -> None:
    act(forum, people[0], (1, (8, 30, 1)))
    act(forum, people[0], (0, (3, 30, 0)))
    remove_session(forum, sessions(forum)[0], actor=people[0], now=MADE_AT)
    act(forum, people[0], (0, (8, 30, None)))
    assert len(newest_acts(forum, limit=9)) == 2
    remove_room(forum, rooms(forum)[1], actor=people[0], now=MADE_AT)
    db.session.expire_all()
    assert newest_acts(forum, limit=9) == []


@pytest.mark.parametrize("minutes", [0, -5, 24 * 60 + 1])
def test_session_lasts_from_a_minute_to_a_day(forum: Forum, people: list[Account], minutes: int) -> None:
    session = sessions(forum)[1]
    with pytest.raises(ProgrammeRefused):
        put_session(
            forum,
            session,
            Place(FIRST, minutes, None),
            seen=token_of(place_of(session)),
            actor=people[0],
            now=MADE_AT,
        )


def test_room_of_another_forum_is_refused(forum: Forum, people: list[Account]) -> None:
    other = make_programme(make_forum("other-forum", title="Other"))
    session = sessions(forum)[1]
    place = Place(FIRST, 30, rooms(other)[0].id)
    with pytest.raises(ProgrammeRefused):
        put_session(forum, session, place, seen=token_of(place_of(session)), actor=people[0], now=MADE_AT)
    assert db.session.scalar(select(Slot.room_id).where(Slot.session_id == session.id)) == rooms(forum)[1].id
