"""CPU of the conflict finder over 10,000 sessions: the sweep alone, and the page that tells what it found.

``python bench/conflicts.py [--database sqlite|postgresql] [--most 10000]``.
"""

import random
import statistics
import time
from datetime import timedelta
from uuid import uuid4

from sqlalchemy import insert, select

from gtn_events.core import clock
from gtn_events.core.db import db
from gtn_events.forum.conflicts import conflicts_among
from gtn_events.forum.enums import SessionKind, SpeakerRole
from gtn_events.forum.models import Forum, ForumSession, Room, SessionSpeaker, Slot, Speaker
from gtn_events.forum.queries.programme_conflicts import planned_sessions, surroundings_of
from instance import arguments, costs_of, instance, told
from rows import administrator_cookie
from tests.load.people import open_forum

ROOMS, SPEAKERS = 300, 9000
PAGE = "/forums/bench/manage/programme/conflicts"


def main() -> None:
    parser = arguments("CPU of the conflict finder.")
    parser.add_argument("--most", type=int, default=10_000)
    options = parser.parse_args()
    cookies: list[str] = []
    alone: list[tuple[float, int]] = []

    def fill() -> None:
        now = clock.now()
        cookies.append(administrator_cookie(now))
        forum = open_forum("bench", seats=1, now=now)
        add_programme(forum, options.most)
        sessions, around = planned_sessions(forum), surroundings_of(forum)
        for _ in range(7):
            begun = time.process_time()
            found = sum(1 for _ in conflicts_among(sessions, around))
            alone.append((1000 * (time.process_time() - begun), found))

    with instance(options.database, fill) as subject:
        sweep = statistics.median(cost for cost, _found in alone)
        told(f"{options.most:,} sessions: the sweep alone, {alone[0][1]:,} conflicts", sweep, 0, 200)
        web, own = costs_of(subject, lambda: subject.ask("GET", PAGE, cookie=cookies[0]), times=1)
        told(f"{options.most:,} sessions: the page of the conflicts", web, own)


def add_programme(forum: Forum, most: int) -> None:
    """Add sessions at random times in random rooms, with two people each."""
    chance, key = random.Random(1), forum.id
    db.session.execute(insert(Room), [{"forum_id": key, "name": f"Room {n}", "seats": 200} for n in range(ROOMS)])
    people = [{"forum_id": key, "code": f"s{n}", "name": f"Speaker {n}", "sort_name": f"{n}"} for n in range(SPEAKERS)]
    db.session.execute(insert(Speaker), people)
    sessions = [
        {
            "forum_id": key,
            "guid": str(uuid4()),
            "code": f"C{n}",
            "title": f"Session {n}",
            "kind": SessionKind.PLENARY if n % 50 == 0 else SessionKind.SESSION,
            "expected": chance.randrange(1, 300),
        }
        for n in range(most)
    ]
    db.session.execute(insert(ForumSession), sessions)
    rooms, speakers, ids = (
        list(db.session.scalars(select(model.id).where(model.forum_id == key)))
        for model in (Room, Speaker, ForumSession)
    )
    slots = [
        {
            "forum_id": key,
            "session_id": each,
            "guid": str(uuid4()),
            "room_id": chance.choice(rooms),
            "starts_at": forum.created_at + timedelta(minutes=5 * chance.randrange(2000)),
            "minutes": chance.choice((20, 45, 60)),
        }
        for each in ids
    ]
    db.session.execute(insert(Slot), slots)
    links = [
        {"session_id": each, "speaker_id": speaker, "role": SpeakerRole.SPEAKER, "position": 0}
        for each in ids
        for speaker in chance.sample(speakers, 2)
    ]
    db.session.execute(insert(SessionSpeaker), links)
    db.session.commit()


if __name__ == "__main__":
    main()
