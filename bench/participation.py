"""CPU of the participation report over 100,000 registrations: as it stands, and as of a day.

``python bench/participation.py [--database sqlite|postgresql] [--most 100000]``. "As of" puts back
what happened later: here to one registration in ten.
"""

from datetime import timedelta

from sqlalchemy import insert, select

from gtn_events.core import clock
from gtn_events.core.db import db
from gtn_events.core.journal import JournalEntry
from gtn_events.forum.domain.check_in import add_main_door
from gtn_events.forum.models import CheckIn, Checkpoint, Forum, Registration
from instance import arguments, costs_of, instance, told
from rows import add_registrations, administrator_cookie
from tests.load.people import open_forum

REPORT = "/forums/bench/manage/participation"


def main() -> None:
    parser = arguments("CPU of the participation report.")
    parser.add_argument("--most", type=int, default=100_000)
    options = parser.parse_args()
    cookies: list[str] = []

    def fill() -> None:
        now = clock.now()
        cookies.append(administrator_cookie(now))
        forum = open_forum("bench", seats=1, now=now)
        add_registrations(forum.categories[0], options.most)
        add_journal(forum)

    today, before = clock.now().date(), clock.now().date() - timedelta(days=2)
    with instance(options.database, fill) as subject:
        for name, query in (
            ("as it stands", ""),
            ("as of today", f"?as_of={today}"),
            ("as of a day", f"?as_of={before}"),
        ):
            web, own = costs_of(
                subject, lambda query=query: subject.ask("GET", REPORT + query, cookie=cookies[0]), times=3
            )  # type: ignore[misc]
            told(f"{options.most:,} registrations: {name}", web, own, 1000)


def add_journal(forum: Forum) -> None:
    """Let every tenth registration have been approved an hour ago, and every third person have come."""
    now = clock.now()
    ids = list(db.session.scalars(select(Registration.id).where(Registration.forum_id == forum.id)))
    entries = [
        {
            "at": now - timedelta(hours=1),
            "action": "registration approved",
            "subject_type": Registration.__tablename__,
            "subject_id": each,
            "scope_kind": forum.scope.kind,
            "scope_id": forum.scope.id,
            "changes": {"state": ["pending", "approved"]},
        }
        for each in ids[::10]
    ]
    db.session.execute(insert(JournalEntry), entries)
    door = db.session.scalars(select(Checkpoint).where(Checkpoint.forum_id == forum.id)).first() or add_main_door(forum)
    passed = [
        {"checkpoint_id": door.id, "registration_id": each, "at": forum.created_at, "station": ""} for each in ids[::3]
    ]
    db.session.execute(insert(CheckIn), passed)
    db.session.commit()


if __name__ == "__main__":
    main()
