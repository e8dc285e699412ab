"""A proposed timetable in words: what was proposed, and why a session has no place."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from flask_babel import gettext, ngettext

from .conference_day import conference_day
from .models import Forum, Timetable
from .queries.programme import Programme, RoomFacts, SessionFacts, load_programme
from .queries.timetable import Proposed, Standing, proposed, task_of, unplaced_of
from .timetable import Rule, Wishes


@dataclass(frozen=True)
class ProposedRow:
    """One placement as the page shows it: times at the venue, and what stands in its way by now."""

    session: SessionFacts
    room: RoomFacts | None
    starts: datetime
    ends: datetime
    standing: Standing
    obstacle: str


@dataclass(frozen=True)
class ToldTimetable:
    """A proposal by days; ``unplaced`` are sessions with the reason in words."""

    days: Mapping[date, list[ProposedRow]]
    unplaced: list[tuple[SessionFacts, str]]

    @property
    def open(self) -> int:
        """How many placements can be taken."""
        return sum(row.standing is Standing.OPEN for rows in self.days.values() for row in rows)


def timetable_in_words(forum: Forum, timetable: Timetable) -> ToldTimetable:
    """Return a proposal as it stands against the programme now; a few queries whatever its size."""
    words = _Words(forum, load_programme(forum))
    days: dict[date, list[ProposedRow]] = {}
    for each in proposed(forum, timetable):
        if each.placement.session_id in words.sessions:
            row = words.row(each)
            days.setdefault(conference_day(each.placement.starts_at, forum.zone), []).append(row)
    lengths = {each.id: each.minutes for each in task_of(forum, Wishes.from_json(timetable.wishes)).sessions}
    unplaced = [
        (words.sessions[each.session_id], words.reason(each.rule, each.subject_id, lengths[each.session_id]))
        for each in unplaced_of(timetable)
        if each.session_id in lengths
    ]
    return ToldTimetable(days, unplaced)


class _Words:
    """The names that sentences need."""

    def __init__(self, forum: Forum, programme: Programme) -> None:
        self._zone = forum.zone
        self.sessions = {each.id: each for each in programme.sessions}
        self._rooms = {each.id: each for each in programme.rooms}
        self._speakers = {each.id: each.name for each in programme.speakers}
        self._tracks = {each.id: each.name for each in programme.tracks}

    def row(self, each: Proposed) -> ProposedRow:
        """Return one placement with its names."""
        place = each.placement
        ends_at = place.starts_at + timedelta(minutes=place.minutes)
        return ProposedRow(
            self.sessions[place.session_id],
            self._rooms.get(place.room_id),
            place.starts_at.astimezone(self._zone),
            ends_at.astimezone(self._zone),
            each.standing,
            self.obstacle(each.rule, each.subject_id) if each.rule else "",
        )

    def obstacle(self, rule: Rule, subject_id: int | None) -> str:
        """Return what stands in the way of a placement by now."""
        return {
            Rule.LENGTH: lambda: gettext("There is no such time or room any more."),
            Rule.SEATS: lambda: gettext("More people are expected than the room seats."),
            Rule.CLOSED: lambda: gettext("A break or a plenary takes place then."),
            Rule.ROOM_AWAY: lambda: gettext("The room is closed then."),
            Rule.SPEAKER_AWAY: lambda: gettext("%(name)s cannot come then.", name=self._speaker(subject_id)),
            Rule.SIDE_EVENT: lambda: gettext("A side event takes place then."),
            Rule.ROOM: lambda: gettext("The room is taken by now."),
            Rule.SPEAKER: lambda: gettext("%(name)s is in another session then.", name=self._speaker(subject_id)),
            Rule.TRACK: lambda: gettext("Another session of %(track)s runs then.", track=self._track(subject_id)),
        }[rule]()

    def reason(self, rule: Rule, subject_id: int | None, minutes: int) -> str:
        """Return why a session found no place."""
        return {
            Rule.LENGTH: lambda: ngettext(
                "No day has %(num)d minute within the hours.", "No day has %(num)d minutes within the hours.", minutes
            ),
            Rule.SEATS: lambda: gettext("No room that seats the people expected is free at a time that fits."),
            Rule.CLOSED: lambda: gettext("Time is left only during breaks and plenaries, or beside other sessions."),
            Rule.ROOM_AWAY: lambda: gettext("The rooms that would fit are closed at every time that is left."),
            Rule.SPEAKER_AWAY: lambda: gettext(
                "%(name)s cannot come at any time at which a room is free.", name=self._speaker(subject_id)
            ),
            Rule.SIDE_EVENT: lambda: gettext("A side event takes place at every time that is left."),
            Rule.ROOM: lambda: gettext("Every room that would fit is taken at every time that fits."),
            Rule.SPEAKER: lambda: gettext(
                "%(name)s is in another session at every time at which a room is free.", name=self._speaker(subject_id)
            ),
            Rule.TRACK: lambda: gettext(
                "Another session of %(track)s runs at every time at which a room is free.",
                track=self._track(subject_id),
            ),
        }[rule]()

    def _speaker(self, speaker_id: int | None) -> str:
        return self._speakers.get(speaker_id or 0) or gettext("A speaker")

    def _track(self, track_id: int | None) -> str:
        return self._tracks.get(track_id or 0) or gettext("the track")
