"""The programme as schedule.xml (frab, c3voc): what conference apps, recorders and signs at doors read.

The order of elements is the schema's. Texts are Markdown; what the schema has no place for (biographies,
roles, seats) is left out, and an import of our own file leaves it as it is.
"""

import re
from datetime import date
from xml.etree.ElementTree import Element, SubElement, tostring  # only writes; nothing is parsed here

from gtn_events.core.links import site_url

from ..domain.slugs import slug_of
from ..programme_guids import GENERATOR
from ..queries.programme import SessionFacts
from .content import FileContent, day_bounds, duration, people, plain, room_name, stamp

_CODE = re.compile(r"[0-9A-Z]{6}")
_SLUG = re.compile(r"[a-z0-9_]{4,}-[a-z0-9_-]{4,}")
_TRACK_SLUG = re.compile(r"[a-z][a-z0-9-]+")


def schedule_xml(content: FileContent) -> bytes:
    """Return the file; it keeps to schedule.xml.xsd whatever the programme holds."""
    root = Element("schedule")
    SubElement(root, "generator", name=GENERATOR, system=site_url("core.landing"))
    _add(root, "url", content.file_url("schedule.xml"))
    _add(root, "version", content.version)
    _add_conference(root, content)
    for index, day in enumerate(content.days, start=1):
        _add_day(root, content, index, day)
    written: bytes = tostring(root, encoding="utf-8", xml_declaration=True)
    return written


def _add_conference(root: Element, content: FileContent) -> None:
    forum, days = content.forum, content.days
    conference = SubElement(root, "conference")
    _add(conference, "title", forum.title)
    _add(conference, "acronym", content.acronym)
    _add(conference, "start", days[0].isoformat())
    _add(conference, "end", days[-1].isoformat())
    _add(conference, "days", str(len(days)))
    _add(conference, "timeslot_duration", "00:05")
    _add(conference, "base_url", site_url("core.landing"))
    _add(conference, "url", content.url)
    _add(conference, "time_zone_name", forum.time_zone)
    used = {session.track.id for session in content.sessions if session.track}
    for track in content.edition.programme.tracks:
        if track.id in used:
            element = SubElement(conference, "track", name=plain(track.name))
            if _TRACK_SLUG.fullmatch(track.slug):
                element.set("slug", track.slug)


def _add_day(root: Element, content: FileContent, index: int, day: date) -> None:
    begins, ends = (moment.isoformat(timespec="seconds") for moment in day_bounds(day, content.zone))
    element = SubElement(root, "day", index=str(index), date=day.isoformat(), start=begins, end=ends)
    for name, sessions in content.rooms_on(day).items():
        room = SubElement(element, "room", name=name)
        if sessions[0].room:
            room.set("guid", content.room_guid(sessions[0].room.id))
        for session in sessions:
            _add_event(room, content, session)


def _add_event(room: Element, content: FileContent, session: SessionFacts) -> None:
    assert session.starts_at is not None  # for the type checker: only sessions with a time come here
    texts, starts_at = content.texts_of(session), stamp(session.starts_at, content.zone)
    event = SubElement(room, "event", guid=session.slot_guid or "", id=str(session.id))
    if _CODE.fullmatch(session.code):
        event.set("code", session.code)
    _add(event, "room", room_name(session))
    _add(event, "title", session.title)
    _add(event, "subtitle", session.subtitle)
    _add(event, "type", session.kind.value)
    _add(event, "date", starts_at.isoformat(timespec="seconds"))
    _add(event, "start", f"{starts_at:%H:%M}")
    _add(event, "duration", duration(session))
    _add(event, "abstract", texts.abstract)
    slug = f"{content.acronym}-{slug_of(session.title)}-{session.id}"
    if _SLUG.fullmatch(slug):
        _add(event, "slug", slug)
    _add(event, "track", session.track.name if session.track else "")
    _add(event, "language", session.language)
    _add(event, "description", texts.description)
    _add(event, "url", content.session_url(session))
    persons = SubElement(event, "persons")
    for speaker in people(session):
        _add(persons, "person", speaker.name, id=str(speaker.id), guid=content.speaker_guid(speaker))
    links = SubElement(event, "links")
    for address, label in texts.links:
        _add(links, "link", label, href=plain(address))


def _add(parent: Element, name: str, text: str, **attributes: str) -> None:
    SubElement(parent, name, attributes).text = plain(text)
