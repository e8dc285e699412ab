"""The programme as search engines read it: schema.org events in JSON-LD."""

from collections.abc import Mapping
from typing import Any

from ..domain.session_texts import LANGUAGE_TAG
from ..models import Forum
from ..queries.programme import SessionFacts, SpeakerFacts
from .content import FileContent, plain, stamp

Linked = dict[str, Any]  # Any: what JSON holds
CONTEXT = "https://schema.org"


def forum_linked_data(content: FileContent) -> Linked:
    """Return the forum with every session that has a time as ``subEvent``."""
    sessions = [_event(content, session) for session in content.sessions]
    return {"@context": CONTEXT, **_forum(content), **({"subEvent": sessions} if sessions else {})}


def session_linked_data(content: FileContent, session: SessionFacts) -> Linked:
    """Return one session that has a time, and the forum that it is part of."""
    return {"@context": CONTEXT, **_event(content, session), "superEvent": _forum(content)}


def _forum(content: FileContent) -> Linked:
    forum = content.forum
    return {
        "@type": "Event",
        "@id": content.url,
        "name": plain(forum.title),
        "startDate": forum.starts_on.isoformat(),
        "endDate": forum.ends_on.isoformat(),
        "eventStatus": f"{CONTEXT}/EventScheduled",
        "location": _venue(forum),
        "url": content.url,
    }


def _event(content: FileContent, session: SessionFacts) -> Linked:
    assert session.starts_at is not None  # for the type checker: only sessions with a time come here
    assert session.ends_at is not None
    place = _venue(content.forum)
    if session.room:
        place = {"@type": "Place", "name": plain(session.room.name), "containedInPlace": place}
    texts = content.texts_of(session)
    others = {tag: other["title"] for tag, other in texts.others.items()}
    abstracts = {tag: other["abstract"] for tag, other in texts.others.items()}
    said = {
        "inLanguage": plain(session.language),
        "description": _in_languages(texts.abstract, session.language, abstracts),
        "performer": [_person(content, part.speaker) for part in session.parts],
    }
    return {
        "@type": "Event",
        "@id": content.session_url(session),
        "name": _in_languages(session.title, session.language, others),
        "startDate": stamp(session.starts_at, content.zone).isoformat(timespec="seconds"),
        "endDate": stamp(session.ends_at, content.zone).isoformat(timespec="seconds"),
        "eventStatus": f"{CONTEXT}/EventScheduled",
        "location": place,
        "url": content.session_url(session),
        **{name: value for name, value in said.items() if value},
    }


def _person(content: FileContent, speaker: SpeakerFacts) -> Linked:
    person = {"@type": "Person", "name": plain(speaker.name), "url": content.speaker_url(speaker)}
    photo = content.photo_url(speaker)
    return person | ({"image": photo} if photo else {})


def _in_languages(text: str, language: str, others: Mapping[str, str]) -> str | list[Linked | str]:
    """Return a text, with what it is in other languages where somebody wrote that (JSON-LD 1.1, 4.2.4)."""
    told = [{"@value": plain(other), "@language": tag} for tag, other in others.items() if other]
    if not told:
        return plain(text)
    # A tag that is none would make the document one that nobody can read.
    own = {"@value": plain(text), "@language": language} if LANGUAGE_TAG.match(language) else plain(text)
    return [own, *told] if text else list(told)


def _venue(forum: Forum) -> Linked:
    address = {
        "@type": "PostalAddress",
        "addressLocality": plain(forum.city),
        "addressRegion": plain(forum.host_economy.short_name),
    }
    return {"@type": "Place", "name": plain(forum.venue or forum.city), "address": address}
