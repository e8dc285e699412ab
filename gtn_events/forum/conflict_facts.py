"""What a conflict says, as one line: while it stays the same, a warning that was accepted stays accepted."""

from collections.abc import Iterable, Mapping

from .conflicts import Conflict, Period, Planned, Surroundings
from .enums import ConflictKind
from .schedule_place import Place, token_of


def facts_of(conflict: Conflict, sessions: Mapping[int, Planned], around: Surroundings) -> str:
    """Return everything on which a conflict rests: the places of its sessions and what they are held against."""
    ids = (conflict.session_id, conflict.other_id)
    told = [f"{each.id}:{_place(each)}" for each in (sessions[number] for number in ids if number is not None)]
    return " ".join([conflict.kind.value, *told, *_held_against(conflict, sessions[conflict.session_id], around)])


def _held_against(conflict: Conflict, session: Planned, around: Surroundings) -> Iterable[str]:
    number = conflict.subject_id or 0
    if conflict.kind is ConflictKind.ROOM_SMALL:
        yield f"{session.expected}/{around.seats[number]}"
    elif conflict.kind is ConflictKind.OUTSIDE:
        day = session.starts_at.astimezone(around.zone).date()
        yield "-".join(f"{each:%H:%M}" for each in around.hours.get(day, ()))
    elif conflict.kind is ConflictKind.SIDE_EVENT:
        yield f"{number}:{_place(around.side_event_by_id[number])}"
    elif conflict.kind is ConflictKind.AWAY:
        yield f"{number}:{_place(around.away_by_id[number])}"
    else:
        yield str(number)


def _place(each: Planned | Period) -> str:
    minutes = int((each.ends_at - each.starts_at).total_seconds() // 60)
    return token_of(Place(each.starts_at, minutes, each.room_id))
