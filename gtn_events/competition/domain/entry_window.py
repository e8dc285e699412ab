"""When entries are taken: the window of the call, its minutes of grace, more time for one entry."""

from datetime import datetime, timedelta
from enum import StrEnum

from ..enums import CompetitionState, EntryState, LatePolicy, RoundState
from ..errors import EntriesClosed
from ..models import Competition, Entry


class Window(StrEnum):
    """Where a moment lies; GRACE is past the close and still in time, LATE is taken and waits for the organiser."""

    BEFORE = "before"
    OPEN = "open"
    GRACE = "grace"
    LATE = "late"
    OVER = "over"

    @property
    def takes_entries(self) -> bool:
        """True while a new entry can be sent."""
        return self in {Window.OPEN, Window.GRACE, Window.LATE}


def in_time_until(competition: Competition) -> datetime:
    """Return the moment from which an entry is not in time any more: the close, with the minutes of grace if given."""
    minutes = 0 if competition.late_policy is LatePolicy.NONE else competition.grace_minutes
    return competition.entries_close_at + timedelta(minutes=minutes)


def window_of(competition: Competition, *, now: datetime) -> Window:
    """Return where a moment lies in the call's window; a competition that is not public takes nothing."""
    if competition.state is not CompetitionState.PUBLISHED:
        return Window.OVER
    if now < competition.entries_open_at:
        return Window.BEFORE
    if now < competition.entries_close_at:
        return Window.OPEN
    if now < in_time_until(competition):
        return Window.GRACE
    return Window.LATE if competition.late_policy is LatePolicy.ASK else Window.OVER


def state_when_sent(competition: Competition, *, now: datetime) -> EntryState:
    """Return the state of a new entry that is sent at this moment: ``SUBMITTED``, or ``LATE``.

    Raises:
        EntriesClosed: nothing is taken at this moment.
    """
    window = window_of(competition, now=now)
    if window is Window.BEFORE:
        raise EntriesClosed(f"{competition.title} does not take entries yet. Your draft is kept until it does.")
    if not window.takes_entries:
        raise EntriesClosed(f"{competition.title} takes no entries any more. Your draft is kept; nothing was sent.")
    return EntryState.LATE if window is Window.LATE else EntryState.SUBMITTED


def changes_until(entry: Entry) -> datetime:
    """Return until when an entry can be changed: the close with its grace, or later when it was given more time."""
    close = in_time_until(entry.competition)
    return max(close, entry.extended_until) if entry.extended_until else close


def may_change(entry: Entry, *, now: datetime) -> bool:
    """Say whether the entrant can send another version of an entry."""
    public = entry.competition.state is CompetitionState.PUBLISHED
    return public and entry.state.is_live and now < changes_until(entry) and not stays_for_judges(entry, now=now)


def stays_for_judges(entry: Entry, *, now: datetime) -> bool:
    """Say whether an entry stays as it is because a round is open or over: all judges read the same version.

    Whoever was given more time can change it all the same.
    """
    given_time = entry.extended_until is not None and now < entry.extended_until
    begun = any(each.state is not RoundState.PLANNED for each in entry.competition.rounds)
    return entry.state is EntryState.ADMITTED and begun and not given_time
