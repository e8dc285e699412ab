"""What the reader chose to see: the day, the track, the room, the language, the level, as grid or list."""

from dataclasses import dataclass
from datetime import date, datetime
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from flask import request

from ...conference_day import conference_day
from ...models import Forum
from ...queries.programme import SessionFacts


@dataclass(frozen=True, kw_only=True)
class Choice:
    """What the reader chose, from the address; unknown values fall back."""

    view: str
    day: str = ""
    track: str = ""
    room: str = ""
    language: str = ""
    level: str = ""

    @property
    def filters(self) -> bool:
        """True when only some of the sessions are to be shown."""
        return bool(self.track or self.room or self.language or self.level)

    def takes(self, session: SessionFacts) -> bool:
        """Say whether a session is of the chosen track, room and level, and can be heard in the chosen language.

        A session for everybody is of every level; one of which no language is known is in none.
        """
        if self.language and self.language not in session.languages:
            return False
        if self.level and session.level is not None and session.level.value != self.level:
            return False
        if self.track and (session.track is None or session.track.slug != self.track):
            return False
        return not self.room or (session.room is not None and str(session.room.id) == self.room)

    def query(self, **changes: str) -> str:
        """Return the query string of this choice with some values changed; empty values are left out."""
        values = {"day": self.day, "track": self.track, "room": self.room}
        values |= {"language": self.language, "level": self.level, **changes}
        return urlencode({name: value for name, value in values.items() if value})


def choice_of_request(view: str) -> Choice:
    """Return what the address asks for; ``view`` is ``grid`` or ``list``."""
    args = request.args
    return Choice(
        view=view,
        day=args.get("day", "")[:10],
        track=args.get("track", "")[:120],
        room=args.get("room", "")[:12],
        language=args.get("language", "")[:20],
        level=args.get("level", "")[:20],
    )


def day_to_show(choice: Choice, days: list[date], forum: Forum, *, now: datetime) -> date:
    """Return the chosen day, else today while the forum is on, else its first day with a session."""
    today = conference_day(now, ZoneInfo(forum.time_zone))
    for wanted in (choice.day, today.isoformat()):
        found = next((day for day in days if day.isoformat() == wanted), None)
        if found is not None:
            return found
    return days[0] if days else forum.starts_on
