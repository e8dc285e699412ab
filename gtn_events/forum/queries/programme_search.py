"""Finding sessions by words, whatever their accents and case; the folded texts are kept while nothing changes."""

from collections.abc import Hashable
from functools import lru_cache
from threading import Lock

from gtn_events.core.text import fold

from ..models import Forum
from .programme import SessionFacts
from .programme_editions import Edition, abstracts_in

MOST_FOUND = 200
_lock = Lock()


class _Kept:
    """The folded texts of the programme searched last."""

    version: Hashable = None
    texts: dict[int, str] = {}


def search_programme(forum: Forum, edition: Edition, query: str) -> list[SessionFacts]:
    """Return the sessions that hold every word of the query, in order of time, 200 at most.

    Title, subtitle, abstract, track, room and speakers are searched; those with all
    words in the title come first.
    """
    words = fold(query).split()
    if not words:
        return []
    texts = _texts(forum, edition)
    found = [session for session in edition.programme.sessions if all(word in texts[session.id] for word in words)]
    found.sort(key=lambda session: not all(word in fold_once(session.title) for word in words))
    return found[:MOST_FOUND]


@lru_cache(maxsize=4096)
def fold_once(text: str) -> str:
    """Return ``fold(text)``, remembered."""
    return fold(text)


def _texts(forum: Forum, edition: Edition) -> dict[int, str]:
    version = edition.version
    with _lock:
        if version is not None and _Kept.version == version:
            return _Kept.texts
    longer = abstracts_in(edition, forum)
    texts = {session.id: fold(_words_of(session, longer.get(session.id, ""))) for session in edition.programme.sessions}
    if version is not None:
        with _lock:
            _Kept.version, _Kept.texts = version, texts
    return texts


def _words_of(session: SessionFacts, abstract: str) -> str:
    parts = [session.title, session.subtitle, abstract]
    parts += [session.track.name if session.track else "", session.room.name if session.room else ""]
    for part in session.parts:
        speaker = part.speaker
        parts += [speaker.name, speaker.own_script_name, speaker.organisation, speaker.economy]
    return "\n".join(parts)
