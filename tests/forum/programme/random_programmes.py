"""Random programmes with everything awkward in them, for the tests of files and of imports."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from hypothesis import strategies as st

from gtn_events.core.db import db
from gtn_events.core.text import clean_text, fold
from gtn_events.forum.domain.programme import add_room, add_track
from gtn_events.forum.domain.programme_sessions import (
    SessionDetails,
    SpeakerDetails,
    add_session,
    add_speaker,
    place_speaker,
)
from gtn_events.forum.enums import SessionKind, SessionLevel, SpeakerRole
from gtn_events.forum.models import Forum
from tests.factories import MADE_AT

FIRST = datetime(2013, 6, 4, 17, tzinfo=UTC)
AWKWARD = st.sampled_from(
    [
        "<b>bold</b>",
        "a & b < c",
        "&#11; ]]>",
        "=1+1",
        "\x0b\x00\x1b",
        "\ufffe\uffff",
        "\r\n\r\n",
        "한국 東京 ไทย",
        "- item\n- item",
        "<p>Use `<br>`</p>",
        "\"quoted'",
        "𝔊😀",
        "plenary break",
    ]
)
TEXT = st.lists(st.one_of(AWKWARD, st.text(max_size=12)), max_size=4).map(" ".join)


def one_line(text: str) -> str:
    """A text as a field of one line keeps it."""
    return " ".join(clean_text(text).split())


LINE = TEXT.map(one_line)
TITLE = LINE.map(lambda text: text or "Untitled")


@dataclass(frozen=True)
class Plan:
    """What a random programme is made of; sessions name rooms, tracks and people by number."""

    rooms: list[str]
    tracks: list[str]
    people: list[str]
    sessions: list[tuple[SessionDetails, int | None, int | None, list[tuple[int, SpeakerRole]], list[tuple[str, str]]]]


NAMES = st.lists(TITLE.map(lambda text: one_line(text[:60])), max_size=3, unique_by=fold)
SESSION = st.tuples(
    st.builds(
        SessionDetails,
        title=TITLE,
        subtitle=LINE,
        kind=st.sampled_from(list(SessionKind)),
        abstract=TEXT.map(clean_text),
        description=TEXT.map(clean_text),
        language=st.sampled_from(["", "en", "vi", "zh-Hant"]),
        level=st.none() | st.sampled_from(list(SessionLevel)),
        interpretation=st.lists(st.sampled_from(["es", "vi", "zh-Hans"]), max_size=3, unique=True).map(tuple),
        starts_at=st.none() | st.integers(0, 4 * 24 * 60).map(lambda minutes: FIRST + timedelta(minutes=minutes)),
        minutes=st.sampled_from([1, 45, 60, 24 * 60 - 1, 24 * 60]),
    ),
    st.none() | st.integers(0, 2),
    st.none() | st.integers(0, 2),
    st.lists(st.tuples(st.integers(0, 2), st.sampled_from(list(SpeakerRole))), max_size=4, unique=True),
    st.lists(
        st.tuples(st.sampled_from(["https://example.org/?a=1&b=<2>", "http://example.org/é"]), TITLE),
        max_size=2,
        unique_by=lambda link: link[0],
    ),
)
PLANS = st.builds(Plan, rooms=NAMES, tracks=NAMES, people=NAMES, sessions=st.lists(SESSION, max_size=4))


@contextmanager
def put_in(forum: Forum, plan: Plan) -> Iterator[None]:
    """Let a forum have the programme of a plan, as organisers would put it in, and take all of it back."""
    try:
        _put_in(forum, plan)
        yield
    finally:
        db.session.rollback()


def _put_in(forum: Forum, plan: Plan) -> None:
    rooms = [add_room(forum, name=each, seats=9, notes="", actor=None, now=MADE_AT).id for each in plan.rooms]
    tracks = [add_track(forum, name=each, colour=2, actor=None, now=MADE_AT).id for each in plan.tracks]
    people = [
        add_speaker(forum, SpeakerDetails(name=name, biography=f"**{name}**"), actor=None, now=MADE_AT)
        for name in plan.people
    ]
    for details, room, track, parts, links in plan.sessions:
        placed = replace(details, room_id=_one_of(rooms, room), track_id=_one_of(tracks, track))
        if placed.starts_at is None:
            placed = replace(placed, room_id=None, minutes=None)
        session = add_session(forum, placed, actor=None, now=MADE_AT)
        session.links = [{"url": url, "label": label} for url, label in links]
        for person, role in parts:
            if person < len(people):
                place_speaker(forum, session, people[person], role=role, actor=None, now=MADE_AT)
    db.session.flush()


def _one_of(ids: list[int], number: int | None) -> int | None:
    return ids[number] if number is not None and number < len(ids) else None
