"""What the page of the schedule shows: a day as a grid, what has no time, and the session that is chosen."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from functools import cached_property

from gtn_events.core.venue_time import day_at_venue

from ...conference_day import conference_day
from ...conflict_words import ToldConflict, conflicts_in_words, short_name
from ...conflicts import Period, Planned
from ...enums import SessionKind
from ...fitting_places import Fit, places_that_fit
from ...models import Forum, TimeAway
from ...queries.attendance_rule import forum_days
from ...queries.programme import RoomFacts, SessionFacts, load_programme, side_event_facts
from ...queries.programme_acts import USUAL_MINUTES, minutes_before
from ...queries.programme_conflicts import (
    expected_people,
    planned_sessions,
    rooms_closed,
    sort_conflicts,
    surroundings_of,
)
from ...queries.session_calls import wished_minutes
from ...queries.told_of_sessions import told_minutes
from ...schedule_place import Place, token_of
from ...schedule_words import why_it_fits
from ...slot_classes import end_class, minute_of_day, start_class
from ..programme.grid import DayGrid, lay_out_day

MOST_FITS = 4
USUAL_SPAN = (time(8), time(19))
ONE_DAY = 24 * 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """What is wrong with a session in two words; ``grave`` stands in the way of a release."""

    words: str
    grave: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class OfferedPlace:
    """A numbered place for the chosen session; ``classes`` place its cell, when it is on the shown day."""

    number: int
    room: RoomFacts
    day: date
    begins: str
    ends: str
    reason: str
    classes: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ClosedBlock:
    """A time in which a room is closed."""

    room: str
    reason: str
    classes: str
    begins: str
    ends: str


class SchedulePage:
    """The working programme of a forum as its editor sees it; read with a few queries whatever its size."""

    def __init__(self, forum: Forum, *, day: str, code: str, now: datetime) -> None:
        self.forum = forum
        self.programme = load_programme(forum)
        self.chosen = self.programme.by_code.get(code.casefold())
        self._side_events = side_event_facts(forum, now=now)
        self._planned = planned_sessions(forum)
        self._around = surroundings_of(forum)
        self.conflicts = sort_conflicts(forum, self._planned, self._around)
        self._expected = expected_people(forum)
        self._lengths = {**wished_minutes(forum), **minutes_before(forum), **told_minutes(forum)}
        self.days = self._days()
        self.day = self._day(day, now)
        self.counts = self._counts()

    @property
    def waiting(self) -> list[SessionFacts]:
        """The sessions that have no time."""
        return [each for each in self.programme.sessions if each.starts_at is None]

    def minutes_of(self, session: SessionFacts) -> int:
        """Return how long a session lasts, or lasted before it came off the schedule, or is wished to last."""
        return session.minutes or self._lengths.get(session.id, USUAL_MINUTES)

    def expected_at(self, session: SessionFacts) -> int | None:
        """Return how many people are expected, where somebody said so."""
        return self._expected.get(session.id)

    @cached_property
    def marks(self) -> dict[str, Mark]:
        """What is wrong with each session, by its code; the gravest word stands for all."""
        grave = {each.kind for each in self.conflicts.blocking}
        kinds = self.conflicts.kinds_by_session()
        by_id = {each.id: each for each in self.programme.sessions}
        return {
            by_id[number].code: Mark(words=short_name(found[0]), grave=found[0] in grave)
            for number, found in kinds.items()
        }

    @cached_property
    def grid(self) -> DayGrid:
        """The shown day, with every room."""
        return lay_out_day(
            self.day,
            [each for each in self.programme.scheduled if each.day == self.day],
            [each for each in self._side_events if conference_day(each.starts_at, self.forum.zone) == self.day],
            rooms=self.programme.rooms,
            zone=self.forum.zone,
            reader=None,
            every_room=True,
            covers=self._span,
        )

    @cached_property
    def room_ids(self) -> dict[str, int]:
        """The ids of the rooms, by their names."""
        return {each.name: each.id for each in self.programme.rooms}

    @cached_property
    def own_conflicts(self) -> list[tuple[ToldConflict, str, bool]]:
        """The conflicts of the chosen session: sentence, what it says, and whether it blocks."""
        found = self.conflicts
        own = [each for each in (*found.blocking, *found.warnings) if self._is_about(each.session_id, each.other_id)]
        told = conflicts_in_words(self.forum, own)
        blocking = set(found.blocking)
        return [(words, found.facts.get(each, ""), each in blocking) for each, words in zip(own, told, strict=True)]

    @cached_property
    def offered(self) -> list[OfferedPlace]:
        """Numbered places for the chosen session where it is in conflict with nothing."""
        if self.chosen is None:
            return []
        session = self._as_planned(self.chosen)
        others = [each for each in self._planned if each.id != session.id]
        found = places_that_fit(
            session,
            others,
            replace(self._around, away=[*self._around.away, *self._in_rooms()]),
            rooms=[each.id for each in self.programme.rooms],
            days=forum_days(self.forum),
            breaks=list(self._kept_free(self.chosen)),
            most=MOST_FITS,
        )
        return [self._offer(number, fit, session) for number, fit in enumerate(found, start=1)]

    @cached_property
    def closed(self) -> list[ClosedBlock]:
        """When rooms are closed on the shown day."""
        numbers = {self.room_ids[each.name]: each.number for each in self.grid.columns if each.name in self.room_ids}
        names = {each.id: each.name for each in self.programme.rooms}
        found = []
        for away in rooms_closed(self.forum):
            start, end = self._minute(away.starts_at), self._minute(away.ends_at)
            if end > 0 and start < ONE_DAY and away.room_id in numbers:
                found.append(self._block(away, start, end, names[away.room_id], numbers[away.room_id]))
        return found

    def tried(self, place: Place) -> list[Mark]:
        """Return what would be wrong with the chosen session at a place, gravest first."""
        if self.chosen is None:
            return []
        session = replace(
            self._as_planned(self.chosen), starts_at=place.starts_at, ends_at=place.ends_at, room_id=place.room_id
        )
        rest = [each for each in self._planned if each.id != session.id]
        found = sort_conflicts(self.forum, [*rest, session], self._around)
        grave = {each.kind for each in found.blocking}
        kinds = found.kinds_by_session().get(session.id, [])
        return [Mark(words=short_name(kind), grave=kind in grave) for kind in kinds]

    def token(self, session: SessionFacts) -> str:
        """Return what a form carries to say where the session was seen."""
        if session.starts_at is None:
            return token_of(None)
        return token_of(Place(session.starts_at, session.minutes, session.room.id if session.room else None))

    def stored(self) -> dict[str, object]:
        """Return what fills the form for the chosen session."""
        session = self.chosen
        if session is None:
            return {}
        best = self.offered[0] if self.offered and session.local is None else None
        return {
            "day": (best.day if best else session.day or self.day).isoformat(),
            "time": best.begins if best else f"{session.local:%H:%M}" if session.local else "09:00",
            "room": best.room.id if best else session.room.id if session.room else 0,
            "minutes": self.minutes_of(session),
            "seen": self.token(session),
        }

    def _days(self) -> list[date]:
        others = (each.day for each in self.programme.scheduled if each.day)
        events = (conference_day(each.starts_at, self.forum.zone) for each in self._side_events)
        return sorted({*forum_days(self.forum), *others, *events})

    def _day(self, wanted: str, now: datetime) -> date:
        today = day_at_venue(now, self.forum.time_zone)
        asked = next((each for each in self.days if each.isoformat() == wanted), None)
        own = self.chosen.day if self.chosen else None
        return asked or own or (today if today in self.days else self.days[0])

    def _counts(self) -> Counter[date]:
        """Return how many conflicts each day has, those that block and warnings together."""
        days = {each.id: each.day for each in self.programme.sessions}
        found = (days[each.session_id] for each in (*self.conflicts.blocking, *self.conflicts.warnings))
        return Counter(day for day in found if day is not None)

    @property
    def _span(self) -> tuple[int, int]:
        opens, closes = self._around.hours.get(self.day, USUAL_SPAN)
        return opens.hour * 60 + opens.minute, closes.hour * 60 + closes.minute

    def _is_about(self, *ids: int | None) -> bool:
        return self.chosen is not None and self.chosen.id in ids

    def _as_planned(self, session: SessionFacts) -> Planned:
        """Return a session as it is or, while it is nowhere, as if it began the shown day."""
        hours = self._around.hours.get(self.day, USUAL_SPAN)
        first = datetime.combine(self.day, hours[0], tzinfo=self.forum.zone).astimezone(UTC)
        starts_at = session.starts_at or first
        return Planned(
            id=session.id,
            starts_at=starts_at,
            ends_at=starts_at + timedelta(minutes=self.minutes_of(session)),
            room_id=session.room.id if session.room else None,
            people=frozenset(each.speaker.id for each in session.parts),
            expected=self._expected.get(session.id),
            is_plenary=session.kind is SessionKind.PLENARY,
        )

    def _kept_free(self, session: SessionFacts) -> Iterable[tuple[datetime, datetime]]:
        """Yield when nothing is offered whatever the room: breaks and plenaries; for a plenary, everything."""
        alone = session.kind is SessionKind.PLENARY
        for each in self.programme.scheduled:
            if (
                each.id != session.id
                and each.starts_at
                and each.ends_at
                and (alone or each.kind != SessionKind.SESSION)
            ):
                yield each.starts_at, each.ends_at

    def _in_rooms(self) -> Iterable[Period]:
        """Yield when side events take a room of the programme."""
        ids = {name.casefold(): number for name, number in self.room_ids.items()}
        for each in self._side_events:
            if each.room_name.casefold() in ids:
                yield Period(each.id, each.starts_at, each.ends_at, room_id=ids[each.room_name.casefold()])

    def _offer(self, number: int, fit: Fit, session: Planned) -> OfferedPlace:
        room = next(each for each in self.programme.rooms if each.id == fit.room_id)
        begins = fit.starts_at.astimezone(self.forum.zone)
        ends = (fit.starts_at + (session.ends_at - session.starts_at)).astimezone(self.forum.zone)
        day = conference_day(fit.starts_at, self.forum.zone)
        column = next((each.number for each in self.grid.columns if each.name == room.name), None)
        span = (self._minute(fit.starts_at), self._minute(fit.starts_at + (session.ends_at - session.starts_at)))
        classes = f"{start_class(span[0])} {end_class(span[1])} c-{column}"
        return OfferedPlace(
            number=number,
            room=room,
            day=day,
            begins=f"{begins:%H:%M}",
            ends=f"{ends:%H:%M}",
            reason=why_it_fits(room, expected=session.expected, people=len(session.people)),
            classes=classes if day == self.day and column else "",
        )

    def _block(self, away: TimeAway, start: int, end: int, room: str, column: int) -> ClosedBlock:
        begins, ends = (each.astimezone(self.forum.zone) for each in (away.starts_at, away.ends_at))
        first, last = self._span
        classes = f"{start_class(max(start, first))} {end_class(min(end, max(last, start + 5)))} c-{column}"
        return ClosedBlock(
            room=room, reason=away.reason, classes=classes, begins=f"{begins:%H:%M}", ends=f"{ends:%H:%M}"
        )

    def _minute(self, moment: datetime) -> int:
        local = moment.astimezone(self.forum.zone).replace(tzinfo=None)
        return minute_of_day(local, datetime.combine(self.day, time()))
