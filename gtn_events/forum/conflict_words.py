"""Conflicts of a programme as sentences."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, tzinfo

from flask_babel import format_date, gettext, ngettext

from .conflicts import Conflict
from .enums import ConflictKind
from .models import Forum
from .queries.conflict_names import ConflictNames, NamedSession, names_in
from .words import days_in_words


@dataclass(frozen=True)
class ToldConflict:
    """A conflict with its sentence and the sessions it is about."""

    kind: ConflictKind
    sentence: str
    sessions: tuple[NamedSession, ...]


def short_name(kind: ConflictKind) -> str:
    """Return two or three words for the mark beside a session."""
    return {
        ConflictKind.ROOM: gettext("Room is taken twice"),
        ConflictKind.SPEAKER: gettext("Speaker twice"),
        ConflictKind.ROOM_SMALL: gettext("Room is small"),
        ConflictKind.OUTSIDE: gettext("Outside the hours"),
        ConflictKind.SIDE_EVENT: gettext("Side event meanwhile"),
        ConflictKind.AWAY: gettext("Not available"),
    }[kind]


def conflicts_in_words(forum: Forum, conflicts: Iterable[Conflict]) -> list[ToldConflict]:
    """Return conflicts as sentences, times at the venue; a few queries whatever their number."""
    found = list(conflicts)
    return _Words(forum, names_in(forum, found)).tell(found) if found else []


class _Words:
    """The names that sentences need."""

    def __init__(self, forum: Forum, names: ConflictNames) -> None:
        self._forum = forum
        self._zone: tzinfo = forum.zone
        self._names = names
        self._sessions = names.sessions

    def tell(self, conflicts: list[Conflict]) -> list[ToldConflict]:
        """Return the sentences in the order of the conflicts."""
        tellers = {
            ConflictKind.ROOM: self._room,
            ConflictKind.SPEAKER: self._speaker,
            ConflictKind.ROOM_SMALL: self._room_small,
            ConflictKind.OUTSIDE: self._outside,
            ConflictKind.SIDE_EVENT: self._side_event,
            ConflictKind.AWAY: self._not_available,
        }
        return [
            ToldConflict(
                conflict.kind,
                tellers[conflict.kind](conflict),
                (self._sessions[conflict.session_id],) if conflict.other_id is None else self._pair(conflict),
            )
            for conflict in conflicts
        ]

    def _room(self, conflict: Conflict) -> str:
        first, second = self._pair(conflict)
        return gettext(
            "%(first)s is in %(room)s until %(until)s, and %(second)s starts there at %(starts)s.",
            first=first.title,
            second=second.title,
            room=self._names.rooms[conflict.subject_id or 0].name,
            until=self._clock(first.ends_at),
            starts=self._clock(second.starts_at),
        )

    def _speaker(self, conflict: Conflict) -> str:
        first, second = self._pair(conflict)
        told = gettext(
            "%(name)s is in %(first)s until %(until)s, and in %(second)s from %(starts)s.",
            name=self._names.speakers[conflict.subject_id or 0],
            first=first.title,
            second=second.title,
            until=self._clock(first.ends_at),
            starts=self._clock(second.starts_at),
        )
        return f"{told} {self._overlap(first, second)}"

    def _room_small(self, conflict: Conflict) -> str:
        session, room = self._sessions[conflict.session_id], self._names.rooms[conflict.subject_id or 0]
        return gettext(
            "More people are expected at %(title)s than the %(seats)s seats of %(room)s.",
            title=session.title,
            seats=room.seats,
            room=room.name,
        )

    def _outside(self, conflict: Conflict) -> str:
        session = self._sessions[conflict.session_id]
        if not self._forum.starts_on <= session.starts_at.astimezone(self._zone).date() <= self._forum.ends_on:
            days = days_in_words(self._forum.starts_on, self._forum.ends_on)
            return gettext("%(title)s is on a day that is none of the forum: %(days)s.", title=session.title, days=days)
        return gettext(
            "%(title)s is outside the opening hours: %(starts)s to %(until)s.",
            title=session.title,
            starts=self._clock(session.starts_at),
            until=self._clock(session.ends_at),
        )

    def _side_event(self, conflict: Conflict) -> str:
        event = self._names.side_events[conflict.subject_id or 0]
        return gettext(
            "The side event %(event)s, %(starts)s to %(until)s, takes place during %(title)s.",
            event=event.title,
            starts=self._clock(event.starts_at),
            until=self._clock(event.ends_at),
            title=self._sessions[conflict.session_id].title,
        )

    def _not_available(self, conflict: Conflict) -> str:
        away, session = self._names.away[conflict.subject_id or 0], self._sessions[conflict.session_id]
        who = (
            self._names.rooms[away.room_id].name
            if away.room_id is not None
            else self._names.speakers[away.speaker_id or 0]
        )
        told = gettext(
            "%(who)s is not available from %(starts)s to %(until)s, during %(title)s.",
            who=who,
            starts=self._day_and_clock(away.starts_at),
            until=self._day_and_clock(away.ends_at),
            title=session.title,
        )
        return f"{told} ({away.reason})" if away.reason else told

    def _pair(self, conflict: Conflict) -> tuple[NamedSession, NamedSession]:
        """Return the session that starts first, and the other one."""
        one, other = self._sessions[conflict.session_id], self._sessions[conflict.other_id or 0]
        return (one, other) if one.starts_at <= other.starts_at else (other, one)

    def _overlap(self, first: NamedSession, second: NamedSession) -> str:
        minutes = int((min(first.ends_at, second.ends_at) - second.starts_at).total_seconds() // 60)
        return ngettext("They overlap for %(num)d minute.", "They overlap for %(num)d minutes.", minutes)

    def _clock(self, moment: datetime) -> str:
        return f"{moment.astimezone(self._zone):%H:%M}"

    def _day_and_clock(self, moment: datetime) -> str:
        local = moment.astimezone(self._zone)
        return f"{format_date(local.date(), 'EEE d MMM')}, {local:%H:%M}"
