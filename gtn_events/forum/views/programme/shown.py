"""Whether people can see a session or a speaker now: what was added since the last version has no public page yet."""

from ...models import Forum, ForumSession, Speaker
from .cache import edition


def session_is_shown(forum: Forum, session: ForumSession) -> bool:
    """Say whether the session has a public page."""
    return session.code.casefold() in edition(forum).programme.by_code


def speaker_is_shown(forum: Forum, speaker: Speaker) -> bool:
    """Say whether the speaker has a public page."""
    return any(facts.code == speaker.code for facts in edition(forum).programme.speakers)
