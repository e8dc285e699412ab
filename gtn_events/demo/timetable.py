"""Sessions of the next forum that have no time yet, and the timetable that is proposed for them."""

from datetime import datetime

from gtn_events.accounts.models import Account
from gtn_events.forum.domain.programme import add_room, add_track
from gtn_events.forum.domain.programme_sessions import SessionDetails, add_session
from gtn_events.forum.domain.timetable import keep_timetable
from gtn_events.forum.enums import SessionKind
from gtn_events.forum.models import Forum
from gtn_events.forum.queries.timetable import task_of
from gtn_events.forum.timetable import Wishes
from gtn_events.forum.timetable.solving import propose

ROOMS = (("Plenary hall", 300), ("Room Toba", 80))
TRACK = "Clean energy"
SESSIONS = (
    # title, kind, in the track, people expected
    ("Opening: what became of the first forum", SessionKind.PLENARY, False, 250),
    ("Solar dryers, three years on", SessionKind.SESSION, True, 60),
    ("Storing cold in salt", SessionKind.SESSION, True, 70),
    ("Buyers meet makers", SessionKind.SESSION, False, 200),
    ("Reading a loan contract together", SessionKind.SESSION, False, 40),
    ("Everybody who ever came", SessionKind.SESSION, False, 900),
)


def propose_next_timetable(upcoming: Forum, organiser: Account, *, now: datetime) -> None:
    """Add rooms and sessions, and keep a proposal in which one session finds no room. Flushes."""
    for name, seats in ROOMS:
        add_room(upcoming, name=name, seats=seats, notes="", actor=organiser, now=now)
    track = add_track(upcoming, name=TRACK, colour=3, actor=organiser, now=now)
    for title, kind, in_track, expected in SESSIONS:
        track_id = track.id if in_track else None
        details = SessionDetails(title=title, kind=kind, track_id=track_id, expected=expected)
        add_session(upcoming, details, actor=organiser, now=now)
    wishes = Wishes(apart=(track.id,))
    keep_timetable(upcoming, wishes, propose(task_of(upcoming, wishes)), actor=organiser, now=now)
