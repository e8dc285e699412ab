"""The programme as schedule.json (c3voc): as schedule.xml, and with biographies, roles and seats."""

import json
import re
from datetime import date
from typing import Any

from gtn_events.core.links import site_url

from ..domain.slugs import slug_of
from ..programme_guids import GENERATOR
from ..queries.programme import SessionFacts, SpeakerFacts
from .content import FileContent, day_bounds, duration, people, plain, room_name, stamp

SCHEMA = "https://c3voc.de/schedule/schema.json"
_CODE = re.compile(r"[A-Z0-9]+")
_ZONE = re.compile(r"[A-Z][a-z]+/[A-Z][a-z]+.*|.*UTC", re.ASCII)
_SLUG = re.compile(r"[a-z0-9_-]+[a-z0-9]")
Values = dict[str, Any]  # Any: what JSON holds


def schedule_json(content: FileContent) -> bytes:
    """Return the file; it keeps to schedule.schema.json whatever the programme holds."""
    written = {
        "$schema": SCHEMA,
        "generator": {"name": GENERATOR, "url": site_url("core.landing")},
        "schedule": {
            "version": content.version,
            "base_url": site_url("core.landing"),
            "conference": _conference(content),
        },
    }
    return json.dumps(written, ensure_ascii=False, separators=(",", ":")).encode()


def _conference(content: FileContent) -> Values:
    days, zone = content.days, content.forum.time_zone
    return {
        "acronym": content.acronym,
        "title": plain(content.forum.title),
        "start": days[0].isoformat(),
        "end": days[-1].isoformat(),
        "daysCount": len(days),
        "timeslot_duration": "00:05",
        **({"time_zone_name": zone} if _ZONE.fullmatch(zone) else {}),
        "url": content.url,
        "tracks": _tracks(content),
        "rooms": _rooms(content),
        "days": [_day(content, index, day) for index, day in enumerate(days, start=1)],
    }


def _tracks(content: FileContent) -> list[Values]:
    used = {session.track.id for session in content.sessions if session.track}
    return [
        {"name": plain(track.name), **({"slug": track.slug} if _SLUG.fullmatch(track.slug) else {})}
        for track in content.edition.programme.tracks
        if track.id in used
    ]


def _rooms(content: FileContent) -> list[Values]:
    return [
        {"name": plain(room.name), "guid": content.room_guid(room.id), "capacity": room.seats}
        for room in content.edition.programme.rooms
    ]


def _day(content: FileContent, index: int, day: date) -> Values:
    begins, ends = day_bounds(day, content.zone)
    return {
        "index": index,
        "date": day.isoformat(),
        "day_start": begins.isoformat(timespec="seconds"),
        "day_end": ends.isoformat(timespec="seconds"),
        "rooms": {
            name: [_event(content, session) for session in sessions] for name, sessions in content.rooms_on(day).items()
        },
    }


def _event(content: FileContent, session: SessionFacts) -> Values:
    assert session.starts_at is not None  # for the type checker: only sessions with a time come here
    assert session.ends_at is not None
    texts, starts_at = content.texts_of(session), stamp(session.starts_at, content.zone)
    return {
        "guid": session.slot_guid,
        "id": session.id,
        **({"code": session.code} if _CODE.fullmatch(session.code) else {}),
        "date": starts_at.isoformat(timespec="seconds"),
        "start": f"{starts_at:%H:%M}",
        "end": stamp(session.ends_at, content.zone).isoformat(timespec="seconds"),
        "duration": duration(session),
        "room": room_name(session),
        "slug": f"{content.acronym}-{slug_of(session.title)}-{session.id}",
        "url": content.session_url(session),
        "title": plain(session.title),
        "subtitle": plain(session.subtitle),
        "track": plain(session.track.name) if session.track else None,
        "type": session.kind.value,
        "language": plain(session.language),
        "abstract": plain(texts.abstract),
        "description": plain(texts.description),
        "persons": [_person(content, session, speaker) for speaker in people(session)],
        "links": [{"url": plain(address), "title": plain(label)} for address, label in texts.links],
    }


def _person(content: FileContent, session: SessionFacts, speaker: SpeakerFacts) -> Values:
    photo = content.photo_url(speaker)
    return {
        "guid": content.speaker_guid(speaker),
        "name": plain(speaker.name),
        "url": content.speaker_url(speaker),
        **({"avatar": photo} if photo else {}),
        "biography": plain(content.biographies.get(speaker.id, "")),
        "roles": [part.role.value for part in session.parts if part.speaker.id == speaker.id],
    }
