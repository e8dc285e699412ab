"""The programme of a moment as values that JSON can hold, and back.

A snapshot has ``rooms``, ``tracks``, ``speakers``, ``sessions`` and ``dropped``. Each session that has a
time carries ``sequence`` and ``changed_at`` for calendars (RFC 5545, SEQUENCE and LAST-MODIFIED): the sequence
grows with each release in which what a calendar shows of it is another. ``dropped`` are the slots
of earlier releases that are no more, so that calendars take them out.
"""

from collections.abc import Iterable, Mapping
from dataclasses import asdict
from datetime import datetime, timedelta, tzinfo
from typing import Any

from .conference_day import conference_day
from .enums import SessionKind, SessionLevel, SpeakerRole
from .queries.programme import Part, Programme, RoomFacts, SessionFacts, SpeakerFacts, TrackFacts, put_together

Snapshot = dict[str, Any]  # Any: values of a snapshot, as above
CALENDAR = ("title", "starts_at", "minutes", "room_name")


def snapshot_of(programme: Programme, guids: Mapping[int, str]) -> Snapshot:
    """Return a programme as JSON-ready values; ``guids`` are those of its sessions, by id."""
    return {
        "rooms": [asdict(room) for room in programme.rooms],
        "tracks": [asdict(track) for track in programme.tracks],
        "speakers": [asdict(speaker) for speaker in programme.speakers],
        "sessions": [_session(each, guids[each.id]) for each in programme.sessions],
        "dropped": [],
    }


def continue_calendars(snapshot: Snapshot, before: Snapshot | None, *, now: datetime) -> None:
    """Give each slot its sequence, going on from the release before; slots that are no more are dropped."""
    earlier = {each["slot"]: each for each in (*before["sessions"], *before["dropped"])} if before else {}
    kept = set()
    for session in snapshot["sessions"]:
        if session["slot"] is None:
            continue
        kept.add(session["slot"])
        session["sequence"], session["changed_at"] = _sequence(session, earlier.get(session["slot"]), now)
    snapshot["dropped"] = [_dropped(each, now) for slot, each in earlier.items() if slot not in kept and slot]


def programme_from(snapshot: Snapshot, zone: tzinfo) -> Programme:
    """Return the programme that a snapshot holds, times at ``zone``."""
    rooms = {each["id"]: RoomFacts(**each) for each in snapshot["rooms"]}
    tracks = {each["id"]: TrackFacts(**each) for each in snapshot["tracks"]}
    speakers = {each["id"]: SpeakerFacts(**each) for each in snapshot["speakers"]}
    sessions = tuple(_facts(each, rooms, tracks, speakers, zone) for each in snapshot["sessions"])
    return put_together(sessions, rooms.values(), tracks.values(), speakers.values())


def by_guid(sessions: Iterable[Mapping[str, Any]]) -> dict[str, Mapping[str, Any]]:
    """Return the sessions of a snapshot by what stays of them for ever."""
    return {each["guid"]: each for each in sessions}


def _session(session: SessionFacts, guid: str) -> dict[str, Any]:
    return {
        "id": session.id,
        "guid": guid,
        "code": session.code,
        "title": session.title,
        "subtitle": session.subtitle,
        "kind": session.kind.value,
        "language": session.language,
        "level": session.level.value if session.level else None,
        "interpretation": list(session.interpretation),
        "track": session.track.id if session.track else None,
        "room": session.room.id if session.room else None,
        "room_name": session.room.name if session.room else "",
        "slot": session.slot_guid,
        "starts_at": session.starts_at.isoformat() if session.starts_at else None,
        "minutes": session.minutes,
        "parts": [[part.speaker.id, part.role.value] for part in session.parts],
    }


def _sequence(session: Mapping[str, Any], earlier: Mapping[str, Any] | None, now: datetime) -> tuple[int, str]:
    if earlier is None:
        return 0, now.isoformat()
    same = not earlier.get("is_dropped") and all(session[name] == earlier[name] for name in CALENDAR)
    return (earlier["sequence"], earlier["changed_at"]) if same else (earlier["sequence"] + 1, now.isoformat())


def _dropped(earlier: Mapping[str, Any], now: datetime) -> dict[str, Any]:
    if earlier.get("is_dropped"):
        return dict(earlier)
    told = {name: earlier[name] for name in ("slot", "code", *CALENDAR)}
    return told | {"is_dropped": True, "sequence": earlier["sequence"] + 1, "changed_at": now.isoformat()}


def _facts(
    values: Mapping[str, Any],
    rooms: Mapping[int, RoomFacts],
    tracks: Mapping[int, TrackFacts],
    speakers: Mapping[int, SpeakerFacts],
    zone: tzinfo,
) -> SessionFacts:
    starts_at = datetime.fromisoformat(values["starts_at"]) if values["starts_at"] else None
    ends_at = starts_at + timedelta(minutes=values["minutes"]) if starts_at else None
    return SessionFacts(
        id=values["id"],
        code=values["code"],
        title=values["title"],
        subtitle=values["subtitle"],
        kind=SessionKind(values["kind"]),
        language=values["language"],
        # Versions that were released before sessions had them say nothing of them.
        level=SessionLevel(values["level"]) if values.get("level") else None,
        interpretation=tuple(values.get("interpretation", ())),
        track=tracks.get(values["track"]),
        room=rooms.get(values["room"]),
        slot_guid=values["slot"],
        starts_at=starts_at,
        minutes=values["minutes"],
        day=conference_day(starts_at, zone) if starts_at else None,
        local=starts_at.astimezone(zone) if starts_at else None,
        local_end=ends_at.astimezone(zone) if ends_at else None,
        parts=tuple(Part(speakers[speaker_id], SpeakerRole(role)) for speaker_id, role in values["parts"]),
    )
