"""Finding sessions by words, whatever their accents and case; the folded texts are kept while nothing changes."""

from functools import lru_cache

from gtn_events.core.text import fold

from ..models import Forum
from ..remembered import Remembered
from .programme import SessionFacts
from .programme_editions import Edition, abstracts_in

MOST_FOUND = 200
_texts_searched: Remembered[dict[int, str]] = Remembered(1)


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


def forget_searches() -> None:
    """Empty the memory; for tests that use the same ids again."""
    _texts_searched.clear()


def _texts(forum: Forum, edition: Edition) -> dict[int, str]:
    if edition.version is None:
        return _fold_all(forum, edition)
    return _texts_searched.get(edition.version, lambda: _fold_all(forum, edition))


def _fold_all(forum: Forum, edition: Edition) -> dict[int, str]:
    longer = abstracts_in(edition, forum)
    return {session.id: fold(_words_of(session, longer.get(session.id, ""))) for session in edition.programme.sessions}


def _words_of(session: SessionFacts, abstract: str) -> str:
    parts = [session.title, session.subtitle, abstract]
    parts += [session.track.name if session.track else "", session.room.name if session.room else ""]
    for part in session.parts:
        speaker = part.speaker
        parts += [speaker.name, speaker.own_script_name, speaker.organisation, speaker.economy]
    return "\n".join(parts)
